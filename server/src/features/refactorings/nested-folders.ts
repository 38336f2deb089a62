import type { BuildContext } from '../../facts/build-context.ts';
import { sentFilesOf } from '../../facts/context-sources.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { parseGitIgnore } from '../../syntax/git-ignore-file.ts';
import type { IgnoreFile } from '../../syntax/ignore-file.ts';

/** What installers make beside the manifests of a folder, each with the names of these. */
const madeBeside: ReadonlyMap<string, RegExp> = new Map([
  ['node_modules', /^package\.json$/],
  ['.venv', /^(?:pyproject\.toml|setup\.py|Pipfile|requirements[\w-]*\.txt)$/],
  ['venv', /^(?:pyproject\.toml|setup\.py|Pipfile|requirements[\w-]*\.txt)$/],
]);

/** Whether a pattern means such a folder wherever it lies: to Docker a name alone is one at the top of the context. */
export const isOfAnyFolder = (pattern: string): boolean =>
  pattern.startsWith('**/') && madeBeside.has(pattern.slice('**/'.length));

/** The folders below the top in which an installer makes one, by the manifests that reach the builder. */
function homesOf(context: BuildContext, folder: string): string[] {
  const manifest = madeBeside.get(folder);
  const paths = sentFilesOf(context, '.').map(({ path }) => path);
  const homes = paths.flatMap((path) => {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    return parts.length > 0 && !parts.some((part) => madeBeside.has(part)) && manifest?.test(name)
      ? parts.join('/')
      : [];
  });
  return [...new Set(homes)];
}

/** Patterns, with those of folders that are made below the top as well meaning all of them. */
export const withNested = (context: BuildContext, patterns: readonly string[]): string[] =>
  patterns.map((pattern) => (homesOf(context, pattern).length > 0 ? `**/${pattern}` : pattern));

/** Those that an ignore file, or git, means to keep out and that get past it beside a manifest below the top. */
export function nestedPasses(
  context: BuildContext,
  file: IgnoreFile,
  isLocal: ReturnType<typeof parseGitIgnore>,
): string[] {
  return [...madeBeside.keys()].flatMap((folder) => {
    const isMeant = file.keepsOut(`${folder}/x`);
    const passes = homesOf(context, folder).some(
      (home) =>
        (isMeant || isLocal(`${home}/${folder}`, true) === true) && !file.keepsOut(`${home}/${folder}/x`),
    );
    return passes ? `**/${folder}` : [];
  });
}

/** The files of such folders below the top that git keeps, and that are no environment: the project's own. */
export function nestedIn(
  context: BuildContext,
  folder: string,
  sources: SourceTexts | undefined,
): readonly string[] {
  const isLocal = parseGitIgnore(sources?.get('.gitignore') ?? '');
  const files = (context.files?.files ?? []).map(({ path }) => path);
  return files.filter((path) => {
    const at = path.indexOf(`/${folder}/`);
    if (at < 0) return false;
    const place = path.slice(0, at + folder.length + 1);
    return isLocal(place, true) !== true && !files.includes(`${place}/pyvenv.cfg`);
  });
}
