// The command line against the real hadolint, on the same files under the preset: what each format holds, and the exit code
// for flags, configuration files and environment variables. WHEELHOUSE_TEST_HADOLINT names the binary (2.15.1).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { createCommandLine, type RunOptions } from './cli-run.ts';
import { type Element, parseXml } from './xml.ts';

const binary = process.env.WHEELHOUSE_TEST_HADOLINT ?? '';
const skip = binary === '' && 'WHEELHOUSE_TEST_HADOLINT is not set';
const { run, runProgram, write } = await createCommandLine();

const hadolint = (args: readonly string[], options?: RunOptions) => runProgram(binary, args, options);
const wheelhouse = (args: readonly string[], options?: RunOptions) =>
  run(['lint', '--preset', 'hadolint', '--no-shellcheck', ...args], options);

write('Dockerfile', 'FROM debian\nMAINTAINER "A & <b>"\nRUN true && \\\n  cd /x && sudo ls\nUSER 1000\n');
write('warning', 'FROM debian\n');
write('clean', 'FROM debian:12\n');
write('broken', 'FROM debian:12\nFOO x\n');
write('odd <&"ü/Dockerfile', 'FROM debian\n');

/** Both ways of saying something are made alike; what is said in words is each linter's own. */
const words = new Set(['message', 'description', 'text', 'fingerprint']);
const identity = new Set(['driver', 'time', 'timestamp', 'tests']);

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Without words; lists in one order, as hadolint's order inside a line means nothing. */
function shape(value: Json): Json {
  if (Array.isArray(value))
    return (value as readonly Json[]).map(shape).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => !identity.has(key));
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      // hadolint writes a path where SARIF asks for a URI.
      if (key === 'uri') return [key, decodeURIComponent(String(inner))];
      return [key, words.has(key) ? '…' : shape(inner)];
    }),
  );
}
/** JSON with the keys sorted. */
const keyOf = (value: Json): string =>
  JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );

/** The parts of `ours` that `theirs` has as well: more may be said, but nothing less or otherwise. */
function common(ours: Json, theirs: Json): Json {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.map((item, i) => (i < theirs.length ? common(item, theirs[i]) : item));
  }
  if (!ours || !theirs || typeof ours !== 'object' || typeof theirs !== 'object') return ours;
  const known = Object.entries(ours).filter(([key]) => key in (theirs as object));
  return Object.fromEntries(
    known.map(([key, inner]) => [
      key,
      common(inner as Json, (theirs as { [key: string]: Json })[key] as Json),
    ]),
  );
}

const fromXml = ({ name, attributes, children, text }: Element): Json => ({
  element: name,
  attributes,
  children: children.map(fromXml),
  ...(text && { text }),
});
/** A JUnit report without the names and times of a run. */
function fromJunit(text: string): Json {
  const strip = (element: Json): Json => {
    const { children, attributes, ...rest } = element as {
      children: Json[];
      attributes: { [key: string]: Json };
    };
    const { id = null, name: _, ...others } = attributes;
    const isRoot = (rest as { element?: Json }).element === 'testsuites';
    return { ...rest, attributes: { ...others, ...(!isRoot && { id }) }, children: children.map(strip) };
  };
  return strip(fromXml(parseXml(text)));
}

/** Only hadolint's six fields, by which the findings are put in order. */
const six = (text: string): Json =>
  (JSON.parse(text) as { [key: string]: Json }[]).map((finding) => {
    const keys = ['code', 'column', 'file', 'level', 'line', 'message'];
    return Object.fromEntries(keys.map((key) => [key, finding[key] ?? null]));
  });

const lines = (text: string) => text.trimEnd().split('\n');

const readers: Readonly<Record<string, (text: string) => Json>> = {
  json: six,
  sarif: JSON.parse,
  sonarqube: JSON.parse,
  gitlab_codeclimate: JSON.parse,
  codeclimate: (text) =>
    text
      .split('\0')
      .slice(0, -1)
      .map((issue) => JSON.parse(issue)),
  codacy: (text) => text.split(/(?<=\})(?=\{"filename")/).map((object) => JSON.parse(object)),
  checkstyle: (text) => fromXml(parseXml(text)),
  junit: fromJunit,
  tty: (text) => lines(text).map((line) => line.split(': ')[0] as string),
  gnu: (text) => lines(text).map((line) => line.split(': ').slice(0, 2).join(': ')),
};

describe('formats', { skip }, () => {
  const files = ['Dockerfile', 'clean', 'warning', 'odd <&"ü/Dockerfile'];
  for (const [format, read] of Object.entries(readers)) {
    it(`${format} says what hadolint’s does`, async () => {
      for (const flags of [
        [],
        ['--file-path-in-report', 'other/path'],
        ['--style', 'DL3003', '--info', 'DL3006'],
      ]) {
        const args = ['-f', format, ...flags, ...files];
        const [ours, theirs] = await Promise.all([wheelhouse(args), hadolint(args)]);
        const expected = shape(read(theirs.out));
        assert.deepEqual(common(shape(read(ours.out)), expected), expected);
        assert.deepEqual([ours.code, ours.err], [theirs.code, theirs.err]);
      }
    });

    it(`${format} says of a syntax error what hadolint’s does`, async () => {
      const args = ['-f', format, 'broken'];
      const [ours, theirs] = await Promise.all([wheelhouse(args), hadolint(args)]);
      if (format === 'tty' || format === 'gnu') {
        for (const { out } of [ours, theirs])
          assert.match(out, format === 'tty' ? /^broken:2:\d+ \S/ : /^hadolint:broken:2:\d+: \S/);
      } else {
        // Each parser has its own column for it.
        const anyColumn = (json: Json): Json =>
          JSON.parse(JSON.stringify(json).replace(/("(?:\w+C|c)olumn":)("?)\d+/g, '$1$21'));
        const expected = anyColumn(shape(read(theirs.out)));
        assert.deepEqual(common(anyColumn(shape(read(ours.out))), expected), expected);
      }
      assert.equal(ours.code, theirs.code);
    });
  }

  it('have the same fingerprints for the same issue', async () => {
    for (const { out } of await Promise.all(
      [wheelhouse, hadolint].map((lint) => lint(['-f', 'gitlab_codeclimate', 'Dockerfile'])),
    )) {
      for (const { fingerprint, ...issue } of JSON.parse(out) as { fingerprint: string }[]) {
        assert.equal(fingerprint, createHash('sha1').update(JSON.stringify(issue)).digest('hex'));
      }
    }
  });

  it('are named - for standard input', async () => {
    const options = { input: 'FROM debian\n' };
    const args = ['-f', 'json', '-'];
    const [ours, theirs] = await Promise.all([wheelhouse(args, options), hadolint(args, options)]);
    const expected = shape(JSON.parse(theirs.out));
    assert.deepEqual(common(shape(JSON.parse(ours.out)), expected), expected);
  });
});

const thresholds = ['error', 'warning', 'info', 'style', 'ignore', 'none'];
const severities = ['error', 'warning', 'info', 'style'];
write('fail.yaml', 'no-fail: false\nfailure-threshold: error\n');
write('ignored.yaml', 'ignored: [DL3006]\n');
write('override.yaml', 'override: {error: [DL3006]}\n');
write('format.yaml', 'format: codacy\n');
write('no-fail.yaml', 'no-fail: true\n');
write('empty.yaml', '');

type Case = readonly [args: readonly string[], env?: Readonly<Record<string, string>>];
const matrix: readonly Case[] = [
  ...severities.flatMap((severity) =>
    thresholds.map((threshold): Case => [[`--${severity}`, 'DL3006', '-t', threshold, 'warning']]),
  ),
  ...thresholds.flatMap((threshold): Case[] => [
    [['-t', threshold, 'clean']],
    [['-t', threshold, 'broken']],
    [['-t', threshold, '--ignore', 'DL3006', 'warning']],
    [['warning'], { HADOLINT_FAILURE_THRESHOLD: threshold }],
    [['-t', 'error', 'warning'], { HADOLINT_FAILURE_THRESHOLD: threshold }],
  ]),
  ...Object.keys(readers).flatMap((format): Case[] => [
    [['-f', format, 'Dockerfile', 'broken']],
    [['-f', format, '-f', 'tty', 'warning']],
    [['warning'], { HADOLINT_FORMAT: format }],
  ]),
  ...['1', 'y', 'Yes', 'TRUE', 'on', 't', '0', 'no', '2', ''].map(
    (text): Case => [['broken'], { HADOLINT_NOFAIL: text }],
  ),
  [[]],
  [['--help']],
  [['--version']],
  [['missing']],
  [['clean', 'missing']],
  [['--no-fail', 'missing']],
  [['--no-fail', 'broken']],
  [['--colour', 'clean']],
  [['-t', 'fatal', 'clean']],
  [['-t', 'ERROR', 'clean']],
  [['-f', 'xml', 'clean']],
  [['--require-label', 'a:colour', 'clean']],
  [['-c', 'missing.yaml', 'clean']],
  [['-f', 'json', '-o', 'no/such/folder', 'clean']],
  [['-c', 'fail.yaml', 'warning'], { HADOLINT_NOFAIL: '1' }],
  [['-c', 'fail.yaml', 'warning'], { HADOLINT_FAILURE_THRESHOLD: 'style' }],
  [['-c', 'fail.yaml', '-t', 'style', 'warning']],
  [['-c', 'fail.yaml', '--no-fail', 'Dockerfile']],
  [['-c', 'no-fail.yaml', 'Dockerfile']],
  [['-c', 'no-fail.yaml', 'Dockerfile'], { HADOLINT_NOFAIL: '0' }],
  [['-c', 'ignored.yaml', 'warning']],
  [['-c', 'ignored.yaml', '--error', 'DL3006', 'warning']],
  [['-c', 'override.yaml', '-t', 'error', 'warning']],
  [['-c', 'override.yaml', '-t', 'error', '--style', 'DL3006', 'warning']],
  [['-c', 'override.yaml', '-t', 'error', 'warning'], { HADOLINT_IGNORE: 'DL3006' }],
  [['-c', 'format.yaml', 'warning']],
  [['-c', 'empty.yaml', 'warning']],
  [['warning'], { HADOLINT_IGNORE: 'DL3006,DL3007' }],
  [['warning'], { HADOLINT_IGNORE: 'DL3007, DL3006' }],
  [['-t', 'error', 'warning'], { HADOLINT_OVERRIDE_ERROR: 'DL3006' }],
  [['warning'], { HADOLINT_OVERRIDE_STYLE: 'DL3006' }],
  [['warning'], { HADOLINT_FAILURE_THRESHOLD: 'fatal' }],
  [['clean'], { HADOLINT_TRUSTED_REGISTRIES: 'ghcr.io' }],
  [['clean'], { HADOLINT_TRUSTED_REGISTRIES: 'ghcr.io,docker.io' }],
  [['clean', '--trusted-registry', 'ghcr.io']],
  [['clean', '--trusted-registry', 'ghcr.io', '--trusted-registry', 'docker.io']],
  [['clean', '--require-label', 'a:text']],
  [['clean', '--require-label', 'a']],
  [['clean'], { HADOLINT_REQUIRE_LABELS: 'a:colour' }],
  [['clean'], { HADOLINT_REQUIRE_LABELS: 'a:text' }],
  [['--', 'clean']],
  [['clean', '-t', 'error', 'warning']],
];

describe('exit codes', { skip }, () => {
  it(`are hadolint’s in ${matrix.length} ways to call it`, async () => {
    const differing: string[] = [];
    const row = [...matrix];
    const lane = async () => {
      for (let one = row.shift(); one; one = row.shift()) {
        const [args, env] = one;
        const [ours, theirs] = await Promise.all([wheelhouse(args, { env }), hadolint(args, { env })]);
        if (ours.code !== theirs.code) {
          differing.push(
            `${JSON.stringify(env ?? {})} ${args.join(' ')}: ${ours.code}, hadolint ${theirs.code}`,
          );
        }
      }
    };
    await Promise.all(Array.from({ length: 4 }, lane));
    assert.deepEqual(differing, []);
  });
});
