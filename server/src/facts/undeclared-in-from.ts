import type { From, Instruction } from '../syntax/tree.ts';
import { hopelessImage, hopelessPlatform } from './base-faults.ts';
import { automaticArgs, readBuildArgs } from './build-args.ts';
import type { FileFacts } from './file-facts.ts';
import { type Reference, references } from './references.ts';

/** A variable of a FROM that no ARG before the first FROM declares. */
export interface UndeclaredUse extends Reference {
  /** Whether the build ends there, whatever arguments it is given. */
  readonly endsBuild: boolean;
}

/** What a FROM can use without an ARG. */
export const ownArgs: readonly string[] = [...automaticArgs.keys(), 'TARGETSTAGE'];

/** Each undeclared variable of a FROM, where it stands first. */
export function undeclaredUses(facts: FileFacts, from: Instruction<From>): UndeclaredUse[] {
  if (!from.node.text.includes('$')) return [];
  const { declared } = readBuildArgs(facts);
  const { imageWord, flags } = from.node;
  const { escape } = facts.file;
  const platform = flags.find(({ name }) => name === 'platform')?.value;
  const seen = new Set<string>();
  const isNew = ({ name }: Reference) => {
    const known = declared.has(name) || ownArgs.includes(name) || seen.has(name);
    seen.add(name);
    return !known;
  };
  const mark = (uses: Reference[], endsBuild: boolean) =>
    uses.filter(isNew).map((use) => ({ ...use, endsBuild }));
  return [
    // Quotes around the platform are gone before Docker looks for variables.
    ...(platform
      ? mark(references(platform, escape, false), hopelessPlatform(facts, from) !== undefined)
      : []),
    ...(imageWord ? mark(references(imageWord, escape), hopelessImage(facts, from) !== undefined) : []),
  ];
}
