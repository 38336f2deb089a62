import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { osFamily } from './base-images.ts';
import type { FileFacts } from './file-facts.ts';
import { effective, lastOf, lineage, type Stage } from './stages.ts';

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
  const words = shellInForce(facts, run);
  return words.length > 0
    ? { ...readShell(words), named: false }
    : { program: defaultShell(facts.stageOf(run)), options: [], named: false };
}

/** The words of the SHELL that holds at a RUN; none where it is the default one. */
export function shellInForce(facts: FileFacts, run: Instruction): readonly string[] {
  const stage = facts.stageOf(run);
  const find = facts.options.inheritedShell ? effective : lastOf;
  return shellWords(stage && find(stage, 'SHELL', run));
}

const shellWords = (shell: Instruction | undefined): readonly string[] =>
  (shell?.node.json ?? shell?.node.args)?.map(({ value }) => value) ?? [];

const defaultShell = (stage: Stage | undefined) => (stage && osFamily(stage) === 'windows' ? 'cmd' : 'sh');

function readShell(words: readonly string[]): Omit<RunShell, 'named'> {
  // `["conda", "run", "-n", "env", "/bin/bash", "-c"]` and `["/usr/bin/env", "bash", "-c"]` end in a shell as well.
  const at = Math.max(
    0,
    words.findIndex((word) => known.test(programName(word))),
  );
  return { program: programName(words[at] ?? ''), options: words.slice(at + 1) };
}

/** A shell that ShellCheck knows. */
export type Dialect = 'sh' | 'bash' | 'dash' | 'ksh';
const dialects: Readonly<Record<string, Dialect>> = {
  sh: 'sh',
  bash: 'bash',
  dash: 'dash',
  // BusyBox has the shell of Almquist too; ShellCheck knows its name since 0.10 only.
  ash: 'dash',
  ksh: 'ksh',
  mksh: 'ksh',
};
const pragma = /^hadolint[ \t]+shell[ \t]*=[ \t]*(\S.*)$/i;

/**
 * The shell whose language a RUN is written in, for ShellCheck: the one that it names itself; else what the last SHELL
 * or comment `# hadolint shell=…` before it says, in its stage or those that this builds on; else such a comment above
 * the first FROM. Undefined where that is no shell of the Bourne family.
 */
export function dialectOf(facts: FileFacts, run: Instruction, named: readonly string[]): Dialect | undefined {
  const stage = facts.stageOf(run);
  const words = named.length > 0 ? named : (declaredShell(facts, stage, run) ?? [defaultShell(stage)]);
  return dialects[readShell(words).program];
}

function declaredShell(
  { file, stages }: FileFacts,
  stage: Stage | undefined,
  run: Instruction,
): readonly string[] | undefined {
  const comments = file.comments.filter(({ text }) => pragma.test(text));
  const commented = (from: number, to: number) => {
    const found = comments.findLast(({ span }) => span.start >= from && span.end <= to);
    return found && { at: found.span.start, words: pragma.exec(found.text)?.[1]?.split(/[ \t]+/) ?? [] };
  };
  for (const ancestor of stage ? lineage(stage) : []) {
    const own = ancestor === stage;
    const end = own ? run.span.start : (stages[ancestor.index + 1]?.from.span.start ?? file.text.length);
    const comment = commented(ancestor.from.span.end, end);
    const shell = lastOf(ancestor, 'SHELL', own ? run : undefined);
    if (comment && comment.at > (shell?.span.start ?? -1)) return comment.words;
    if (shell) return shellWords(shell);
  }
  return commented(0, stages[0]?.from.span.start ?? file.text.length)?.words;
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
