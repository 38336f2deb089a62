import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { staysRoot } from './base-images.ts';
import { resolveWord } from './scope.ts';
import { effective, lastOf, lineage, type Stage } from './stages.ts';

/** The USER that a stage ends with, through the stages that it builds on unless `own`. */
export function lastUser(stage: Stage, own = false) {
  return own ? lastOf(stage, 'USER') : effective(stage, 'USER');
}

/**
 * The user that a USER switches to, without the group and with variables put in; undefined where a build argument
 * decides.
 * @param stage the stage that the USER ends, its own or one that builds on it
 */
export function userName(file: Dockerfile, stage: Stage, user: Instruction): string | undefined {
  const word = user.node.args[0];
  const owner = lineage(stage).find(({ instructions }) => instructions.includes(user));
  if (!word || !owner) return undefined;
  return resolveWord(file, owner, user, word)?.replace(/:.*/s, '');
}

/** What hadolint takes for the user: all up to the end of the line, quotes and blanks included. */
export function userText(file: Dockerfile, { node, span }: Instruction): string {
  const blanks = /^[ \t]*/.exec(file.text.slice(span.end, span.end + 100));
  return node.plain.slice(node.body.from, node.body.to) + (blanks?.[0] ?? '');
}

const root = /^(?:root|0+)$/;

export function isRoot(user: string): boolean {
  return root.test(user);
}

/** Whether an instruction is run by root: its last USER, or the base image, is known to be root. */
export function runsAsRoot(file: Dockerfile, stage: Stage, at: Instruction): boolean {
  const user = effective(stage, 'USER', at);
  return user ? isRoot(userName(file, stage, user) ?? '') : staysRoot(stage);
}
