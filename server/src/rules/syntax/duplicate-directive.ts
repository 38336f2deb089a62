import { defineRule, type Fix } from '../../lint/rule.ts';
import { removeLines } from '../../text/edit.ts';

export default defineRule({
  code: 'duplicate-directive',
  name: 'duplicate-directive',
  aliases: ['dockerfile-utils/DUPLICATED_ESCAPE_DIRECTIVE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A directive stands twice',
  why: 'Each of the directives `syntax`, `escape` and `check` may stand once at the beginning of a file. Docker ends the build at the second one, also where both say the same.',
  messages: {
    duplicate: 'The directive `{name}` stands above already, and may stand once. Delete one of them.',
  },
  options: {},
  examples: {
    good: [
      { code: '# syntax=docker/dockerfile:1\n# escape=`\n# check=skip=all\nFROM debian:12' },
      {
        code: '# escape=`\n\n# escape=x\nFROM debian:12',
        note: 'a comment, as a blank line ends the directives',
      },
    ],
    bad: [
      { code: '# escape=`\n⟦# Escape=`⟧\nFROM debian:12', fixed: '# escape=`\nFROM debian:12' },
      {
        code: '# syntax=docker/dockerfile:1\n⟦# syntax=docker/dockerfile:1.4⟧\nFROM debian:12',
        fixed: '# syntax=docker/dockerfile:1\nFROM debian:12',
      },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      const seen = new Map<string, string>();
      for (const { name, value, span } of file.directives) {
        const before = seen.get(name);
        if (before === undefined) seen.set(name, value);
        else {
          report(span, 'duplicate', { name }, (): Fix => {
            const safety = before === value ? 'safe' : 'unsafe';
            return { title: 'Delete this one', safety, edits: [removeLines(file.text, span)] };
          });
        }
      }
    },
  }),
});
