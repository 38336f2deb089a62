import { mayHold } from '../../../facts/markers.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import { staleness } from '../../../facts/stale-lock.ts';
import type { KnownProject } from '../known-project.ts';

/** Why a lock file of uv ends the build, in a sentence. */
export function uvLockFault({ context }: KnownProject): string | undefined {
  const changed = staleness(context);
  return changed === undefined
    ? undefined
    : `uv.lock does not belong to pyproject.toml, as ${changed} differs, so that "uv sync --locked" ends the build: write "uv lock", then add the files again.`;
}

/** The same of one of Poetry, whose hash is asked for by the export (poetry-plugin-export 1.10, `ExportCommand.handle`). */
export function poetryLockFault({ context: { poetryHashes = [] }, texts }: KnownProject): string | undefined {
  const hash = /^content-hash = "([0-9a-f]{64})"/m.exec(texts.get('poetry.lock') ?? '')?.[1];
  return hash === undefined || poetryHashes.length === 0 || poetryHashes.includes(hash)
    ? undefined
    : 'poetry.lock does not belong to pyproject.toml, so that "poetry export" ends the build: write "poetry lock", then add the files again.';
}

/** Pipenv says what the lock file holds, whatever the Pipfile asks for. */
export function pipfileLockFault(
  asked: readonly Requirement[],
  pins: readonly Requirement[],
  text: string,
): string | undefined {
  // Of a lock file that is not read nothing is known.
  if (pins.length === 0) return undefined;
  const held = text.toLowerCase().replaceAll('_', '-').replaceAll('.', '-');
  const one = asked.find(({ name, marker }) => mayHold(marker ?? '') && !held.includes(`"${name}"`));
  return one === undefined
    ? undefined
    : `Pipfile.lock has no ${one.name}, which the Pipfile asks for: write "pipenv lock", then add the files again.`;
}
