import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';

const messages = {
  blank: 'There is no name before the equals sign. Write one, as in `NAME{value}`.',
} as const;

export default defineRule({
  code: 'blank-key',
  name: 'blank-key',
  aliases: ['dockerfile-utils/SYNTAX_MISSING_NAMES'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'An ENV, LABEL or ARG without a name',
  why: 'A pair begins with its name; without one the build ends with `names can not be blank`. A blank around the equals sign is a frequent cause: `ENV A = b` sets `A` to `= b`, and `ENV A=b C =d` is an error.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nENV A=\nLABEL b=""\nARG C=' },
      { code: 'FROM debian:12\nENV A = b', note: 'an odd value, and no error' },
    ],
    bad: [
      { code: 'FROM debian:12\nENV ⟦=b⟧' },
      { code: 'FROM debian:12\nARG ⟦=b⟧' },
      { code: 'FROM debian:12\nLABEL a=b ⟦=d⟧' },
    ],
  },
  create: () => ({ ARG: check, ENV: check, LABEL: check }),
});

function check(instruction: Instruction<KeyValues>, { report }: RuleContext<typeof messages>): void {
  const { pairs } = instruction.node;
  const blank = pairs.find(({ key, value }) => key.raw === '' && value);
  if (blank) report(instruction.at(blank), 'blank', { value: `=${blank.value?.raw ?? ''}` });
}
