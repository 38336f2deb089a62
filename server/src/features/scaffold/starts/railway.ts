import type { KnownProject } from '../known-project.ts';
import { cache } from '../layers.ts';

/**
 * Whether Railway builds the images of a project, which ends at a cache mount without the id of a service (Railway
 * documentation, "Dockerfiles").
 */
export function isOnRailway({ context, texts }: KnownProject): boolean {
  const files = (context.files?.files ?? []).map(({ path }) => path);
  return (
    files.some((path) => /(?:^|\/)railway\.(?:json|toml)$/.test(path)) ||
    [...texts].some(
      ([path, text]) =>
        /\brailway\.app\b|\bRAILWAY_[A-Z]/.test(text) ||
        (isForReaders.test(path) && /\bRailway\b/.test(text)),
    )
  );
}
const isForReaders = /^(?:readme|deploy)[\w-]*(?:\.(?:md|rst|txt))?$/i;

export const railwayNote = (known: KnownProject) =>
  isOnRailway(known)
    ? 'No cache of packages is mounted, as Railway, which the project names, wants each with the id of its service.'
    : undefined;

/** A Dockerfile without its cache mounts. */
export const withoutCaches = (text: string) => text.replaceAll(`${cache} \\\n    `, '');
