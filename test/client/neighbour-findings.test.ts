import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  neighbourId,
  type ShownFinding,
  withoutShown,
} from '../../client/src/language/neighbour-findings.ts';

const at = (start: number, end = start) => ({ start: { line: start }, end: { line: end } });
/** A finding of ours on a line, of an instruction that begins at another. */
const ours = (ids: readonly string[], line: number, range = at(line)): ShownFinding => ({
  source: 'wheelhouse',
  code: ids[0],
  range,
  data: { ids: ids.map((id) => id.toLowerCase()), line },
});

describe('findings that a neighbour shows', () => {
  it('have the same id in the words of each neighbour', () => {
    const id = (source: string, code: ShownFinding['code']) => neighbourId({ source, code, range: at(0) });
    assert.equal(id('hadolint', 'DL3008'), 'dl3008');
    assert.equal(id('tally', { value: 'hadolint/DL3008' }), 'hadolint/dl3008');
    assert.equal(id('tally', 'buildkit/StageNameCasing'), 'buildkit/stagenamecasing');
    assert.equal(id('docker-language-server', 'StageNameCasing'), 'buildkit/stagenamecasing');
    assert.equal(id('dockerfile-utils', 45), 'dockerfile-utils/45');
  });

  it('are not looked for in diagnostics of others', () => {
    assert.equal(neighbourId({ source: 'wheelhouse', code: 'DL3008', range: at(0) }), undefined);
    assert.equal(neighbourId({ source: 'yaml', code: 'DL3008', range: at(0) }), undefined);
    assert.equal(neighbourId({ source: 'hadolint', range: at(0) }), undefined);
  });

  it('are left out, and no others', () => {
    const found = [
      ours(['DL3008', 'tally/x'], 4, at(6)),
      ours(['DL3015'], 4, at(6)),
      ours(['DL3008'], 9),
      ours(['FromAsCasing', 'buildkit/FromAsCasing', 'dockerfile-utils/7'], 0),
    ];
    const codes = (others: readonly ShownFinding[]) =>
      withoutShown(found, others).map(({ code, range }) => `${range.start.line} ${code}`);
    const all = ['6 DL3008', '6 DL3015', '9 DL3008', '0 FromAsCasing'];
    assert.deepEqual(codes([]), all);
    // hadolint marks where the instruction begins.
    assert.deepEqual(codes([{ source: 'hadolint', code: 'DL3008', range: at(4) }]), all.slice(1));
    assert.deepEqual(codes([{ source: 'hadolint', code: 'DL3008', range: at(3) }]), all);
    // Docker DX marks the whole instruction.
    assert.deepEqual(
      codes([{ source: 'docker-language-server', code: 'FromAsCasing', range: at(0, 2) }]),
      all.slice(0, 3),
    );
    assert.deepEqual(codes([{ source: 'dockerfile-utils', code: 7, range: at(0) }]), all.slice(0, 3));
    assert.deepEqual(codes([{ source: 'other', code: 'DL3008', range: at(4) }]), all);
  });

  it('are not looked for in what carries no ids', () => {
    const problem: ShownFinding = { source: 'wheelhouse', range: at(0) };
    assert.deepEqual(withoutShown([problem], [{ source: 'hadolint', code: 'DL3008', range: at(0) }]), [
      problem,
    ]);
  });
});
