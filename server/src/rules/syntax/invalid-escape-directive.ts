import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'invalid-escape-directive',
  name: 'invalid-escape-directive',
  aliases: ['dockerfile-utils/INVALID_ESCAPE_DIRECTIVE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: '`# escape=` with something other than a backslash or a backtick',
  why: 'The directive `escape` says which sign continues a line and takes the meaning of the next one: the backslash, which needs no directive, or the backtick, which leaves the backslashes of Windows paths alone. Docker refuses every other sign.',
  messages: { invalid: 'The escape directive takes a backslash or a backtick. Write one of them.' },
  options: {},
  examples: {
    good: [
      { code: '# escape=`\nFROM debian:12' },
      { code: '# escape=\\\nFROM debian:12' },
      { code: '# escape=\nFROM debian:12', note: 'a comment' },
    ],
    bad: [
      { code: '⟦# escape=/⟧\nFROM debian:12', fixed: '# escape=\\\nFROM debian:12' },
      {
        code: '⟦# escape=x⟧\nFROM debian:12\nRUN a `\n  b',
        fixed: '# escape=`\nFROM debian:12\nRUN a `\n  b',
      },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      for (const { span, kind } of file.problems) {
        if (kind !== 'invalid-escape-directive') continue;
        report(span, 'invalid', undefined, (): Fix[] => {
          const start = file.text.indexOf('=', span.start) + 1;
          const write = (sign: string, name: string): Fix => ({
            title: `Write a ${name}`,
            safety: 'unsafe',
            edits: [{ span: { start, end: span.end }, text: sign }],
          });
          const both = [write('\\', 'backslash'), write('`', 'backtick')];
          return /`[ \t]*\r?\n/.test(file.text) ? both.reverse() : both;
        });
      }
    },
  }),
});
