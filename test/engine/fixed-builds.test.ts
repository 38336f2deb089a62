// Dockerfiles built by a real engine before and after all safe fixes: the image prints the same, ends the same, is
// configured the same and holds the same files, save for caches and logs, which are what the fixes are about. The base
// image is made here; apk, dnf, wget, yarn and yum are fakes in it (fixed-builds/context/programs/manager).
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { safeFix } from '../../server/src/lint/fix.ts';
import { createService } from '../../server/src/service.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { readText } from '../server/texts.ts';

const folder = new URL('fixed-builds/', import.meta.url).pathname;
const base = 'wheelhouse-fixed-base:1';
const parts = readParts();
const from = parts.engine?.baseImage;
const env = { ...process.env, ...toolEnvironment(parts) };
const made: string[] = [base];

/** The rules whose safe fixes each file needs. */
const files: Readonly<Record<string, readonly string[]>> = {
  apk: ['DL3019'],
  apt: ['DL3009', 'DL3014'],
  'apt-for-people': ['DL3009', 'DL3027'],
  continuation: ['ConsistentInstructionCasing', 'NoEmptyContinuation'],
  dnf: ['DL3040'],
  ignores: ['unused-ignore'],
  maintainer: ['DL4000'],
  'several-commands': ['DL3012', 'DL4003', 'DL4004'],
  shells: ['DL3009', 'DL3020', 'DL3042'],
  stages: ['FromAsCasing', 'StageNameCasing'],
  user: ['DL3046'],
  values: ['LegacyKeyValueFormat'],
  wget: ['DL3047'],
  wheel: ['DL3020', 'DL3042', 'LegacyKeyValueFormat'],
  'windows-lines': ['DL3009', 'DL3042', 'LegacyKeyValueFormat'],
  yarn: ['DL3060'],
  yum: ['DL3032'],
};

async function docker(args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await run('docker', args, { env, input });
  assert.equal(code, 0, `docker ${args[0]}: ${stderr}`);
  return stdout;
}

async function build(tag: string, text: string, args: readonly string[] = []): Promise<void> {
  made.push(tag);
  await docker(['build', '--quiet', `--tag=${tag}`, ...args, '--file=-', path.join(folder, 'context')], text);
}

/** Where caches and logs are, what the engine puts into a container, and compiled files, which hold times. */
const changing =
  /^\/(?:proc|sys|dev|tmp|var\/cache|var\/log|var\/lib\/apt\/lists|root\/\.cache|\.dockerenv|etc\/(?:hosts|hostname|resolv\.conf))(?:[/ ]|$)|__pycache__/;

/** What is to be the same of two images. */
async function behaviour(tag: string) {
  const ran = await run('docker', ['run', '--rm', tag], { env });
  const config = JSON.parse(await docker(['image', 'inspect', '--format={{json .Config}}', tag]));
  const look = ['run', '--rm', '--user=0', '--workdir=/', '--entrypoint=/bin/sh', tag, '-c'];
  const list = `find / -xdev ! -type d -printf '%p %m %U:%G %l\\n'; find / -xdev -type f -exec sha256sum '{}' +`;
  const found = (await docker([...look, list]))
    .split('\n')
    .filter((line) => !changing.test(line.replace(/^[0-9a-f]{64} {2}/, '')));
  return { code: ran.code, stdout: ran.stdout, stderr: ran.stderr, config, files: found.sort() };
}

describe('builds before and after fix-all', { skip: from ? false : 'needs an engine' }, async () => {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
    parseShell: await loadTestShellParser(),
  });

  before(async () => {
    await build(base, readText(path.join(folder, 'base.Dockerfile')), [`--build-arg=BASE=${from}`]);
  });
  after(async () => {
    await run('docker', ['image', 'rm', '--force', ...made.reverse()], { env });
  });

  test('each Dockerfile of the folder is built', () => {
    const names = globSync('*.Dockerfile', { cwd: folder }).map((file) => path.basename(file, '.Dockerfile'));
    assert.deepEqual(names.filter((name) => name !== 'base').sort(), Object.keys(files).sort());
  });

  for (const [name, codes] of Object.entries(files)) {
    test(name, async () => {
      const text = readText(path.join(folder, `${name}.Dockerfile`));
      const fixed = service.fixAll(text, defaultConfiguration);
      const needed = service.lint(text, defaultConfiguration).filter(safeFix);
      assert.deepEqual([...new Set(needed.map(({ code }) => code))].sort(), codes);
      assert.notEqual(fixed, text);
      await build(`wheelhouse-fixed-${name}:before`, text);
      await build(`wheelhouse-fixed-${name}:after`, fixed);
      const was = await behaviour(`wheelhouse-fixed-${name}:before`);
      const is = await behaviour(`wheelhouse-fixed-${name}:after`);
      assert.equal(was.code, 0, was.stderr);
      assert.ok(was.files.length > 1000);
      if (name === 'maintainer') {
        // What MAINTAINER sets is read by nothing; the label says the same.
        was.config.Labels = { 'org.opencontainers.image.authors': 'Ada Lovelace <ada@example.org>' };
      }
      assert.deepEqual(is, was);
    });
  }
});
