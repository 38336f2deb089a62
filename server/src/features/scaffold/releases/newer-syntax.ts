import type { KnownProject } from '../known-project.ts';
import { besideProgram } from '../sources/applications.ts';
import { type Statement, statementsIn } from '../sources/whole-statements.ts';
import { type NewUse, newNames } from './newer-names.ts';

/**
 * With strings emptied, so that quotes within those of the same kind leave words between two of them. Source: Python documentation,
 * "What's New In Python" 3.10, 3.11, 3.12 and 3.14, as known 2026-11.
 */
const forms: readonly (readonly [first: number, what: string, form: RegExp])[] = [
  [14, 'template strings', /(?<![\w.)\]"])[tT][rR]?""/],
  [14, 'except with several classes and no parentheses', /^except [A-Z][\w.]*(?:, ?[A-Z][\w.]*)+ ?:$/],
  [12, 'f-strings with their own quotes inside', /\b[fF][rR]?""(?!(?:if|in|or|for|else|and|is|not)\b)\w/],
  [12, 'type parameters', /^(?:async )?(?:def|class) \w+\[|^type \w+(?:\[.*\])? ?= ?\S/],
  [11, 'except*', /^except ?\*/],
  [10, 'match', /^match \S.*:$/],
];
/** So large files are none that people write. */
const largest = 150_000;

/** The generic classes of PEP 585 and the unions of PEP 604, in what Python works out where it comes to it. */
const annotated: readonly (readonly [first: number, what: string, form: RegExp])[] = [
  [
    10,
    'unions with | in annotations',
    /\bNone ?\||\| ?None\b|\b(?:str|int|float|bool|bytes) ?\||\| ?(?:str|int|float|bool|bytes)\b/,
  ],
  [9, 'annotations such as list[str]', /(?<![\w.])(?:list|dict|tuple|set|frozenset)\[/],
];
const isLazy = (statements: readonly Statement[]) =>
  statements.some(({ text }) => /^from __future__ import\b.*\bannotations\b/.test(text));

/** What stands behind the colons and arrows of functions, and of names that are none of a function. */
function annotationsIn(statements: readonly Statement[]): string[] {
  const blocks: { readonly indent: number; readonly isFunction: boolean }[] = [];
  return statements.flatMap(({ indent, text }) => {
    const depth = indent?.length ?? Number.POSITIVE_INFINITY;
    while (indent !== undefined && (blocks.at(-1)?.indent ?? -1) >= depth) blocks.pop();
    const isWithin = blocks.at(-1)?.isFunction === true;
    const isFunction = /^(?:async )?def /.test(text);
    if (/^(?:async )?(?:def|class) /.test(text)) blocks.push({ indent: depth, isFunction });
    if (!isFunction && (isWithin || !/^\w+ ?: /.test(text))) return [];
    const told = isFunction ? text : (text.split('=', 1)[0] ?? '');
    return /\blambda\b|\{/.test(told) ? [] : (told.match(/[:>] ?[\w.[\], |]*/g) ?? []);
  });
}

function newUses({ texts }: Pick<KnownProject, 'texts'>): NewUse[] {
  return [...texts]
    .flatMap(([file, text]) => {
      if (!file.endsWith('.py') || besideProgram.test(file) || text.length > largest) return [];
      const { statements } = statementsIn(text);
      const inAnnotations = isLazy(statements) ? [] : annotationsIn(statements);
      const has = ([, what, form]: (typeof forms)[number]) =>
        statements.some(
          ({ text: one }, at) =>
            form.test(one) && (what !== 'match' || /^case /.test(statements[at + 1]?.text ?? '')),
        );
      const isAnnotated = ([, , form]: (typeof forms)[number]) => inAnnotations.some((one) => form.test(one));
      const uses = (rows: typeof forms, isName: boolean) =>
        rows.map(([first, what]): NewUse => ({ first, file, what, isName }));
      return [
        ...uses(forms.filter(has), false),
        ...uses(annotated.filter(isAnnotated), true),
        ...newNames(file, text, texts),
      ];
    })
    .sort((a, b) => b.first - a.first);
}

/** What asks for the newest Python. */
export const newestUse = (project: Pick<KnownProject, 'texts'>): NewUse | undefined => newUses(project)[0];

/** What the Python of the image does not read, or has not, in a sentence. */
export function newUseNote(project: Pick<KnownProject, 'texts'>, python: string): string | undefined {
  const one = newestUse(project);
  if (!one || one.first <= Number(python.split('.')[1])) return undefined;
  const { file, what, first, isName } = one;
  return isName
    ? `${file} uses ${what}, where Python ${python} ends: 3.${first} is the first one with it.`
    : `${file} is not read by Python ${python}, as it has ${what}, which came with 3.${first}.`;
}
