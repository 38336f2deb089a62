// Which of the changes that an engine lists are the container's own.
import type { ContainerDetails } from '../runtime/container-details.ts';
import { readInspectedRun } from '../runtime/inspected-run.ts';
import type { PathChange } from './inside.ts';

/**
 * By path. Folders say nothing where something in them is told of: they changed because of it. Nor does a folder that the
 * engine made for a mount.
 */
export function changesIn(
  changes: readonly PathChange[],
  mounts: readonly string[] = [],
): readonly PathChange[] {
  const above = new Set<string>();
  for (const { path } of changes)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (above.has(folder)) break;
      above.add(folder);
    }
  const engines = new Set(mounts);
  return changes
    .filter(({ path, kind }) => !above.has(path) && !(kind !== 'deleted' && engines.has(path)))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where something is mounted. What `--tmpfs` mounts stands with the options of the container alone. */
export function mountPoints({ mounts, raw }: Pick<ContainerDetails, 'mounts' | 'raw'>): readonly string[] {
  const { HostConfig: host } = readInspectedRun(raw);
  return [...mounts.map(({ to }) => to), ...Object.keys(host.Tmpfs ?? {})].map((path) =>
    path.endsWith('/') ? path.slice(0, -1) : path,
  );
}
