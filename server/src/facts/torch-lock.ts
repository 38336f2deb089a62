import { torchBuilds } from '../data/torch-releases.ts';
import type { Edit } from '../text/edit.ts';
import type { BuildContext, LockedPackage } from './build-context.ts';
import { type CudaVersion, wheelCuda } from './cuda.ts';
import { takeFromIndex } from './index-edits.ts';
import { buildOf, torchFamily } from './torch.ts';

/** The build of PyTorch that serves an image of some CUDA best: of its major release, and no newer where there is one. */
export function buildFor({ lock }: BuildContext, { major, minor = 99 }: CudaVersion): string | undefined {
  const builds = torchBuilds[lockedTorch(lock?.packages)?.version?.split('+')[0] ?? ''] ?? [];
  const fitting = builds.filter((build) => wheelCuda(build.replace('cu', ''))?.major === major);
  const older = fitting.filter((build) => (wheelCuda(build.replace('cu', ''))?.minor ?? 0) <= minor);
  return older.at(-1) ?? fitting[0];
}

const lockedTorch = (packages: readonly LockedPackage[] = []) =>
  packages.find(({ name, registry }) => name === 'torch' && registry !== undefined);

/**
 * How a project comes to lock another build of PyTorch: its `pyproject.toml` is edited, or says so already, and only the
 * lock file is behind. Undefined where PyTorch is no dependency of its own, as uv then heeds no source.
 */
export function lockOtherBuild(context: BuildContext, build: string) {
  const { project, manifest, lock } = context;
  const packages =
    project?.dependencies.map(({ name }) => name).filter((name) => torchFamily.has(name)) ?? [];
  if (!project || !manifest || !packages.includes('torch')) return undefined;
  const from = buildOf(lockedTorch(lock?.packages)?.registry ?? '');
  const manifestEdits: readonly Edit[] | undefined = takeFromIndex(
    manifest.text,
    project,
    [...new Set(packages)],
    build,
    from,
  );
  if (!manifestEdits) return undefined;
  const safety = 'unsafe' as const;
  return manifestEdits.length > 0
    ? { title: `Take torch from the index ${build} in pyproject.toml`, safety, edits: [], manifestEdits }
    : { title: 'Update uv.lock', safety, edits: [], task: 'lock' as const };
}
