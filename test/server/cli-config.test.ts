// Where `wheelhouse lint` takes its configuration from, and which source wins: flags, configuration files, environment.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createCommandLine, flawed } from './cli-run.ts';

const { folder, run, write } = await createCommandLine();

type Env = Readonly<Record<string, string>>;
/** `CODE severity` of each finding, and the exit code; of every rule. */
async function judged(args: readonly string[], env: Env = {}, cwd?: string) {
  const { code, out, err } = await run(['lint', '--preset', 'strict', ...args, '-f', 'json'], { env, cwd });
  const found = JSON.parse(out) as { code: string; level: string }[];
  return { code, err, found: found.map((one) => `${one.code} ${one.level}`) };
}
const config = (name: string, content: object) => write(name, JSON.stringify(content));

describe('the configuration file', () => {
  it('is that of the folder of each file, and of those above', async () => {
    write('configured/.hadolint.yaml', 'ignored: [DL4000]\noverride: {style: [DL3042]}\n');
    const { code, out } = await run(['lint', write('configured/deep/Dockerfile', flawed)]);
    assert.equal(code, 0, 'style findings alone do not fail');
    assert.match(out, /^configured\/deep\/Dockerfile:2:9 DL3042 style: [^\n]+\n$/);
  });

  it('of the working folder goes first, and of the user comes last', async () => {
    const inner = write('search/inner/Dockerfile', flawed);
    config('search/inner/.hadolint.yml', { ignored: ['DL3042'] });
    const file = 'inner/Dockerfile';
    assert.deepEqual((await judged([inner])).found, ['DL4000 error']);
    config('search/.hadolint.yaml', { ignored: ['DL4000'] });
    assert.deepEqual((await judged([file], {}, 'search')).found, ['DL3042 warning']);
    rmSync(`${folder}/search/.hadolint.yaml`);
    rmSync(`${folder}/search/inner/.hadolint.yml`);
    config('xdg/hadolint.yaml', { ignored: ['DL4000'] });
    assert.deepEqual((await judged([inner], { XDG_CONFIG_HOME: `${folder}/xdg` })).found, ['DL3042 warning']);
    assert.equal((await judged([inner])).found.length, 2);
    for (const place of [
      '.config/hadolint.yml',
      '.hadolint/config.yaml',
      '.hadolint/hadolint.yml',
      '.hadolint.yaml',
    ]) {
      config(`home/${place}`, { ignored: ['DL4000'] });
      assert.deepEqual((await judged([inner], { HOME: `${folder}/home` })).found, ['DL3042 warning'], place);
      rmSync(`${folder}/home`, { recursive: true });
    }
  });

  it('beside the Dockerfile is not looked for under the preset, as hadolint does not', async () => {
    const name = write('beside/Dockerfile', flawed);
    config('beside/.hadolint.yaml', { ignored: ['DL3042'] });
    assert.equal((await judged([name])).found.length, 1);
    assert.equal((await judged(['--preset', 'hadolint', name])).found.length, 2);
    assert.equal((await judged(['--preset', 'hadolint', 'Dockerfile'], {}, 'beside')).found.length, 1);
  });

  it('that is named is the only one, and must be there', async () => {
    const name = write('named/Dockerfile', flawed);
    config('named/.hadolint.yaml', { ignored: ['DL3042'] });
    config('named/other.yaml', { ignored: ['DL4000'] });
    assert.deepEqual((await judged(['-c', 'named/other.yaml', name])).found, ['DL3042 warning']);
  });

  it('may set the preset, the threshold, the format and more', async () => {
    const name = write('full/Dockerfile', flawed);
    write(
      'full/.hadolint.yaml',
      'preset: hadolint\nformat: gnu\nfailure-threshold: error\nignored: [DL4000]\n',
    );
    const { code, out } = await run(['lint', name]);
    assert.match(out, /^hadolint:full\/Dockerfile:2: DL3042 warning: [^\n]+\n$/);
    assert.equal(code, 0);
    assert.equal((await run(['lint', '-t', 'warning', name])).code, 1);
    write('full/.hadolint.yaml', 'no-fail: true\n');
    assert.equal((await run(['lint', name])).code, 0);
  });

  it('with a mistake is complained about, and what is sound in it holds', async () => {
    const name = write('broken/Dockerfile', flawed);
    write('broken/.hadolint.yaml', 'ignored: [DL4000]\nstrict-labels: maybe\n');
    const { found, err, code } = await judged([name]);
    assert.deepEqual([found, code], [['DL3042 warning'], 1]);
    assert.match(err, /^broken\/\.hadolint\.yaml: .*strict-labels[^\n]+\n$/);
  });
});

describe('sources', () => {
  const name = write('sources/Dockerfile', flawed);

  it('have their lists put together, and the strongest level wins', async () => {
    config('levels.yaml', { ignored: ['DL4000'], override: { error: ['DL3042'] } });
    const both = ['-c', 'levels.yaml', name];
    assert.deepEqual((await judged(both)).found, ['DL3042 error']);
    assert.deepEqual(
      (await judged([...both, '--error', 'DL4000'])).found,
      ['DL3042 error'],
      'ignored stays ignored',
    );
    assert.deepEqual((await judged([...both, '--style', 'DL3042'])).found, ['DL3042 error']);
    assert.deepEqual((await judged(both, { HADOLINT_IGNORE: 'DL3042' })).found, []);
    assert.deepEqual((await judged(['--ignore', 'DL3042', '--ignore', 'DL4000', name])).found, []);
    assert.deepEqual((await judged(['--info', 'DL3042', '--ignore', 'DL4000', name])).found, ['DL3042 info']);
    assert.deepEqual((await judged(['--style', 'pip-cache-kept', '--ignore', 'DL4000', name])).found, [
      'DL3042 style',
    ]);
  });

  it('give single values in the order flags, file, environment', async () => {
    config('threshold.yaml', { 'failure-threshold': 'error', ignored: ['DL4000'], 'no-fail': false });
    const file = ['-c', 'threshold.yaml', name];
    assert.equal((await judged(file)).code, 0);
    assert.equal((await judged(file, { HADOLINT_FAILURE_THRESHOLD: 'style' })).code, 0);
    assert.equal((await judged([...file, '-t', 'style'], { HADOLINT_FAILURE_THRESHOLD: 'error' })).code, 1);
    assert.equal((await judged([name], { HADOLINT_NOFAIL: 'yes' })).code, 0);
    config('fail.yaml', { 'no-fail': false });
    assert.equal((await judged(['-c', 'fail.yaml', name], { HADOLINT_NOFAIL: '1' })).code, 1);
    assert.equal((await judged(['-c', 'fail.yaml', '--no-fail', name])).code, 0);
  });

  it('may set what hadolint’s options for registries and comments do', async () => {
    const registry = async (args: readonly string[], env: Env = {}) =>
      (await judged([...args, name], env)).found.includes('DL3026 error');
    assert.equal(await registry([]), false);
    assert.equal(await registry(['--trusted-registry', 'ghcr.io']), true);
    assert.equal(await registry(['--trusted-registry', 'ghcr.io', '--trusted-registry', 'docker.io']), false);
    assert.equal(
      await registry(['--trusted-registry', 'ghcr.io'], { HADOLINT_TRUSTED_REGISTRIES: 'docker.io' }),
      false,
    );

    const commented = write('sources/commented', `# hadolint global ignore=DL3042,DL4000\n${flawed}`);
    assert.equal((await judged([commented])).found.length, 0);
    assert.equal((await judged(['--disable-ignore-pragma', commented])).found.length, 2);
    assert.equal((await judged([commented], { HADOLINT_DISABLE_IGNORE_PRAGMA: 'true' })).found.length, 2);
  });

  it('are described by --verbose, on standard error', async () => {
    config('verbose.yaml', { ignored: ['DL4000'] });
    const { out, err } = await run(['lint', '-V', '-c', 'verbose.yaml', '--error', 'DL3042', name]);
    assert.match(out, /^sources\/Dockerfile:2:9 DL3042 error/);
    assert.match(err, /^Configuration file used: verbose\.yaml\n/);
    assert.match(err, /\n {2}error: DL3042\n/);
    assert.match(err, /\n {2}ignored: DL4000\n/);
    assert.match(
      (await run(['lint', name], { env: { HADOLINT_VERBOSE: 'on' } })).err,
      /^No configuration file/,
    );
  });
});

describe('outputs', () => {
  const name = write('outputs/Dockerfile', flawed);
  const file = async (path: string) => (await run(['lint', '--no-fail', path])).out;

  it('pair formats and files by position', async () => {
    const args = ['lint', '--preset', 'strict', '-f', 'json', '-o', 'report.json', '-f', 'gnu', name];
    const { out } = await run(args);
    assert.match(out, /^wheelhouse:outputs\/Dockerfile:2:9: DL3042 warning: /);
    assert.doesNotMatch(out, /\[\{/);
    assert.equal(
      await file('report.json').then((text) => text.includes('unknown-instruction')),
      true,
      'it is there',
    );
    const twice = await run(['lint', '--preset', 'strict', '-f', 'json', '-o', '-', name]);
    assert.equal(JSON.parse(twice.out).length, 2);
    assert.equal((await run(['lint', '-o', 'plain.txt', name])).out, '');
  });

  it('join formats of all sources', async () => {
    config('outputs/format.yaml', { format: 'gnu' });
    const env = { HADOLINT_FORMAT: 'codacy,unknown' };
    const { out, code } = await run(
      ['lint', '--preset', 'strict', '-c', 'outputs/format.yaml', '-f', 'tty', name],
      { env },
    );
    assert.match(out, /^\{"filename"[^\n]*\}wheelhouse:outputs[\s\S]*\noutputs\/Dockerfile:3:1 /);
    assert.equal(code, 0, 'with codacy a run never fails');
  });

  it('say where they cannot be written', async () => {
    const { code, err } = await run(['lint', '-f', 'json', '-o', 'no/such/report.json', name]);
    assert.equal(code, 1);
    assert.match(err, /^no\/such\/report\.json cannot be written: [^\n]+\.\n$/);
  });
});
