import type { ProjectFacts } from '../project.ts';
import { code, type Imported } from '../sources/modules.ts';
import { reachOf, targetsOf } from '../sources/reach.ts';
import type { Start } from '../starts/start.ts';

/** From there on Django knows its applications (Django documentation, "How to use Django with …", "Applications"). */
const makesReady = /\b(?:get_wsgi_application|get_asgi_application|django\.setup)\(\)/;
const holdsModel = (text: string) =>
  text
    .split('\n')
    .some(
      (line) => line.startsWith('class ') && /\b(?:models\.Model|AbstractUser|AbstractBaseUser)\b/.test(line),
    );

/**
 * Why a server ends at once with the application of Django that it is told, in a sentence: a model is imported before Django knows its
 * applications (AppRegistryNotReady), which `manage.py runserver` does later.
 */
export function earlyImportFault({ tree, texts }: ProjectFacts, { file, roots }: Start): string | undefined {
  const text = code((file && texts.get(file)) ?? '');
  const at = text.search(makesReady);
  if (file === undefined || at < 0) return undefined;
  const above = text.slice(0, text.lastIndexOf('\n', at) + 1);
  const early = new Set([...above.matchAll(/^(?:from|import) ([\w.]+)/gm)].map(([, module]) => module));
  const isNeeded = (one: Imported) => one.isNeeded;
  for (const imported of tree.imports(file)) {
    if (!imported.isNeeded || imported.level > 0 || !early.has(imported.module)) continue;
    const model = targetsOf(file, imported, ['', ...roots], tree)
      .flatMap((target) => [...reachOf(target, tree, () => false, isNeeded).files])
      .find((path) => holdsModel(texts.get(path) ?? ''));
    if (model !== undefined)
      return `${file} imports ${imported.module} and with it the models of ${model} before ${makesReady.exec(text)?.[0]}, where no server can load them yet: write that import below it, then add the files again.`;
  }
  return undefined;
}
