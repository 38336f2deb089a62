import { providersOf } from '../packages/providers.ts';
import { foldersAbove, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { fileOf } from '../sources/modules.ts';
import { neededFiles } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why a start ends at an import, in a sentence: what it imports lies in a submodule of Git that is not checked out. */
export function submoduleFault(facts: ProjectFacts, start: Start): string | undefined {
  const modules = (facts.texts.get('.gitmodules') ?? '').matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S+)/gm);
  const files = (facts.context.files?.files ?? []).map(({ path }) => path);
  const empty = [...modules].flatMap(([, path = '']) =>
    files.some((one) => one.startsWith(`${path}/`)) ? [] : [path],
  );
  if (empty.length === 0) return undefined;
  for (const by of neededFiles(facts, start))
    for (const module of facts.tree.neededImports(by)) {
      const path = module.replaceAll('.', '/');
      const [top = ''] = module.split('.', 1);
      const isThere =
        foldersAbove(by).some((folder) => fileOf(folder, module, facts.tree) !== undefined) ||
        providersOf(top).some((name) => facts.packages.has(name));
      const found = empty.find(
        (one) =>
          path === one ||
          path.startsWith(`${one}/`) ||
          nameOf(one).toLowerCase().replaceAll('-', '_') === top.toLowerCase(),
      );
      if (!isThere && found !== undefined)
        return `${by} imports ${module}, which lies in the submodule ${found}, and that is empty: write "git submodule update --init", then add the files again.`;
    }
  return undefined;
}
