// What the fuzzer is made of: without these it could find nothing and say so.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findRuns, read, unfold, write } from './corpus.ts';
import { createDice } from './dice.ts';
import { createLane } from './lane.ts';
import { minimise } from './minimise.ts';
import { longest, mutate } from './mutate.ts';
import { areSound, createProbe } from './probe.ts';
import { harmlessText, targetNames, targets } from './targets.ts';

describe('a thread', () => {
  const lane = createLane(new URL('toy-worker.ts', import.meta.url));
  const attempt = async (text: string) => (await lane.attempt({ target: 'dockerfile', text })).failures;

  it('that hangs, eats memory, throws or ends is given up, and the next input is tried', async () => {
    for (const [text, kind] of [
      ['hang', 'hung'],
      ['eat', 'out of memory'],
      ['throw', 'threw'],
      ['end', 'threw'],
    ] as const) {
      const failures = await attempt(text);
      assert.deepEqual([failures[0]?.kind, failures[0]?.step], [kind, text]);
      assert.deepEqual(await attempt('harmless'), []);
    }
    await lane.close();
  });
});

describe('inputs', () => {
  it('are the same for the same seed, and never longer than agreed', () => {
    for (const target of targetNames) {
      const make = () => {
        const dice = createDice(7);
        return Array.from({ length: 50 }, () =>
          mutate(dice, targets[target].make(dice), harmlessText(target, 500)),
        );
      };
      const made = make();
      assert.deepEqual(make(), made);
      assert.ok(new Set(made).size > 45);
      assert.ok(made.every((text) => text.length <= longest));
    }
  });

  it('come back from their files as they were', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
    const texts = ['', 'a\r\nb\0\u2028\ufeff', '\ud800', `a${'xyz'.repeat(5_000)}b${'q'.repeat(9_000)}`];
    const files = texts.map((text, i) => write(folder, `${i}`, text));
    assert.deepEqual(files.map(read), texts);
    rmSync(folder, { recursive: true });
    assert.equal(findRuns(texts[3] as string).length, 4);
    assert.equal(unfold(findRuns(texts[3] as string)), texts[3]);
  });

  it('become small and go on failing', async () => {
    const text = `${'FROM a\n'.repeat(40)}RUN one two\n${'x'.repeat(20_000)}\nRUN three\n`;
    const fails = async (smaller: string) => /two.*x{700}/s.test(smaller);
    const small = await minimise(text, fails, () => true);
    assert.ok(await fails(small));
    assert.ok(small.length < 1_500, `${small.length}`);
  });
});

describe('a probe', () => {
  it('tells what throws, what does not hold, and goes on', async () => {
    const { probe, failures } = createProbe(() => {});
    await probe.step('first', () => {
      throw new Error('x');
    });
    await probe.step('second', () => probe.holds(false, 'y'));
    assert.deepEqual(
      failures.map(({ kind, step }) => [kind, step]),
      [
        ['threw', 'first'],
        ['broken', 'second'],
      ],
    );
  });

  it('knows edits that overlap or lie outside', () => {
    const span = (start: number, end: number) => ({ span: { start, end } });
    assert.ok(areSound('abcd', [span(2, 4), span(0, 2), span(2, 2)]));
    assert.ok(!areSound('abcd', [span(0, 3), span(2, 4)]));
    assert.ok(!areSound('abcd', [span(3, 5)]));
    assert.ok(!areSound('abcd', [span(-1, 2)]));
  });
});
