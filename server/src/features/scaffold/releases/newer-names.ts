import { pythonArrivals } from '../../../data/python-arrivals.ts';
import type { KnownProject } from '../known-project.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { callsWith, usedNames } from '../sources/used-names.ts';

/** What a program has that older Pythons do not read, or have not. */
export interface NewUse {
  /** The first minor release of Python 3 that goes on there. */
  readonly first: number;
  readonly file: string;
  readonly what: string;
  /** It reads it, and ends where it comes to it. */
  readonly isName: boolean;
}

/** Arguments that functions of Python took later, by the name that tells of whom they are (Python documentation, "Changed in version"). */
const newArguments: readonly (readonly [first: number, call: string, of: string | undefined])[] = [
  [10, 'dataclass(slots=', 'dataclasses.dataclass'],
  [10, 'dataclass(kw_only=', 'dataclasses.dataclass'],
  [10, 'zip(strict=', undefined],
];

/** What a program takes of the standard library that older Pythons have not. */
export function newNames(file: string, text: string, texts: KnownProject['texts']): NewUse[] {
  const names = [...usedNames(text)];
  // A module of the project, or one that brings it to older Pythons, comes in its place.
  const isOwn = (name: string) => {
    const [top = ''] = name.split('.', 1);
    return [...texts.keys()].some((path) => path === `${top}.py` || path.endsWith(`/${top}.py`));
  };
  const program = withoutComments(code(text));
  return [
    ...pythonArrivals.flatMap(([first, all]) =>
      all
        .filter((name) => names.some((one) => one === name || one.startsWith(`${name}.`)) && !isOwn(name))
        .map((what): NewUse => ({ first, file, what, isName: true })),
    ),
    ...newArguments
      .filter(
        ([, call, of]) =>
          (of === undefined || names.includes(of)) &&
          callsWith(program.replace(/\.zip\(/g, '.unlike('), call),
      )
      .map(([first, call]): NewUse => ({ first, file, what: `${call})`, isName: true })),
  ];
}
