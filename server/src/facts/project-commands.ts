import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { Project } from './build-context.ts';
import { hasFlag, plainWords } from './command-flags.ts';
import type { FileFacts } from './file-facts.ts';
import { originOf } from './file-origins.ts';
import { joinPath, workdirAt } from './paths.ts';
import { readPipInstall, readPipTargets } from './pip.ts';
import { isSwitchedOn, settingAt } from './settings.ts';
import { hasUvFlag, type UvCommand, uvCommands } from './uv.ts';
import { isInSubshell } from './work-folders.ts';

/** A command that works on a project whose files the Dockerfile brought into the image. */
export interface ProjectCommand {
  readonly command: ShellCommand;
  /** `sync`, `install`, `build`, … */
  readonly verb: ShellWord;
  readonly tool: 'uv sync' | 'pip' | 'poetry';
  /** The folder of the image in which the project lies. */
  readonly folder: string;
  /** The folder of the context that it comes from, `''` for the context's own. */
  readonly source: string;
  readonly project: Project | undefined;
  /** The project itself is built, for which its backend runs. */
  readonly builds: boolean;
  /** A flag or variable asks for the lock file as it is. */
  readonly lock: 'locked' | 'frozen' | undefined;
}

type Asked = Pick<ProjectCommand, 'verb' | 'tool' | 'builds' | 'lock'> & { readonly path: string };

/** So many commands of a file are looked at; each asks all that stands above it. */
const mostCommands = 40;
const budget = remember((_: FileFacts) => ({ left: mostCommands }));

/** The commands of a RUN that install or build a project of the build context, where its manifest is known to be there. */
export const projectCommands = remember2((facts, run): readonly ProjectCommand[] => {
  const stage = facts.stageOf(run);
  const { projects, setupReads } = facts.context ?? {};
  const hasManifest = (projects?.size ?? 0) + (setupReads?.size ?? 0) > 0;
  if (!stage || !hasManifest || !/\b(?:uv|pip|poetry|build)/.test(run.node.text)) return [];
  // What may fail without an end of the build.
  if (run.onbuild || run.node.text.includes('||')) return [];
  const commands = facts.commands(run);
  const uvs = new Map(uvCommands(facts, run).map((uv) => [uv.command, uv]));
  return commands.flatMap((command): ProjectCommand[] => {
    const uv = uvs.get(command);
    const asked = uv ? readUv(facts, run, uv) : (readPip(command) ?? readPoetry(command));
    if (!asked || budget(facts).left-- <= 0) return [];
    const start = folderOf(workdirAt(facts.file, stage, run), commands, command, run.node.text);
    const folder = start === undefined ? undefined : follow(start, asked.path);
    if (folder === undefined) return [];
    const { path: _, ...rest } = asked;
    for (const manifest of ['pyproject.toml', 'setup.py']) {
      const origin = originOf(facts, run, command, joinPath(folder, manifest));
      if (origin === 'unknown') return [];
      if (origin === 'nothing' || !origin.path.endsWith(manifest)) continue;
      const source = origin.path.slice(0, -manifest.length).replace(/\/$/, '');
      return [{ ...rest, command, folder, source, project: projects?.get(source) }];
    }
    return [];
  });
});

/** How people call a command: `uv sync`, `pip install`. */
export const commandName = ({ command, verb }: ProjectCommand): string =>
  `${command.name}${command.args.some(({ value }) => value === '-m') ? ' -m' : ''} ${verb.value}`;

/** Remembers an answer for each RUN of a file. */
function remember2<T>(answer: (facts: FileFacts, run: Instruction) => T) {
  const answers = remember((_: FileFacts) => new Map<Instruction, T>());
  return (facts: FileFacts, run: Instruction): T => {
    const known = answers(facts);
    const found = known.get(run) ?? answer(facts, run);
    known.set(run, found);
    return found;
  };
}

const leavesOut = ['no-install-project', 'no-install-workspace', 'no-install-local'];
const others = ['only-group', 'only-dev', 'package', 'all-packages', 'only-install-local'];

function readUv(facts: FileFacts, run: Instruction, uv: UvCommand): Asked | undefined {
  const { command, verb, verbWord, args } = uv;
  const isOn = (name: string) => isSwitchedOn(facts, run, `UV_${name.replaceAll('-', '_').toUpperCase()}`);
  if (hasUvFlag(uv, ['help', 'dry-run', 'check', 'script', 'config-file', 'active'])) return undefined;
  const steers = ['UV_PROJECT', 'UV_WORKING_DIR', 'UV_WORKING_DIRECTORY', 'UV_CONFIG_FILE'];
  if (steers.some((name) => settingAt(facts, run, name) !== 'unset')) return undefined;
  const path = valueOf(command, ['--project', '--directory']) ?? '.';
  if (verb === 'sync') {
    const builds = !hasUvFlag(uv, [...leavesOut, ...others]) && !leavesOut.some(isOn);
    const lock =
      hasUvFlag(uv, ['locked']) || isOn('locked')
        ? 'locked'
        : hasUvFlag(uv, ['frozen']) || isOn('frozen')
          ? 'frozen'
          : undefined;
    return { verb: verbWord, tool: 'uv sync', builds, lock, path };
  }
  if (verb === 'build') {
    const [target] = plainWords({ args }, ['out-dir', 'o', 'package', 'python', 'p', 'project', 'directory']);
    return hasUvFlag(uv, ['package', 'all-packages'])
      ? undefined
      : {
          verb: verbWord,
          tool: 'pip',
          builds: true,
          lock: undefined,
          path: follow(path, target?.value ?? '.') ?? '$',
        };
  }
  if (verb !== 'pip install' && verb !== 'tool install') return undefined;
  const target = pathOf(args);
  return target === undefined
    ? undefined
    : { verb: verbWord, tool: 'pip', builds: true, lock: undefined, path: target };
}

function readPip(command: ShellCommand): Asked | undefined {
  const install = readPipInstall(command);
  const words = command.args;
  const wheel = /^pip[\d.]*$/.test(command.name) ? words.find(({ value }) => value === 'wheel') : undefined;
  if (install || wheel) {
    const args = install?.args ?? words.slice(words.indexOf(wheel as ShellWord) + 1).filter(isNoWheelFolder);
    const path = pathOf(args);
    const verb = install?.verb ?? wheel;
    return path !== undefined && verb
      ? { verb, tool: 'pip', builds: true, lock: undefined, path }
      : undefined;
  }
  const at = words.findIndex(({ value }, i) => value === 'build' && words[i - 1]?.value === '-m');
  const verb = words[at];
  if (!/^python[\d.]*$/.test(command.name) || !verb) return undefined;
  const [target] = plainWords({ args: words.slice(at + 1) }, [
    'outdir',
    'o',
    'config-setting',
    'C',
    'installer',
  ]);
  return { verb, tool: 'pip', builds: true, lock: undefined, path: target?.value ?? '.' };
}

/** Leaves out where `pip wheel` puts what it makes. */
const isNoWheelFolder = (_: ShellWord, at: number, words: readonly ShellWord[]) =>
  !/^(?:-w|--wheel-dir)$/.test(words[at - 1]?.value ?? '');

/** The path of the one project that pip is given; undefined where there is none, or several. */
function pathOf(args: readonly ShellWord[]): string | undefined {
  const { packages, editables } = readPipTargets(args);
  const paths = [...packages.map(({ value }) => value), ...editables]
    .map((path) => path.split('[', 1)[0] ?? '')
    .filter((path) => /^(?:\.|\/)/.test(path) && !/\.(?:whl|zip|gz|txt)$/.test(path));
  return paths.length === 1 ? paths[0] : undefined;
}

function readPoetry(command: ShellCommand): Asked | undefined {
  if (command.name !== 'poetry') return undefined;
  const [verb] = plainWords(command, ['C', 'directory', 'P', 'project']);
  if (!verb || !/^(?:install|sync|build)$/.test(verb.value)) return undefined;
  if (hasFlag(command, ['help', 'h', 'dry-run'])) return undefined;
  const builds = !hasFlag(command, ['no-root']);
  const path = valueOf(command, ['-C', '--directory', '-P', '--project']) ?? '.';
  return { verb, tool: 'poetry', builds, lock: undefined, path };
}

/** The value of one of some flags, in the next word or behind `=`. */
function valueOf({ args }: ShellCommand, names: readonly string[]): string | undefined {
  for (const [i, { value }] of args.entries()) {
    if (names.includes(value)) return args[i + 1]?.value;
    const [name = '', ...rest] = value.split('=');
    if (rest.length > 0 && names.includes(name)) return rest.join('=');
  }
  return undefined;
}

/** The folder that the commands before a command went into. */
export function folderOf(
  start: string | undefined,
  commands: readonly ShellCommand[],
  until: ShellCommand,
  text: string,
): string | undefined {
  let folder = start;
  for (const command of commands) {
    if (command.to > until.from) break;
    if (command.name === 'popd') return undefined;
    if (command.name !== 'cd' && command.name !== 'pushd') continue;
    const target = plainWords(command)[0]?.value ?? '~';
    if (isInSubshell(text, command.from)) return undefined;
    folder = folder === undefined && !target.startsWith('/') ? undefined : follow(folder ?? '/', target);
  }
  return folder;
}

/** A path from a folder on, `..` followed; undefined where a variable or pattern decides, or it leaves what is known. */
export function follow(folder: string, path: string): string | undefined {
  if (/[$~`*?{]/.test(path) || path === '-') return undefined;
  const whole = joinPath(folder, path);
  const parts: string[] = [];
  for (const part of whole.split('/').slice(1)) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined && !whole.startsWith('/')) return undefined;
  }
  return (whole.startsWith('/') ? '/' : './') + parts.join('/');
}
