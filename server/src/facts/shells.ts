import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { osFamily } from './base-images.ts';
import type { FileFacts } from './file-facts.ts';
import { effective, lastOf } from './stages.ts';

/** The shell that reads a RUN. */
export interface RunShell {
  /** Program without folder and `.exe`, in lower case. */
  readonly program: string;
  readonly options: readonly string[];
  /** The RUN itself names it, by `<<EOF bash` or a shebang, so SHELL has no say. */
  readonly named: boolean;
}

const known = /^(?:bash|zsh|ash|dash|sh|ksh|mksh|pwsh|powershell|cmd)$/;
const pipefailShells = new Set(['bash', 'zsh', 'ash', 'ksh', 'mksh']);

/** The shell of a RUN: the one that it names, else the SHELL in force, else `sh` (`cmd` on Windows). */
export function shellOf(facts: FileFacts, run: Instruction): RunShell {
  const text = facts.shellText(run);
  if (text?.interpreter) {
    return { program: programName(text.interpreter), options: text.interpreterOptions, named: true };
  }
  const stage = facts.stageOf(run);
  const find = facts.options.inheritedShell ? effective : lastOf;
  const shell = stage && find(stage, 'SHELL', run)?.node;
  const words = (shell?.json ?? shell?.args)?.map(({ value }) => value) ?? [];
  if (words.length === 0) {
    const program = stage && osFamily(stage) === 'windows' ? 'cmd' : 'sh';
    return { program, options: [], named: false };
  }
  // `["conda", "run", "-n", "env", "/bin/bash", "-c"]` and `["/usr/bin/env", "bash", "-c"]` end in a shell as well.
  const at = Math.max(
    0,
    words.findIndex((word) => known.test(programName(word))),
  );
  return { program: programName(words[at] ?? ''), options: words.slice(at + 1), named: false };
}

/** Whether a shell has the option `pipefail`; undefined for a `/bin/sh` that could be any. */
export function knowsPipefail(
  facts: FileFacts,
  run: Instruction,
  { program }: RunShell,
): boolean | undefined {
  if (program !== 'sh') return pipefailShells.has(program);
  const stage = facts.stageOf(run);
  const family = stage && osFamily(stage);
  return family && (family === 'alpine' || family === 'redhat');
}

/** Whether the words of a command line hold `-o pipefail`, `-euo pipefail` and the like. */
export function hasPipefail(options: readonly string[]): boolean {
  return options.some((word, i) => /^-[A-Za-z]*o$/.test(word) && options[i + 1] === 'pipefail');
}

/** Whether a command is `set -o pipefail`. */
export function setsPipefail({ name, args }: ShellCommand): boolean {
  return (name === 'set' || name === 'shopt') && hasPipefail(args.map(({ value }) => value));
}

function programName(path: string): string {
  return path
    .replace(/^.*[\\/]/, '')
    .toLowerCase()
    .replace(/\.exe$/, '');
}
