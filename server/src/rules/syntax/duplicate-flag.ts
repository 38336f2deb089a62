import { instructionFlags } from '../../data/instruction-flags.ts';
import { writtenFlags } from '../../facts/instruction-flags.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Flag, Instruction } from '../../syntax/tree.ts';
import { removeWord } from '../../text/edit.ts';

const messages = {
  duplicate: '`--{name}` stands here twice, and Docker takes it once. Delete one of them.',
} as const;

export default defineRule({
  code: 'duplicate-flag',
  name: 'duplicate-flag',
  aliases: ['dockerfile-utils/FLAG_DUPLICATE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A flag is given twice',
  why: 'The last of two flags does not win: Docker ends the build with `duplicate flag specified`, whether the values differ or not. Only `--mount`, `--device` and `--exclude` may stand several times (BuildKit 0.34).',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,target=/a --mount=type=cache,target=/b true\nCOPY --exclude=a --exclude=b . /x/',
      },
      { code: 'FROM debian:12\nRUN --network=none pip install --no-deps --no-deps x' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY --chown=1000 ⟦--chown=1000⟧ a /b',
        fixed: 'FROM debian:12\nCOPY --chown=1000 a /b',
      },
      {
        code: 'FROM debian:12\nHEALTHCHECK --timeout=5s ⟦--timeout=9s⟧ CMD ["true"]',
        fixed: 'FROM debian:12\nHEALTHCHECK --timeout=5s CMD ["true"]',
      },
      {
        code: 'FROM debian:12\nCOPY --link \\\n  --chmod=644 \\\n  ⟦--link⟧ \\\n  a /b',
        fixed: 'FROM debian:12\nCOPY --link \\\n  --chmod=644 \\\n  a /b',
      },
    ],
  },
  create: () => ({ ADD: check, COPY: check, FROM: check, HEALTHCHECK: check, RUN: check }),
});

function check(instruction: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const flags = writtenFlags(instruction.node);
  if (flags.length < 2) return;
  const known = instructionFlags[instruction.node.keyword] ?? {};
  const seen = new Map<string, Flag>();
  for (const flag of flags) {
    const { name } = flag;
    const first = seen.get(name);
    if (!first) seen.set(name, flag);
    else if (Object.hasOwn(known, name) && known[name]?.kind !== 'list') {
      const span = instruction.at(flag);
      const { text } = facts.file;
      report(
        span,
        'duplicate',
        { name },
        () => [
          { title: `Delete the second --${name}`, safety: 'unsafe', edits: [removeWord(text, span)] },
          {
            title: `Delete the first --${name}`,
            safety: 'unsafe',
            edits: [removeWord(text, instruction.at(first))],
          },
        ],
        { related: [{ span: instruction.at(first), message: 'It is given here first.' }] },
      );
      return;
    }
  }
}
