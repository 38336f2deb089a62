// Files beside a Dockerfile that once hung the linter, ended it, or hid what is found in the Dockerfile.
import { type HostileInput, harmlessFindings, repeated, type Special } from '../input.ts';

type Content = string | Uint8Array | Special;

const input = (name: string, files: () => Readonly<Record<string, Content>>): HostileInput => ({
  name,
  files,
  finds: harmlessFindings,
});
const one = (name: string, path: string, content: () => Content) =>
  input(name, () => ({ [path]: content() }));

/** Every name that is read, a link to something else or a pipe. */
const read = [
  '.dockerignore',
  'Dockerfile.dockerignore',
  'pyproject.toml',
  'uv.lock',
  '.python-version',
  'environment.yml',
  'compose.yaml',
  'requirements.txt',
  'requirements/base.txt',
  '.hadolint.yaml',
];
const all = (content: Special) => () => Object.fromEntries(read.map((path) => [path, content]));
const specials: readonly HostileInput[] = [
  input('twelve requirement files that are a device without end', () =>
    Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`requirements-${at + 1}.txt`, { link: '/dev/zero' }]),
    ),
  ),
  input('every file that is read is a device without end', all({ link: '/dev/zero' })),
  input('every file that is read is a device of random bytes', all({ link: '/dev/urandom' })),
  input('every file that is read is a pipe', all({ fifo: true })),
  input('every file that is read has 3 GB', all({ sparse: 3e9 })),
  input('every file that is read is a link to nothing', all({ link: 'nowhere/at/all' })),
  input('every file that is read is a link to a folder', all({ link: '.' })),
  input('every file that is read is a terminal', all({ link: '/dev/tty' })),
  input('every file that is read is standard input', all({ link: '/dev/stdin' })),
  input('every file that is read is memory of the process', all({ link: '/proc/self/mem' })),
  input('every file that is read is a log of the kernel, which waits', all({ link: '/proc/kmsg' })),
  input('every file that is read tells a size of 0', all({ link: '/proc/self/maps' })),
  input('links that lead in a circle', () => ({
    'pyproject.toml': { link: 'uv.lock' },
    'uv.lock': { link: 'pyproject.toml' },
    '.hadolint.yaml': { link: '.hadolint.yaml' },
  })),
  input('links to the root of the disk', () => ({ root: { link: '/' }, data: { link: '../../../../..' } })),
  input('pipes among what is copied', () => ({
    'src/a.pipe': { fifo: true },
    'src/b.pipe': { fifo: true },
    'app/main.py': { fifo: true },
    'main.py': { link: '/dev/zero' },
  })),
  one('a lock of 31 MB of zeros', 'uv.lock', () => ({ sparse: 31e6 })),
  one('a manifest of 2 MB of zeros', 'pyproject.toml', () => ({ sparse: 1_900_000 })),
  input('folders 400 deep', () => ({ [`${'d/'.repeat(400)}x.txt`]: 'x' })),
  input('5,000 folders', () => Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}/x`, '']))),
];

const service = 'services:\n  web:\n    build: .\n';
const yamls: Readonly<Record<string, () => string>> = {
  'an alias without an anchor': () => `${service}    volumes: *nowhere\n`,
  'a merge key with text': () => `${service}    <<: text\n`,
  'a merge key with a list of texts': () => `${service}    <<: [a, 3, null]\n`,
  'a list that contains itself': () => `${service}    volumes: &a [*a, x]\n`,
  'a mapping that contains itself': () => `x: &a {<<: *a, b: *a}\n${service}`,
  '120 uses of an anchor': () => `x: &a [1, 2]\ny: [${'*a, '.repeat(120)}*a]\n${service}`,
  'an anchor of anchors, 40 deep': () =>
    `l0: &l0 [x, x]\n${Array.from({ length: 40 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]\n`).join('')}services:\n  web:\n    build: .\n    volumes: *l40\n    tmpfs: *l40\ndependencies: *l40\nignored: *l40\n`,
  'mappings merged into each other, 30 deep': () =>
    `m0: &m0 {a: 1}\n${Array.from({ length: 30 }, (_, at) => `m${at + 1}: &m${at + 1}\n  <<: [*m${at}, *m${at}]\n  k${at}: *m${at}\n`).join('')}${service}    <<: *m30\n`,
  '2,000 services that merge 2,000 keys': () =>
    `x: &x\n${Array.from({ length: 2000 }, (_, at) => `  k${at}: 1\n`).join('')}services:\n${Array.from({ length: 2000 }, (_, at) => `  s${at}: {build: ., <<: *x}\n`).join('')}`,
  'several documents': () => `${service}---\nb: 2\n---\n[\n`,
  'documents without end': () => repeated('---\n', 100_000),
  'twenty thousand open brackets': () => repeated('[', 20_000),
  'a hundred thousand open braces': () => repeated('{a: ', 400_000),
  'lists in one line, 50,000 deep': () => `${repeated('- ', 100_000)}x\n`,
  'keys that are keys, 5,000 deep': () => `${repeated('? ', 10_000)}x\n`,
  'mappings each deeper than the one before': () =>
    Array.from({ length: 800 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
  'keys twice': () => `${service}  web:\n    build: .\ndependencies: []\ndependencies: [a]\n`,
  '20,000 keys': () => Array.from({ length: 20_000 }, (_, at) => `k${at}: ${at}\n`).join(''),
  'keys that every object has': () =>
    'services:\n  __proto__: {build: .}\n  constructor: {build: {context: .}}\n  toString: *x\n  hasOwnProperty:\n    build: {__proto__: {context: x}}\n__proto__: {polluted: yes}\ndependencies: [{__proto__: 1}, {constructor: {pip: x}}]\nchannels: [constructor]\nlabel-schema: {__proto__: text, constructor: semver}\noverride: {__proto__: [DL3000], constructor: [x]}\n',
  'tags that mean nothing': () =>
    `%TAG ! tag:x,2000:\n---\n!a services: !!set {web}\nx: !!binary "%%"\ny: !!timestamp x\nz: !<tag:%ff> 1\ndependencies: !!omap [a: 1, a: 2]\n`,
  'YAML 1.1 with its own types': () =>
    `%YAML 1.1\n---\nservices:\n  web: {<<: text, build: .}\nx: !!omap [a: 1, a: 2]\ny: 2001-99-99\nz: 1:30:60\nb: !!binary "%%%"\np: !!pairs {a: 1}\n`,
  'bytes that are no text': () => '\0\ud800: \0\n\ufffe',
  'tabs where blanks belong': () => '\tservices:\n\t\tweb:\n\tbuild: .\n',
  'a text that begins as one kind and ends as another': () => `${service}- list\n"unclosed: {`,
  'an unclosed text of 500 KB': () => `a: "${repeated('x\n ', 500_000)}`,
  'only comments': () => repeated('# nothing\n', 500_000),
  'anchors with odd names': () => '&__proto__ a: *__proto__\n&constructor b: *constructor\nc: *toString\n',
  'an alias as a key': () => 'x: &x [1]\n*x : 2\n? {a: *x}\n: *x\nservices: {*x : {build: .}}\n',
};

const tomls: Readonly<Record<string, () => string>> = {
  'is no TOML': () => '[project\nname = "x\n',
  'has a table twice': () => '[project]\nname = "a"\n[project]\nname = "b"\n',
  'has 10,000 brackets': () => `a = ${repeated('[', 10_000)}`,
  'has inline tables 10,000 deep': () => `a = ${repeated('{a = ', 50_000)}`,
  'has keys that every object has': () =>
    '__proto__ = 1\n[constructor]\nname = "x"\n[project]\nname = "a"\n__proto__ = { version = "1" }\n[project.scripts]\n__proto__ = "a:b"\nconstructor = "a:b"\n[tool.uv.sources]\n__proto__ = { index = "x" }\ntoString = [{ index = "constructor" }]\n[dependency-groups]\n__proto__ = ["a"]\nvalueOf = [1]\n[[package]]\nname = "__proto__"\nsource = { __proto__ = 1 }\n[[package]]\nname = "constructor"\nwheels = [{ url = "%" }, { filename = "__proto__" }]\n',
  'has other types everywhere': () =>
    'project = [[1, 2], { a = 1 }]\ntool = { uv = [1] }\nbuild-system = 1979-05-27\ndependency-groups = inf\nrequires-python = [1]\npackage = "x"\n',
  'is in conflict': () =>
    '<<<<<<< ours\nversion = 1\n=======\nversion = 2\n>>>>>>> theirs\n[[package]]\nname = "torch"\nversion = "2.9.0"\n<<<<<<< ours\n',
  'holds bytes that are no text': () => '\0\0\0\ufffd\ud800',
  'has a dotted key of 10,000 parts': () => `${repeated('a.', 20_000)}b = 1\n`,
  'has one line of 1 MB': () => `a = "${repeated('x', 1_000_000)}"\n`,
  'has 20,000 tables that are broken': () => repeated('[[package]]\nname = \n', 400_000),
};

const lines: Readonly<Record<string, () => string>> = {
  'patterns that are no patterns': () =>
    '[\n[z-a]\n]\n\\\n**[\n!\n!!\n(\n*+?{}|^$\n[^\n[!]\n{a,b\n/../..\n..\n\0\n\ud800\n',
  'one line of 1 MB': () => repeated('a', 1_000_000),
  '100,000 wild cards': () => repeated('**/', 100_000),
  '20,000 lines': () => repeated('!a/*/b?c\n', 200_000),
  'blanks alone': () => repeated(' \t\r\n', 500_000),
  'names that every object has': () =>
    '__proto__\nconstructor==1\ntoString[valueOf]>=2\n-r __proto__\n--index-url constructor\n!hasOwnProperty\n',
  'lines that go on for ever': () => repeated('a\\\n', 500_000),
};

const beside = (
  kind: string,
  texts: Readonly<Record<string, () => string>>,
  paths: readonly string[],
): HostileInput[] =>
  Object.entries(texts).map(([name, text]) =>
    input(`${kind}: ${name}`, () => {
      const content = text();
      return Object.fromEntries(paths.map((path) => [path, content]));
    }),
  );

export const inputs: readonly HostileInput[] = [
  ...specials,
  ...beside('YAML', yamls, ['compose.yaml', 'environment.yml']),
  // Apart, as one that can be read may well change what is found.
  ...beside('configuration', yamls, ['.hadolint.yaml']),
  ...beside('TOML', tomls, ['pyproject.toml', 'uv.lock']),
  ...beside('lines', lines, [
    '.dockerignore',
    'Dockerfile.dockerignore',
    'requirements.txt',
    '.python-version',
    'requirements/x.txt',
  ]),
];
