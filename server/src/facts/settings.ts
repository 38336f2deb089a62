import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { resolveWord } from './scope.ts';
import { lastWhere, lineage } from './stages.ts';

/**
 * The value that an environment variable has for a RUN: by its own text, or by an ENV or ARG above it.
 * `unset` where nothing in the file sets it, `unknown` where the file does not tell what it is set to.
 */
export function settingAt(facts: FileFacts, at: Instruction, name: string): string {
  const own = new RegExp(`(?<![\\w$])${name}=["']?([^\\s"';&|]*)`).exec(
    at.node.keyword === 'RUN' ? at.node.text : '',
  )?.[1];
  const stage = facts.stageOf(at);
  if (own !== undefined) return own.includes('$') ? 'unknown' : own;
  for (const ancestor of stage ? lineage(stage) : []) {
    // ENV wins over ARG.
    for (const keyword of ['ENV', 'ARG'] as const) {
      const all = ancestor.byKeyword.get(keyword) ?? [];
      for (let i = lastWhere(all, ({ index }) => index < at.index); i >= 0; i--) {
        const setter = all[i] as Instruction;
        const { node } = setter;
        const pair =
          'pairs' in node
            ? node.pairs.findLast(({ key }: { key: { value: string } }) => key.value === name)
            : undefined;
        if (pair) return (pair.value && resolveWord(facts.file, ancestor, setter, pair.value)) ?? 'unknown';
      }
    }
  }
  return 'unset';
}

/** Whether a variable that is a switch of uv or pipenv is on; one whose value is not known counts as on. */
export function isSwitchedOn(facts: FileFacts, at: Instruction, name: string): boolean {
  return !/^(?:unset|0|false|f|no|n|off|)$/i.test(settingAt(facts, at, name));
}
