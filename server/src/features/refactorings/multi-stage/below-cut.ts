import { shellNames } from '../../../data/command-wrappers.ts';
import { isAptUpdate, readsAptLists } from '../../../facts/apt.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { pipArgs, readPipTargets } from '../../../facts/pip.ts';
import { projectInstalls } from '../../../facts/project-installs.ts';
import type { Stage } from '../../../facts/stages.ts';
import { isScript, startOf } from '../../../facts/start-command.ts';
import { hasUvFlag, readUv, type UvCommand, uvCommands } from '../../../facts/uv.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { CommandLine, Instruction } from '../../../syntax/tree.ts';
import { type Edit, removeWord } from '../../../text/edit.ts';
import type { Installed } from './environment-packages.ts';
import { buildName } from './runtime-image.ts';
import { startWithoutUv } from './start-without-uv.ts';

/** What is known where the part below the cut is looked at. */
export interface Below {
  readonly facts: FileFacts;
  readonly stage: Stage;
  readonly rest: readonly Instruction[];
  readonly sources: SourceTexts | undefined;
  /** By which the environment is made. */
  readonly tool: 'pip' | 'uv' | 'sync';
  /** Where uv lies in the build stage. */
  readonly uv: string | undefined;
  /** The `uv sync` above the cut. */
  readonly sync: UvCommand | undefined;
  readonly packages: readonly Installed[];
  /** Packages stay where they were before. */
  readonly isInPlace: boolean;
}

/** What the instructions below the cut need to go on in another image; undefined where that is not known. */
export function adaptRest(below: Below): Edit[] | undefined {
  const { stage, rest } = below;
  const { entrypoint, cmd } = startOf(stage);
  const start = entrypoint ?? cmd;
  // Who gets a shell may look for anything in it.
  const words = start?.node.plain.split(/[\s[\]",]+/).filter((word) => word !== '') ?? [];
  if (words.length < 2 || (words.length === 2 && shellNames.has(words[1]?.replace('/bin/', '') ?? '')))
    return undefined;
  const edits: Edit[] = [];
  for (const it of rest) {
    if (!runsKnownScripts(below, it)) return undefined;
    const some = /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(it.node.keyword)
      ? adaptStart(below, it)
      : adaptStep(below, it);
    if (!some) return undefined;
    edits.push(...some);
  }
  return edits;
}

function adaptStart({ facts, stage, packages }: Below, it: Instruction): Edit[] | undefined {
  const { node } = it;
  if (!/\buvx?\b(?!icorn)/.test(node.plain)) return [];
  const { project } = facts.context ?? {};
  const names = new Set([...packages.map(({ name }) => name), ...(project?.scripts ?? [])]);
  return node.keyword === 'CMD' || node.keyword === 'ENTRYPOINT'
    ? startWithoutUv(facts, stage, it as Instruction<typeof node>, names)
    : undefined;
}

/** Whether the scripts that an instruction runs by their path are the project's, so that it is known what they call. */
function runsKnownScripts({ facts, rest, sources, tool }: Below, it: Instruction): boolean {
  const { node } = it;
  const isStart = node.keyword === 'CMD' || node.keyword === 'ENTRYPOINT';
  const commands = isStart
    ? facts.startText(it as Instruction<CommandLine>)?.script.commands
    : facts.commands(it);
  return (commands ?? []).every(({ name, nameWord, args }) => {
    if (name === 'uv') return true;
    const script = shellNames.has(name) ? args.find(({ value }) => !value.startsWith('-')) : nameWord;
    if (!script || (shellNames.has(name) && args.some(({ value }) => /^-\w*c$/.test(value)))) return true;
    const path = script.value;
    if (
      !shellNames.has(name) &&
      (!path.includes('/') || /^(?:\/usr)?\/s?bin\//.test(path)) &&
      !isScript(path)
    )
      return true;
    const base = path.slice(path.lastIndexOf('/') + 1);
    // A program of a package, where no file of the project lies.
    const isCopied = rest.some(({ node }) => /^(?:COPY|ADD)$/.test(node.keyword) && node.text.includes(base));
    if (path.startsWith('/usr/local/bin/') && !isCopied) return true;
    if (tool === 'sync' && /\/\.venv\/bin\/[\w.-]+$/.test(path) && !isCopied) return true;
    return [...(sources?.keys() ?? [])].some((file) => file === base || file.endsWith(`/${base}`));
  });
}

/** Installers whose packages would be compiled where the compilers are missing. */
const installers = /^(?:poetry|pipenv|pdm|conda|mamba|micromamba|pixi|pipx|virtualenv|easy_install)$/;

/** What builds modules or programs in place. */
const compiles = /\bsetup\.py\b|\b(?:cythonize|maturin|f2py|mypyc|nuitka3?|pyinstaller)\b/;

/** Whether pip or uv installs anything but the project or a wheel: what else it brings may have to be compiled. */
function takesUnknown(command: ShellCommand): boolean {
  if (readDependencyInstall(command)?.tool === 'pip') return true;
  const { packages, editables } = readPipTargets(pipArgs(command) ?? []);
  return [...packages.map(({ value }) => value), ...editables].some(
    (target) => /[/[\]@$]/.test(target) && !/^\.\/?$|\.whl$/.test(target),
  );
}

function adaptStep(below: Below, it: Instruction): Edit[] | undefined {
  const { facts, stage, uv, tool, packages, rest, isInPlace } = below;
  const { node } = it;
  if (node.keyword !== 'RUN') return [];
  const commands = facts.commands(it);
  // What is taken out of the Python of the image would stay in the environment.
  if (node.json || facts.shellText(it)?.script.hasErrors || /\bpip[\d.]* uninstall/.test(node.plain))
    return undefined;
  if (commands.some(({ name }) => installers.test(name))) return undefined;
  if (commands.some(readsAptLists) && !commands.some(isAptUpdate)) return undefined;
  if (compiles.test(node.plain) || commands.some((command) => takesUnknown(command))) return undefined;
  const builds = projectInstalls(facts, it).some(({ buildsProject }) => buildsProject);
  const isElsewhere = commands.some(({ name }) => name === 'cd' || name === 'git');
  if (builds && (isElsewhere || !buildsPlainly(below) || !bringsNothing(below, it))) return undefined;
  // An environment belongs to root, where pip would have gone on to the home folder of the user.
  const isOther = rest.some((one) => one.node.keyword === 'USER' && one.index < it.index);
  const callsPip = commands.some(({ name }) => /^pip[\d.]*$/.test(name)) || /-m pip\b/.test(node.plain);
  const callsUv = commands.some(({ name }) => name === 'uv');
  if ((callsPip && tool !== 'pip') || (isOther && (callsPip || callsUv))) return undefined;
  if (projectInstalls(facts, it).some(({ from }) => from === 'wheel') && !hasDependencies(facts, packages))
    return undefined;
  if (!callsUv) return [];
  if (uv === undefined || !uvCommands(facts, it).every((one) => isLikeAbove(below, one))) return undefined;
  return [mountUv(stage, it, uv), ...(isInPlace ? [] : withoutSystem(facts, it))];
}

/** Mounts the uv of the build stage in a RUN. */
export function mountUv(stage: Stage, run: Instruction, path: string): Edit {
  const { end } = run.at(run.node.keywordWord);
  const text = ` --mount=type=bind,from=${buildName(stage)},source=${path},target=/usr/local/bin/uv`;
  return { span: { start: end, end }, text };
}

/** A `uv sync` below the cut may add the project alone, as what else it installs would be without compilers. */
function isLikeAbove({ sync, tool }: Below, uv: UvCommand): boolean {
  if (uv.verb !== 'sync') return /^(?:pip install|cache clean|cache prune)$/.test(uv.verb);
  if (!sync || tool !== 'sync') return false;
  const partial = /^--no-install-(?:project|workspace|local)$/;
  const flags = (one: UvCommand) =>
    one.args
      .map(({ value }) => value.replace(/^--locked$/, '--frozen'))
      .filter((value) => !partial.test(value) && !/^--(?:no-editable|no-cache|compile-bytecode)$/.test(value))
      .sort()
      .join(' ');
  return flags(uv) === flags(sync) && !hasUvFlag(uv, ['directory', 'project', 'python']);
}

/** Backends that make a wheel of Python alone, without a program of the system. */
const plainBackends = /^(?:hatchling|setuptools|wheel|poetry-core|flit-core|uv-build|pdm-backend|pip)$/;

/** Whether the project is built without a compiler and without git. */
function buildsPlainly({ facts: { context }, sources }: Below): boolean {
  const { project } = context ?? {};
  const requires = project?.buildRequires ?? [];
  const setup = sources?.get('setup.py') ?? '';
  return (
    requires.every((name) => plainBackends.test(name)) &&
    !/ext_modules|Extension\(|cythonize|use_scm_version/.test(setup)
  );
}

/** Whether an install of the project finds all it depends on in the environment. */
function bringsNothing({ facts, tool, packages }: Below, it: Instruction): boolean {
  if (
    tool === 'sync' ||
    facts.commands(it).some(({ args }) => args.some(({ value }) => value === '--no-deps'))
  )
    return true;
  return hasDependencies(facts, packages);
}

function hasDependencies({ context }: FileFacts, packages: readonly Installed[]): boolean {
  const { project } = context ?? {};
  if (!project || project.isDynamic) return false;
  const names = new Set(packages.map(({ name }) => name));
  return project.dependencies.every(({ name }) => names.has(name));
}

/** uv installs into the environment, and no longer into the Python of the image. */
export function withoutSystem(facts: FileFacts, it: Instruction): Edit[] {
  return facts
    .commands(it)
    .filter((command) => readUv(command) !== undefined)
    .flatMap(({ args }) => args.filter(({ value }) => /^--(?:system|break-system-packages)$/.test(value)))
    .map((word) => removeWord(facts.file.text, it.at(word)));
}
