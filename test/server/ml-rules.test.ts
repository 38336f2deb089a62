// Each rule on machine learning that was proposed is there, by its id or as an alias of the rule that says the same.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { proposedRules } from '../oracle/ml-rules.ts';

it('the 94 proposed rules are there', () => {
  const known = new Set(rules.flatMap(({ code, aliases }) => [code, ...aliases]));
  assert.equal(new Set(proposedRules).size, 94);
  assert.deepEqual(
    proposedRules.filter((id) => !known.has(id)),
    [],
  );
});
