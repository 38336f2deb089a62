import { repeatOf, repeatOptions } from '../../facts/repeats.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3012',
  name: 'repeated-healthcheck',
  aliases: ['buildkit/MultipleInstructionsDisallowed', 'dockerfile-utils/MULTIPLE_INSTRUCTIONS'],
  since: '0.2.0',
  severity: 'error',
  recommended: { level: 'warning', because: 'The build goes on; the first HEALTHCHECK has no effect.' },
  family: 'commands',
  summary: 'A HEALTHCHECK that a later one replaces',
  why: 'An image has one HEALTHCHECK: each later one in a stage replaces those above it, `HEALTHCHECK NONE` included, and no error says so. Two checks that must both hold, such as a web server and the model behind it, belong in one command. (hadolint reports the later one; the earlier is the one to delete or to merge.)',
  messages: {
    earlier:
      'This HEALTHCHECK never runs, as a later one in the stage replaces it. Delete it, or merge the two.',
    later:
      'Only the last HEALTHCHECK of a stage runs, so the one above this never does. Delete all but the last, or merge them.',
  },
  options: repeatOptions('HEALTHCHECK', 'CMD ["curl", "-f", "http://localhost/"]'),
  examples: {
    good: [
      {
        code: 'FROM python:3.12 AS a\nHEALTHCHECK NONE\nFROM a\nHEALTHCHECK CMD ["ls"]',
        note: 'one for each stage',
      },
      { code: 'FROM python:3.12\nONBUILD HEALTHCHECK NONE\nHEALTHCHECK CMD ["ls"]' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\n⟦HEALTHCHECK CMD curl -f http://localhost:8000/⟧\nHEALTHCHECK CMD test -f /model.ready',
        fixed: 'FROM python:3.12\nHEALTHCHECK CMD test -f /model.ready',
      },
      {
        code: 'FROM python:3.12\n⟦HEALTHCHECK CMD ls⟧\nEXPOSE 80\nHEALTHCHECK NONE',
        fixed: 'FROM python:3.12\nEXPOSE 80\nHEALTHCHECK NONE',
      },
      {
        code: 'FROM python:3.12\nHEALTHCHECK NONE\n⟦HEALTHCHECK CMD ls⟧',
        fixed: 'FROM python:3.12\nHEALTHCHECK CMD ls',
        options: { markLater: true },
      },
    ],
  },
  create: () => ({
    HEALTHCHECK(check, { facts, options, report }) {
      const repeat = repeatOf(facts, check, options);
      if (repeat) report(check.span, repeat.messageId, undefined, repeat.fix, repeat.extras);
    },
  }),
});
