// One finding for one edit: what the runner joins, what an ignore comment leaves of it, and what its fixes mend.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../server/src/lint/finding.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { createTestLinter } from './linter.ts';

const lint = await createTestLinter();
const find = (text: string, code: string, preset: 'strict' | 'hadolint' = 'strict') =>
  lint(text, rules, presetConfiguration(preset, rules)).filter((finding) => finding.code === code);
/** The line of each finding, with those that it stands for. */
const linesOf = (text: string, findings: readonly Finding[]) => {
  const { position } = createLineIndex(text);
  return findings.map(({ span, also = [] }) => [span, ...also].map(({ start }) => position(start).line + 1));
};
const linesIn = (text: string, code: string, preset?: 'strict' | 'hadolint') =>
  linesOf(text, find(text, code, preset));

const copies = 'FROM python:3.12\nCOPY a .\nCOPY b .\nFROM python:3.12\nCOPY c .\n';
const installs = 'FROM python:3.12\nRUN pip install a==1\nRUN true\nRUN pip install b==1\n';

describe('findings with the same repair', () => {
  it('are one in a stage, at the first place', () => {
    assert.deepEqual(linesIn(copies, 'DL3045'), [[2, 3], [5]]);
    assert.deepEqual(linesIn(installs, 'DL3042'), [[2, 4]]);
  });

  it('are one in the file where it is mended above all stages', () => {
    const text = 'ARG TAG\nFROM a:$TAG\nFROM b:$TAG\n';
    assert.deepEqual(linesIn(text, 'InvalidDefaultArgInFrom'), [[2, 3]]);
  });

  it('stay apart where the repair is another one', () => {
    const chains = 'FROM debian:12\nRUN a\nRUN b\nRUN c\nENV x=1\nRUN d\nRUN e\n';
    assert.deepEqual(linesIn(chains, 'DL3059'), [[3, 4], [7]]);
    const names = 'FROM debian:12\nENV a=$aa b=$aa\nENV c=$bb\n';
    assert.deepEqual(linesIn(names, 'UndefinedVar'), [[2, 2], [3]]);
  });

  it('stay one by one under the preset hadolint', () => {
    assert.deepEqual(linesIn(copies, 'DL3045', 'hadolint'), [[2], [3], [5]]);
    assert.deepEqual(linesIn(installs, 'DL3042', 'hadolint'), [[2], [4]]);
  });

  it('are left out place by place', () => {
    const comment = '# hadolint ignore=DL3045\n';
    assert.deepEqual(linesIn(copies.replace('COPY a', `${comment}COPY a`), 'DL3045'), [[4], [6]]);
    assert.deepEqual(linesIn(copies.replace('COPY b', `${comment}COPY b`), 'DL3045'), [[2], [6]]);
    const both = copies.replace(/COPY [ab]/g, (copy) => comment + copy);
    assert.deepEqual(linesIn(both, 'DL3045'), [[7]]);
    assert.deepEqual(linesIn(both, 'unused-ignore'), []);
  });
});

describe('the fixes of a joined finding', () => {
  it('mend each place where each has its own', () => {
    const [finding] = find(installs, 'DL3042');
    const titles = finding?.fixes().map(({ title, edits }) => [title, edits.length]);
    assert.deepEqual(titles, [
      ['Add --no-cache-dir', 2],
      ['Mount a cache at /root/.cache/pip', 2],
    ]);
    const fixed = fixAll(installs, (text) => find(text, 'DL3042'));
    assert.equal(fixed, installs.replaceAll('install', 'install --no-cache-dir'));
  });

  it('are those of the first place where these mend all', () => {
    const [finding] = find(copies, 'DL3045');
    const edits = finding?.fixes()[0]?.edits ?? [];
    const fixed = applyEdits(copies, edits);
    assert.equal(fixed, copies.replace('COPY a', 'WORKDIR /app\nCOPY a'));
    assert.deepEqual(linesIn(fixed, 'DL3045'), [[6]]);
  });

  it('leave an ignored place as it is', () => {
    const text = installs.replace('RUN pip install a', '# hadolint ignore=DL3042\nRUN pip install a');
    const fixed = fixAll(text, (now) => find(now, 'DL3042'));
    assert.equal(fixed, text.replace('install b', 'install --no-cache-dir b'));
  });

  it('mend all in a file of thousands', () => {
    const text = `FROM python:3.12\n${'RUN pip install a==1\nENV x=1\n'.repeat(2000)}`;
    const [finding, ...others] = find(text, 'DL3042');
    assert.deepEqual([others.length, finding?.also?.length], [0, 1999]);
    assert.equal(finding?.fixes()[0]?.edits.length, 2000);
  });
});
