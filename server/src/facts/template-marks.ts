import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';

/**
 * What a file holds that other programs make Dockerfiles of, and no Dockerfile does: `{{ … }}`, `{% … %}` and `<% … %>` of
 * template languages, a call of m4 with its quotes.
 */
const marks = /\{\{|\{%|<%|^\w+\(`|\(`[^`']*'/;
const calls = /^(?:include|sinclude|define|ifdef|ifelse|dnl)\b\(?/;

/** Whether a word or line is for a program that makes the Dockerfile. */
export const isTemplateMark = (text: string): boolean => marks.test(text) || calls.test(text);

/** Whether a whole file is: a line that is no instruction is a mark of a template. */
export const isTemplate = remember(({ file }: FileFacts): boolean =>
  file.instructions.some(({ node, span }) => {
    if (node.keyword !== 'UNKNOWN') return false;
    return isTemplateMark(file.text.slice(span.start, Math.min(span.end, span.start + 200)));
  }),
);
