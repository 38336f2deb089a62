import type { Dockerfile, Instruction, KeyValues } from '../syntax/tree.ts';
import { type Edit, likeKeyword, lineEnding } from '../text/edit.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
import { expandWord } from './word-expansion.ts';

/** What a FROM can put in: the ARGs before the first FROM and those that BuildKit sets itself. */
export interface BuildArgs {
  /** The values of a plain build on a common machine; undefined where BuildKit refuses one of the defaults. */
  readonly values: ReadonlyMap<string, string> | undefined;
  /** The ARGs before the first FROM, with a value or without. */
  readonly declared: ReadonlyMap<
    string,
    { readonly arg: Instruction<KeyValues>; readonly hasValue: boolean }
  >;
  /** Those without a value, and those whose value uses one of them: who builds must give it. */
  readonly required: ReadonlySet<string>;
}

/**
 * Arguments that are set without ARG, with what they hold on a Linux machine of the commonest kind
 * (Dockerfile reference, "Automatic platform ARGs in the global scope"; BuildKit's `defaultArgs`, 2026-08).
 */
export const automaticArgs: ReadonlyMap<string, string> = new Map(
  ['BUILD', 'TARGET'].flatMap((side) => [
    [`${side}PLATFORM`, 'linux/amd64'],
    [`${side}OS`, 'linux'],
    [`${side}OSVERSION`, ''],
    [`${side}ARCH`, 'amd64'],
    [`${side}VARIANT`, ''],
  ]),
);

/** Reads the arguments that the FROMs of a file can use. */
export const readBuildArgs = remember(({ file, stages }: Pick<FileFacts, 'file' | 'stages'>): BuildArgs => {
  const values = new Map(automaticArgs);
  values.set('TARGETSTAGE', stages.at(-1)?.name ?? 'default');
  const declared = new Map<string, { arg: Instruction<KeyValues>; hasValue: boolean }>();
  const required = new Set<string>();
  let refused = false;
  for (const instruction of file.instructions) {
    if (instruction.node.keyword === 'FROM') break;
    if (instruction.node.keyword !== 'ARG') continue;
    for (const { key, value } of instruction.node.pairs) {
      const expanded = value && expandWord(value.raw, values, file.escape);
      const text = expanded?.text;
      if (text !== undefined) values.set(key.value, text);
      else if (value) refused = true;
      const known = declared.get(key.value);
      const used = expanded ? [...expanded.matched, ...expanded.unmatched] : [];
      if (value ? used.some((name) => required.has(name)) : !known?.hasValue) required.add(key.value);
      else if (value) required.delete(key.value);
      declared.set(key.value, {
        arg: instruction as Instruction<KeyValues>,
        hasValue: text !== undefined || known?.hasValue === true,
      });
    }
  }
  return { values: refused ? undefined : values, declared, required };
});

/** Declares an argument for the FROMs: below the ARGs that are there, else above the first FROM with its comments. */
export function declareArg(file: Dockerfile, name: string): Edit {
  const first = file.instructions.findIndex(({ node }) => node.keyword === 'FROM');
  const from = file.instructions[first];
  const last = file.instructions.slice(0, first).findLast(({ node }) => node.keyword === 'ARG');
  const line = `${likeKeyword('ARG', (from ?? last)?.node.keywordWord.raw ?? 'ARG')} ${name}`;
  const newline = lineEnding(file.text);
  if (last) return { span: { start: last.span.end, end: last.span.end }, text: newline + line };
  let start = file.text.lastIndexOf('\n', (from?.span.start ?? 0) - 1) + 1;
  for (const { span } of [...file.comments].reverse()) {
    const between = file.text.slice(span.end, start);
    if (span.start < start && /^\r?\n$/.test(between))
      start = file.text.lastIndexOf('\n', span.start - 1) + 1;
  }
  if (start === 0 && file.text.startsWith('\uFEFF')) start = 1;
  return { span: { start, end: start }, text: line + newline };
}
