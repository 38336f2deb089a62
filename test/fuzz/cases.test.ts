// What the fuzzer found once, and its corpus: none of it fails.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { caseFolder, read, readInputs, seedFolder } from './corpus.ts';
import { judge } from './judge.ts';
import { createLane } from './lane.ts';
import { type TargetName, targetNames } from './targets.ts';

const lane = createLane();
after(() => lane.close());

const check = async (target: TargetName, text: string) => {
  const { failures } = await judge(lane, { target, text });
  assert.deepEqual(failures, [], JSON.stringify(text.slice(0, 400)));
};

describe('a case', () => {
  const files = existsSync(caseFolder) ? readdirSync(caseFolder).sort() : [];
  for (const file of files) {
    it(file, () => {
      const target = targetNames.find((name) => file.startsWith(`${name}-`));
      assert.ok(target, 'Its name has to begin with that of a target.');
      return check(target, read(path.join(caseFolder, file)));
    });
  }
});

describe('the corpus', () => {
  for (const target of targetNames) {
    it(target, async () => {
      const texts = readInputs(seedFolder, target);
      assert.ok(texts.length > 0, 'It is empty: run `npm run fuzz -- --keep`.');
      for (const text of texts) await check(target, text);
    });
  }
});
