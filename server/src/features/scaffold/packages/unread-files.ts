import { usualLimit } from '../../../ports/ports.ts';
import { readPyproject } from '../../../project/pyproject.ts';
import type { KnownProject } from '../known-project.ts';

/** Both sides of a merge that nobody finished (Git documentation, "git-merge", "How conflicts are presented"). */
const conflict = /^<{7} .*$/m;

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length;

const unfinished = (path: string, text: string) => {
  const at = text.search(conflict);
  return at < 0
    ? undefined
    : `${path} holds both sides of a merge that was not finished (line ${lineAt(text, at)}): finish it, then add the files again.`;
};

/** Why nobody knows what a project asks for, in a sentence: a file that says it cannot be read. */
export function unreadFault({ context, texts }: KnownProject): string | undefined {
  const { manifest, project, lock, files, requirementFiles } = context;
  const merged =
    (manifest && unfinished('pyproject.toml', manifest.text)) ??
    [...texts].map(([path, text]) => (isList.test(path) ? unfinished(path, text) : undefined)).find(Boolean);
  if (merged !== undefined) return merged;
  const problem = manifest && !project ? readPyproject(manifest.text).problem : undefined;
  // Where a list names all, nobody reads it.
  if (manifest && problem && (requirementFiles ?? []).length === 0)
    return `pyproject.toml is no valid TOML (line ${lineAt(manifest.text, problem.start)}): correct it, then add the files again.`;
  const written = files?.files.find(({ path }) => path === 'uv.lock');
  return written && !lock && project && written.size > 0 && written.size < usualLimit
    ? 'uv.lock cannot be read: write it anew with "uv lock", then add the files again.'
    : undefined;
}

const isList = /^(?:requirements[\w-]*\.txt|poetry\.lock|pdm\.lock|Pipfile(?:\.lock)?)$/;
