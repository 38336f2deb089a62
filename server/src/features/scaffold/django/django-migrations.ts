import { folderOf, foldersAbove, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';

/** A class that may be a table (Django documentation, "Models" and "Customizing authentication"): one that is none does no harm. */
const hasModel = (text: string) =>
  text.split('\n').some((line) => /^class \w+\(/.test(line) && /Model|Abstract(?:Base)?User/.test(line));

/**
 * The applications below a folder whose tables no migration makes: `migrate` passes over those that have none, and `makemigrations`
 * over those without a folder for them unless they are named (Django documentation, "Migrations").
 */
export function unmigratedApps({ tree, texts }: ProjectFacts, root: string, settings: string): string[] {
  const migrated = new Set(
    [...tree.paths].flatMap((path) => {
      const folder = folderOf(path);
      return nameOf(folder) === 'migrations' && nameOf(path) !== '__init__.py' ? folderOf(folder) : [];
    }),
  );
  const apps = [...tree.paths].flatMap((path) => {
    if (!hasModel(texts.get(path) ?? '')) return [];
    const app = nameOf(path) === 'models.py' ? folderOf(path) : folderOf(folderOf(path));
    const isOfApp = nameOf(path) === 'models.py' || nameOf(folderOf(path)) === 'models';
    const isBelow = root === '' || foldersAbove(path).includes(root);
    const module = app.slice(root === '' ? 0 : root.length + 1).replaceAll('/', '.');
    const isInstalled = [`'${module}'`, `"${module}"`, `'${module}.apps.`, `"${module}.apps.`].some((one) =>
      settings.includes(one),
    );
    if (!isOfApp || !isBelow || module === '' || !isInstalled || migrated.has(app)) return [];
    // It goes by the last part of its name, unless its configuration gives it another one (Django documentation, "Applications").
    return (
      /^[ \t]+label[ \t]*=[ \t]*["'](\w+)["']/m.exec(texts.get(`${app}/apps.py`) ?? '')?.[1] ?? nameOf(app)
    );
  });
  return [...new Set(apps)].sort();
}
