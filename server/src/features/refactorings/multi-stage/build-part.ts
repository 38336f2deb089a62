import { fullImagePrograms } from '../../../data/full-image-programs.ts';
import { basePython } from '../../../facts/base-python.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { isInstaller, pipArgs, readPipInstall, readPipTargets } from '../../../facts/pip.ts';
import { projectInstalls } from '../../../facts/project-installs.ts';
import { pythonPackages } from '../../../facts/python-packages.ts';
import type { Stage } from '../../../facts/stages.ts';
import { systemPackages } from '../../../facts/system-packages.ts';
import { fillsEnvironment, uvCommands } from '../../../facts/uv.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import type { Edit } from '../../../text/edit.ts';
import { droppedFor } from './above-cut.ts';
import { adaptRest, withoutSystem } from './below-cut.ts';
import { calledPrograms } from './called-programs.ts';
import { type Carried, carriedLines } from './carried-lines.ts';
import { directInstalls, type UvSource } from './direct-installs.ts';
import { environmentPackages } from './environment-packages.ts';
import { libraryNeeds } from './library-needs.ts';
import { countsOnOldPlaces, hasOtherPython } from './old-places.ts';
import type { RuntimeImage } from './runtime-image.ts';
import { uvPath } from './start-without-uv.ts';
import { usesBasePython } from './uv-python.ts';
import { type WheelStage, wheelStage } from './wheel-stage.ts';

/** Where a stage falls apart into what builds the environment and what makes the image. */
export interface Cut {
  /** Who makes the environment: pip or uv a virtual one, `uv sync` that of the project. */
  readonly tool: 'pip' | 'uv' | 'sync';
  /** The first RUN by which something is installed into it. */
  readonly firstInstall: Instruction;
  /** The last of those that install dependencies. */
  readonly lastInstall: Instruction;
  readonly above: readonly Instruction[];
  /** What the final stage begins with. */
  readonly carried: Carried;
  readonly buildEdits: readonly Edit[];
  /** The final stage installs what the build stage made wheels of, and there is no environment. */
  readonly wheels: WheelStage | undefined;
  /** uv installs in the final stage itself, and there is nothing to be built. */
  readonly direct: UvSource | undefined;
  /** The environment of uv gets setuptools, which the images of this Python hold. */
  readonly seeds: boolean;
  /** Below the cut, at least one. */
  readonly rest: readonly Instruction[];
  readonly restEdits: readonly Edit[];
}

/**
 * Cuts behind the last install of dependencies; undefined where nothing else is installed there, where nothing is won, or
 * where something is not understood, so that it could be missing in the final stage.
 * @param outside what files around the image have its containers do
 */
export function findCut(
  facts: FileFacts,
  stage: Stage,
  image: RuntimeImage,
  sources: SourceTexts | undefined,
  outside: readonly string[],
): Cut | undefined {
  const { instructions } = stage;
  const lastInstall = instructions.findLast((it) => installsDependencies(facts, it));
  if (!lastInstall || instructions.some(({ onbuild, node }) => onbuild || node.keyword === 'ONBUILD'))
    return undefined;
  const above = instructions.filter(({ index }) => index <= lastInstall.index);
  const rest = instructions.filter(({ index }) => index > lastInstall.index);
  const firstInstall = above.find((it) => usesInstaller(facts, it));
  const tool = toolOf(facts, above);
  if (rest.length === 0 || !firstInstall || !tool || hasOtherPython(instructions, sources, outside))
    return undefined;
  const callsPip = rest.some((it) =>
    facts.commands(it).some(({ name }) => /^(?:pip|python)[\d.]*$/.test(name)),
  );
  const wheels = tool === 'pip' ? wheelStage(facts, above, callsPip) : undefined;
  // Wheels are installed where all was before, so that only what is done to it above the cut is lost.
  if (wheels ? countsOnOldPlaces(above, undefined) : countsOnOldPlaces(instructions, sources, outside))
    return undefined;
  if (tool === 'sync' && !usesBasePython(stage, facts.context, sources)) return undefined;
  const called = calledPrograms(facts, rest, sources, outside);
  if ([...called].some((name) => fullImagePrograms.get(name) === undefined)) return undefined;
  const programs = [...new Set([...called].flatMap((name) => fullImagePrograms.get(name) ?? []))];
  // Where the project is not known, its code may call what the file installs.
  const left = (name: string) => droppedFor(name, (one) => !sources || programs.includes(one));
  const dropped = above
    .flatMap((it) => systemPackages(facts, it))
    .flatMap(({ name }) => (left(name) ? [name] : []));
  // On a slim image nothing is won but what is left out.
  if (image.isSame && !dropped.some(isLarge)) return undefined;
  const packages = environmentPackages(facts, above, sources);
  if (!packages) return undefined;
  const direct = wheels || tool === 'pip' ? undefined : directInstalls(facts, stage, image, above);
  const parts = { facts, stage, above, rest, sources, installsAbove: direct !== undefined };
  const carried = carriedLines(parts, left, (kept) => {
    const loses = !image.isSlim || dropped.length > 0;
    const { isSlim } = image;
    const place = { stage, context: facts.context, sources, isSlim };
    const libraries = loses ? libraryNeeds(place, packages, kept, dropped) : [];
    const headers = dropped.flatMap((name) => left(name) ?? []);
    const missing = image.isSlim ? [] : programs;
    return (
      libraries && [...new Set([...headers, ...libraries, ...missing])].filter((name) => !kept.includes(name))
    );
  });
  const syncs = above.flatMap((it) => uvCommands(facts, it)).filter(({ verb }) => verb === 'sync');
  const restEdits = adaptRest({
    ...{ facts, stage, rest, sources, tool, packages },
    uv: direct?.path ?? uvPath(facts, stage, above, image.isUv),
    isInPlace: direct !== undefined,
    sync: syncs.at(-1),
  });
  if (!carried || !restEdits) return undefined;
  const buildEdits = tool === 'uv' ? above.flatMap((it) => withoutSystem(facts, it)) : (wheels?.edits ?? []);
  // Since 3.12 neither the images nor new environments hold setuptools (docker-library/python; Python 3.12, "venv").
  const seeds = (basePython(stage)?.minor ?? 0) < 12;
  return {
    ...{
      tool,
      firstInstall,
      lastInstall,
      above,
      carried,
      buildEdits,
      wheels,
      direct,
      seeds,
      rest,
      restEdits,
    },
  };
}

/** Packages without which an image is smaller by more than a second writing of the environment is worth. */
const isLarge = (name: string) =>
  !/^(?:curl|wget|git|unzip|patch|file|make|pkg-config|procps|xz-utils|bzip2|gnupg)$/.test(name);

function installsDependencies(facts: FileFacts, it: Instruction): boolean {
  if (it.node.keyword !== 'RUN') return false;
  const own = projectInstalls(facts, it);
  const { project } = facts.context ?? {};
  // A project without a build backend is not installed by uv ("package").
  const isCode =
    project === undefined ||
    project.uv.isPackage ||
    project.uv.isWorkspace ||
    // The second one of uv's documentation ("Using uv in Docker") finds all there.
    facts.alike(it).some((one) => one.index < it.index && syncsPartly(facts, one));
  if (own.some(({ buildsProject, from }) => (buildsProject && isCode) || from !== 'lock')) return false;
  const named = pythonPackages(facts, it).filter(({ name }) => !isInstaller(name));
  return own.length > 0 || named.length > 0 || takesOthers(facts, it);
}

const syncsPartly = (facts: FileFacts, it: Instruction) =>
  projectInstalls(facts, it).some(({ buildsProject, from }) => from === 'lock' && !buildsProject);

/** Whether a RUN installs what a file lists, or what lies in a repository or archive. */
const takesOthers = (facts: FileFacts, it: Instruction) =>
  facts.commands(it).some((command) => {
    const install = readDependencyInstall(command);
    if (install !== undefined && /^(?:pip|uv)$/.test(install.tool)) return !install.withProject;
    const { packages } = readPipTargets(pipArgs(command) ?? []);
    return packages.some(({ value }) => /\bgit\+|^https?:/.test(value));
  });

const usesInstaller = (facts: FileFacts, it: Instruction) =>
  facts.commands(it).some((command) => readPipInstall(command) !== undefined) ||
  uvCommands(facts, it).some(fillsEnvironment);

function toolOf(facts: FileFacts, above: readonly Instruction[]): Cut['tool'] | undefined {
  const names = new Set(
    above.flatMap((it): Cut['tool'][] => [
      ...facts.commands(it).flatMap((command) => (readPipInstall(command) ? ('pip' as const) : [])),
      ...uvCommands(facts, it)
        .filter(fillsEnvironment)
        .map(({ verb }) => (verb === 'sync' ? 'sync' : 'uv')),
    ]),
  );
  const [tool] = names;
  // By its settings uv may go past the environment ("uv pip", settings of `[tool.uv.pip]`).
  const settings = facts.context?.project?.uv.settings ?? [];
  const isMoved =
    tool === 'uv' && settings.some((name) => /^pip\.(?:system|python|target|prefix)$/.test(name));
  return names.size === 1 && !isMoved ? tool : undefined;
}
