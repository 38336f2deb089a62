import type { Rule } from '../../server/src/lint/rule.ts';

type Vary = (marked: string) => string | undefined;

/** Rewritings of an example that keep its meaning and its marks; undefined where one does not apply. */
export function variations(rule: Rule): [string, Vary][] {
  return [
    ['CRLF', (code) => code.replaceAll('\n', '\r\n')],
    ['a line above', (code) => (/^⟦?#/.test(code) ? undefined : `# a comment\n\n${code}`)],
    ['lower-case keywords', (code) => (judgesCase.has(rule.name) ? undefined : lowerCase(code))],
    ['continuation lines', continuation],
    ['heredoc', (code) => heredoc(code)],
    ['ONBUILD', (code) => (rule.onbuild ? onbuild(code) : undefined)],
  ];
}

/** What these judge is the case itself. */
const judgesCase = new Set(['instruction-casing', 'from-as-casing']);

const instructionStart =
  /^(⟦?)(FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|LABEL|ARG|USER|WORKDIR|EXPOSE|MAINTAINER|SHELL|HEALTHCHECK)(?=[ ⟧])/gm;

function lowerCase(code: string): string | undefined {
  return code.includes('<<')
    ? undefined
    : code.replace(instructionStart, (_, mark, keyword) => mark + keyword.toLowerCase());
}

/** `RUN a && b` becomes three lines, with a comment between them. */
function continuation(code: string): string | undefined {
  if (code.includes('<<') || !/^RUN .* && /m.test(code)) return undefined;
  return code.replace(/^RUN .*$/gm, (line) => line.replaceAll(' && ', ' \\\n  # in between\n  && '));
}

/** A single-line RUN in shell form becomes the body of a heredoc. */
function heredoc(code: string): string | undefined {
  const lines = code.split('\n');
  const shellRun = /^RUN (?!⟦?\[|⟦?--|.*<<|.*\\$)/;
  if (!lines.some((line) => shellRun.test(line)) || lines.some((line) => line.endsWith('\\')))
    return undefined;
  if (lines.some((line) => /^⟦?RUN⟧/.test(line))) return undefined;
  return lines
    .map((line) => (shellRun.test(line) ? `RUN <<EOF\n${line.slice('RUN '.length)}\nEOF` : line))
    .join('\n');
}

function onbuild(code: string): string | undefined {
  if (code.includes('<<')) return undefined;
  return /^RUN /m.test(code) ? code.replace(/^RUN /gm, 'ONBUILD RUN ') : undefined;
}
