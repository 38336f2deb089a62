// The real hadolint as oracle for its grammar of ignore comments: over generated comments, at different places, the
// preset leaves out what hadolint leaves out. WHEELHOUSE_TEST_HADOLINT names the binary (2.15.1).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { askHadolint } from './hadolint.ts';
import { createOurVerdicts } from './ours.ts';

const binary = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const preset = presetConfiguration('hadolint', rules);

/** Comments about DL4000, right and wrong. */
const comments = [
  // Blanks, and what is none.
  ...['#hadolint ignore=DL4000', '#  hadolint   ignore=DL4000', '#\thadolint\tignore=DL4000'],
  ...['# hadolint ignore = DL4000', '# hadolint ignore\t=\tDL4000', '# hadolint  ignore  =  DL4000  '],
  ...['  # hadolint ignore=DL4000', '\t# hadolint ignore=DL4000\t', '# hadolint ignore= DL4000'],
  ...['#\u00a0hadolint ignore=DL4000', '# hadolint\u00a0ignore=DL4000', '# hadolint ignore=\u00a0DL4000'],
  ...['# hadolint ignore=DL4000\u00a0', '# hadolint ignore=DL4000\v', '# hadolint\vignore=DL4000'],
  ...['# hadolintignore=DL4000', '# hadolint ign ore=DL4000', '##hadolint ignore=DL4000'],
  ...['# # hadolint ignore=DL4000', '# x hadolint ignore=DL4000', '# hadolint ignore==DL4000'],
  // Case.
  ...['# Hadolint ignore=DL4000', '# HADOLINT ignore=DL4000', '# hadolint Ignore=DL4000'],
  ...['# hadolint ignore=dl4000', '# hadolint ignore=Dl4000', '# hadolint IGNORE=DL4000'],
  // Lists.
  ...['DL4000,DL3002', 'DL4000, DL3002', 'DL3002 ,DL4000', 'DL3002 , DL4000', 'DL3002\t,\tDL4000'],
  ...['DL4000 DL3002', 'DL3002 DL4000', 'DL4000,', ',DL4000', 'DL4000,,DL3002', 'DL4000, ,DL3002'],
  ...['DL4000;DL3002', 'DL4000;', 'DL4000:', 'DL4000.', '"DL4000"', '[DL4000]', 'DL4000/DL3002', ''],
].map((list) => (list.includes('#') ? list : `# hadolint ignore=${list}`));
/** Ids, known and not, beside the right one. */
const ids = [
  ...['DL', 'D', 'L', 'S', '4000', 'SC2086', 'SCDL4000', 'DL40000', 'DL400', 'CSLD', 'SC', 'XX1', 'DL999'],
  ...['DLx', 'dl3002', 'all', '*', 'buildkit/MaintainerDeprecated', 'MaintainerDeprecated', 'last-user-root'],
  ...['deprecated-maintainer', 'hadolint/DL3002', 'DL\u0663', 'DL-3002', 'DL_3002', 'D L'],
].flatMap((id) => [
  `# hadolint ignore=DL4000,${id}`,
  `# hadolint ignore=${id},DL4000`,
  `# hadolint ignore=${id}`,
]);
/** What stands behind the ids. */
const ends = [
  ...[
    ' # a reason',
    '# a reason',
    '#',
    ' #',
    '\t#',
    ' a reason',
    ' - a reason',
    ';reason=x',
    ' (x)',
    ' // x',
    ' ,#',
  ],
].map((end) => `# hadolint ignore=DL4000${end}`);
/** Scopes, and the comments of others. */
const scopes = [
  ...['global', 'stage', 'Global', 'STAGE', 'line', 'file', 'global stage', 'global global', 'globally'],
  ...['global\t', '\tglobal', ' global ', 'stage  '],
].map((scope) => `# hadolint ${scope} ignore=DL4000`);
const others = [
  ...['# hadolint globalignore=DL4000', '# hadolint ignore global=DL4000', '# hadolint: ignore=DL4000'],
  ...[
    '# hadolint ignore:DL4000',
    '# hadolint ignore DL4000',
    '# hadolint ignores=DL4000',
    '# hadolint DL4000',
  ],
  ...['# hadolint disable=DL4000', '# hadolint-ignore=DL4000', '# hadolint,ignore=DL4000', '# ignore=DL4000'],
  ...[
    '# wheelhouse ignore=DL4000',
    '# wheelhouse global ignore=DL4000',
    '# wheelhouse ignore=MaintainerDeprecated',
  ],
  ...['# tally ignore=DL4000', '# tally ignore=all', '# tally global ignore=hadolint/DL4000'],
  ...['# check=skip=MaintainerDeprecated', '# check=skip=all', '# check=skip=DL4000'],
  ...['# dockerfile-utils: ignore', '# shellcheck disable=DL4000', '# noqa: DL4000'],
];

const flawed = 'MAINTAINER Ada';
/** Places of a comment about DL4000 in a file that has it, in line, file and stage scope. */
const line = '# hadolint ignore=DL4000';
const wide = '# hadolint global ignore=DL4000';
const stage = '# hadolint stage ignore=DL4000';
const places = [
  `FROM a:1\n${line}\n\n${flawed}`,
  `FROM a:1\n${line}\n# more\n${flawed}`,
  `FROM a:1\n# more\n${line}\n${flawed}`,
  `FROM a:1\n# hadolint ignore=DL3002\n${line}\n${flawed}`,
  `FROM a:1\n${line}\n# hadolint ignore=DL3002\n${flawed}`,
  `FROM a:1\n${line}\n${wide.replace('4000', '3002')}\n${flawed}`,
  `FROM a:1\n${line}\nRUN a\n${flawed}`,
  `FROM a:1\n${flawed}\n${line}`,
  `FROM a:1\n${flawed} ${line}`,
  `FROM a:1\n${line}\n   ${flawed}`,
  `FROM a:1\n${line}\n${flawed.replace(' ', ' \\\n  ')}`,
  `FROM a:1\r\n${line}\r\n${flawed}\r\n`,
  `FROM a:1\r\n${line} \t\r\n${flawed}\r\n`,
  `FROM a:1\r\n${line} # reason\r\n${flawed}\r\n`,
  `FROM a:1\r\n${line}\r\n\r\n${flawed}\r\n`,
  `FROM a:1\nRUN x \\\n# hadolint ignore=DL3004\n && sudo y\n${flawed}`,
  `FROM a:1\nRUN x \\\n${wide}\n && y\n${flawed}`,
  `FROM a:1\nRUN x \\\n\n${line}\n y\n${flawed}`,
  `FROM a:1\nRUN <<EOF\n# hadolint global ignore=DL3004\nsudo y\nEOF`,
  `${line}\nFROM a:1\n${flawed}`,
  '# hadolint ignore=DL3006\nFROM a',
  '# hadolint ignore=DL3006,DL3007\nFROM a\nFROM b:latest',
  `FROM a:1\n${flawed}\n${wide}`,
  `${wide}\nFROM a\n${flawed}\n# hadolint global ignore=DL3006`,
  `FROM a\n${wide},DL3006 # both\n${flawed}`,
  `FROM a\n${wide} DL3006\n${flawed}`,
  `\ufeff${wide}\nFROM a:1\n${flawed}`,
  `# syntax=docker/dockerfile:1\n# escape=\`\n${wide}\nFROM a:1\n${flawed}`,
  `${stage}\nFROM a:1\n${flawed}`,
  `${stage}\nFROM a:1\n${flawed}\nFROM b:1\n${flawed}`,
  `FROM a:1\n${flawed}\n${stage}\nFROM b:1\n${flawed}`,
  `${stage}\n\nFROM a:1\n${flawed}`,
  `${stage}\n# more\nFROM a:1\n${flawed}`,
  `${stage}\n${line}\nFROM a:1\n${flawed}`,
  `${line}\n${stage}\nFROM a:1\n${flawed}`,
  `ARG a=1\n${stage}\nFROM a:1\n${flawed}`,
  `${stage}\nARG a=1\nFROM a:1\n${flawed}`,
  '# hadolint stage ignore=DL3006\nFROM a\nFROM b',
  `FROM a:1\n${stage}\n${flawed}`,
  `# check=skip=all\nFROM a\n${flawed}`,
  `# check=skip=MaintainerDeprecated;error=true\nFROM a:1\n${flawed}`,
];

const above = (comment: string) => `FROM a\n${comment}\n${flawed}\nUSER root\n`;
const texts = [...new Set([...[...comments, ...ids, ...ends, ...scopes, ...others].map(above), ...places])];

describe('ignore comments, as hadolint has them', { skip: binary === '' && 'no hadolint' }, async () => {
  if (binary === '') return;
  const said = await askHadolint(
    binary,
    texts.map((text, i) => ({ name: `${i}`, text })),
  );
  const ours = await createOurVerdicts(undefined);
  const isIgnored = (found: ReadonlySet<string>) => ![...found].some((line) => line.endsWith(' DL4000'));
  const dl = (found: ReadonlySet<string>) => [...found].filter((line) => / DL/.test(line)).sort();

  it('are enough of them, taken and not', (context) => {
    assert.ok(texts.length >= 150);
    const verdicts = texts.map((_, i) => isIgnored(said.get(`${i}`) ?? new Set()));
    const taken = verdicts.filter(Boolean).length;
    context.diagnostic(`${texts.length} texts, ${taken} of them without DL4000`);
    assert.ok(taken >= 30 && texts.length - taken >= 60);
  });
  it('leave out the same under the preset', () => {
    for (const [i, text] of texts.entries()) {
      const theirs = said.get(`${i}`);
      assert.ok(theirs, `hadolint cannot parse ${JSON.stringify(text)}`);
      assert.deepEqual(dl(ours(text, preset)), dl(theirs), JSON.stringify(text));
    }
  });
  it('that hadolint takes are taken without the preset too', () => {
    for (const [i, text] of texts.entries()) {
      if (!isIgnored(said.get(`${i}`) ?? new Set())) continue;
      assert.ok(isIgnored(ours(text, defaultConfiguration)), JSON.stringify(text));
    }
  });
});
