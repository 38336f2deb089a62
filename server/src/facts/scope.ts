import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { globalVariables, lineage, type Stage } from './stages.ts';
import { expandVariables, type Variables } from './variables.ts';

/**
 * The ARG and ENV values that hold in a stage, before `until` where given. Both are inherited from the stages that it
 * builds on; ENV wins over ARG; `ARG NAME` alone takes the default of the global ARG (Dockerfile reference, "ARG").
 */
export function variablesAt(file: Dockerfile, stage: Stage, until?: Instruction): Variables {
  const globals = globalVariables(file);
  const args = new Map<string, string | undefined>();
  const envs = new Map<string, string | undefined>();
  for (const ancestor of lineage(stage).reverse()) {
    for (const { node, index } of ancestor.instructions) {
      if (ancestor === stage && until && index >= until.index) break;
      if (node.keyword !== 'ARG' && node.keyword !== 'ENV') continue;
      // All pairs of one ENV see the values from before it.
      const before = new Map([...args, ...envs]);
      for (const { key, value } of node.pairs) {
        const text = value && expandVariables(value.value, before).text;
        if (node.keyword === 'ENV') envs.set(key.value, text);
        else args.set(key.value, text ?? globals.get(key.value));
      }
    }
  }
  return new Map([...args, ...envs]);
}

/** A word of an instruction with its variables put in; undefined where one of them has no value in the file. */
export function resolveWord(
  file: Dockerfile,
  stage: Stage,
  instruction: Instruction,
  word: { readonly value: string },
): string | undefined {
  if (!word.value.includes('$')) return word.value;
  const { text } = expandVariables(word.value, variablesAt(file, stage, instruction));
  return text.includes('$') ? undefined : text;
}
