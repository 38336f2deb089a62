import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { officialName } from './base-images.ts';
import { flagNames } from './command-flags.ts';
import type { FileFacts } from './file-facts.ts';
import { resolveWord } from './scope.ts';
import { reachableFrom, stageUses } from './stage-graph.ts';
import { lastWhere, lineage, rootStage, type Stage } from './stages.ts';

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

function readUv(command: ShellCommand): UvCommand | undefined {
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

/** Whether it installs what it downloads into an environment: `uv sync`, `uv pip install` and `uv pip sync`. */
export const isUvInstall = ({ verb, args }: UvCommand): boolean =>
  /^(?:sync|pip install|pip sync)$/.test(verb) &&
  !args.some(({ value }) => /^--(?:help|dry-run|check|offline)$|^-h$/.test(value));

/** Whether a command of uv has one of the flags, given by name. */
export const hasUvFlag = ({ command: { args } }: UvCommand, names: readonly string[]): boolean =>
  args.some(({ value }) => flagNames(value).some((name) => names.includes(name)));

/**
 * The value that an environment variable has for a RUN: by its own text, or by an ENV or ARG above it.
 * `unset` where nothing in the file sets it, `unknown` where the file does not tell what it is set to.
 */
export function settingAt(facts: FileFacts, at: Instruction, name: string): string {
  const own = new RegExp(`(?<![\\w$])${name}=["']?([^\\s"';&|]*)`).exec(
    at.node.keyword === 'RUN' ? at.node.text : '',
  )?.[1];
  const stage = facts.stageOf(at);
  if (own !== undefined) return own.includes('$') ? 'unknown' : own;
  for (const ancestor of stage ? lineage(stage) : []) {
    // ENV wins over ARG.
    for (const keyword of ['ENV', 'ARG'] as const) {
      const all = ancestor.byKeyword.get(keyword) ?? [];
      for (let i = lastWhere(all, ({ index }) => index < at.index); i >= 0; i--) {
        const setter = all[i] as Instruction;
        const { node } = setter;
        const pair =
          'pairs' in node
            ? node.pairs.findLast(({ key }: { key: { value: string } }) => key.value === name)
            : undefined;
        if (pair) return (pair.value && resolveWord(facts.file, ancestor, setter, pair.value)) ?? 'unknown';
      }
    }
  }
  return 'unset';
}

/** Whether a variable of uv that is a switch is on; one whose value is not known counts as on. */
export function isSwitchedOn(facts: FileFacts, at: Instruction, name: string): boolean {
  return !/^(?:unset|0|false|f|no|n|off|)$/i.test(settingAt(facts, at, name));
}

/** The stages that the last one builds on or takes files from. */
export function stagesOfImage(facts: FileFacts): ReadonlySet<Stage> {
  const { finalStage } = facts;
  if (!finalStage) return new Set();
  return reachableFrom(finalStage, (stage) => [
    ...(stage.parent ? [stage.parent] : []),
    ...stageUses(facts, stage).map((use) => use.stage),
  ]);
}

/** Whether a stage is one to develop or test in, by its name. */
export const isForWork = ({ name = '' }: Stage): boolean =>
  /(?:^|[-_.])(?:dev\w*|test\w*|unittest\w*|lint\w*|check\w*|ci|debug\w*|local|notebook\w*)(?:$|[-_.])/.test(
    name,
  );

const plainBases =
  /^(?:scratch|debian|ubuntu|alpine|busybox|buildpack-deps|python|pypy|node|golang|rust|(?:nvcr\.io\/)?nvidia\/cuda|amazonlinux|(?:public\.ecr\.aws\/amazonlinux\/)amazonlinux|fedora|centos|rockylinux|almalinux|oraclelinux|(?:ghcr\.io\/astral-sh|astral)\/uv)$/;

/**
 * Whether the image from outside is known to set no variable that steers uv, beside the folder of its tools: a plain one of
 * a system or language, or one of uv. As known 2026-11, from the Dockerfiles named in data/image-variables.ts; the images
 * of RPM distributions not verified one by one.
 */
export function isPlainBase(stage: Stage): boolean {
  const { image } = rootStage(stage).base;
  const registry = image.registry && image.registry !== 'docker.io' ? `${image.registry}/` : '';
  return plainBases.test(registry + officialName(image));
}
