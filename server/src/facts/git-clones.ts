import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { trimEnd } from '../text/trim.ts';
import type { FileFacts } from './file-facts.ts';
import { frontendOf } from './frontend.ts';

/** A `git clone` over HTTPS that needs no login. */
export interface GitClone {
  /** The word `clone`. */
  readonly verb: ShellWord;
  /** The address as ADD takes it for a repository: it ends in `.git`. */
  readonly address: string;
  /** What stands behind `-b`. */
  readonly ref: string | undefined;
  /** The folder that it goes to: the one named, or the one that git makes of the address. */
  readonly folder: string;
  /** Every flag is one that ADD does as well, or does without. */
  readonly isPlain: boolean;
}

/** Flags of git-clone(1) that need nothing of ADD: it fetches one commit alone, and submodules with it. */
const idleFlags =
  /^(?:-q|--quiet|--progress|--single-branch|--no-tags|--recurs(?:e-submodules|ive)|--shallow-submodules|--depth=\d+)$/;
const idleValueFlags = new Set(['--depth', '-j', '--jobs']);
const otherValueFlags = new Set([
  '-o',
  '--origin',
  '-c',
  '--config',
  '--reference',
  '--filter',
  '-u',
  '--template',
]);

/** Reads a command as such a clone; undefined where it is none. */
export function readGitClone({ name, args }: ShellCommand): GitClone | undefined {
  const verb = args[0];
  if (name !== 'git' || verb?.value !== 'clone') return undefined;
  const words: string[] = [];
  let ref: string | undefined;
  let isPlain = true;
  for (let i = 1; i < args.length; i++) {
    const value = args[i]?.value ?? '';
    const branch = /^--branch=(.+)$/.exec(value)?.[1];
    if (value === '-b' || value === '--branch') ref = args[++i]?.value;
    else if (branch !== undefined) ref = branch;
    else if (idleValueFlags.has(value)) i++;
    else if (otherValueFlags.has(value)) {
      i++;
      isPlain = false;
    } else if (!value.startsWith('-')) words.push(value);
    else if (!idleFlags.test(value)) isPlain = false;
  }
  const [url = '', folder] = words;
  // A password or a variable before `@` is a login.
  if (!/^https:\/\/[^@\s]+$/.test(url) || words.length > 2) return undefined;
  const address = trimEnd(url, /\//).replace(/(?<!\.git)$/, '.git');
  const own = address.replace(/\.git$/, '').replace(/^.*\//, '');
  return { verb, address, ref, folder: folder ?? own, isPlain };
}

/** The first clone of a RUN that ADD could fetch as well; undefined where git does more, or the RUN may remove it again. */
export function addableClone(facts: FileFacts, run: Instruction): GitClone | undefined {
  const { minor } = frontendOf(facts.file);
  if (minor !== undefined && minor < 1) return undefined;
  if (run.node.flags.some(({ value }) => /secret|ssh/.test(value?.value ?? ''))) return undefined;
  const commands = facts.commands(run);
  const clones = commands.flatMap((command) => readGitClone(command) ?? []);
  const gits = commands.filter(({ name, args }) => name === 'git' && args[0]?.value !== 'config').length;
  const isRemoved = commands.some(
    ({ name, args }) =>
      name === 'rm' && args.some(({ value }) => !/^-|^\/var\/(?:lib\/apt|cache)\//.test(value)),
  );
  return isRemoved || gits > clones.length ? undefined : clones[0];
}
