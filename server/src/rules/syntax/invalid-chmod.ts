import { isFileMode } from '../../facts/file-modes.ts';
import { textInPlainBuild } from '../../facts/plain-build.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  invalid: '`{mode}` is no file mode. Write octal digits up to `7777`, or clauses such as `u=rwX,go=rX`.',
} as const;

export default defineRule({
  code: 'invalid-chmod',
  name: 'invalid-chmod',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'COPY or ADD `--chmod` with something that is no file mode',
  why: '`--chmod` takes octal digits from 0 to 7777 or, since Dockerfile syntax 1.14, what chmod(1) takes, such as `+x` and `u=rwX,go=rX`. Docker ends the build at anything else.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --chmod=755 a /b\nADD --chmod=0644 a /b\nCOPY --chmod=u=rwX,go-w a /b' },
      { code: 'FROM debian:12\nARG MODE=755\nCOPY --chmod=$MODE a /b\nCOPY --chmod=$OTHER c /d' },
      { code: 'FROM debian:12\nCOPY --chmod= a /b', note: 'as if it were not there' },
    ],
    bad: [
      { code: 'FROM debian:12\nCOPY --chmod=⟦0999⟧ a /b' },
      { code: 'FROM debian:12\nADD --chmod=⟦10755⟧ a /b' },
      { code: 'FROM debian:12\nCOPY --chmod=⟦rwxr-xr-x⟧ a /b' },
      { code: 'FROM debian:12\nARG MODE=x\nCOPY --chmod=⟦a+$MODE,⟧ a /b' },
    ],
  },
  create: () => ({ ADD: check, COPY: check }),
});

function check(copy: Instruction<Copy>, { facts, report }: RuleContext<typeof messages>): void {
  const word = copy.node.flags.find(({ name }) => name === 'chmod')?.value;
  const mode = word && textInPlainBuild(facts, copy, word.value);
  if (mode && !isFileMode(mode)) report(copy.at(word), 'invalid', { mode });
}
