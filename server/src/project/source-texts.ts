import type { ContextFiles } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';
import { encodePath } from './context-files.ts';

/** Texts of a project by their paths below the build context. */
export type SourceTexts = ReadonlyMap<string, string>;

/** So many files are read, the least deep first, and none larger, in bytes: a program that is written by hand is not. */
const mostFiles = 400;
const largest = 200_000;

/** What tells how a project starts, what it calls and where it writes: programs, and descriptions of how they are run. */
const isTelling = (path: string) => {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return (
    /\.(?:py|sh|bash|cfg|ini)$/.test(name) ||
    /^(?:action\.ya?ml|procfile|makefile|\.python-version|\.dvcignore|pipfile|poetry\.lock|pdm\.lock|pipfile\.lock|\.gitignore|pyproject\.toml|runtime\.txt)$/.test(
      name,
    ) ||
    name.endsWith('entrypoint') ||
    /(?:^|\.)(?:dockerfile|containerfile)(?:\.|$)/.test(name) ||
    (/\.ya?ml$/.test(name) && (/^(?:docker-)?compose/.test(name) || path.startsWith('.github/workflows/'))) ||
    (/\.(?:txt|in)$/.test(name) && /requirements|constraints/i.test(path))
  );
};
/** Folders of others, in which nothing is the project's own. */
const foreign =
  /(?:^|\/)(?:\.git|\.venv|venv|env|node_modules|site-packages|__pycache__|\.tox|\.nox|build|dist|\.[\w-]+cache)\//;

/** Reads those of a project's own files that tell what its container needs. */
export async function readSourceTexts(
  files: ContextFiles | undefined,
  folder: string,
  readFile: Ports['readFile'],
): Promise<SourceTexts> {
  const depth = (path: string) => path.split('/').length;
  const paths = (files?.files ?? [])
    .filter(({ path, size }) => size > 0 && size <= largest && isTelling(path) && !foreign.test(path))
    .map(({ path }) => path)
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const texts = new Map<string, string>();
  for (const path of paths.slice(0, mostFiles)) {
    const text = await readFile(`${folder}/${encodePath(path)}`);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}
