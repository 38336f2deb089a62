import type { ProjectFiles } from './copied.ts';
import type { KnownProject } from './known-project.ts';

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

/**
 * Whether a module writes beside itself, where the user of an image cannot write once it is installed. Flask's instance
 * folder lies in the environment then (Flask documentation, "Instance Folders").
 */
const writesBeside = (text: string) =>
  /\binstance_path\b|\binstance_relative_config\b|\bSQLAlchemy\b[\s\S]*\bsqlite:\/\/\/(?![/:])/.test(text) ||
  (text.includes('__file__') && /\b(?:mkdir|makedirs|FileHandler|sqlite3)\b|["'][wa]b?["']/.test(text));
