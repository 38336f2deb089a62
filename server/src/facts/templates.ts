import type { Dockerfile } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';

/** How a line of a template begins in the place of an instruction: `include(x.m4)`, `{% if %}`, `{{ setup }}`, `@STEPS@`, `<% … %>`. */
const atStart = /^(?:\w+\(|\{[{%#]|<%|@\w+@)/;

/**
 * Whether another program makes the Dockerfile of this text: m4, Jinja, ERB, CMake. What it puts in is not to be seen, so
 * nothing can be said to be unused.
 */
export const isTemplate = remember(
  ({ instructions, text }: Dockerfile): boolean =>
    instructions.some(
      ({ node }) =>
        node.problems.some(({ kind }) => kind === 'unknown-instruction') &&
        atStart.test(node.text.slice(node.keywordWord.from)),
    ) ||
    /^[ \t]*\{%-?[ \t]*\w/m.test(text) ||
    /^[ \t]*FROM[ \t][^\n]*(?:\{\{|@\w+@)/im.test(text),
);
