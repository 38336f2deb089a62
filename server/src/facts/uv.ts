import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { baseImage, fullName } from './base-images.ts';
import { flagNames } from './command-flags.ts';
import type { FileFacts } from './file-facts.ts';
import type { Stage } from './stages.ts';

/** A command of uv. */
export interface UvCommand {
  readonly command: ShellCommand;
  /** What it is asked to do, such as `sync` or `pip install`. */
  readonly verb: string;
  /** The last word of that. */
  readonly verbWord: ShellWord;
  /** The words behind it. */
  readonly args: readonly ShellWord[];
}

/** Flags that may stand before the verb and take the next word (uv 0.13 `uv --help`). */
const earlyValueFlags = /^--(?:directory|project|config-file|cache-dir|color|allow-insecure-host|python)$/;
const parents = new Set(['pip', 'python', 'tool', 'cache', 'self', 'auth']);

/** The commands of uv in a RUN. */
export function uvCommands(facts: FileFacts, run: Instruction): UvCommand[] {
  if (!/\buv\b/.test(run.node.text)) return [];
  return facts.commands(run).flatMap((command) => readUv(command) ?? []);
}

/** Reads a command as one of uv; undefined where it is none. */
export function readUv(command: ShellCommand): UvCommand | undefined {
  const { args } = command;
  if (command.name !== 'uv') return undefined;
  let at = 0;
  while (args[at]?.value.startsWith('-')) at += earlyValueFlags.test(args[at]?.value ?? '') ? 2 : 1;
  const first = args[at];
  const second = first && parents.has(first.value) ? args[at + 1] : undefined;
  const verbWord = second ?? first;
  if (!first || !verbWord) return undefined;
  const verb = second ? `${first.value} ${second.value}` : first.value;
  return { command, verb, verbWord, args: args.slice(args.indexOf(verbWord) + 1) };
}

/** Whether it puts packages into an environment: `uv sync`, `uv pip install` and `uv pip sync`. */
export const fillsEnvironment = ({ verb }: UvCommand): boolean =>
  /^(?:sync|pip install|pip sync)$/.test(verb);

/** Whether it does so with packages that it downloads. */
export const isUvInstall = (uv: UvCommand): boolean =>
  fillsEnvironment(uv) && !uv.args.some(({ value }) => /^--(?:help|dry-run|check|offline)$|^-h$/.test(value));

/** Whether a command of uv has one of the flags, given by name. */
export const hasUvFlag = ({ command: { args } }: UvCommand, names: readonly string[]): boolean =>
  args.some(({ value }) => flagNames(value).some((name) => names.includes(name)));

const plainBases =
  /^(?:scratch|debian|ubuntu|alpine|busybox|buildpack-deps|python|pypy|node|golang|rust|(?:nvcr\.io\/)?nvidia\/cuda|amazonlinux|(?:public\.ecr\.aws\/amazonlinux\/)amazonlinux|fedora|centos|rockylinux|almalinux|oraclelinux|(?:ghcr\.io\/astral-sh|astral)\/uv)$/;

/**
 * Whether the image from outside is known to set no variable that steers uv, beside the folder of its tools: a plain one of
 * a system or language, or one of uv. As known 2026-11, from the Dockerfiles named in data/image-variables.ts; the images
 * of RPM distributions not verified one by one.
 */
export function isPlainBase(stage: Stage): boolean {
  return plainBases.test(fullName(baseImage(stage)));
}
