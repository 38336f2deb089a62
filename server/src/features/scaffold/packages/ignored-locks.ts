import { parseGitIgnore } from '../../../syntax/git-ignore-file.ts';
import type { KnownProject } from '../known-project.ts';
import type { Dependencies } from './dependencies.ts';

/** Whether a project's own file of patterns keeps a lock file out of Git, so that nobody else has it. */
const isIgnored = ({ texts, isTracked }: KnownProject, path: string) =>
  parseGitIgnore(texts.get('.gitignore') ?? '')(path, false) === true && !isTracked?.(path);

/** A project as others have it: without lock files that Git ignores, where `pyproject.toml` tells all that is needed. */
export function withoutIgnoredLocks(known: KnownProject): KnownProject {
  const { project } = known.context;
  const asked = (project?.dependencies.length ?? 0) + (project?.poetry?.dependencies.length ?? 0);
  if (asked === 0 || (project?.uv.fromWorkspace.length ?? 0) > 0) return known;
  const gone = ['uv.lock', 'poetry.lock'].filter((path) => isIgnored(known, path));
  if (gone.length === 0) return known;
  const { files, lock } = known.context;
  return {
    ...known,
    context: {
      ...known.context,
      lock: gone.includes('uv.lock') ? undefined : lock,
      files: files && { ...files, files: files.files.filter(({ path }) => !gone.includes(path)) },
    },
    texts: new Map([...known.texts].filter(([path]) => !gone.includes(path))),
  };
}

/** That Poetry locks what is asked for when the image is built, in a sentence. */
export function unlockedNote(known: KnownProject, { source, files }: Dependencies): string | undefined {
  const lock = source === 'poetry' ? 'poetry.lock' : 'uv.lock';
  if (!/^(?:poetry|pyproject)$/.test(source) || files[0] !== 'pyproject.toml') return undefined;
  if (isIgnored(known, lock))
    return `The newest releases that pyproject.toml admits fit the project, as Git ignores ${lock}.`;
  return source === 'poetry'
    ? 'The newest releases that pyproject.toml admits fit the project, as there is no poetry.lock.'
    : undefined;
}
