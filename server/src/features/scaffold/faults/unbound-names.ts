import { standardLibrary } from '../../../data/standard-library.ts';
import type { ProjectFacts } from '../project.ts';
import { fileOf, type Imported, importRootOf, type SourceTree, withoutComments } from '../sources/modules.ts';
import { targetsOf } from '../sources/reach.ts';
import { fileOfStart, neededFiles } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Of larger texts the two ends are known alone. */
const largest = 190_000;
/** What gives a module names that do not stand in it. */
const isOpaque =
  /\bimport[ \t]*\*|\b__getattr__\b|\b(?:globals|locals|vars|exec|setattr)\(|\bsys\.modules\b|\b__path__\b/;

/** Why a start ends at its imports, in a sentence: the name that is taken out of a module of the project is that of another one. */
export function unboundFault(facts: ProjectFacts, start: Start): string | undefined {
  const from = importRootOf(fileOfStart(facts, start) ?? '', facts.tree);
  for (const path of neededFiles(facts, start)) {
    for (const one of facts.tree.imports(path)) {
      const found = one.isNeeded ? unbound(facts, path, one, [from.root, ...from.others]) : undefined;
      if (found)
        return found.other === undefined
          ? `${path} imports ${found.name} of ${found.module}, which is empty: write it there, then add the files again.`
          : `${path} imports ${found.name} of ${found.module}, which has no such name, as ${found.other} does: correct it, then add the files again.`;
    }
  }
  return undefined;
}

function unbound({ tree, context }: ProjectFacts, path: string, one: Imported, roots: readonly string[]) {
  const [top = ''] = one.module.split('.', 1);
  if (one.level === 0 && (standardLibrary.has(top) || tree.isInstalled(top))) return undefined;
  const modules = new Set(targetsOf(path, { ...one, names: [] }, roots, tree));
  const [module] = modules;
  const isEmpty = context.files?.files.some(({ path: each, size }) => each === module && size === 0);
  const text = module === undefined ? undefined : (tree.texts.get(module) ?? (isEmpty ? '' : undefined));
  // A folder alone is a package of which the parts may lie in several places.
  if (module === undefined || modules.size > 1 || !module.endsWith('.py')) return undefined;
  if (text === undefined || text.length >= largest || isOpaque.test(text)) return undefined;
  const folder = module.replace(/(?:\/__init__)?\.py$/, '');
  const words = new Set(withoutComments(text).match(/\w+/g));
  const isPart = (name: string) =>
    fileOf(folder, name, tree) !== undefined || tree.compiled.has(`${folder}/${name}`);
  for (const name of one.names) {
    if (!/^[A-Za-z]\w*$/.test(name) || words.has(name) || isPart(name)) continue;
    const other = definedIn(name, tree);
    // Parts of a package may be made later; a module alone that holds nothing was forgotten.
    if (other !== undefined || (words.size === 0 && !module.endsWith('__init__.py')))
      return { name, module, other };
  }
  return undefined;
}

/** The module of the project that has a class or a function of this name. */
function definedIn(name: string, { texts }: SourceTree): string | undefined {
  const starts = ['class', 'def', 'async def'].map((word) => `\n${word} ${name}`);
  return [...texts].find(
    ([path, text]) =>
      path.endsWith('.py') &&
      starts.some((start) => [`${start}(`, `${start}:`].some((one) => `\n${text}`.includes(one))),
  )?.[0];
}
