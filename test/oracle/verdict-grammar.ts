// Dockerfiles by a grammar in which every instruction, flag and value may be right, nearly right or wrong: what BuildKit's
// frontend tells apart by its text alone.

/** One of some things, by a generator of numbers. */
export interface Dice {
  one<T>(things: readonly T[]): T;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
}

export function createDice(random: () => number): Dice {
  return {
    one: (things) => things[Math.floor(random() * things.length)] as never,
    chance: (probability) => random() < probability,
  };
}

const variables = [
  '$A',
  '${A}',
  '${A:-x}',
  '${B-1}',
  '${A:+y}',
  '$UNSET',
  '${A#x}',
  '${A%%y}',
  '${A/x/y}',
  '\\$A',
  '${A',
  '${A:=b}',
  '$',
];
const quoted = ['"a b"', "'a b'", '"a', "it's", 'a\\ b', '\\"', '"a\\"b"', "''", '""'];
const paths = ['a', '/b', './c', 'd/', '/', '.', 'x.y/z', 'C:\\x'];
const numbers = [
  '0',
  '1',
  '007',
  '80',
  '1000',
  '-1',
  '+5',
  '65535',
  '65536',
  '4294967296',
  '1.5',
  '0x1',
  '',
  'x',
];
const booleans = ['true', 'false', 'TRUE', '1', '0', 'T', 'yes', 'no', '', 'on', 'x'];
const modes = [
  '755',
  '0644',
  '7777',
  '10000',
  '0999',
  '8',
  'u=rwX',
  'a+x,g-w',
  'u=rw,',
  '+x',
  'rwx',
  'ug',
  '=',
  'u=g',
  '$A',
  '-755',
  '',
];
const owners = ['1', '1:2', 'root', 'root:root', 'app', '1:app', 'app:', ':1', '', '$A', 'a b', '-1'];
const sizes = ['1', '64m', '1g', '1.5GiB', '10kb', '1x', 'm', '-1m', '1e3', '1 m', '.5g', '', '1bb'];
const durations = ['5s', '1m30s', '0', '5', '1d', '100us', '1ms', '-1s', '', '.5s', 'x', '1h1', '$A'];
const names = [
  'debian:12',
  'Debian:12',
  'a',
  'A',
  'first',
  'First',
  'later',
  'scratch',
  'x:',
  ':x',
  'a@b',
  'a:b:c',
  'a/b',
  'a//b',
  'r.io/A/b:1',
  '0',
  '1',
  '2',
  '-1',
  '$A',
  'a b',
  '',
  'reg:5000/a:1',
  'a_b',
  'a__b',
  'a-',
  `a@sha256:${'0'.repeat(64)}`,
];
const platforms = [
  'linux/amd64',
  'linux',
  'amd64',
  'arm64',
  'linux/arm64/v8',
  'a/b/c/d',
  'x',
  'linux/',
  '/amd64',
  '',
  '$TARGETPLATFORM',
  '$BUILDPLATFORM',
  '$UNSET',
  '$PLATFORM',
  'Linux/ARM64',
  'linux arm',
  'windows(10.0)/amd64',
  'x86_64',
  'linux/*',
];
const ports = [
  '80',
  '80/tcp',
  '80/UDP',
  '80/sctp',
  '80/x',
  '80/',
  '80-90',
  '90-80',
  '80-80',
  '1:2',
  '127.0.0.1:1:2',
  'localhost:1:1/tcp',
  '[::1]:1:2',
  '::1:1:2',
  '1:2:3:4',
  '65536',
  '-1',
  '+80',
  'x',
  '$A',
  '$PORT',
  '${PORT}/tcp',
  '"80"',
  "'80 90'",
  '80,90',
  ':80',
  '80:',
  '1-2:80-90',
  '1-11:80-90',
  '1:80-90',
  '1.2.3:1:2',
  '0',
  '00080',
  '/tcp',
  '80\\',
  '99999:80',
];
const json = [
  '["a"]',
  '["a", "b"]',
  '["a",42]',
  '[["a"]]',
  '[]',
  '[1]',
  '[null]',
  '["a",]',
  "['a']",
  '["a"',
  '[ "a" ]',
  '["a"] x',
  '[true, "b"]',
  '[{}]',
  '["a" "b"]',
  '[""]',
  '["$A", "/x"]',
  '["a\\"b", "c"]',
];
const sources = [
  'a',
  'http://x.y/z',
  'https://x.y/z.git',
  'git@x.y:z',
  'git://x/y',
  'HTTP://x.y/z',
  './http://x',
  'ssh://a/b',
  'ftp://a/b',
  'https://x.y/z.git#v1:d',
  '<<EOF',
  'github.com/a/b',
  '$A',
  'a*',
];
const checksums = [
  `sha256:${'a'.repeat(64)}`,
  'sha256:12',
  'md5:x',
  'x',
  '',
  '$A',
  `sha256:${'A'.repeat(64)}`,
  `sha512:${'0'.repeat(128)}`,
  'sha999:00',
];
const keys = [
  'type',
  'target',
  'dst',
  'destination',
  'source',
  'src',
  'from',
  'id',
  'sharing',
  'mode',
  'uid',
  'gid',
  'size',
  'required',
  'ro',
  'readonly',
  'rw',
  'readwrite',
  'env',
  'targt',
  'x',
  'Target',
  '',
];
const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh', 'Cache', 'chache', 'volume', '', '$A', '$TYPE'];
const sharings = ['shared', 'private', 'locked', 'LOCKED', 'share', '', '$A'];

function mount(dice: Dice): string {
  const parts: string[] = [];
  if (dice.chance(0.85))
    parts.push(`type=${dice.chance(0.8) ? dice.one(types.slice(0, 5)) : dice.one(types)}`);
  if (dice.chance(0.8))
    parts.push(
      `${dice.one(['target', 'dst'])}=${dice.one(['/x', '/x', '/', 'x', '.', '', '$A', '/x/../..'])}`,
    );
  for (let more = dice.one([0, 0, 1, 1, 2, 3]); more > 0; more--) parts.push(option(dice));
  if (dice.chance(0.1)) parts.reverse();
  return parts.join(',') + (dice.chance(0.03) ? ',' : '');
}

function option(dice: Dice): string {
  const key = dice.one(keys);
  if (dice.chance(0.15)) return key;
  const lower = key.toLowerCase();
  const value = (): string => {
    if (lower === 'type') return dice.one(types);
    if (lower === 'sharing') return dice.one(sharings);
    if (lower === 'mode') return dice.one(modes);
    if (lower === 'uid' || lower === 'gid') return dice.one(numbers);
    if (lower === 'size') return dice.one(sizes);
    if (lower === 'from') return dice.one(names);
    if (/^(?:ro|rw|read|required)/.test(lower)) return dice.one(booleans);
    return dice.one(['a', '/b', '', '$A', 'c']);
  };
  return `${key}=${value().replaceAll(' ', '')}`;
}

/** A value of a flag, at times in quotes. */
function flag(dice: Dice, name: string, values: readonly string[]): string {
  const value = dice.one(values);
  const written = /\s/.test(value) ? `"${value}"` : value;
  return dice.chance(0.04) ? `--${name}` : `--${name}=${dice.chance(0.05) ? `"${value}"` : written}`;
}

const copyFlags: Readonly<Record<string, readonly string[]>> = {
  chmod: modes,
  chown: owners,
  link: booleans,
  exclude: ['a', '*', '', '['],
};

function copy(dice: Dice, keyword: 'COPY' | 'ADD'): string {
  const own: Readonly<Record<string, readonly string[]>> =
    keyword === 'COPY'
      ? { ...copyFlags, from: names, parents: booleans }
      : { ...copyFlags, checksum: checksums, 'keep-git-dir': booleans, unpack: booleans };
  const known = Object.keys(own);
  const flags: string[] = [];
  for (let more = dice.one([0, 0, 1, 1, 2]); more > 0; more--) {
    const name = dice.chance(0.93) ? dice.one(known) : dice.one(['chwon', 'Chown', 'form', 'x', '']);
    flags.push(flag(dice, name, own[name] ?? paths));
  }
  const words = dice.chance(0.12)
    ? [dice.one(json)]
    : [
        ...Array.from({ length: dice.one([0, 1, 1, 1, 2]) }, () =>
          dice.one(dice.chance(0.5) ? paths : sources),
        ),
        dice.one(dice.chance(0.85) ? paths : [...variables, ...quoted]),
      ];
  const line = [keyword, ...flags, ...words].join(' ');
  return words.includes('<<EOF') ? `${line}\n${body(dice)}` : line;
}

const body = (dice: Dice) =>
  `${dice.one(['text', '$A', '${A:=x}', '${A', "it's", '#!/bin/sh', ''])}\n${dice.one(['EOF', 'EOF', 'EOF', ' EOF', 'EOX'])}`;
const pair = (dice: Dice) =>
  `${dice.one(['A', 'PORT', 'TYPE', '', 'a b', 'X-Y'])}${dice.one(['=', '=', '=', ' ', ''])}${dice.one([...variables, ...quoted, ...numbers])}`;
const words = (dice: Dice) =>
  Array.from({ length: dice.one([0, 1, 1, 1, 2, 3]) }, () =>
    dice.one([...paths, ...variables, ...quoted]),
  ).join(' ');

const instructions: readonly ((dice: Dice) => string)[] = [
  (dice) => `RUN --mount=${mount(dice)}${dice.chance(0.2) ? ` --mount=${mount(dice)}` : ''} true`,
  (dice) => `RUN --mount=${mount(dice)} true`,
  (dice) =>
    `RUN ${flag(dice, 'network', ['none', 'host', 'default', 'bridge', 'None', '', '$A', 'non'])} true`,
  (dice) => `RUN ${flag(dice, 'security', ['sandbox', 'insecure', 'x', ''])} true`,
  (dice) =>
    `RUN ${flag(dice, 'device', ['a', 'a,required', 'a,required=x', 'name=a', 'name=a,b', 'a=b', 'required', '', 'a,b=c', 'required=1,a'])} true`,
  (dice) => `RUN ${dice.one([...json, ...quoted, ...variables])}`,
  (dice) => `RUN <<${dice.one(['EOF', '-EOF', '"EOF"', "'EOF'"])}\n${body(dice)}`,
  (dice) => copy(dice, 'COPY'),
  (dice) => copy(dice, 'COPY'),
  (dice) => copy(dice, 'ADD'),
  (dice) => copy(dice, 'ADD'),
  (dice) => `EXPOSE ${Array.from({ length: dice.one([1, 1, 2, 3]) }, () => dice.one(ports)).join(' ')}`,
  (dice) => `ENV ${pair(dice)}${dice.chance(0.3) ? ` ${pair(dice)}` : ''}`,
  (dice) => `LABEL ${pair(dice)}`,
  (dice) => `ARG ${dice.chance(0.3) ? 'A' : pair(dice)}`,
  (dice) => `VOLUME ${dice.chance(0.5) ? dice.one(json) : words(dice)}`,
  (dice) => `${dice.one(['CMD', 'ENTRYPOINT', 'SHELL'])} ${dice.chance(0.7) ? dice.one(json) : words(dice)}`,
  (dice) => `${dice.one(['USER', 'WORKDIR'])} ${words(dice)}`,
  (dice) =>
    `STOPSIGNAL ${dice.one(['SIGTERM', 'term', '9', '0', '99', 'SIGX', '$A', '$UNSET', 'SIGRTMIN+3', '', '-1', 'a b'])}`,
  (dice) =>
    `HEALTHCHECK ${dice.chance(0.6) ? `${flag(dice, dice.one(['interval', 'timeout', 'start-period', 'start-interval']), durations)} ` : ''}${dice.chance(0.3) ? `${flag(dice, 'retries', numbers)} ` : ''}${dice.one(['CMD', 'CMD', 'NONE', 'cmd', 'x', ''])} ${dice.one([...json, 'true', ''])}`,
  (dice) => `MAINTAINER ${words(dice)}`,
  (dice) =>
    `ONBUILD ${dice.one(['RUN true', 'FROM a', 'ONBUILD RUN a', 'COPY a b', 'x', '', 'MAINTAINER a'])}`,
  (dice) =>
    dice.one([
      '# a comment',
      'XRUN a',
      'run true',
      'RUN a \\\n  b',
      'RUN a \\\n# c\n  b',
      'RUN',
      'CMD',
      'ENTRYPOINT',
      '',
    ]),
];

const from = (dice: Dice, name: string) => {
  const image = dice.chance(0.8) ? dice.one(['scratch', 'scratch', 'debian:12']) : dice.one(names);
  const platform = dice.chance(0.12) ? `${flag(dice, 'platform', platforms)} ` : '';
  const as = dice.chance(0.5)
    ? ` ${dice.one(['AS', 'as'])} ${dice.chance(0.9) ? name : dice.one(['1a', 'A', 'a b', '$A', ''])}`
    : '';
  return `FROM ${platform}${/\s/.test(image) ? `"${image}"` : image}${as}`;
};

/** A Dockerfile of the grammar. */
export function makeDockerfile(dice: Dice): string {
  const lines: string[] = [];
  if (dice.chance(0.04)) lines.push(`# escape=${dice.one(['\\', '`', 'x', '', '\\\\'])}`);
  if (dice.chance(0.25))
    lines.push(
      `ARG ${dice.one(['A=x', 'A', 'A="x', 'PLATFORM=linux/arm64', 'PLATFORM=x/', 'A=${B:=c}', 'PORT=80'])}`,
    );
  if (dice.chance(0.97)) lines.push(from(dice, 'first'));
  for (let more = dice.one([1, 1, 1, 2]); more > 0; more--) lines.push(dice.one(instructions)(dice));
  if (dice.chance(0.2)) {
    lines.push(from(dice, 'later'));
    for (let more = dice.one([0, 1, 2]); more > 0; more--) lines.push(dice.one(instructions)(dice));
  }
  const text = lines.join('\n');
  return dice.chance(0.1) ? bend(dice, text) : text;
}

/** Puts a continuation, a blank or a quote somewhere. */
function bend(dice: Dice, text: string): string {
  const places = [...text.matchAll(/ /g)].map(({ index }) => index);
  const at = places.length > 0 ? dice.one(places) : text.length;
  return text.slice(0, at) + dice.one([' \\\n ', '  ', ' \t', ' \\\n# c\n ', ' \\ \n']) + text.slice(at + 1);
}
