// What docs/differences.md says is not here must not be here.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { rulesLeftOut } from '../../server/tools/rules-left-out.ts';

it('no rule has the id of one that is listed as left out', () => {
  const known = new Set(rules.flatMap(({ code, aliases }) => [code, ...aliases]));
  assert.ok([...known].some((id) => id.startsWith('tally/')));
  assert.deepEqual(
    rulesLeftOut.filter(({ id }) => known.has(id)),
    [],
  );
  assert.equal(new Set(rulesLeftOut.map(({ id }) => id)).size, rulesLeftOut.length);
});
