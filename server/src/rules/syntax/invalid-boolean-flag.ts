import { instructionFlags } from '../../data/instruction-flags.ts';
import { writtenFlags } from '../../facts/instruction-flags.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  invalid: '`--{name}` is on or off, and `{value}` is neither. Write `--{name}`, or `--{name}=false`.',
} as const;

/** What people write for true and false elsewhere. */
const meant: Readonly<Record<string, boolean>> = {
  ...{ '1': true, yes: true, on: true, y: true, t: true },
  ...{ '0': false, no: false, off: false, n: false, f: false },
};

export default defineRule({
  code: 'invalid-boolean-flag',
  name: 'invalid-boolean-flag',
  aliases: ['dockerfile-utils/FLAG_EXPECTED_BOOLEAN_VALUE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: '`--link` and its like with a value other than true and false',
  why: '`--link`, `--parents`, `--keep-git-dir` and `--unpack` stand alone or take `true` or `false`. Docker ends the build at any other value, and puts no variable in there.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --link --parents=TRUE a /b/' },
      { code: 'FROM debian:12\nADD --unpack=false --keep-git-dir=true a /b/' },
    ],
    bad: [
      { code: 'FROM debian:12\nCOPY --link=⟦yes⟧ a /b', fixed: 'FROM debian:12\nCOPY --link=true a /b' },
      { code: 'FROM debian:12\nADD --unpack=⟦0⟧ a /b', fixed: 'FROM debian:12\nADD --unpack=false a /b' },
      { code: 'FROM debian:12\nARG LINK=true\nCOPY --link=⟦$LINK⟧ a /b' },
    ],
  },
  create: () => ({ ADD: check, COPY: check }),
});

function check(instruction: Instruction, { report }: RuleContext<typeof messages>): void {
  const { node } = instruction;
  for (const { name, value } of writtenFlags(node)) {
    const known = instructionFlags[node.keyword] ?? {};
    if (!value?.value || !Object.hasOwn(known, name) || known[name]?.kind !== 'boolean') continue;
    if (/^(?:true|false)$/i.test(value.value)) continue;
    const span = instruction.at(value);
    report(span, 'invalid', { name, value: value.value }, (): Fix | undefined => {
      const key = value.value.toLowerCase();
      const text = Object.hasOwn(meant, key) ? String(meant[key]) : undefined;
      return text ? { title: `Write ${text}`, safety: 'unsafe', edits: [{ span, text }] } : undefined;
    });
  }
}
