// Where a word is that a rule finds fault with and that is empty: something has to be underlined all the same.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { createTestLinter } from './linter.ts';
import { sliceOf } from './texts.ts';

const lint = await createTestLinter();

for (const [what, code, text, shown] of [
  [
    'a key of a mount',
    'invalid-mount',
    'FROM debian:12\nRUN --mount==type=cache,target=/x true\n',
    '=type=cache,target=/x',
  ],
  ['a mount', 'invalid-mount', 'FROM debian:12\nRUN --mount= true\n', 'true'],
  ['an instruction at the end', 'unknown-instruction', 'FROM debian:12\nRUN true\n\\', '\\'],
] as const)
  it(`${what} that is empty is shown by what stands beside it`, () => {
    const finding = lint(text, rules).find((one) => one.code === code);
    assert.equal(finding && sliceOf(text, finding.span), shown);
  });

it('is told once, and not where Docker takes it for nothing', () => {
  const codes = (text: string) => lint(text, rules).map(({ code }) => code);
  assert.ok(!codes('FROM debian:12\nLABEL ="a b"\n').includes('DL3048'));
  assert.ok(!codes('FROM debian:12\nCOPY --from= /a /b\n').includes('DL3022'));
});
