import type { Instruction } from '../syntax/tree.ts';
import { baseImage, officialName } from './base-images.ts';
import type { FileFacts } from './file-facts.ts';
import { variablesAt } from './scope.ts';
import { rootStage, type Stage } from './stages.ts';
import { expandWord } from './word-expansion.ts';

/**
 * What BuildKit makes of a word where no build arguments are given; undefined where it refuses the word, or where the base
 * image decides, which may set variables that the file does not.
 * @param raw the word with its quotes
 */
export function textInPlainBuild(
  facts: FileFacts,
  instruction: Instruction,
  raw: string,
): string | undefined {
  const { escape } = facts.file;
  if (!raw.includes('$') && !/["']/.test(raw) && !raw.includes(escape)) return raw;
  const stage = facts.stageOf(instruction);
  if (!stage) return undefined;
  const variables = variablesAt(facts.file, stage, instruction);
  const expanded = expandWord(raw, variables, escape);
  if (!expanded) return undefined;
  const isKnown = [...expanded.matched].every((name) => !variables.get(name)?.includes('$'));
  return isKnown && (expanded.unmatched.size === 0 || setsNothing(stage)) ? expanded.text : undefined;
}

/** Whether nothing of a stage comes from an image: what the file does not set has no value. */
export function setsNothing(stage: Stage): boolean {
  const { base } = rootStage(stage);
  return base.unknown.length === 0 && officialName(baseImage(stage)) === 'scratch' && !base.image.registry;
}
