import { besideProgram } from './applications.ts';
import type { KnownProject } from './known-project.ts';
import { statementsIn } from './whole-statements.ts';

/** What older Pythons do not read. */
interface NewSyntax {
  /** The first minor release of Python 3 that reads it. */
  readonly first: number;
  readonly file: string;
  readonly what: string;
}

/**
 * With strings emptied, so that quotes within those of the same kind leave words between two of them. Source: Python documentation,
 * "What's New In Python" 3.10, 3.11, 3.12 and 3.14, as known 2026-11.
 */
const forms: readonly (readonly [first: number, what: string, form: RegExp])[] = [
  [12, 'f-strings with their own quotes inside', /\b[fF][rR]?""(?!(?:if|in|or|for|else|and|is|not)\b)\w/],
  [12, 'type parameters', /^(?:async )?(?:def|class) \w+\[|^type \w+(?:\[.*\])? ?= ?\S/],
  [11, 'except*', /^except ?\*/],
  [10, 'match', /^match \S.*:$/],
];
/** So large files are none that people write. */
const largest = 150_000;

function newSyntax({ texts }: Pick<KnownProject, 'texts'>): NewSyntax[] {
  return [...texts]
    .flatMap(([file, text]) => {
      if (!file.endsWith('.py') || besideProgram.test(file) || text.length > largest) return [];
      const { statements } = statementsIn(text);
      return forms.flatMap(([first, what, form]) =>
        statements.some(
          ({ text: one }, at) =>
            form.test(one) && (what !== 'match' || /^case /.test(statements[at + 1]?.text ?? '')),
        )
          ? { first, file, what }
          : [],
      );
    })
    .sort((a, b) => b.first - a.first);
}

/** The first minor release of Python that reads all of the programs. */
export const leastSyntax = (project: Pick<KnownProject, 'texts'>): number =>
  newSyntax(project)[0]?.first ?? 0;

/** What the Python of the image does not read, in a sentence. */
export function newSyntaxNote(project: Pick<KnownProject, 'texts'>, python: string): string | undefined {
  const [one] = newSyntax(project);
  return one && one.first > Number(python.split('.')[1])
    ? `${one.file} is not read by Python ${python}, as it has ${one.what}, which came with 3.${one.first}.`
    : undefined;
}
