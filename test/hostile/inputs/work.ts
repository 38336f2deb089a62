// Files whose judgement takes far longer than they are long: shapes of Dockerfiles, and YAML and TOML beside one.
import { type HostileInput, repeated } from '../input.ts';
import { shapes } from '../shapes.ts';

const relative = '\nWORKDIR relative\n';

/** A Dockerfile of a shape, which ends in something to find where it is said that it is found. */
function ofShape(name: string, size: number, finds: readonly string[] = []): HostileInput {
  return {
    name: `work: ${name}, ${Math.round(size / 1000)} KB`,
    files: () => ({ Dockerfile: (shapes[name]?.(size) ?? '') + (finds.includes('DL3000') ? relative : '') }),
    finds,
  };
}

/** A harmless Dockerfile beside a file. */
const beside = (name: string, path: string, text: () => string): HostileInput => ({
  name: `work: ${path}, ${name}`,
  files: () => ({ [path]: text() }),
  finds: ['DL3000', 'DL3042'],
});
const lines = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

export const inputs: readonly HostileInput[] = [
  ...[
    'ENV: each builds on the one before',
    'ENV: one name, ever longer',
    'ENV: one name twice itself',
    'ENV: pairs build on each other',
    'ENV: typos of many names',
    'ARG: twice the one before, above FROM',
    'FROM: a long replacement',
    'FROM: many replacements in one',
    'USER: open braces',
    '# hadolint ignore=DL3008: in a block',
    '# hadolint ignore=DL3008: each with a blank line',
    '# dockerfile-utils: ignore: above each FROM',
    '# hadolint stage ignore=DL3006: above each FROM',
    'ignore comment: many ids',
    'ignore comment: many typos',
    'check comment: many ids',
    'RUN heredocs: many in one',
    'RUN heredoc: of bash beside commands',
    'COPY heredoc: long',
    'COPY heredoc: one long line',
    'COPY heredocs: many in one',
    'stages: each on the one before',
    'stages: the last copies of all',
    'RUN: NUL',
    'RUN: pipes',
    'RUN: lt',
    'RUN: functions',
    'RUN: open substitutions',
    'RUN: subshells',
    'RUN: open ifs',
    'RUN: nested shells',
    'RUN: expansions',
    'RUN: find with many -exec without an end',
    'RUN: errors',
    'RUN: a JSON array',
    'RUN: comments in a continuation',
    'COPY: many flags without a value',
    'several kinds',
  ].map((name) => ofShape(name, 150_000, ['DL3000'])),
  ...['nothing but NUL', 'nothing but backslashes', 'nothing but one comment', 'nothing but words'].map(
    (name) => ofShape(name, 950_000),
  ),
  ...['ENV: a long word', 'RUN: many words', 'LABEL: many pairs', 'COPY heredoc: many short lines'].map(
    (name) => ofShape(name, 900_000, ['DL3000']),
  ),
  ofShape('WORKDIR: with variables', 150_000, ['DL3003']),
  ofShape('stages: a chain with ENV', 150_000),
  ofShape('RUN: blanks', 900_000, ['DL3000']),
  ofShape('RUN: pipes', 900_000, ['DL3000']),

  beside('keys of one name', 'compose.yaml', () =>
    repeated('k: v\n', 900_000, 'services:\n a:\n  build: .\n'),
  ),
  beside('keys', 'compose.yaml', () => lines(60_000, (i) => `k${i}: v\n`)),
  beside(
    'an alias in each of many services',
    'compose.yaml',
    () => `x: &a {b: c}\nservices:\n${lines(20_000, (i) => ` s${i}:\n  build: .\n  <<: *a\n`)}`,
  ),
  beside(
    'anchors and aliases',
    'compose.yaml',
    () => `x:\n${lines(30_000, (i) => ` - &a${i} b\n - *a${i}\n`)}`,
  ),
  beside(
    'aliases of aliases',
    'compose.yaml',
    () =>
      `a0: &a0 [x, x]\n${lines(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}services:\n a:\n  build: .\n  volumes: *a40\n`,
  ),
  beside('open brackets', 'compose.yaml', () => `services: ${'['.repeat(200_000)}`),
  beside('an error in each line', 'compose.yaml', () => '}\n'.repeat(200_000)),
  beside('packages', 'environment.yml', () => `dependencies:\n${lines(40_000, (i) => `- p${i}=1\n`)}`),
  beside('an alias without an anchor', 'environment.yml', () => 'dependencies: [*a]\n'),
  beside('nested sequences', 'environment.yml', () => `dependencies:\n${'- '.repeat(100_000)}`),
  beside(
    'groups',
    'pyproject.toml',
    () =>
      `[dependency-groups]\n${lines(15_000, (i) => `g${i} = ["a"]\n`)}[tool.uv]\ndefault-groups = [${lines(15_000, (i) => `"g${i}",`)}]\n`,
  ),
  beside('nested arrays', 'pyproject.toml', () => `a = ${'['.repeat(200_000)}`),
  beside(
    'wheels',
    'uv.lock',
    () =>
      `version = 1\n[[package]]\nname = "x"\nversion = "1"\nwheels = [${lines(20_000, (i) => `{ url = "https://x/${i}.whl" },`)}]\n`,
  ),
];
