import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { resolveWord } from './scope.ts';
import { effective, lineage, type Stage } from './stages.ts';

/** The USER that a stage ends with, through the stages that it builds on. */
export function lastUser(file: Dockerfile, stage: Stage) {
  const instruction = effective(stage, 'USER');
  const word = instruction?.node.args[0];
  const owner = instruction && lineage(stage).find(({ instructions }) => instructions.includes(instruction));
  if (!instruction || !word || !owner) return undefined;
  const user = resolveWord(file, owner, instruction as Instruction, word);
  return { instruction, word, isRoot: user !== undefined && /^(?:root|0+)(?::|$)/.test(user) };
}
