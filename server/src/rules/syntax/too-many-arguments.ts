import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  extra: '{keyword} takes nothing after `{only}`, and Docker refuses what follows. Delete it.',
  comment:
    'A comment does not end a line of a Dockerfile, so this is an argument too many. Put it on a line of its own.',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  code: 'too-many-arguments',
  name: 'too-many-arguments',
  aliases: ['dockerfile-utils/ARGUMENT_EXTRA', 'dockerfile-utils/ARGUMENT_UNNECESSARY'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'HEALTHCHECK NONE or STOPSIGNAL is followed by something more',
  why: 'HEALTHCHECK NONE stands alone, and STOPSIGNAL takes one signal: the build ends at a second word. Often it was meant as a comment, but `#` begins one only at the beginning of a line.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nHEALTHCHECK NONE\nSTOPSIGNAL SIGTERM' },
      { code: 'FROM debian:12\n# stops at once\nSTOPSIGNAL "SIGKILL"' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nHEALTHCHECK NONE ⟦curl localhost⟧',
        fixed: 'FROM debian:12\nHEALTHCHECK NONE',
      },
      { code: 'FROM debian:12\nSTOPSIGNAL SIGTERM ⟦SIGINT⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
      {
        code: 'FROM debian:12\nSTOPSIGNAL SIGTERM ⟦# gracefully⟧',
        fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM',
      },
    ],
  },
  create: () => ({
    HEALTHCHECK(instruction, ctx) {
      const [type, next] = instruction.node.args;
      // BuildKit takes an empty array for nothing.
      if (/^none$/i.test(type?.raw ?? '') && next?.raw !== '[]') check(instruction, ctx);
    },
    STOPSIGNAL: check,
  }),
});

function check(instruction: Instruction, { report }: Context): void {
  const { args, keyword, body } = instruction.node;
  const [only, extra] = args;
  if (!only || !extra) return;
  const span = instruction.at({ from: extra.from, to: body.to });
  report(span, extra.raw.startsWith('#') ? 'comment' : 'extra', { keyword, only: only.raw }, () => ({
    title: 'Delete what follows',
    safety: 'unsafe',
    edits: [{ span: instruction.at({ from: only.to, to: body.to }), text: '' }],
  }));
}
