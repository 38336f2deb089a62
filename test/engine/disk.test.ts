// What takes disk space, and what is freed, in an engine of its own: it loses what no container has.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { DiskReport, Pruned } from '../../client/src/disk/commands.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import { startEngine } from '../parts/engine.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { agree, createContext, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerDisk } = await import('../../client/src/disk/commands.ts');

const parts = readParts();
const skip = parts.engine?.baseImage && process.getuid?.() === 0 ? false : 'needs root, to start an engine';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse disk '));
const workbench = createWorkbench(createContext() as never);
registerDisk(workbench);
const results: JobResult[] = [];
const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

const docker = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();
const disk = (request: object) => execute<DiskReport & Pruned>('wheelhouse.disk.show', request);
const lines = async (...args: string[]) => (await docker(...args)).split('\n').filter(Boolean).sort();
const build = (tag: readonly string[], text: string) => {
  writeFileSync(path.join(folder, 'Dockerfile'), text);
  return docker('build', '--builder', 'default', '--quiet', ...tag, folder);
};

before(async () => {
  if (skip) return;
  const engine = await startEngine(() => {});
  assert.ok(!isMissing(engine), JSON.stringify(engine));
  Object.assign(process.env, toolEnvironment(parts));
  // Only an image with a program can have a container that runs.
  const load = `docker save ${parts.engine?.baseImage} | DOCKER_HOST=${engine.host} docker load`;
  await runOrThrow('sh', ['-c', load]);
  // Which builder is in use is kept there, and is no other test's business.
  const own = { BUILDX_CONFIG: path.join(folder, 'buildx') };
  Object.assign(process.env, own, { DOCKER_HOST: engine.host, DOCKER_BUILDKIT: '1' });
  for (const [name, size] of [
    ['a', 3_000_000],
    ['b', 2_000_000],
  ] as const)
    writeFileSync(path.join(folder, name), Buffer.alloc(size, name));
});
beforeEach(() => {
  screen.press = agree;
  screen.answer = () => undefined;
});
after(async () => {
  rmSync(folder, { recursive: true });
  await stopEverything();
});

test('stopped containers go after a question that counts them; a running one stays', limits, async () => {
  await build(['--tag', 'bikes:1'], 'FROM scratch\nCOPY a /a\n');
  await docker('create', '--name', 'stopped', '--volume', 'kept:/v', 'bikes:1', 'x');
  await docker('create', '--name', 'other', 'bikes:1', 'x');
  const base = parts.engine?.baseImage ?? '';
  await docker('run', '--detach', '--name', 'runs', base, 'sleep', '999');
  await docker('run', '--name', 'wrote', base, 'sh', '-c', 'head -c 5000000 /dev/zero >/x');
  const before = await disk({});
  assert.deepEqual([before.containers.count, before.containers.of], [3, 4]);
  assert.equal(before.unused.count, 0);
  screen.press = () => undefined;
  assert.equal(await executeFromElsewhere('wheelhouse.disk.show', { prune: 'containers' }), undefined);
  assert.equal(screen.shown.at(-1)?.text, 'Remove 3 stopped containers?');
  const detail = screen.shown.at(-1)?.detail ?? '';
  assert.match(detail, /^It frees 5\.0 MB\. What they wrote .*\n\n/s);
  for (const name of ['stopped', 'other', 'wrote']) assert.ok(detail.includes(name), detail);
  const names = () => lines('ps', '-a', '--format', '{{.Names}}');
  assert.deepEqual(await names(), ['other', 'runs', 'stopped', 'wrote']);
  assert.equal((await disk({ prune: 'containers' })).removed, 3);
  assert.deepEqual(await names(), ['runs']);
  assert.equal(results.at(-1)?.message, 'Removed 3 stopped containers: 5.0 MB freed.');
  await docker('rm', '--force', 'runs');

  await docker('create', '--name', 'halfway', 'bikes:1', 'x');
  // While it is asked, so that nothing else is cancelled.
  screen.press = ({ kind, buttons }) => {
    if (kind !== 'modal') return undefined;
    screen.cancelAfterMs = 0;
    return buttons[0];
  };
  await executeFromElsewhere('wheelhouse.disk.show', { prune: 'containers' });
  assert.equal(failures.at(-1)?.id, 'cancelled', JSON.stringify(failures.at(-1)));
  assert.match(failures.at(-1)?.remedy ?? '', /^What was removed until then is gone/);
  await run('docker', ['rm', 'halfway']);
});

test('untagged images go alone, then all that no container has', limits, async () => {
  await build(['--tag', 'old:1'], 'FROM scratch\nCOPY a /z\nCOPY b /y\n');
  const id = await docker('image', 'inspect', '--format', '{{.Id}}', 'old:1');
  await build(['--tag', 'old:1'], 'FROM scratch\nCOPY b /new\n');
  await docker('create', '--name', 'holds', 'bikes:1', 'x');
  const before = await disk({});
  assert.equal(before.untagged.count, 1);
  assert.ok(before.untagged.bytes >= 5_000_000, `${before.untagged.bytes}`);
  const { removed, freed } = await disk({ prune: 'untagged' });
  assert.equal(removed, 1);
  assert.ok(freed >= 5_000_000 && freed < 5_200_000, `${freed}`);
  assert.equal((await run('docker', ['image', 'inspect', id])).code, 1);
  assert.deepEqual(await lines('images', '--format', '{{.Repository}}:{{.Tag}}', 'old'), ['old:1']);

  await docker('tag', 'old:1', 'second:name');
  screen.answer = ({ labels }) => labels?.find((label) => /Images Without/.test(label)) ?? '\r';
  await execute('wheelhouse.disk.show');
  assert.match(
    screen.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '',
    /^Remove (?:the image|\d+ images)/,
  );
  assert.deepEqual(await lines('images', '--format', '{{.Repository}}:{{.Tag}}'), ['bikes:1']);
  await execute('wheelhouse.disk.show', { prune: 'unused' });
  assert.equal(failures.at(-1)?.id, 'nothing-to-remove');
  await docker('rm', 'holds');
});

test('an image that is left out stays, and one with two names goes with both', limits, async () => {
  await build(['--tag', 'two:a', '--tag', 'two:b'], 'FROM scratch\nCOPY a /two\n');
  await build(['--tag', 'stays:1'], 'FROM scratch\nCOPY b /stays\n');
  const before = await lines('images', '--quiet', '--no-trunc');
  const two = await docker('image', 'inspect', '--format', '{{.Id}}', 'two:a');
  screen.answer = ({ labels }) =>
    labels?.find((label) => /Images Without/.test(label)) ?? labels?.find((label) => /^two:/.test(label));
  await execute('wheelhouse.disk.show');
  const rows = screen.asked.at(-1)?.labels ?? [];
  assert.ok(rows.includes('stays:1') && rows.length > 1, rows.join());
  const question = screen.shown.findLast(({ kind }) => kind === 'modal');
  assert.match(question?.text ?? '', /^Remove the image two:[ab]\?$/);
  assert.match(question?.detail ?? '', /committed or loaded from a file is lost\.\n\ntwo:[ab]$/);
  assert.deepEqual(
    await lines('images', '--quiet', '--no-trunc'),
    before.filter((id) => id !== two),
  );
  assert.match(results.at(-1)?.message ?? '', /^Removed the image two:[ab]: /);
  // Escape at the ticks removes nothing.
  screen.answer = ({ labels }) => labels?.find((label) => /Images Without/.test(label));
  assert.equal(await execute('wheelhouse.disk.show'), undefined);
  assert.ok((await lines('images', '--format', '{{.Repository}}:{{.Tag}}')).includes('stays:1'));
  await docker('image', 'rm', 'stays:1');
});

test('volumes without a container go with what is in them, those of one stay', limits, async () => {
  await docker('volume', 'create', 'lonely');
  await docker('volume', 'create', 'A.b_c-1');
  await docker('create', '--name', 'holds', '--volume', 'held:/v', 'bikes:1', 'x');
  const point = await docker('volume', 'inspect', '--format', '{{.Mountpoint}}', 'lonely');
  writeFileSync(path.join(point, 'weights'), Buffer.alloc(4_000_000));
  const { volumes } = await disk({});
  assert.deepEqual([volumes.count, volumes.of, volumes.bytes], [3, 4, 4_000_000]);
  screen.answer = ({ labels }) => labels?.find((label) => /Volumes/.test(label)) ?? '\r';
  await execute('wheelhouse.disk.show');
  const question = screen.shown.findLast(({ kind }) => kind === 'modal');
  // What has something comes first.
  const labels = screen.asked.findLast(({ title }) => /What to remove/.test(title))?.labels ?? [];
  assert.deepEqual(labels.slice(-2), ['Untagged Images', 'Images Without a Container']);
  assert.equal(question?.text, 'Remove 3 volumes without a container?');
  assert.match(question?.detail ?? '', /frees 4\.0 MB\. What is in them is lost\.\n\n.*A\.b_c-1/);
  assert.deepEqual(await lines('volume', 'ls', '-q'), ['held']);
  assert.deepEqual(results.at(-1)?.value, { removed: 3, freed: 4_000_000 });
  await docker('rm', 'holds');
});

test(
  'a volume that is taken between the question and the removal stays, and it is said',
  limits,
  async () => {
    await docker('volume', 'create', 'taken');
    await docker('volume', 'create', 'free');
    screen.answer = ({ labels }) => labels?.find((label) => /Volumes/.test(label)) ?? '\r';
    screen.press = ({ kind, buttons }) => {
      if (kind !== 'modal') return undefined;
      execFileSync('docker', ['create', '--name', 'takes', '--volume', 'taken:/v', 'bikes:1', 'x']);
      return buttons[0];
    };
    assert.equal(await execute('wheelhouse.disk.show'), undefined);
    assert.equal(failures.at(-1)?.id, 'in-use', JSON.stringify(failures.at(-1)));
    assert.deepEqual(await lines('volume', 'ls', '-q'), ['taken']);
    await docker('rm', 'takes');
  },
);

test('several kinds go after one question, each as it is ticked', limits, async () => {
  await build(['--tag', 'gone:1'], 'FROM scratch\nCOPY a /first\n');
  await build(['--tag', 'gone:1'], 'FROM scratch\nCOPY b /second\n');
  await build(['--tag', 'left:1'], 'FROM scratch\nCOPY b /left\n');
  await docker('create', '--name', 'ended', 'bikes:1', 'x');
  await docker('create', '--name', 'ended-too', 'bikes:1', 'x');
  failures.splice(0);
  const before = await disk({});
  const counts = [before.containers, before.untagged].map(({ count }) => count);
  const unticked = screen.shown.length;
  // Without a tick it does not go on, and says why.
  screen.answer = () => '\r';
  assert.equal(await execute('wheelhouse.disk.show'), undefined);
  assert.equal(screen.shown.length, unticked);
  screen.answer = ({ title, labels }) =>
    /What to remove/.test(title ?? '')
      ? 'Stopped Containers\nUntagged Images\nImages Without a Container'
      : /Stopped/.test(title ?? '')
        ? 'ended'
        : (labels?.find((label) => /^gone:/.test(label)) ?? '\r');
  await execute('wheelhouse.disk.show');
  const question = screen.shown.findLast(({ kind }) => kind === 'modal');
  assert.equal(
    question?.text,
    `Remove ${counts[1] === 1 ? '1 untagged image' : `${counts[1]} untagged images`}, the stopped container ended, the image gone:1?`,
  );
  assert.match(
    question?.detail ?? '',
    /^It frees .*They have no name .*What they wrote .*Those of a registry/,
  );
  assert.match(question?.detail ?? '', /\n\n.*\bended\b.*, gone:1$/);
  assert.deepEqual(failures.splice(0), []);
  const names = await lines('ps', '-a', '--format', '{{.Names}}');
  assert.ok(names.includes('ended-too') && !names.includes('ended'), names.join());
  const tags = await lines('images', '--format', '{{.Repository}}:{{.Tag}}');
  assert.ok(
    tags.includes('left:1') && !tags.includes('gone:1') && !tags.includes('<none>:<none>'),
    tags.join(),
  );
  const done = results.at(-1)?.value as Pruned | undefined;
  assert.equal(done?.removed, 2 + (counts[1] ?? 0));
  await docker('rm', 'ended-too');
  await docker('image', 'rm', 'left:1');
});

test('the build cache goes by its age, of the builder of the engine', limits, async () => {
  await docker('image', 'prune', '--all', '--force');
  // Another builder that is in use for builds is not what takes space in the engine.
  await docker('buildx', 'create', '--name', 'other', '--driver', 'docker-container', '--use');
  await build(['--no-cache'], 'FROM scratch\nCOPY a /cached\nCOPY b /cached-too\n');
  const before = await disk({});
  assert.ok(before.cache.count > 0, JSON.stringify(before.cache));
  await disk({ prune: 'cache', olderThanHours: 24 });
  assert.equal(failures.at(-1)?.id, 'nothing-to-remove');
  assert.equal((await disk({})).cache.count, before.cache.count);
  screen.answer = ({ title, labels }) =>
    labels?.find((label) => (/Which/.test(title) ? /All that/ : /Build Cache/).test(label)) ?? '\r';
  await execute('wheelhouse.disk.show');
  assert.equal(results.at(-1)?.kind, 'disk.prune', JSON.stringify(failures.at(-1)));
  const left = JSON.parse(
    `[${(await lines('system', 'df', '--verbose', '--format', '{{json .BuildCache}}')).join()}]`,
  );
  assert.deepEqual(left.flat(), []);
});
