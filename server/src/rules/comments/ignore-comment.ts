import { defineRule } from '../../lint/rule.ts';
import { removeLines } from '../../text/edit.ts';

/** A comment that ignores findings of one instruction. */
const ignoreComment = /^hadolint[ \t]+ignore[ \t]*=[ \t]*\S/i;

export default defineRule({
  code: 'DL1001',
  name: 'ignore-comment',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  offByDefault: true,
  family: 'comments',
  summary: 'A comment ignores findings',
  why: 'Some teams decide on exceptions in one place, `.hadolint.yaml`, and want none in Dockerfiles. For them this rule points at each comment `# hadolint ignore=…`; it is off until it is given a level. Comments for a whole file or stage do not count, as for hadolint.',
  messages: {
    ignores:
      'The comment leaves findings out. Take it away, and ignore the rule in `.hadolint.yaml` if need be.',
  },
  options: {},
  examples: {
    good: [{ code: '# hadolint global ignore=DL3008\nFROM debian:12\n# a comment\nUSER 1000' }],
    bad: [
      {
        code: 'FROM debian:12\n⟦# hadolint ignore=DL3059⟧\nRUN make',
        fixed: 'FROM debian:12\nRUN make',
      },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      for (const { span, text } of file.comments) {
        if (!ignoreComment.test(text)) continue;
        report(span, 'ignores', undefined, () => ({
          title: 'Delete the comment',
          safety: 'unsafe',
          edits: [removeLines(file.text, span)],
        }));
      }
    },
  }),
});
