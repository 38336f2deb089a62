// A regular expression that reads what strangers wrote takes a time that grows as the text, or its reason stands in
// test/patterns/exceptions.ts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault } from './patterns/check.ts';
import { built as builtReasons, exceptions } from './patterns/exceptions.ts';
import { findPatterns } from './patterns/find.ts';
import { hashOf, readVerdicts } from './patterns/verdicts.ts';

const { patterns, built } = findPatterns();
const keyOf = ({ source, flags }: { source: string; flags: string }) => `/${source}/${flags}`;
const asked = [...new Map(patterns.map((it) => [keyOf(it), it])).values()].filter(
  (it) => !exceptions.has(keyOf(it)),
);
const verdicts = readVerdicts();

describe('the patterns of client/src and server/src', () => {
  it('are found', () => {
    assert.ok(patterns.length > 1000 && built.length > 5);
    assert.ok(patterns.some(({ place }) => place.startsWith('client/src/runtime/failures.ts:')));
  });

  it('are linear where nobody asked before', () => {
    const slow = asked.flatMap((it) => {
      const found = verdicts.has(hashOf(it)) ? undefined : fault(it.source, it.flags, 10_000);
      return found ? [`${it.place} ${found}`] : [];
    });
    assert.deepEqual(
      slow,
      [],
      'write them otherwise, or a reason beside them in test/patterns/exceptions.ts',
    );
  });

  it('are linear where somebody did: others each day, and all within two months', () => {
    const day = Math.floor(Date.now() / 86_400_000) % 63;
    const known = asked.filter((it) => verdicts.has(hashOf(it)));
    const sample = known.filter((_, i) => i % 63 === day);
    assert.ok(sample.length > 40);
    // A slow machine says nothing against a verdict.
    const slow = sample.flatMap((it) => {
      const found = fault(it.source, it.flags, 5000);
      return found && !found.endsWith(': timeout') ? [`${it.place} ${found}`] : [];
    });
    assert.deepEqual(slow, []);
  });

  it('have no exception that none needs', () => {
    const all = new Set(patterns.map(keyOf));
    assert.deepEqual(
      [...exceptions.keys()].filter((key) => !all.has(key)),
      [],
    );
  });

  it('are built while the program runs only with a reason', () => {
    const keys = new Set(built.map(({ key }) => key));
    assert.deepEqual(
      [...keys].filter((key) => !(key in builtReasons)),
      [],
      'without a reason',
    );
    assert.deepEqual(
      Object.keys(builtReasons).filter((key) => !keys.has(key)),
      [],
      'gone',
    );
  });
});

describe('the checker', () => {
  const slow: readonly (readonly [source: string, flags: string])[] = [
    ['\\s+$', ''],
    ['^(?:a|aa)+$', ''],
    ['docker.*socket.*(?:a|b)', 'i'],
    ['x|y(?:\\w+|z)\\d+!', ''],
    ['\\d+(?=x)', ''],
    ['\\d+(?!y)(?:b|c)', 'g'],
    ['[?#].*$', ''],
    ['a(?:b|c[^;]*)d', ''],
  ];
  for (const [source, flags] of slow) {
    it(`does not let /${source}/${flags} pass`, () => assert.ok(fault(source, flags, 10_000)));
  }

  const fast = ['^a+b', '\\b\\w+x', '(?:a|b)(?=c|d)', '[?#].*', "'[^']*'?|b"];
  for (const source of fast)
    it(`lets /${source}/s pass`, () => assert.equal(fault(source, 's', 10_000), undefined));
});
