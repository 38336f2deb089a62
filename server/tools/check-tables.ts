// Compares the tables of server/src/data with their sources, as far as a package or a public repository has them:
//   npm run check-tables -- [--distro-info FOLDER] [--peps FOLDER] [--no-pypi]
// The ends of Debian and Ubuntu stand in Debian's package distro-info-data (/usr/share/distro-info), those of Python in a
// checkout of python/peps. What PyPI has is asked with pip, through whatever index pip is set up for. It writes nothing:
// correct the table and the date at its head. What PyPI tells of torch is written by `npm run refresh-torch`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deadPackages } from '../src/data/dead-python-packages.ts';
import { packagesWithoutMuslWheels } from '../src/data/musl-wheels.ts';
import { sourceOnly, withoutArmWheel } from '../src/data/native-libraries.ts';
import { osReleases } from '../src/data/os-releases.ts';
import { pythonEnds } from '../src/data/release-dates.ts';
import { newestUv } from '../src/data/uv.ts';

const { values: flags } = parseArgs({
  options: {
    'distro-info': { type: 'string', default: '/usr/share/distro-info' },
    peps: { type: 'string' },
    'no-pypi': { type: 'boolean', default: false },
  },
});

const differences: string[] = [];
checkSystems(flags['distro-info']);
if (flags.peps !== undefined) checkPythons(flags.peps);
else console.error('Python: not compared, no --peps.');
if (flags['no-pypi']) console.error('PyPI: not asked.');
else checkPypi();
for (const difference of differences) console.log(difference);
console.log(`${differences.length} differences`);
if (differences.length > 0) process.exitCode = 1;

function expectSame(what: string, ours: string, theirs: string | undefined): void {
  if (ours !== theirs)
    differences.push(`${what}: ${ours} in the table, ${theirs ?? 'nothing'} in the source`);
}

/** The ends of free updates: of Ubuntu's standard support, of Debian's LTS. */
function checkSystems(folder: string): void {
  for (const [distribution, column] of [
    ['ubuntu', 'eol'],
    ['debian', 'eol-lts'],
  ] as const) {
    const file = join(folder, `${distribution}.csv`);
    if (!existsSync(file)) {
      console.error(
        `${distribution}: not compared, ${file} is not there (apt-get install distro-info-data).`,
      );
      continue;
    }
    const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const names = head.split(',');
    const rows = lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
    });
    for (const { version, codename, end } of osReleases.filter((one) => one.distribution === distribution)) {
      const row = rows.find((one) => one.version?.replace(' LTS', '') === version);
      expectSame(`${distribution} ${version}, name`, codename, row?.series);
      expectSame(`${distribution} ${version}, end`, end, row?.[column]);
    }
  }
}

/** A day in the future stands for its month; the table has the last day of it. */
function checkPythons(folder: string): void {
  const text = readFileSync(join(folder, 'release_management', 'python-releases.toml'), 'utf8');
  const ends = new Map(
    text.split(/^\[metadata\./m).flatMap((part) => {
      const version = /^"([\d.]+)"\]/.exec(part)?.[1];
      const day = /^end-of-life = ([\d-]+)/m.exec(part)?.[1];
      const isPast = /^status = "end-of-life"/m.test(part);
      if (version === undefined || day === undefined) return [];
      return [[version, isPast ? day : lastOfMonth(day)] as const];
    }),
  );
  for (const [version, end] of pythonEnds) expectSame(`Python ${version}`, end, ends.get(version));
}

function lastOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function checkPypi(): void {
  expectSame('uv', newestUv, /^uv \(([\d.]+)\)/.exec(pip('index', 'versions', 'uv') ?? '')?.[1]);
  const musl = ['musllinux_1_1_x86_64', 'musllinux_1_2_x86_64'];
  const arm = ['manylinux_2_17_aarch64', 'manylinux2014_aarch64', 'manylinux_2_28_aarch64'];
  const intel = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux_2_28_x86_64'];
  const folder = mkdtempSync(join(tmpdir(), 'check-tables-'));
  try {
    for (const [names, platforms] of [
      [packagesWithoutMuslWheels, musl],
      [withoutArmWheel.keys(), arm],
      [Object.keys(sourceOnly), intel],
    ] as const) {
      for (const name of names)
        if (hasWheel(name, platforms, folder))
          differences.push(`${name}: has a wheel for ${platforms[0]} by now`);
    }
    for (const name of Object.keys(deadPackages))
      if (pip('wheel', '--no-deps', `--wheel-dir=${folder}`, name) !== undefined)
        differences.push(`${name}: can be built by now`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hasWheel(name: string, platforms: readonly string[], folder: string): boolean {
  const only = [
    '--only-binary=:all:',
    '--python-version=3.12',
    ...platforms.map((one) => `--platform=${one}`),
  ];
  return (
    pip('install', '--dry-run', '--ignore-installed', '--no-deps', `--target=${folder}`, ...only, name) !==
    undefined
  );
}

function pip(...args: string[]): string | undefined {
  try {
    return execFileSync('python3', ['-m', 'pip', '--disable-pip-version-check', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    // pip fails where there is nothing or it cannot be built, and where it could not ask.
    const said = String((error as { stderr?: unknown }).stderr);
    if (!/No matching distribution|failed to|error: subprocess-exited-with-error/i.test(said)) throw error;
    return undefined;
  }
}
