import { largePackages, smallTools } from '../data/package-weights.ts';
import type { ShellCommand } from '../syntax/shell.ts';
import type { BuildContext, Choice } from './build-context.ts';
import { type CopiedFolder, contextPathOf } from './copied-folder.ts';
import type { CopyRoute } from './copy-route.ts';
import { isInstaller, pipArgs, readPipTargets } from './pip.ts';
import { follow } from './project-commands.ts';
import { readTarget } from './project-dependencies.ts';
import { type Requirement, readRequirement } from './requirements.ts';
import { hasUvFlag, readUv } from './uv.ts';

/** So many packages are installed in seconds, unless they are large. */
const few = 2;

/**
 * Whether it is worth it that installs no longer follow the code: they bring something, and no more than that is installed behind the
 * code all the same, such as the extras of a project that needs little else.
 * @param split the commands before the one that needs the project go up as well, and so does what that one depends on
 */
export function winsTime(
  folder: CopiedFolder,
  { stop, last, installs }: CopyRoute,
  split: { readonly splits: boolean; readonly adds: boolean },
): boolean {
  const { facts, stage } = folder;
  const head = stop?.headInstalls ?? [];
  const moved = [...installs, ...(split.splits ? head : []), ...(stop && split.adds ? [stop.command] : [])];
  const lists = moved.map((command) => packagesOf(folder, command));
  const above = new Set(lists.flatMap((names) => names ?? []).filter(isWeighty));
  if (lists.includes(undefined) || [...above].some((name) => largePackages.test(name))) return true;
  if (above.size > few) return true;
  const index = (stop?.run ?? last)?.index ?? 0;
  const behind = stage.instructions.filter((it) => it.index > index).flatMap((it) => facts.commands(it));
  const rest = stop?.chain.map(({ command }) => command) ?? [];
  const below = new Set(
    [...rest, ...behind].flatMap((command) => packagesOf(folder, command) ?? []).filter(isWeighty),
  );
  const left = [...below].filter((name) => !above.has(name)).length;
  // A project that needs nothing yet will, and its environment apart from the code is what two stages are made of.
  return above.size > left || (left === 0 && lists.every((names) => names?.length === 0));
}

/** The packages that a command names, itself or by a file, without the project's own; undefined where one is not known. */
function packagesOf(folder: CopiedFolder, command: ShellCommand): readonly string[] | undefined {
  const { context } = folder;
  const uv = readUv(command);
  if (uv?.verb === 'sync') {
    const { project, lock } = context ?? {};
    if (!project?.name || project.isDynamic || !lock) return undefined;
    const groups = project.choices.filter(({ of }) => of.startsWith('group '));
    const extras = hasUvFlag(uv, ['all-extras', 'extra']) ? project.extras : [];
    const grouped = groups.flatMap(({ asked }) => asked?.name ?? []);
    return [...broughtBy(context, { name: project.name, extras }), ...grouped];
  }
  const args = pipArgs(command);
  if (!args) return undefined;
  const { packages, editables, requirementFiles } = readPipTargets(args);
  const lists = [
    ...[...packages.map(({ value }) => value), ...editables].map((value) => targetOf(folder, value)),
    ...requirementFiles.map((file) => listedIn(folder, file)),
  ];
  if (lists.includes(undefined)) return undefined;
  return lists.flatMap((names) => names ?? []);
}

const isWeighty = (name: string) => !isInstaller(name) && !smallTools.test(name);

/** What a word of an install brings: a package of an index, or the project with what it needs. */
function targetOf(folder: CopiedFolder, value: string): readonly string[] | undefined {
  const { context } = folder;
  const requirement = value.includes('/') ? undefined : readRequirement(value);
  if (requirement) return broughtBy(context, requirement);
  const own = readTarget(folder, value, folder.at);
  const { name, isDynamic } = context?.project ?? {};
  return own && name && !isDynamic ? broughtBy(context, { name, extras: own.extras }) : undefined;
}

/** The packages of an index that a requirement brings, where it is the project or a member of its workspace, as these declare it. */
function broughtBy(
  context: BuildContext | undefined,
  { name, extras }: Pick<Requirement, 'name' | 'extras'>,
  seen = new Set<string>(),
): string[] {
  const local = declaredOf(context, name);
  if (!local) return [name];
  const key = [name, ...extras].join();
  if (seen.has(key)) return [];
  seen.add(key);
  const chosen = local.choices.filter(({ of }) => extras.some((extra) => of === `extra ${extra}`));
  return [...(local.requires ?? []), ...chosen.flatMap(({ asked }) => asked ?? [])].flatMap((one) =>
    broughtBy(context, one, seen),
  );
}

function declaredOf(
  context: BuildContext | undefined,
  name: string,
):
  | { readonly requires: readonly Requirement[] | undefined; readonly choices: readonly Choice[] }
  | undefined {
  const { project, lock } = context ?? {};
  return project?.name === name
    ? { requires: project.poetry?.dependencies ?? project.dependencies, choices: project.choices }
    : lock?.packages.find((one) => one.isLocal && one.name === name);
}

function listedIn({ texts, ...folder }: CopiedFolder, file: string): readonly string[] | undefined {
  const place = follow(folder.at, file);
  const path = place === undefined ? undefined : contextPathOf({ texts, ...folder }, place);
  const list = path === undefined ? undefined : texts.requirements(path);
  const isWhole = list && list.includes.length + list.locals.length === 0;
  return isWhole ? list.requirements.map(({ name }) => name) : undefined;
}
