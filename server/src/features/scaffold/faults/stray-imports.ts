import { providersOf } from '../packages/providers.ts';
import { folderOf, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { fileOf } from '../sources/modules.ts';
import { neededFiles, programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/**
 * Why a start ends at an import of what lies beside the file that has it, in a sentence: of an installed package, and of what
 * `-m` starts, Python looks in the folder above (Python documentation, "The initialization of the sys.path module search path").
 */
export function strayFault(facts: ProjectFacts, start: Start): string | undefined {
  const { tree, packages, isInPackage } = facts;
  // Some programs say by themselves where Python looks, and their tools may.
  if (programsOfStart(facts, start).some(({ text }) => /\bsys\.path\b/.test(text))) return undefined;
  const { file = '', roots, folder = '' } = start;
  const words = start.words.flatMap((word) => word.split(/\s+/));
  const own = folderOf(file);
  // Of a file that is started, and of a folder with `__main__.py`, Python looks beside it.
  const isBeside =
    file !== '' && !words.includes('-m') && words.some((word) => word.endsWith(nameOf(file)) || word === own);
  const searched = [folder, ...roots, ...(isBeside ? [own] : [])];
  for (const by of neededFiles(facts, start)) {
    // Where an install puts a module by its whole name, it is found by that.
    const all = isInPackage(by) ? [...searched, 'src', ''] : searched;
    const found = tree.imports(by).find(
      ({ module, level, isNeeded }) =>
        level === 0 &&
        isNeeded &&
        !providersOf(module.split('.', 1)[0] ?? '').some((name) => packages.has(name)) &&
        fileOf(folderOf(by), module, tree)?.endsWith('.py') &&
        // A file of that name means a package by it: it does not import itself.
        fileOf(folderOf(by), module, tree) !== by &&
        !all.some((one) => fileOf(one, module, tree)),
    );
    if (found)
      return `${by} imports ${found.module} by its bare name, though it lies in ${folderOf(by)}, where Python does not look: write "from .${found.module} import", then add the files again.`;
  }
  return undefined;
}
