import { unreadable } from '../../facts/hadolint-grammar.ts';
import { isTemplate, ofTemplate } from '../../facts/templates.ts';
import { defineRule } from '../../lint/rule.ts';

/** What it reads of each instruction. */
const forms: Readonly<Record<string, string>> = {
  ADD: 'ADD <source> <target>',
  ARG: 'ARG NAME=value',
  CMD: 'CMD ["program", "argument"]',
  COPY: 'COPY <source> <target>',
  ENTRYPOINT: 'ENTRYPOINT ["program", "argument"]',
  ENV: 'ENV NAME="value"',
  EXPOSE: 'EXPOSE 8080 8443/tcp',
  FROM: 'FROM name:tag AS stage',
  HEALTHCHECK: 'HEALTHCHECK --interval=30s CMD <command>',
  LABEL: 'LABEL name="value"',
  MAINTAINER: 'MAINTAINER <name>',
  ONBUILD: 'ONBUILD RUN <command>',
  RUN: 'RUN <command>',
  SHELL: 'SHELL ["/bin/bash", "-c"]',
  STOPSIGNAL: 'STOPSIGNAL SIGTERM',
  USER: 'USER <name>',
  VOLUME: 'VOLUME /data',
  WORKDIR: 'WORKDIR /app',
};

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
      'The linter hadolint cannot read this {keyword}, and checks nothing of the file. Write it in a simpler form, as `{form}`.',
    unknown:
      'The linter hadolint cannot read `{keyword}`, and checks nothing of the file. Write one of the instructions of Docker.',
    template: ofTemplate,
    directive: 'The linter hadolint cannot read an escape directive without a sign. Delete this line.',
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
        if (fault) {
          const keyword = node.keywordWord.raw;
          const word =
            file.text
              .slice(span.start, span.start + 60)
              .split('\n', 1)[0]
              ?.trim() ?? '';
          const form = forms[(node.keyword === 'ONBUILD' && node.trigger?.keyword) || node.keyword];
          if (isTemplate(file)) report(instruction.at(fault), 'template', { word });
          else if (form === undefined) report(instruction.at(fault), 'unknown', { keyword });
          else report(instruction.at(fault), 'unreadable', { keyword, form });
        }
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
