import { repeatOf, repeatOptions } from '../../facts/repeats.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL4003',
  name: 'repeated-cmd',
  aliases: ['buildkit/MultipleInstructionsDisallowed', 'dockerfile-utils/MULTIPLE_INSTRUCTIONS'],
  since: '0.1.0',
  severity: 'warning',
  family: 'commands',
  summary: 'A CMD that a later one replaces',
  why: 'An image has one CMD: each later one in a stage replaces those above it, and no error says so. Whoever reads the first takes it for what starts. (hadolint reports the later one; the earlier is the one to delete.)',
  messages: {
    earlier: 'This CMD never runs, as a later one in the stage replaces it. Delete it.',
    later: 'Only the last CMD of a stage runs, so the one above this never does. Delete all but the last.',
  },
  options: repeatOptions('CMD', '["app"]'),
  examples: {
    good: [
      { code: 'FROM python:3.12 AS a\nCMD ["a"]\nFROM python:3.12\nCMD ["b"]', note: 'one for each stage' },
      { code: 'FROM python:3.12\nENTRYPOINT ["python"]\nCMD ["app.py"]' },
      {
        code: 'FROM python:3.12\nONBUILD CMD ["a"]\nCMD ["b"]',
        note: 'the first belongs to images built on this one',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\n⟦CMD ["python", "a.py"]⟧\nEXPOSE 8000\nCMD ["python", "b.py"]',
        fixed: 'FROM python:3.12\nEXPOSE 8000\nCMD ["python", "b.py"]',
      },
      {
        code: 'FROM python:3.12\n# development\n⟦CMD a \\\n    --reload⟧\n  ⟦CMD b⟧\n# production\nCMD c',
        fixed: 'FROM python:3.12\n# development\n# production\nCMD c',
      },
      {
        code: 'FROM python:3.12\nCMD a\n⟦CMD b⟧\n⟦CMD c⟧',
        fixed: 'FROM python:3.12\nCMD c',
        options: { markLater: true },
      },
    ],
  },
  create: () => ({
    CMD(command, { facts, options, report }) {
      const repeat = repeatOf(facts, command, options);
      if (repeat) report(command.span, repeat.messageId, undefined, repeat.fix, repeat.extras);
    },
  }),
});
