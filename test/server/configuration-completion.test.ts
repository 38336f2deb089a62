// What is offered in a `.hadolint.yaml`. `|` is the cursor.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hadolintYamlKeys, readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import { completeConfiguration } from '../../server/src/features/configuration-completion.ts';
import { formats } from '../../server/src/lint/report/formats.ts';
import { severities } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';

function complete(marked: string) {
  const text = marked.replace('|', '');
  const completed = completeConfiguration(text, marked.indexOf('|'), rules);
  const offers = completed?.offers ?? [];
  const labels = offers.map(({ label }) => label);
  /** The text with one of them put in. */
  const take = (label: string) => {
    const offer = offers.find((one) => one.label === label);
    assert.ok(completed && offer, `${label} in ${marked}: ${labels}`);
    const { start, end } = completed.typed;
    return text.slice(0, start) + (offer.text ?? label) + text.slice(end);
  };
  return { offers, labels, take };
}
const codes = new Set(rules.map(({ code }) => code));

describe('ids of rules', () => {
  const places = [
    'ignored:\n  - |\n',
    'ignored:\n- |',
    'ignored:\r\n  - |\r\n',
    'ignored: [|]\n',
    'ignored: [DL3006, |\n',
    'ignored: [\n  DL3006,\n  |\n]\n',
    'ignored: # those of taste\n  # as it is\n  - |\noverride:\n  error: [DL3006]\n',
    'override:\n  error:\n    - |\n',
    'override:\n  error:\n  - DL3006\n  - |\n',
    'override:\n  info: [DL3006]\n  error: [|]\n',
    'override: {error: [|]}\n',
    'override: {info: [DL3006], error: [DL3007, |]}\n',
    'preset: strict\nignored:\n  - DL3006\n  - "|"\n',
    '---\nignored:\n  - |\n',
  ];
  for (const place of places)
    it(`are offered in ${JSON.stringify(place)}`, () => {
      const { labels, offers } = complete(place);
      assert.ok(labels.length > 150);
      assert.ok(labels.every((label) => codes.has(label)));
      assert.equal(labels[0]?.startsWith('DL'), true);
      const offer = offers.find(({ label }) => label === 'DL3008');
      const rule = rules.find(({ code }) => code === 'DL3008');
      assert.deepEqual([offer?.detail, offer?.documentation], [rule?.summary, rule?.why]);
    });

  it('take the place of what is typed, and leave out what the list has', () => {
    const { labels, take } = complete('ignored:\n  - DL3006\n  - dl30|\n  - DL3007\n');
    assert.ok(!labels.includes('DL3006') && !labels.includes('DL3007') && labels.includes('DL3008'));
    assert.equal(take('DL3008'), 'ignored:\n  - DL3006\n  - DL3008\n  - DL3007\n');
    assert.equal(complete('ignored: ["DL|3006"]\n').take('DL3008'), 'ignored: ["DL3008"]\n');
    const flow = complete('override: {info: [DL3006], error: [DL3007, D|]}\n');
    assert.ok(flow.labels.includes('DL3006') && !flow.labels.includes('DL3007'));
    const made = readHadolintYaml(flow.take('DL3008'));
    assert.deepEqual(made.problems, []);
    assert.equal(made.configuration.levels.get('DL3008'), 'error');
  });
});

describe('keys and their values', () => {
  it('are those of the file, but for those that it has', () => {
    assert.deepEqual(complete('|').labels, hadolintYamlKeys);
    const { labels, take } = complete('ignored:\n  - DL3006\n|\npreset: strict\n');
    assert.deepEqual(
      labels,
      hadolintYamlKeys.filter((key) => key !== 'ignored' && key !== 'preset'),
    );
    assert.match(take('override'), /^override:$/m);
    assert.match(take('no-fail'), /^no-fail: $/m);
    assert.match(complete('no|: true\n').take('no-color'), /^no-color: true$/m);
  });

  it('are severities below override, and behind the threshold', () => {
    assert.deepEqual(complete('override:\n  |\n').labels, severities);
    assert.equal(complete('ignored: [DL3006]\nover|').take('override'), 'ignored: [DL3006]\noverride:');
    const { labels, take } = complete('override:\n  error:\n    - DL3006\n  w|\n');
    assert.deepEqual(
      labels,
      severities.filter((one) => one !== 'error'),
    );
    assert.match(take('warning'), /^ {2}warning:$/m);
    assert.deepEqual(complete('override: {|}\n').labels, severities);
    assert.deepEqual(complete('override: {error: [DL3006], |}\n').labels, labels);
    assert.deepEqual(complete('failure-threshold: |\n').labels, [...severities, 'ignore', 'none']);
  });

  it('are the other words that a key takes, each of which is read', () => {
    assert.deepEqual(
      complete('formats:\n  - json\n  - |\n').labels,
      Object.keys(formats).filter((one) => one !== 'json'),
    );
    assert.deepEqual(complete('strict-labels: |').labels, ['true', 'false']);
    assert.equal(
      complete('label-schema:\n  org.opencontainers.image.created: |\n')
        .take('rfc3339')
        .trim()
        .split(' ')
        .at(-1),
      'rfc3339',
    );
    for (const key of hadolintYamlKeys) {
      const { labels, take } = complete(`${key}: |\n`);
      for (const label of labels)
        assert.deepEqual(readHadolintYaml(take(label)).problems, [], `${key}: ${label}`);
    }
  });
});

describe('nothing is offered', () => {
  const places = [
    'ignored:\n  - DL3006 # |\n',
    '# |\n',
    'trustedRegistries:\n  - |\n',
    'other:\n  - |\n',
    'other: |\n',
    'other:\n  |\n',
    'ignored: DL3006\n  - |\n',
    'ignored: [DL3006] |\n',
    'ignored:\n  - DL3006 |\n',
    'ignored:\n  error:\n    - |\n',
    'override:\n  much:\n    - |\n',
    'override:\n  error:\n    deep:\n      - |\n',
    'override:\n  - |\n',
    'toString: |\n',
    'preset: strict and |\n',
    'label-schema:\n  |\n',
    '{ignored: [|]}\n',
    '- |\n',
  ];
  for (const place of places)
    it(`in ${JSON.stringify(place)}`, () => assert.deepEqual(complete(place).labels, []));
});
