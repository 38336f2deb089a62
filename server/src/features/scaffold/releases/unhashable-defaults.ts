import type { SourceTexts } from '../../../project/source-texts.ts';
import { besideProgram } from '../sources/applications.ts';
import { code, withoutComments } from '../sources/modules.ts';

interface DataClass {
  readonly file: string;
  readonly name: string;
  readonly isHashable: boolean;
  /** Its lines, without blanks around each. */
  readonly body: readonly string[];
}

/** Others of this name, such as that of attrs, look at no defaults. */
const ofPython = /^[ \t]*(?:from|import) dataclasses\b/m;
const decorator = /^[ \t]*@(?:dataclasses\.)?dataclass\b(?:\(([^()\n]{0,200})\))?[ \t]*$/;

/**
 * A field of a dataclass whose default is an object of another one without a hash: an error from 3.11 on (Python documentation,
 * "dataclasses", Mutable default values; `@dataclass` takes the hash away unless it is frozen or told otherwise).
 */
export function unhashableDefaults(texts: SourceTexts): { readonly file: string; readonly use: string }[] {
  const classes = [...texts].flatMap(([file, text]) =>
    file.endsWith('.py') && !besideProgram.test(file) && ofPython.test(text)
      ? dataClassesIn(file, withoutComments(code(text)))
      : [],
  );
  const hashable = new Set(classes.flatMap(({ name, isHashable }) => (isHashable ? name : [])));
  const unhashable = new Set(classes.flatMap(({ name }) => (hashable.has(name) ? [] : name)));
  return classes.flatMap(({ file, body }) =>
    body.flatMap((line) => {
      const [, use = '', name = ''] = /^\w+ ?:[^=]{1,200}= ?((\w+)\()/.exec(line) ?? [];
      return unhashable.has(name) ? [{ file, use: `${use}) as the default of a dataclass` }] : [];
    }),
  );
}

function dataClassesIn(file: string, text: string): DataClass[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const [found, options = ''] = decorator.exec(line) ?? [];
    const [, indent = '', name = ''] = /^([ \t]*)class[ \t]+(\w+)/.exec(lines[at + 1] ?? '') ?? [];
    if (found === undefined || name === '') return [];
    const behind = lines.slice(at + 2);
    const end = behind.findIndex(
      (one) => one.trim() !== '' && one.length - one.trimStart().length <= indent.length,
    );
    const body = behind.slice(0, end < 0 ? undefined : end).map((one) => one.trim());
    const isHashable =
      /\b(?:frozen|unsafe_hash) ?= ?True|\beq ?= ?False/.test(options) ||
      body.some((one) => /^(?:def )?__hash__\b/.test(one));
    return [{ file, name, isHashable, body }];
  });
}
