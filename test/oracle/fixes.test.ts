// Fixes over whole Dockerfiles, the project's own and the public ones where they are: what BuildKit's parser and hadolint
// could read they can read still, the finding is gone for hadolint too, no other is new, a second run changes nothing, and
// nothing outside of the touched instructions moved. WHEELHOUSE_TEST_HADOLINT names the binary (2.15.1).
// Of the public files a sample, always the same; all of them with WHEELHOUSE_PUBLIC=all, and with `npm run parity`.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { type CorpusFile, corpora } from '../corpus/files.ts';
import { describeMissing, isMissing } from '../parts/progress.ts';
import { reaching, revelations, unseen } from './fix-exceptions.ts';
import { createRepairs, type Repair, sample, sampleByRule } from './fixes.ts';
import { judgeRepairs } from './judge-repairs.ts';
import { ensureRefusals } from './refusals.ts';

const hadolint = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const refusals = await ensureRefusals();
const lacks = isMissing(refusals) ? describeMissing(refusals) : hadolint === '' && 'no hadolint';
const isWhole = process.env.WHEELHOUSE_PUBLIC === 'all';

describe('fixes over whole files', { skip: lacks }, async () => {
  const ours = await createRepairs();
  const judge = (repairs: readonly Repair[]) => {
    assert.ok(!isMissing(refusals));
    return judgeRepairs(repairs, { ours, hadolint, refusals });
  };

  for (const { name, files, skip } of corpora()) {
    let found: { fixable: readonly CorpusFile[]; single: readonly Repair[] } | undefined;
    /** Judges each file once for both tests; all fixes at once are made of those alone that are looked at. */
    const find = () => {
      if (found) return found;
      const fixable: CorpusFile[] = [];
      const single = files().flatMap((file) => {
        if (ours.hasSafe(file)) fixable.push(file);
        return ours.single(file);
      });
      found = { fixable, single };
      return found;
    };
    it(`all safe fixes of ${name} at once`, { skip }, async (t) => {
      const { fixable } = find();
      const repairs = (isWhole ? fixable : sample(fixable, 300)).flatMap((file) => ours.all(file) ?? []);
      const { complaints, applied, goneForHadolint } = await judge(repairs);
      t.diagnostic(
        `${[...applied.values()].reduce((a, b) => a + b)} fixes, ${goneForHadolint} gone for hadolint`,
      );
      assert.deepEqual(complaints, []);
      assert.ok(goneForHadolint > 5);
    });
    it(`each unsafe fix of ${name} alone`, { skip }, async (t) => {
      const { complaints, applied, goneForHadolint } = await judge(
        sampleByRule(find().single, isWhole ? 40 : 5),
      );
      t.diagnostic(`fixes of ${applied.size} rules, ${goneForHadolint} gone for hadolint`);
      assert.deepEqual(complaints, []);
      assert.ok(goneForHadolint > 5);
    });
  }

  it('the exceptions name rules that are there', () => {
    const codes = new Set(rules.map(({ code }) => code));
    const named = [...Object.keys(reaching), ...[...revelations, ...unseen].map(({ fix }) => fix)];
    assert.deepEqual(
      named.filter((code) => !codes.has(code)),
      [],
    );
  });

  it('a fix that breaks a file, leaves its finding or brings another is told', async () => {
    const broken: Repair = {
      name: 'broken',
      before: 'FROM debian:12\nRUN apt-get install -y curl=8\n',
      after: 'FROM debian:12\nRUN apt-get install -y curl\nRUN <<EOF\n',
      codes: ['DL3015'],
      gone: ['2 DL3015'],
      complaints: [],
    };
    const { complaints } = await judge([
      broken,
      { ...broken, after: broken.before },
      { ...broken, after: 'FROM debian:12\nRUNN make\n' },
    ]);
    const told = complaints.join('\n');
    assert.match(told, /BuildKit: unterminated heredoc/);
    assert.match(told, /we find DL3008/);
    assert.match(told, /hadolint finds DL3015 1 times, at most 0/);
    assert.match(told, /hadolint cannot parse/);
  });
});
