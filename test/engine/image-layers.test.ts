// What makes an image large, asked of images that a real engine built, and held against what it tells by itself.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Difference } from '../../client/src/images/layers/difference.ts';
import type { LayersReport } from '../../client/src/images/layers/report.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { startEngine } from '../parts/engine.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { createContext, eventually, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const parts = readParts();
const base = parts.engine?.baseImage ?? '';
const skip = base ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const image = `wh-l-${process.pid}/layers`;
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse layers '));
const workbench = createWorkbench(createContext() as never);
registerImages(workbench, async () => undefined as never);
const results: JobResult[] = [];
const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

const docker = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();
const site = '/venv/lib/python3.13/site-packages';

before(async () => {
  if (skip) return;
  Object.assign(process.env, toolEnvironment(parts));
  mkdirSync(path.join(folder, 'pkg'));
  writeFileSync(path.join(folder, 'weights'), Buffer.alloc(4_000_000, 'w'));
  writeFileSync(path.join(folder, 'pkg', '<script>alert(1)<b>'), Buffer.alloc(900_000, 'x'));
  writeFileSync(
    path.join(folder, 'Dockerfile'),
    [
      `FROM ${base}`,
      'ENV A=1',
      'COPY weights /models/weights',
      'COPY pkg /pkg',
      `RUN mkdir -p ${site}/bikes-1.0.dist-info ${site}/bikes && head -c 700000 /dev/zero >${site}/bikes/data \\`,
      `  && printf 'bikes/data,,700000\\nbikes-1.0.dist-info/RECORD,,\\n' >${site}/bikes-1.0.dist-info/RECORD \\`,
      '  && head -c 300000 /dev/zero >/tmp/a && ln /tmp/a /tmp/b',
      'RUN rm -r /models && chmod 600 /tmp/a && mkdir /new && touch /new/empty',
      'CMD ["true"]',
      '',
    ].join('\n'),
  );
  await docker('build', '--quiet', '--tag', `${image}:1`, folder);
});
after(async () => {
  rmSync(folder, { recursive: true });
  if (!skip) await run('docker', ['rmi', `${image}:1`]);
  await stopEverything();
});

function check(report: LayersReport) {
  const [, weights, pkg, packages, last] = report.layers;
  assert.equal(report.layers.length, 5);
  assert.equal(weights?.step?.replace(/\s+/g, ' ').startsWith('COPY '), true, weights?.step);
  assert.deepEqual([weights?.bytes, weights?.added, weights?.wasted], [4_000_000, 1, 4_000_000]);
  assert.equal(pkg?.bytes, 900_000);
  assert.match(packages?.step ?? '', /^RUN mkdir -p/);
  assert.equal(last?.step, 'RUN rm -r /models && chmod 600 /tmp/a && mkdir /new && touch /new/empty');
  assert.deepEqual([last?.added, last?.deleted], [1, 1]);
  assert.equal(last?.changed, 1);
  assert.deepEqual(
    report.waste.find(({ path }) => path === 'models'),
    {
      path: 'models',
      bytes: 4_000_000,
      layer: 2,
      by: 5,
      how: 'deleted',
    },
  );
  assert.equal(report.packages.find(({ name }) => name === 'bikes')?.folder, site.slice(1));
  assert.equal(Math.floor((report.packages.find(({ name }) => name === 'bikes')?.bytes ?? 0) / 1_000), 700);
  assert.equal(report.layers[2]?.largest[0]?.path, 'pkg/<script>alert(1)<b>');
}

test('its layers are told as the engine tells them, and its files as it has them', limits, async () => {
  const report = await execute<LayersReport>('wheelhouse.images.layers', { image: `${image}:1` });
  assert.ok(report, JSON.stringify(failures.at(-1)));
  check(report);
  const told = (await docker('history', '--no-trunc', '--human=false', '--format', '{{.Size}}', `${image}:1`))
    .split('\n')
    .map(Number)
    .reverse()
    .filter(Boolean);
  const own = report.layers.map(({ bytes }) => bytes);
  assert.deepEqual(own.slice(1), told.slice(1));
  // Of what was imported the engine counts the letters in symbolic links as well.
  assert.ok(Math.abs((own[0] ?? 0) - (told[0] ?? 0)) < (told[0] ?? 0) / 1_000, `${own[0]} ${told[0]}`);
  const script = "find / -xdev -type f -printf '%s %p\\n' | sort -k1,1nr | head -n 1";
  const largest = await docker('run', '--rm', `${image}:1`, 'sh', '-c', script);
  assert.equal(`${report.largest[0]?.bytes} /${report.largest[0]?.path}`, largest);
  assert.match(results.at(-1)?.message ?? '', /: \d+ MB in 5 layers, of which 4\.\d MB are wasted\.$/);
});

test('the page shows it without a script, and nothing of the image becomes a tag', limits, async () => {
  const view = screen.trees.get('wheelhouse.images');
  assert.ok(view);
  const roots = (await view.provider.getChildren()) as Node[];
  const repository = roots.find(({ label }) => label === image);
  view.view.selection = await view.provider.getChildren(repository);
  // As its key does.
  await executeFromElsewhere('wheelhouse.images.layers', { selection: true });
  const page = screen.pages.at(-1);
  assert.ok(page);
  assert.equal(page.title, `What Makes ${image}:1 Large`);
  assert.deepEqual(page.options, { enableScripts: false, enableFindWidget: true, localResourceRoots: [] });
  const html = page.html();
  assert.match(html, /content="default-src 'none'; style-src 'nonce-[\w+/=]+'"/);
  assert.ok(!html.includes('<script'), 'a script');
  assert.ok(html.includes('/pkg/&#60;script&#62;alert(1)&#60;b&#62;'));
});

test('two images are compared, the older first, by what a container of each has', limits, async () => {
  const second = `${image}:2`;
  const dockerfile = [
    `FROM ${image}:1`,
    `RUN echo new >/new/file && rm /tmp/a && printf yy >/new/empty && mv ${site}/bikes-1.0.dist-info ${site}/bikes-1.1.dist-info`,
    '',
  ];
  writeFileSync(path.join(folder, 'second'), dockerfile.join('\n'));
  await docker('build', '--quiet', '--tag', second, '--file', path.join(folder, 'second'), folder);
  try {
    const view = screen.trees.get('wheelhouse.images');
    assert.ok(view);
    const roots = (await view.provider.getChildren()) as Node[];
    const tags = (await view.provider.getChildren(roots.find(({ label }) => label === image))) as Node[];
    assert.equal(tags.length, 2);
    const difference = await execute<Difference>('wheelhouse.images.compare', tags[0], tags);
    assert.ok(difference, JSON.stringify(failures.at(-1)));
    assert.deepEqual([difference.first, difference.second], [`${image}:1`, second]);
    assert.deepEqual(
      difference.files
        .filter(({ path }) => !path.includes('dist-info'))
        .map(({ path, how, before, after }) => `${path} ${how} ${before} ${after}`)
        .sort(),
      ['new/empty changed 0 2', 'new/file added 0 4', 'tmp/a removed 300000 0'],
    );
    assert.deepEqual(
      difference.packages.map(({ name, how, from, to }) => [name, how, from, to]),
      [['bikes', 'changed', '1.0', '1.1']],
    );
    assert.equal(difference.after - difference.before, 6 - 300_000);
    assert.equal(screen.pages.at(-1)?.title, `${image}:1 and ${second}`);
    // By names, as a keybinding gives them; and the second one chosen.
    screen.answer = ({ labels = [] }) => labels.find((label) => label === second);
    assert.ok(await execute('wheelhouse.images.compare', { image: `${image}:1` }));
    assert.ok(!screen.asked.at(-1)?.labels?.includes(`${image}:1`), 'not with itself');
    await execute('wheelhouse.images.compare', tags[0], [
      ...tags,
      ...roots.filter(({ label }) => label !== image),
    ]);
    assert.equal(failures.at(-1)?.id, 'two-images');
  } finally {
    screen.answer = () => undefined;
    await docker('rmi', second);
  }
});

test('it is read by the command line where there is no API', limits, async () => {
  const { exec } = await import('../../client/src/runtime/exec.ts');
  const { openImageArchive } = await import('../../client/src/engine/archive.ts');
  const { readArchive } = await import('../../client/src/images/layers/archive.ts');
  const { reportOf } = await import('../../client/src/images/layers/report.ts');
  const found = { ...(await workbench.engine.get()) };
  const user = {
    // Of this engine nothing is known yet, and where it listens cannot be found out.
    engine: { ...workbench.engine, get: async () => found },
    run: async () => {
      throw new Error('no');
    },
  };
  assert.ok(exec);
  const archive = await openImageArchive(user, `${image}:1`, new AbortController().signal);
  check(await reportOf(image, await readArchive(archive)));
  const missing = await openImageArchive(user, 'no/such:1', new AbortController().signal);
  await assert.rejects(readArchive(missing), /no such image|reference does not exist/i);
});

test('it can be stopped, and an unknown image is said to be one', limits, async () => {
  const before = screen.pages.length;
  screen.cancelAfterMs = 30;
  assert.equal(await execute('wheelhouse.images.layers', { image: base }), undefined);
  assert.equal(failures.at(-1)?.id, 'cancelled', JSON.stringify(failures.at(-1)));
  assert.equal(await execute('wheelhouse.images.layers', { image: 'no/such:1' }), undefined);
  assert.match(failures.at(-1)?.message ?? '', /no\/such:1/);
  assert.notEqual(failures.at(-1)?.id, 'unknown', JSON.stringify(failures.at(-1)));
  assert.equal(screen.pages.length, before);
});

test('an engine that ends in the middle is said to have stopped', {
  ...limits,
  skip: skip || process.getuid?.() !== 0,
}, async () => {
  const own = await startEngine(() => {});
  assert.ok(!isMissing(own), JSON.stringify(own));
  const before = process.env.DOCKER_HOST;
  try {
    await runOrThrow('sh', ['-c', `docker save ${base} | DOCKER_HOST=${own.host} docker load`]);
    process.env.DOCKER_HOST = own.host;
    workbench.engine.forget();
    await workbench.engine.get();
    const told = screen.reported.length;
    const reading = execute('wheelhouse.images.layers', { image: base });
    await eventually(() => screen.reported[told]);
    // At once, as one that is asked to stop answers to the end.
    const pid = readFileSync(path.join(path.dirname(own.host.replace('unix://', '')), 'pid'), 'utf8');
    process.kill(Number(pid), 'SIGKILL');
    assert.equal(await reading, undefined);
    assert.equal(failures.at(-1)?.id, 'engine-stopped', JSON.stringify(failures.at(-1)));
  } finally {
    process.env.DOCKER_HOST = before;
    workbench.engine.forget();
    await own.stop();
  }
});
