import type { KnownProject } from '../known-project.ts';
import { literalsOf } from '../sources/literals.ts';
import type { ProjectFiles } from './copied.ts';

/** Whether the code of a package names files that lie outside of it, or that setuptools leaves out of a wheel. */
export function readsAround(
  { context, texts }: KnownProject,
  { belongs, isNamed }: ProjectFiles,
  isInPackage: (path: string) => boolean,
): boolean {
  const all = context.files?.files ?? [];
  const isSetuptools =
    context.project === undefined ||
    context.project?.buildRequires.includes('setuptools') ||
    context.project?.buildRequires.length === 0;
  const others = all.filter((file) => belongs(file) && !file.path.endsWith('.py'));
  const tops = new Set(
    others.filter(({ path }) => !isInPackage(path)).map(({ path }) => path.split('/', 1)[0] ?? ''),
  );
  if ([...tops].some((top) => isNamed(top) || top === 'alembic.ini')) return true;
  if (namesItself(texts, others.map(({ path }) => path).filter(isInPackage), isInPackage)) return true;
  if (
    [...texts].some(
      ([path, text]) =>
        isInPackage(path) &&
        text
          .split('\n')
          .some((line) => line.includes('__file__') && /\.parents\[[1-9]|\.parent\.parent|\.\./.test(line)) &&
        tops.size > 0,
    )
  )
    return true;
  if ([...texts].some(([path, text]) => isInPackage(path) && writesBeside(text))) return true;
  return (
    isSetuptools &&
    others.some(({ path }) => isInPackage(path) && !/\.(?:pyi|typed|md)$|py\.typed$/.test(path)) &&
    ![context.manifest?.text, texts.get('setup.cfg'), texts.get('setup.py')].some((text) =>
      /package.data/.test(text ?? ''),
    )
  );
}

/** Whether the code of a package names its own files as they lie in the project, from the folder that it is started in. */
function namesItself(
  texts: KnownProject['texts'],
  files: readonly string[],
  isInPackage: (path: string) => boolean,
): boolean {
  const programs = [...texts].flatMap(([path, text]) =>
    path.endsWith('.py') && isInPackage(path) ? [{ path, text }] : [],
  );
  return literalsOf(programs).some(
    ({ path, line }) =>
      path.includes('/') &&
      !line.includes('__file__') &&
      files.some((file) => file === path || file.startsWith(`${path}/`)),
  );
}

/**
 * Whether a module writes beside itself, where the user of an image cannot write once it is installed. Flask's instance
 * folder lies in the environment then (Flask documentation, "Instance Folders").
 */
function writesBeside(text: string): boolean {
  if (/\binstance_path\b|\binstance_relative_config\b/.test(text)) return true;
  if (/\bSQLAlchemy\b/.test(text) && /\bsqlite:\/\/\/(?![/:])/.test(text)) return true;
  const lines = text.split('\n');
  const beside = lines.filter((line) => line.includes('__file__'));
  const names = beside.flatMap((line) => /^\s*(\w+)\s*=/.exec(line)?.[1] ?? []);
  return lines.some(
    (line) =>
      /\b(?:mkdir|makedirs|FileHandler|connect)\(|["'][wa]b?["']|\bsqlite:/.test(line) &&
      (line.includes('__file__') || line.split(/\W+/).some((word) => names.includes(word))),
  );
}
