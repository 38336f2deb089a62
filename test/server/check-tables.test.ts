import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { osReleases } from '../../server/src/data/os-releases.ts';
import { pythonEnds } from '../../server/src/data/release-dates.ts';

const tool = new URL('../../server/tools/check-tables.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'tables-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Writes sources in the form that they come in, and tells what the tool says of them. */
function check(ubuntuEnd: (version: string, end: string) => string, pythonEnd: string) {
  for (const distribution of ['ubuntu', 'debian'] as const) {
    const rows = osReleases
      .filter((release) => release.distribution === distribution)
      .map(({ version, codename, end }) =>
        distribution === 'ubuntu'
          ? `${version} LTS,Any,${codename},,,${ubuntuEnd(version, end)}`
          : `${version},Any,${codename},,,1999-01-01,${end}`,
      );
    const head = `version,codename,series,created,release,eol${distribution === 'debian' ? ',eol-lts' : ''}`;
    writeFileSync(join(folder, `${distribution}.csv`), [head, ...rows, ''].join('\n'));
  }
  const metadata = [...pythonEnds].map(([version, end]) => {
    const [status, day] = version === '3.14' ? ['bugfix', pythonEnd] : ['end-of-life', end];
    return `[metadata."${version}"]\nstatus = "${status}"\nend-of-life = ${day}\n`;
  });
  mkdirSync(join(folder, 'release_management'), { recursive: true });
  writeFileSync(join(folder, 'release_management', 'python-releases.toml'), metadata.join('\n'));
  const args = [tool, '--no-pypi', `--distro-info=${folder}`, `--peps=${folder}`];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout };
}

it('finds no difference where the sources say the same, the last day of a month for the month', () => {
  assert.deepEqual(
    check((_, end) => end, '2030-10-01'),
    { status: 0, stdout: '0 differences\n' },
  );
});

it('tells each difference and fails', () => {
  const { status, stdout } = check(
    (version, end) => (version === '16.04' ? '2021-04-02' : end),
    '2031-02-01',
  );
  assert.equal(status, 1);
  assert.equal(
    stdout,
    'ubuntu 16.04, end: 2021-04-30 in the table, 2021-04-02 in the source\n' +
      'Python 3.14: 2030-10-31 in the table, 2031-02-28 in the source\n' +
      '2 differences\n',
  );
});
