// `wheelhouse rules` and `wheelhouse explain`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { recommendedLevel } from '../../server/src/config/configuration.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createCommandLine } from './cli-run.ts';

const { run } = await createCommandLine();
const codes = rules.map(({ code }) => code).sort();

describe('wheelhouse rules', () => {
  it('lists every rule with what is known of it', async () => {
    const { code, out, err } = await run(['rules', '--format', 'json']);
    assert.deepEqual([code, err], [0, '']);
    const listed = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(
      listed.map((rule) => rule.code),
      codes,
    );
    for (const rule of rules) {
      const { page, fix, ...said } = listed.find((one) => one.code === rule.code) ?? {};
      const { code, name, aliases, severity, family, since, summary, offByDefault = false } = rule;
      const because = rule.recommended?.because ?? null;
      const levels = { severity, offByDefault, recommended: recommendedLevel(rule), because };
      assert.deepEqual(said, { code, name, aliases, ...levels, family, since, summary });
      assert.ok(String(page).endsWith(`${code}.md`));
      const hasFix = rule.examples.bad.some(({ fixed }) => fixed !== undefined);
      assert.ok(!hasFix || fix === 'safe' || fix === 'unsafe', code);
    }
    const fixes = new Set(listed.map(({ fix }) => fix));
    assert.deepEqual(fixes, new Set(['safe', 'unsafe', null]));
    assert.equal(listed.find((rule) => rule.code === 'DL3042')?.fix, 'safe');
  });

  it('lists them in lines for people', async () => {
    const { code, out } = await run(['rules']);
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
      codes,
    );
    assert.match(out, /^DL3008 +off +warning /m);
    assert.match(out, /^DL3042 +warning +warning +safe fix +pip +pip leaves its cache in the image$/m);
  });

  it('takes no other words', async () => {
    for (const args of [['DL3042'], ['--format', 'xml'], ['--colour']]) {
      const { code, out, err } = await run(['rules', ...args]);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^[^\n]+\.\n$/);
    }
  });
});

describe('wheelhouse explain', () => {
  it('prints the page of a rule, by any of its ids in any case', async () => {
    const page = readFileSync(new URL('../../docs/rules/DL4000.md', import.meta.url), 'utf8');
    for (const id of [
      'DL4000',
      'dl4000',
      'maintainer-deprecated',
      'MaintainerDeprecated',
      'buildkit/MaintainerDeprecated',
    ]) {
      assert.deepEqual(await run(['explain', id]), { code: 0, out: page, err: '' }, id);
    }
    const { out } = await run(['explain', 'DL4000', 'DL3042']);
    assert.match(out, /^# DL4000: .*\n# DL3042: /s);
  });

  it('says where the others are explained', async () => {
    assert.match((await run(['explain', 'SC2086'])).out, /https:\/\/www\.shellcheck\.net\/wiki\/SC2086\n$/);
    assert.match((await run(['explain', 'DL1000'])).out, /cannot read.*\n- unknown-instruction\n/s);
    assert.match((await run(['explain', 'INVALID_PORT'])).out, /^# DL3011: /);
  });

  it('suggests what was meant', async () => {
    const { code, out, err } = await run(['explain', 'pip-cache-kep']);
    assert.deepEqual([code, out], [1, '']);
    assert.equal(
      err,
      'There is no rule pip-cache-kep. Did you mean pip-cache-kept? wheelhouse rules lists all of them.\n',
    );
    assert.equal((await run(['explain'])).code, 1);
  });
});
