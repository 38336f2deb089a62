import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  signal: 'STOPSIGNAL takes one signal, and Docker refuses what follows. Delete `{rest}`.',
  check:
    '`HEALTHCHECK NONE` switches checks off, and Docker refuses what follows. Write `HEALTHCHECK CMD {rest}` for a check, or delete `{rest}`.',
  comment:
    'Docker takes `#` for a comment only at the beginning of a line, and refuses it here. Move the comment to a line above.',
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
  const rest = instruction.node.plain.slice(extra.from, body.to).trim();
  const other = keyword === 'HEALTHCHECK' ? 'check' : 'signal';
  report(span, extra.raw.startsWith('#') ? 'comment' : other, { rest: rest.replace(/^CMD\s+/i, '') }, () => ({
    title: 'Delete what follows',
    safety: 'unsafe',
    edits: [{ span: instruction.at({ from: only.to, to: body.to }), text: '' }],
  }));
}
