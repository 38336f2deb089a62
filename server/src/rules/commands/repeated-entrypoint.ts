import { repeatOf, repeatOptions } from '../../facts/repeats.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL4004',
  name: 'repeated-entrypoint',
  aliases: ['buildkit/MultipleInstructionsDisallowed', 'dockerfile-utils/MULTIPLE_INSTRUCTIONS'],
  since: '0.2.0',
  severity: 'error',
  recommended: { level: 'warning', because: 'The build goes on; the first ENTRYPOINT has no effect.' },
  family: 'commands',
  summary: 'An ENTRYPOINT that a later one replaces',
  why: 'An image has one ENTRYPOINT: each later one in a stage replaces those above it, and no error says so. A first one that sets up an environment, such as activating conda, is then skipped without a word. (hadolint reports the later one; the earlier is the one to delete or to merge.)',
  messages: {
    earlier: 'This ENTRYPOINT never runs, as a later one in the stage replaces it. Delete it.',
    later:
      'Only the last ENTRYPOINT of a stage runs, so the one above this never does. Delete all but the last.',
  },
  options: repeatOptions('ENTRYPOINT', '["app"]'),
  examples: {
    good: [
      {
        code: 'FROM python:3.12 AS a\nENTRYPOINT ["a"]\nFROM a\nENTRYPOINT ["b"]',
        note: 'one for each stage',
      },
      { code: 'FROM python:3.12\nENTRYPOINT ["python"]\nCMD ["app.py"]' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\n⟦ENTRYPOINT ["/entrypoint.sh"]⟧\nCOPY . /app\nENTRYPOINT ["python", "/app/main.py"]',
        fixed: 'FROM python:3.12\nCOPY . /app\nENTRYPOINT ["python", "/app/main.py"]',
      },
      {
        code: 'FROM python:3.12\n⟦ENTRYPOINT conda run \\\n  # the environment\n  -n ml⟧\nENTRYPOINT ["python"]',
        fixed: 'FROM python:3.12\nENTRYPOINT ["python"]',
        note: 'the comment goes as well, so the fix is offered and not applied with others',
      },
      {
        code: 'FROM python:3.12\nENTRYPOINT ["a"]\n⟦ENTRYPOINT ["b"]⟧',
        fixed: 'FROM python:3.12\nENTRYPOINT ["b"]',
        options: { markLater: true },
      },
    ],
  },
  create: () => ({
    ENTRYPOINT(entrypoint, { facts, options, report }) {
      const repeat = repeatOf(facts, entrypoint, options);
      if (repeat) report(entrypoint.span, repeat.messageId, undefined, repeat.fix, repeat.extras);
    },
  }),
});
