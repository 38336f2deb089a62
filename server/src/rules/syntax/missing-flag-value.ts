import { instructionFlags } from '../../data/instruction-flags.ts';
import { writtenFlags } from '../../facts/instruction-flags.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  missing: '`--{name}` needs a value, joined to it by an equals sign. Write `--{name}=…`.',
  empty: 'Nothing stands after `--{name}=`. Write `--{name}` alone, or `true` or `false` after it.',
} as const;

export default defineRule({
  code: 'missing-flag-value',
  name: 'missing-flag-value',
  aliases: ['dockerfile-utils/FLAG_MISSING_VALUE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'A flag has no value',
  why: 'Flags of Dockerfile instructions take their value behind an equals sign: in `COPY --chown app a /b` the word `app` is a file to copy and `--chown` has no value, which ends the build with `missing a value on flag`.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --link --parents a /b/\nADD --link=false --chown= a /b' },
      { code: 'FROM debian:12\nHEALTHCHECK --retries= CMD ["true"]' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY ⟦--chown⟧ app a /b',
        fixed: 'FROM debian:12\nCOPY --chown=app a /b',
      },
      { code: 'FROM debian:12\nCOPY ⟦--chown⟧ a /b' },
      { code: 'FROM ⟦--platform⟧ linux/arm64 debian:12', fixed: 'FROM --platform=linux/arm64 debian:12' },
      { code: 'FROM debian:12\nADD ⟦--link=⟧ a /b', fixed: 'FROM debian:12\nADD --link a /b' },
      { code: 'FROM debian:12\nADD ⟦--link=""⟧ a /b', fixed: 'FROM debian:12\nADD --link a /b' },
    ],
  },
  create: () => ({ ADD: check, COPY: check, FROM: check, HEALTHCHECK: check, RUN: check }),
});

/** Words that each instruction needs behind its flags; what stands there beyond them may be a flag's value. */
const needed: Readonly<Record<string, number>> = { FROM: 1, ADD: 2, COPY: 2 };

function check(instruction: Instruction, { report }: RuleContext<typeof messages>): void {
  const { node } = instruction;
  const known = instructionFlags[node.keyword] ?? {};
  const flags = writtenFlags(node);
  for (const flag of flags) {
    const { name, value, to } = flag;
    const kind = Object.hasOwn(known, name) ? known[name]?.kind : undefined;
    if (kind === undefined || (kind === 'boolean' ? value?.value !== '' : value)) continue;
    const span = instruction.at(flag);
    if (kind === 'boolean') {
      report(span, 'empty', { name }, () => ({
        title: `Write --${name}`,
        safety: 'unsafe',
        edits: [{ span: { start: span.start + 2 + name.length, end: span.end }, text: '' }],
      }));
      return;
    }
    report(span, 'missing', { name }, () => {
      const next = node.args[0];
      const isSpare = node.args.length > (needed[node.keyword] ?? 0) && flag === flags.at(-1);
      if (!next || !isSpare || node.keyword === 'RUN' || node.keyword === 'HEALTHCHECK') return undefined;
      return {
        title: `Take ${next.raw} for its value`,
        safety: 'unsafe',
        edits: [{ span: instruction.at({ from: to, to: next.from }), text: '=' }],
      };
    });
    return;
  }
}
