import { posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { importRootOf } from './modules.ts';
import type { Program } from './program.ts';

/**
 * Modules that Git keeps out of the project and README has one write, as `api_key.py`, which a program imports where they are
 * there: no image holds them.
 */
export function optionalModules({ tree, files, texts }: ProjectFacts, programs: readonly Program[]) {
  const [readme, words = ''] = [...texts].find(([path]) => /^readme/i.test(path)) ?? [];
  const isNamed = (name: string) => words.split(/[^\w.]+/).includes(name);
  const found = programs.flatMap(({ path: by }) =>
    tree
      .imports(by)
      .filter(({ isNeeded, level, module }) => !isNeeded && level === 0 && /^\w+$/.test(module))
      .flatMap(({ module }) => {
        const name = `${module}.py`;
        const path = posixJoin(importRootOf(by, tree).root, name);
        const isKept = !tree.paths.has(path) && files.isIgnored(path) && isNamed(name);
        return readme !== undefined && isKept ? [{ path, by, readme }] : [];
      }),
  );
  return found.filter(({ path }, at) => found.findIndex((one) => one.path === path) === at);
}
