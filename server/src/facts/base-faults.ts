import { isImageName } from '../syntax/image-reference.ts';
import { parsePlatform } from '../syntax/platform.ts';
import type { From, Instruction, Word } from '../syntax/tree.ts';
import { automaticArgs, readBuildArgs } from './build-args.ts';
import type { FileFacts } from './file-facts.ts';
import { findStage } from './stages.ts';
import { expandWord } from './word-expansion.ts';

/** What BuildKit makes of a word of a FROM, whatever arguments it is given. */
export interface FixedText {
  readonly text: string;
  /** Variables that nothing declares, which are always empty. */
  readonly undeclared: ReadonlySet<string>;
}

/** Undefined where an argument or the platform decides. */
function fixedText(facts: FileFacts, raw: string): FixedText | undefined {
  const { values, declared } = readBuildArgs(facts);
  const expanded = values && expandWord(raw, values, facts.file.escape);
  if (!expanded) return undefined;
  const { text, matched, unmatched } = expanded;
  const isOpen = (name: string) => declared.has(name) || automaticArgs.has(name);
  return [...matched, ...unmatched].some(isOpen) ? undefined : { text, undeclared: unmatched };
}

/** The image of a FROM, where it is none that there can be whatever arguments the build is given. */
export function hopelessImage(facts: FileFacts, from: Instruction<From>): FixedText | undefined {
  const { imageWord } = from.node;
  const fixed = imageWord && fixedText(facts, imageWord.raw);
  if (!fixed || isImageName(fixed.text)) return undefined;
  const place = facts.stageOf(from)?.index ?? 0;
  return findStage(facts.stages, fixed.text, { foldStageNames: false }, place) ? undefined : fixed;
}

/** The same of its platform. */
export function hopelessPlatform(
  facts: FileFacts,
  from: Instruction<From>,
): (FixedText & { readonly word: Word }) | undefined {
  const word = from.node.flags.find(({ name }) => name === 'platform')?.value;
  const fixed = word?.value ? fixedText(facts, word.value) : undefined;
  return word && fixed && !parsePlatform(fixed.text) ? { ...fixed, word } : undefined;
}
