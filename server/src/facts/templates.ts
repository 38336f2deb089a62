import type { Dockerfile } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';

/** How a line of a template begins in the place of an instruction: `include(x.m4)`, `{% if %}`, `{{ setup }}`, `@STEPS@`, `%%STEPS%%`, `__STEPS__`, `<% … %>`. */
const atStart = /^(?:\w+\(|\{[{%#]|<%|@\w+@|%%\w|__[A-Z]{2})/;
/** What a template holds in the middle of a line. */
const mark = /\{\{|@\w+@|%%\w|__[A-Z]{2}|<%/;
/** Lines of the C preprocessor, which are comments to Docker. */
const preprocessor = /^#(?:include\s+["<]|(?:ifdef|ifndef|elif|endif|define)\b)/;
const jinja = /^[ \t]*\{%-?[ \t]*\w/m;

/** What is said of a word of one: to write something else there would break it. */
export const ofTemplate =
  '`{word}` belongs to a template, which Docker cannot read. Check the Dockerfile that is made from it.';

/** Whether a text holds something that another program replaces. */
export const holdsMark = (text: string): boolean => mark.test(text);

/**
 * Whether another program makes the Dockerfile of this text: m4, Jinja, ERB, CMake, the C preprocessor. What it puts in is
 * not to be seen, so nothing can be said to be unused.
 */
export const isTemplate = remember(
  ({ comments, instructions, text }: Dockerfile): boolean =>
    jinja.test(text) ||
    comments.some(({ span }) => preprocessor.test(text.slice(span.start, span.end))) ||
    instructions.some(({ node }) =>
      node.keyword === 'FROM'
        ? holdsMark(node.text)
        : node.problems.some(({ kind }) => kind === 'unknown-instruction') &&
          atStart.test(node.keywordWord.raw),
    ),
);
