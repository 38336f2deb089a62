import type { PythonVersion } from '../../../facts/base-python.ts';
import { basePython } from '../../../facts/base-python.ts';
import type { BuildContext, LockedPackage } from '../../../facts/build-context.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import type { Stage } from '../../../facts/stages.ts';
import { systemPackages } from '../../../facts/system-packages.ts';
import { fillsEnvironment, uvCommands } from '../../../facts/uv.ts';
import { fitsLinux, fitsPython, readWheelName } from '../../../facts/wheels.ts';
import type { Copy, Instruction } from '../../../syntax/tree.ts';
import { kindOf } from './command-kinds.ts';
import type { RuntimeImage } from './runtime-image.ts';

/** The image that uv is taken from by a mount, where it can install in the final stage itself. */
export interface UvSource {
  /** What stands behind the FROM of its stage. */
  readonly from: string;
  /** Where it lies there. */
  readonly path: string;
  /** The COPY that brought it before. */
  readonly copy: Instruction | undefined;
}

/**
 * Where uv is to be had for installs in the final stage: nothing is compiled there, as there is a wheel of all that is
 * locked, so that no environment has to be copied. Undefined where that is not known.
 */
export function directInstalls(
  facts: FileFacts,
  stage: Stage,
  image: RuntimeImage,
  above: readonly Instruction[],
): UvSource | undefined {
  const { context } = facts;
  const runs = [...(stage.byKeyword.get('RUN') ?? [])].filter((run) => uvCommands(facts, run).length > 0);
  const isSet = /\bUV_NO_(?:BINARY|BUILD_ISOLATION)/;
  if (stage.instructions.some(({ node }) => isSet.test(node.plain)) || !takesWheels(context))
    return undefined;
  if (!comesAsWheels(context, basePython(stage))) return undefined;
  if (!above.includes(runs[0] as Instruction) || !runs.every((run) => isPlain(facts, run))) return undefined;
  // Without a lock file that it reads, uv may choose what there is no wheel of.
  const isLocked = above.every(
    (run) => !uvCommands(facts, run).some(fillsEnvironment) || /\buv (?:export|sync)\b/.test(run.node.text),
  );
  return isLocked ? uvSource(stage, image, above) : undefined;
}

/** The settings of uv that keep it from wheels (uv documentation, "Settings"). */
const takesWheels = (context: BuildContext | undefined) =>
  !context?.project?.uv.settings.some((name) => /(?:^|\.)(?:no-binary|no-build-isolation)/.test(name));

/** A RUN of uv alone, which calls it by its name. */
const isPlain = (facts: FileFacts, run: Instruction) =>
  !run.node.json &&
  run.node.heredocs.length === 0 &&
  systemPackages(facts, run).length === 0 &&
  facts.commands(run).every((command) => /^(?:python|idle)$/.test(kindOf(command, run.node.plain) ?? '')) &&
  uvCommands(facts, run).every(({ command }) => command.nameWord?.value === 'uv');

function uvSource(stage: Stage, { isUv }: RuntimeImage, above: readonly Instruction[]): UvSource | undefined {
  const { node } = stage.from;
  const flags = node.flags.map(({ from, to }) => `${node.text.slice(from, to)} `).join('');
  if (isUv) return { from: flags + node.imageWord?.raw, path: '/usr/local/bin/uv', copy: undefined };
  const copies = above.filter((it) => it.node.keyword === 'COPY') as Instruction<Copy>[];
  const copy = copies.find((it) => it.node.sources.some(({ value }) => /\/uv$/.test(value)));
  const image = copy?.node.flags.find(({ name }) => name === 'from')?.value?.value ?? '';
  const path = copy?.node.sources.find(({ value }) => /\/uv$/.test(value))?.value;
  const isOther =
    copy?.node.flags.length !== 1 || !copy.node.sources.every(({ value }) => /\/uvx?$/.test(value));
  if (!copy || !path || isOther || !/^(?:ghcr\.io\/astral-sh|(?:docker\.io\/)?astral)\/uv[:@]/.test(image))
    return undefined;
  return { from: image, path, copy };
}

/** Whether uv finds a wheel of each locked package that this Python has use for, on both kinds of machines. */
function comesAsWheels(context: BuildContext | undefined, python: PythonVersion | undefined): boolean {
  const packages = context?.lock?.packages ?? [];
  return (
    python !== undefined &&
    packages.length > 0 &&
    packages.every((one) => (one.isLocal ? one.folder === '.' : hasWheels(one, python)))
  );
}

function hasWheels({ registry, isFile, wheels, hasSdist }: LockedPackage, python: PythonVersion): boolean {
  if (registry === undefined || isFile) return false;
  // What has no sources was never compiled.
  if (!hasSdist && wheels.length > 0) return true;
  const fit = wheels
    .flatMap((name) => readWheelName(name) ?? [])
    .filter((wheel) => fitsPython(wheel, python));
  const platforms = fit.filter(fitsLinux).flatMap((wheel) => wheel.platforms);
  const has = (machine: string) => platforms.some((one) => one.endsWith(machine) && !one.startsWith('musl'));
  return platforms.includes('any') || (has('_x86_64') && has('_aarch64'));
}
