import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { trimEnd } from '../../text/trim.ts';

const begins =
  /^\s*(?:FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|LABEL|ARG|HEALTHCHECK|ONBUILD|USER|WORKDIR|EXPOSE|VOLUME|STOPSIGNAL|SHELL|MAINTAINER)\s/;

export default defineRule({
  code: 'NoEmptyContinuation',
  name: 'empty-continuation',
  aliases: ['buildkit/NoEmptyContinuation', 'dockerfile-utils/EMPTY_CONTINUATION_LINE'],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'info',
    because: 'Docker reads over the empty line, and says that a later version will not.',
  },
  family: 'style',
  summary: 'An empty line behind a line that goes on',
  why: 'Docker skips empty lines behind a continuation, and has announced that it will refuse them one day (BuildKit’s check NoEmptyContinuation). Until then the next line belongs to the instruction, however far away it is: where the backslash was left behind by mistake, the next instruction becomes an argument of this one.',
  messages: {
    empty: 'The line above goes on, and this one is empty, which Docker will refuse one day. Delete it.',
    joined:
      'The line above goes on, so `{keyword}` below belongs to it as well. Delete the `{escape}` at its end.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get update \\\n    # tools\n    && apt-get install -y curl' },
      { code: 'FROM debian:12\nRUN <<E\necho a \\\n\necho b\nE' },
      { code: 'FROM debian:12\nRUN make\n\nRUN make install' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get update \\\n⟦\n⟧    && apt-get install -y curl',
        fixed: 'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y curl',
      },
      {
        code: 'FROM debian:12\nENV A=1 \\\n⟦\n  \n⟧    B=2 \\\n\n    C=3',
        fixed: 'FROM debian:12\nENV A=1 \\\n    B=2 \\\n    C=3',
      },
      {
        code: 'FROM debian:12\nRUN make \\\n⟦\n⟧RUN make install',
        fixed: 'FROM debian:12\nRUN make\n\nRUN make install',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      for (const instruction of facts.file.instructions) {
        const runs = joinLines(instruction);
        const first = runs[0];
        if (!first) continue;
        const { text, escape } = facts.file;
        const next = begins.exec(text.slice(first.end, instruction.span.end));
        if (!next) {
          report(first, 'empty', undefined, () => ({
            title: runs.length > 1 ? 'Delete the empty lines' : 'Delete the empty line',
            safety: 'safe',
            edits: runs.map((span) => ({ span, text: '' })),
          }));
          continue;
        }
        report(first, 'joined', { keyword: next[0].trim(), escape }, () =>
          dropEscape(text.slice(0, first.start), escape),
        );
      }
    },
  }),
});

/** Empty lines that follow one another, as one place. */
function joinLines({ node, span }: Instruction): Span[] {
  const runs: Span[] = [];
  for (const line of node.emptyLines) {
    const [start, end] = [span.start + line.start, span.start + line.end];
    const last = runs.at(-1);
    if (last?.end === start) runs[runs.length - 1] = { start: last.start, end };
    else runs.push({ start, end });
  }
  return runs;
}

function dropEscape(above: string, escape: string): Fix | undefined {
  const line = trimEnd(above.replace(/\r?\n$/, ''), /[ \t]/);
  if (line.length === above.length || !line.endsWith(escape)) return undefined;
  const start = trimEnd(line.slice(0, -1), /[ \t]/).length;
  return {
    title: 'End the instruction above',
    safety: 'unsafe',
    edits: [{ span: { start, end: line.length }, text: '' }],
  };
}
