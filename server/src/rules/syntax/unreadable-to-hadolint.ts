import { unreadable } from '../../facts/hadolint-grammar.ts';
import { isTemplateMark } from '../../facts/template-marks.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'unreadable-to-hadolint',
  name: 'unreadable-to-hadolint',
  aliases: ['DL1000'],
  since: '0.2.0',
  severity: 'error',
  offByDefault: true,
  family: 'syntax',
  summary: 'hadolint cannot read the file from here on',
  why: 'hadolint has a parser of its own, which refuses some of what Docker takes, such as `EXPOSE 132/sctp`, and takes some of what Docker refuses. Where it cannot read on it says nothing of the file but DL1000, and ends with a code other than 0. Under the preset `hadolint` this rule stands for all others that find errors of the syntax, so that both programs pass and fail the same files; without the preset it is off.',
  messages: {
    unreadable:
      'hadolint cannot read this {keyword}, and so nothing of the file. Write it in a plainer form.',
    template:
      'This line is for a program that makes the Dockerfile, and hadolint cannot read it. Check the file that the template makes.',
    directive: 'hadolint cannot read an escape directive without a sign. Leave this line out.',
    behind:
      'Docker builds this, but the linter hadolint cannot read the line directly below the end of a heredoc (`<<EOF`). Put an empty line above this one.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nEXPOSE 80/tcp $PORT 8000-8010\nENV A="b c" D e f' },
      { code: 'FROM debian:12\nRUN --mount=type=cache,target=/c,sharing=locked --network=none true' },
      { code: 'FROM debian:12\nCOPY --from=a --link a b\nHEALTHCHECK --interval=5s CMD ["true"]' },
      { code: 'FROM debian:12\nRUN <<EOF\ntrue\nEOF\n\nRUN true' },
    ],
    bad: [
      { code: 'FROM debian:12\n⟦EXPOSE 132/sctp⟧\n⟦EXPOSE 8080:8080⟧\n⟦CMD⟧\n⟦RUN⟧' },
      { code: '⟦FROM debian:12:3⟧\n⟦FROM --x=y debian:12⟧' },
      {
        code: 'FROM debian:12\n⟦COPY --from=a --from=b c d⟧\n⟦ADD --x=1 a b⟧\n⟦HEALTHCHECK --timeout=1m30s CMD true⟧',
      },
      { code: 'FROM debian:12\nRUN <<EOF\ntrue\nEOF\n⟦# a comment⟧' },
      { code: '⟦# escape=⟧\nFROM debian:12' },
      { code: 'FROM debian:12\n⟦RUN --mount=type=cache true⟧\n⟦CMD ["a"] b⟧\n⟦ENV A⟧' },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      const bare = file.comments.find(
        ({ span, text }) =>
          /^escape\s*=$/i.test(text) && span.start < (file.instructions[0]?.span.start ?? 0),
      );
      if (bare) report(bare.span, 'directive');
      for (const instruction of file.instructions) {
        const { node, span } = instruction;
        const fault = unreadable(node, file.escape);
        const isMark = isTemplateMark(file.text.slice(span.start, span.end));
        if (fault && isMark) report(instruction.at(fault), 'template');
        else if (fault) report(instruction.at(fault), 'unreadable', { keyword: node.keywordWord.raw });
        const heredocs = (node.keyword === 'ONBUILD' ? node.trigger : node)?.heredocs ?? [];
        if (fault || heredocs.length === 0) continue;
        // What is indented it reads again.
        const next = /^\r?\n(\S[^\r\n]*)/.exec(file.text.slice(span.end, span.end + 500));
        if (!next) continue;
        const end = span.end + next[0].length;
        report({ start: end - (next[1] ?? '').length, end }, 'behind');
      }
    },
  }),
});
