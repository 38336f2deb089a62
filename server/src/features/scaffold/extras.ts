import type { ImageFacts } from './project.ts';

/** Extras for work on a project. */
const forWork = /dev|test|lint|doc|typing|check|ci$|build|release|bench|^all$/;

/** The extras of a package that the image does not hold, as none of its files asks for them. */
export function extrasLeftOut({ context, dependencies, isPackage, present }: ImageFacts): string[] {
  if (!/^(?:lock|poetry|pyproject)$/.test(dependencies.source)) return [];
  const chosen = (present?.choices ?? []).join(' ');
  if (!isPackage || /--all-extras|--extras? /.test(chosen)) return [];
  const text = context.manifest?.text ?? '';
  const poetry = text.split(/^(?=\[)/m).find((part) => part.startsWith('[tool.poetry.extras]')) ?? '';
  const names = [
    ...(context.project?.extras ?? []),
    ...[...poetry.matchAll(/^["']?([\w-]+)["']? *=/gm)].map(([, name = '']) => name),
  ];
  return names.filter((name) => !forWork.test(name));
}
