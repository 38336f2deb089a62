import type { ShellCommand } from '../syntax/shell.ts';
import type { CommandLine, Dockerfile, Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import { osFamily } from './base-images.ts';
import type { FileFacts } from './file-facts.ts';
import { effective, lastOf, lastWhere, type Stage } from './stages.ts';

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
  return shellWords(stage ? find(stage, 'SHELL', run) : shellBefore(facts, run));
}

/** In a part of a file that has its FROM elsewhere, the last SHELL before a RUN. */
function shellBefore({ file }: FileFacts, run: Instruction): Instruction | undefined {
  const all = shellsIn(file);
  return all[lastWhere(all, ({ index }) => index < run.index)];
}

const shellsIn = remember(({ instructions }: Dockerfile): readonly Instruction[] =>
  instructions.filter(({ node }) => node.keyword === 'SHELL'),
);

/** The words of a SHELL. */
export const shellWords = (shell: Instruction | undefined): readonly string[] =>
  (shell?.node.json ?? shell?.node.args)?.map(({ value }) => value) ?? [];

/** The shell of an image without a SHELL. */
export const defaultShell = (stage: Stage | undefined) =>
  stage && osFamily(stage) === 'windows' ? 'cmd' : 'sh';

/** The shell that the words of a SHELL name, and its options. */
export function readShell(words: readonly string[]): Omit<RunShell, 'named'> {
  // `["conda", "run", "-n", "env", "/bin/bash", "-c"]` and `["/usr/bin/env", "bash", "-c"]` end in a shell as well.
  const at = Math.max(
    0,
    words.findIndex((word) => known.test(programName(word))),
  );
  return { program: programName(words[at] ?? ''), options: words.slice(at + 1) };
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

/** The first words of a SHELL with the option, for an image whose shell is known or bash. */
export function withPipefail(facts: FileFacts, run: Instruction, { program }: RunShell): string {
  const stage = facts.stageOf(run);
  const isAsh = stage && osFamily(stage) === 'alpine' && program !== 'bash';
  return `${isAsh ? '"/bin/ash", "-eo"' : '"/bin/bash", "-o"'}, "pipefail"`;
}

/** Whether a shell is one that a single command takes the place of. */
export const replacesItself = (reader: string, stage: Stage | undefined) =>
  /(?:^|\/)(?:bash|ash|zsh|ksh)$/.test(reader) ||
  (/(?:^|\/)sh$/.test(reader) && stage !== undefined && /^(?:alpine|redhat)$/.test(osFamily(stage) ?? ''));

/** Whether a CMD or ENTRYPOINT in shell form is one command. */
export function isSingle(facts: FileFacts, instruction: Instruction<CommandLine>): boolean {
  const { commands = [], pipes = [], joints = [] } = facts.startText(instruction)?.script ?? {};
  return commands.length === 1 && pipes.length === 0 && joints.length === 0;
}
