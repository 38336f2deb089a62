import { findWordFault } from '../../facts/word-faults.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';

const messages = {
  missing:
    '`{word}` has no equals sign, which each pair after the first needs. Write `{word}=…`, or put the value before it in quotes.',
} as const;

export default defineRule({
  code: 'missing-equals',
  name: 'missing-equals',
  aliases: ['DL1000', 'dockerfile-utils/SYNTAX_MISSING_EQUALS'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A pair of an ENV or LABEL lacks its equals sign',
  why: 'Where the first pair of an ENV or LABEL has an equals sign, every word behind it is a pair as well. A value with a blank needs quotes: `LABEL maintainer=Ada Lovelace` sets `Ada` and stops the build at `Lovelace`.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nENV A="b c" D=e\\ f \'G\'=h\nENV I j k' },
      { code: 'FROM debian:12\nARG A=b C' },
      { code: 'FROM debian:12\nENV A=b \\\n  C\\\n=d', note: 'one word on two lines' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nLABEL maintainer=Ada ⟦Lovelace⟧',
        fixed: 'FROM debian:12\nLABEL maintainer="Ada Lovelace"',
      },
      {
        code: 'FROM debian:12\nENV A=b ⟦--c⟧ -d E=f',
        fixed: 'FROM debian:12\nENV A="b --c -d" E=f',
      },
      { code: 'FROM debian:12\nENV A="b" ⟦C⟧ D=e' },
    ],
  },
  create: () => ({ ENV: check, LABEL: check }),
});

function check(instruction: Instruction<KeyValues>, { facts, report }: RuleContext<typeof messages>): void {
  const { pairs, text } = instruction.node;
  const first = pairs.findIndex(({ value, legacy }) => !value && !legacy);
  if (first < 1) return;
  const { escape } = facts.file;
  // A quote that nothing closes swallows what follows; that is the matter of unclosed-quote.
  if (pairs.slice(0, first).some(({ value }) => value && findWordFault(value.raw, escape))) return;
  const pair = pairs[first] as KeyValues['pairs'][number];
  report(instruction.at(pair), 'missing', { word: pair.key.raw }, () => {
    const value = pairs[first - 1]?.value;
    const next = pairs.findIndex((later, i) => i > first && later.value);
    const last = pairs.at(next < 0 ? -1 : next - 1);
    const words = value && last && text.slice(value.from, last.to);
    if (!value || !last || !words || !/^[\w .,:;@/+()-]+$/.test(words)) return undefined;
    return {
      title: 'Put the value in quotes',
      safety: 'unsafe',
      edits: [
        { span: instruction.at({ from: value.from, to: value.from }), text: '"' },
        { span: instruction.at({ from: last.to, to: last.to }), text: '"' },
      ],
    };
  });
}
