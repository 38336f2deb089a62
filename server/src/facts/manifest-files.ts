import type { BuildContext, RequirementFile } from './build-context.ts';
import { hasWildcard, sentFilesOf } from './context-sources.ts';
import { follow } from './project-commands.ts';
import { readWheelName } from './wheels.ts';

/** What is known of the files that installers read. */
export interface ManifestTexts {
  /** A file that pip is given. */
  requirements(path: string): RequirementFile | undefined;
  text(path: string): string | undefined;
}

/** What the build context alone tells of them. */
export const textsOfContext = (context: BuildContext | undefined): ManifestTexts => ({
  requirements: (path) => context?.requirementFiles?.find((file) => file.path === path),
  text: (path) => (path === 'pyproject.toml' ? context?.manifest?.text : undefined),
});

/** Whether a file of the context reaches the builder. */
export const isSent = (context: BuildContext | undefined, path: string): boolean =>
  context?.files !== undefined && sentFilesOf(context, path).some((file) => file.path === path);

const archive = /\.(?:whl|zip|tgz|tar\.\w+)$/;

/**
 * The files of the context that pip reads when it is given some of them: those that they name as well. Undefined where one is
 * not there or not known, or asks for code of the project. Without a context a file at its top is taken to name no others.
 * @param folder the one of the context in which pip runs; undefined where it is none of it
 */
export function filesForPip(
  context: BuildContext | undefined,
  texts: ManifestTexts,
  given: readonly string[],
  folder: string | undefined,
): readonly string[] | undefined {
  if (!context?.files)
    return given.every((path) => /^[\w-]+(?:\.[\w-]+)*\.(?:txt|in|pip)$/.test(path)) ? given : undefined;
  const all = new Set<string>();
  const rest = [...given];
  for (let path = rest.shift(); path !== undefined; path = rest.shift()) {
    if (all.has(path)) continue;
    all.add(path);
    if (!isSent(context, path)) return undefined;
    if (path === 'pyproject.toml') {
      if (!isPlainManifest(context)) return undefined;
      continue;
    }
    const file = texts.requirements(path);
    if (!file) return undefined;
    for (const name of [...file.includes, ...file.constraints]) {
      if (name.includes('://')) continue;
      const other = below(path.slice(0, path.lastIndexOf('/') + 1), name);
      if (other === undefined) return undefined;
      rest.push(other);
    }
    for (const name of file.locals) {
      const other = folder === undefined || !archive.test(name) ? undefined : below(folder, name);
      if (other === undefined || !isSent(context, other)) return undefined;
      all.add(other);
    }
  }
  return [...all];
}

/** An archive of the context that pip is given by a path or pattern; undefined where it is none, or the project itself. */
export function archiveOfContext(context: BuildContext | undefined, path: string): string | undefined {
  if (!context?.files || !archive.test(path)) return undefined;
  const files = sentFilesOf(context, path);
  const isOwn = files.some((file) => readWheelName(file.path)?.name === context.project?.name);
  const isFixed = !/(?:^|\/)dist\//.test(path) && !isOwn && files.length > 0;
  return isFixed && (hasWildcard(path) || isSent(context, path)) ? path : undefined;
}

/** Whether a `pyproject.toml` tells all dependencies by itself, and none of them is code of the project. */
export function isPlainManifest({ project, manifest }: BuildContext): boolean {
  return (
    project !== undefined &&
    !project.isDynamic &&
    project.dependencies.length > 0 &&
    manifest !== undefined &&
    !namesLocalCode(manifest.text)
  );
}

/** How manifests of uv, Poetry and pipenv name code of the disk (their documentation, on path dependencies and sources). */
const localCode = [
  /\{[^{}\n]*\b(?:path|workspace|editable)\s*=/,
  /\bfile\s*=\s*["'][^"'\n]*\.(?:whl|gz|zip)["']|\bfile:/,
  // A table of its own for one package may say so in any of its lines.
  /^\[(?:tool\.uv\.sources|tool\.poetry\.[\w.-]*dependencies|(?:dev-)?packages)\.\w/m,
];

/** Whether a `pyproject.toml` or Pipfile asks for code that lies on the disk. */
export const namesLocalCode = (text: string): boolean => localCode.some((pattern) => pattern.test(text));

const below = (folder: string, name: string) =>
  name.startsWith('/') ? undefined : follow('.', `./${folder}/${name}`)?.slice(2);
