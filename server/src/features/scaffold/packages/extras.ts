import { type Answers, ask, type Found } from '../found.ts';
import type { KnownProject } from '../known-project.ts';
import { nameOf } from '../paths.ts';
import type { PresentDockerfile } from '../present-dockerfile.ts';
import type { Dependencies } from './dependencies.ts';

interface Installed extends KnownProject {
  readonly dependencies: Dependencies;
  readonly isPackage: boolean;
  readonly present: PresentDockerfile | undefined;
}

/** Extras for work on a project. */
const forWork = /dev|test|lint|doc|typing|check|ci$|build|release|bench|^all$/;

/** The extras of a package that the image does not hold, as none of its files asks for them. */
export function extrasLeftOut({ context, dependencies, isPackage, present }: Installed): string[] {
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

const withExtras = ' with the extras ';
/** So many ways to install are offered. */
const most = 5;

/** Asks for the extras where files of the project tell several ways to install it; the choices of the present Dockerfile with them. */
export function extrasOf(facts: Installed, answers: Answers): Found<readonly string[]> {
  const chosen = facts.present?.choices ?? [];
  const left = new Set(extrasLeftOut(facts));
  const [file = ''] = facts.dependencies.files;
  const sets = [...facts.texts].flatMap(([path, text]) =>
    tellsInstall.test(nameOf(path)) ? extraSets(text) : [],
  );
  const known = [...new Set(sets)]
    .filter((set) => set.split(' ').every((name) => left.has(name)))
    // The one with the most is the least likely to lack something.
    .sort((a, b) => b.length - a.length)
    .slice(0, most);
  if (known.length === 0) return { value: chosen };
  const answer = answers.dependencies;
  if (answer === undefined)
    return ask(
      'dependencies',
      [...known.map((set) => `${file}${withExtras}${set}`), file].map((value) => ({ value, because: null })),
    );
  const flag = facts.dependencies.source === 'poetry' ? '--extras' : '--extra';
  const names = answer.includes(withExtras) ? (answer.split(withExtras)[1] ?? '').split(' ') : [];
  return { value: [...chosen, ...names.filter((name) => left.has(name)).map((name) => `${flag} ${name}`)] };
}

const tellsInstall =
  /^(?:[\w-]+\.)?(?:dockerfile|containerfile)(?:\.[\w-]+)?$|^(?:readme(?:\.\w+)?|makefile|justfile)$/i;

/** `--extras "a b"`, `-E a`, `--extra a`; each line is one way. */
const extraSets = (text: string) =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const found = [...line.matchAll(/(?:--extras?|-E)[ =](?:"([\w -]+)"|'([\w -]+)'|([\w-]+))/g)];
      const names = found
        .flatMap(([, a, b, c]) => (a ?? b ?? c ?? '').split(' '))
        .filter((name) => name !== '');
      return names.length === 0 ? [] : [[...new Set(names)].sort().join(' ')];
    });
