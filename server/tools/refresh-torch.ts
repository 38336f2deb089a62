// Writes server/src/data/torch-pypi.ts anew from what pip reads of PyPI, through whatever index pip is set up for:
//   node server/tools/refresh-torch.ts
// It asks for lists of releases and for metadata, of which pip takes the few kilobytes it needs out of each wheel; some
// minutes. The facts that PyPI does not tell are kept by hand in server/src/data/torch-releases.ts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const target = new URL('../src/data/torch-pypi.ts', import.meta.url).pathname;
const minors = Array.from({ length: 12 }, (_, i) => i + 5);
/** Older ones are for Pythons that nobody gets any more. */
const oldest: Readonly<Record<string, string>> = {
  torch: '1.11.0',
  torchvision: '0.12.0',
  torchaudio: '0.11.0',
  tensorflow: '2.8.0',
};
const folder = mkdtempSync(join(tmpdir(), 'refresh-torch-'));
const wheelsOnly = [
  '--only-binary=:all:',
  ...[
    'manylinux_2_28',
    'manylinux_2_27',
    'manylinux_2_17',
    'manylinux2014',
    'manylinux2010',
    'manylinux1',
  ].map((platform) => `--platform=${platform}_x86_64`),
];

try {
  const torch = pythonsOf('torch');
  const tensorflow = pythonsOf('tensorflow');
  const vision = pairsOf('torchvision');
  const audio = pairsOf('torchaudio');
  const torchRows = newestFirst(torch).map((version) => {
    console.error(`torch ${version}`);
    const cuda = cudaOf(requirementsOf('torch', version, torch.get(version) ?? []));
    const row = [version, span(torch.get(version) ?? []), cuda, vision.get(version), audio.get(version)];
    return row.map((cell) => `'${cell ?? ''}'`).join(', ');
  });
  const tensorflowRows = newestFirst(tensorflow).map(
    (version) => `'${version}', '${span(tensorflow.get(version) ?? [])}'`,
  );
  writeFileSync(target, render(torchRows, tensorflowRows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** For each release the minor releases of Python 3 for which it has wheels. */
function pythonsOf(name: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const isOld = (version: string) => version.localeCompare(oldest[name] ?? '', 'en', { numeric: true }) < 0;
  for (const minor of minors) {
    let text: string;
    try {
      text = pip('index', 'versions', name, `--python-version=3.${minor}`, ...wheelsOnly);
    } catch (error) {
      // pip fails where there is nothing, and where it could not ask.
      if (!/No matching distribution/.test(String((error as { stderr?: unknown }).stderr))) throw error;
      continue;
    }
    const versions = /^Available versions: (.*)$/m.exec(text)?.[1]?.split(', ') ?? [];
    for (const version of versions.filter((one) => !isOld(one)))
      found.set(version, [...(found.get(version) ?? []), minor]);
  }
  return found;
}

/** For each torch the releases of a package that ask for exactly this one. */
function pairsOf(name: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const pythons = pythonsOf(name);
  for (const version of newestFirst(pythons)) {
    console.error(`${name} ${version}`);
    const pins = requirementsOf(name, version, pythons.get(version) ?? []).flatMap(
      (text) => /^torch\s*\(?==\s*([\d.]+)/.exec(text)?.[1] ?? [],
    );
    const torch = pins[0];
    if (torch) pairs.set(torch, [pairs.get(torch), version].filter(Boolean).join(' '));
  }
  return pairs;
}

/** What the wheel of a release requires. */
function requirementsOf(name: string, version: string, pythons: readonly number[]): string[] {
  const report = join(folder, 'report.json');
  pip(
    'install',
    ...['--dry-run', '--ignore-installed', '--no-deps', '--use-feature=fast-deps'],
    ...[`--target=${folder}`, `--report=${report}`, `--python-version=3.${pythons.at(-1)}`],
    ...wheelsOnly,
    `${name}==${version}`,
  );
  const { install } = JSON.parse(readFileSync(report, 'utf8')) as {
    install: { metadata: { requires_dist?: string[] } }[];
  };
  return install[0]?.metadata.requires_dist ?? [];
}

/** The CUDA whose libraries come along: `nvidia-cuda-runtime-cu12 (==12.4.127)`, `cuda-toolkit[…]==13.0.2`. */
function cudaOf(requirements: readonly string[]): string | undefined {
  for (const text of requirements) {
    const match = /^(?:nvidia-cuda-runtime(?:-cu\d+)?|cuda-toolkit)\b[^=]*==\s*(\d+\.\d+)/.exec(text);
    if (match) return match[1];
  }
  return undefined;
}

/** `3.9-3.13`, the first and the last one. */
function span(found: readonly number[]): string {
  return `3.${found[0] ?? 0}-3.${found.at(-1) ?? 0}`;
}

function newestFirst(releases: ReadonlyMap<string, unknown>): string[] {
  const inOrder = (a: string, b: string) => b.localeCompare(a, 'en', { numeric: true });
  return [...releases.keys()].filter((version) => /^\d+\.\d+\.\d+$/.test(version)).sort(inOrder);
}

function pip(...args: string[]): string {
  return execFileSync('python3', ['-m', 'pip', '--disable-pip-version-check', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function render(torchRows: readonly string[], tensorflowRows: readonly string[]): string {
  const list = (rows: readonly string[]) => rows.map((row) => `  [${row}],\n`).join('');
  return `// Written by server/tools/refresh-torch.ts; not to be changed by hand.

/** When this table was read: YYYY-MM-DD. */
export const readOn = '${new Date().toISOString().slice(0, 10)}';

/**
 * Releases of torch, newest first: version, first and last Python with a wheel for Linux on x86-64, the CUDA whose
 * libraries the wheel requires (empty where it requires none), and the releases of torchvision and torchaudio that
 * require exactly this one. Source: PyPI's lists of wheels and the metadata in them, read with pip.
 */
export const torchOnPypi: readonly (readonly [string, string, string, string, string])[] = [
${list(torchRows)}];

/** Releases of tensorflow, newest first: version, first and last Python with a wheel. Source: the same. */
export const tensorflowOnPypi: readonly (readonly [string, string])[] = [
${list(tensorflowRows)}];
`;
}
