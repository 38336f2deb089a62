// What makes an image large, asked of images that a real engine built, and held against what it tells by itself.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { FileSystemProvider } from 'vscode';
import type { FileValue } from '../../client/src/files/uri.ts';
import type { Difference } from '../../client/src/images/layers/difference.ts';
import type { LayersReport } from '../../client/src/images/layers/report.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { startEngine } from '../parts/engine.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow, stopEverything } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import {
  createContext,
  eventually,
  execute,
  executeFromElsewhere,
  screen,
  Uri,
  workspace,
} from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerFiles } = await import('../../client/src/files/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const { formatBytes } = await import('../../client/src/ui/words.ts');
const { uriOf } = await import('../../client/src/files/uri.ts');

const parts = readParts();
const base = parts.engine?.baseImage ?? '';
const skip = base ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const image = `wh-l-${process.pid}/layers`;
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse layers '));
const workbench = createWorkbench(createContext() as never);
const files = registerFiles(workbench);
registerImages(workbench, async () => undefined as never, undefined, files);
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
    { path: 'models', bytes: 4_000_000, layer: 2, by: 5, how: 'deleted' },
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
  assert.deepEqual(page.options, {
    enableScripts: false,
    enableCommandUris: [],
    enableFindWidget: true,
    localResourceRoots: [],
  });
  const html = page.html();
  assert.match(html, /content="default-src 'none'; style-src 'nonce-[\w+/=]+'"/);
  assert.ok(!html.includes('<script'), 'a script');
  assert.ok(html.includes('/pkg/&#60;script&#62;alert(1)&#60;b&#62;'));
  page.close();
  await execute('wheelhouse.images.layers', { image: `${image}:1` });
  const tabs = screen.pages.map(({ title, isClosed }) => `${title} ${isClosed}`);
  assert.deepEqual(tabs, [`${page.title} true`, `${page.title} false`]);
});

test('two images are compared, the older first, by what a container of each has', limits, async () => {
  const second = `${image}:2`;
  const dockerfile = [
    `FROM ${image}:1`,
    'ENV A=2 B=1',
    `RUN echo new >/new/file && rm /tmp/a && printf yy >/new/empty && mv ${site}/bikes-1.0.dist-info ${site}/bikes-1.1.dist-info`,
    'USER 1000',
    'CMD ["false"]',
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
    // One is made on the other, so that both take what that one does.
    const size = Number(await docker('inspect', '--format', '{{.Size}}', second));
    assert.equal(roots.find(({ label }) => label === image)?.description, `2 images · ${formatBytes(size)}`);
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
    // The image itself only grew, as the engine tells, too.
    const first = Number(await docker('inspect', '--format', '{{.Size}}', `${image}:1`));
    assert.equal(difference.layers.after - difference.layers.before, size - first);
    assert.equal(
      difference.settings.map(({ name, from, to }) => [name, from, to].join(' ')).join('; '),
      'CMD ["true"] ["false"]; ENV A *** ***; USER  1000; ENV B  ***',
    );
    assert.equal(screen.pages.at(-1)?.title, `${image}:1 and ${second}`);
    // Each file is a link to both of its sides.
    const page = screen.pages.at(-1);
    assert.ok(page);
    assert.deepEqual((page.options as { enableCommandUris?: unknown }).enableCommandUris, [
      'wheelhouse.files.difference',
    ]);
    const shown = async (file: string) => {
      const [, id = '', given = ''] =
        new RegExp(`<a href="command:([^?]+)\\?([^"]+)">${file}</a>`).exec(page.html()) ?? [];
      return executeFromElsewhere<{ shows: string }>(id, ...JSON.parse(decodeURIComponent(given)));
    };
    const opened: unknown[][] = [];
    screen.commands.set('vscode.diff', async (...given) => void opened.push(given));
    screen.commands.set('vscode.open', async (...given) => void opened.push(given));
    const text = async (at: unknown) =>
      Buffer.from(
        await (screen.fileSystems.get('wheelhouse-files') as FileSystemProvider).readFile(at as never),
      ).toString();
    assert.deepEqual(await shown('/new/empty'), { shows: 'difference' });
    const [left, right, title] = opened.at(-1) ?? [];
    assert.deepEqual([await text(left), await text(right)], ['', 'yy']);
    assert.equal(title, `empty (${image}:1 ↔ ${second})`);
    assert.deepEqual(await shown('/new/file'), { shows: 'after' });
    assert.equal(await text(opened.at(-1)?.[0]), 'new\n');
    assert.deepEqual(await shown('/tmp/a'), { shows: 'before' });
    await files.release();
    // By names, as a keybinding gives them; and the second one chosen.
    screen.answer = ({ labels = [] }) => labels.find((label) => label === second);
    const pages = screen.pages.length;
    assert.ok(await execute('wheelhouse.images.compare', { image: `${image}:1` }));
    assert.ok(!screen.asked.at(-1)?.labels?.includes(`${image}:1`), 'not with itself');
    assert.deepEqual([screen.pages.length, page.reveals], [pages, 1], 'in the tab that is there');
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

test('an image opens into its layers, and each into its files, which open and come out', limits, async () => {
  const view = screen.trees.get('wheelhouse.images');
  assert.ok(view);
  const below = async (node?: unknown) => (await view.provider.getChildren(node)) as Node[];
  const firstTag = async () => {
    const [tag] = await below((await below()).find(({ label }) => label === image));
    return tag;
  };
  const tag = await firstTag();
  const file = path.join(folder, 'Dockerfile');
  workspace.findFiles = (async () => [new Uri(`file://${file}`)]) as never;
  const reads = results.filter(({ kind }) => kind === 'images.readLayers').length;
  const layers = await below(tag);
  assert.equal(layers.length, 5);
  assert.match(layers[1]?.label ?? '', /^4\.0 MB · COPY /);
  assert.equal(layers[1]?.description, '1 added · 4.0 MB wasted');
  assert.match(layers[0]?.description ?? '', /^largest · \d+ added/);
  assert.equal(
    layers[4]?.label,
    '0 B · RUN rm -r /models && chmod 600 /tmp/a && mkdir /new && touch /new/empty'.replace('0 B', '300 kB'),
  );
  assert.equal(layers[4]?.description, '1 added · 1 changed · 1 deleted');
  // The line of the Dockerfile, where all of it is what the image tells.
  assert.deepEqual(
    layers.map(({ open }) => open?.arguments),
    [undefined, [file, 3], [file, 4], [file, 5], [file, 8]],
  );
  writeFileSync(path.join(folder, 'other'), readFileSync(file, 'utf8').replace('chmod 600', 'chmod 644'));
  workspace.findFiles = (async () => [new Uri(`file://${path.join(folder, 'other')}`)]) as never;
  assert.deepEqual(
    (await below(await firstTag())).filter(({ open }) => open),
    [],
  );
  workspace.findFiles = (async () => []) as never;

  const find = async (layer: number, ...names: string[]) => {
    let at: Node | undefined = layers[layer];
    for (const name of names) at = (await below(at)).find(({ label }) => label === name);
    assert.ok(at, names.join('/'));
    return at;
  };
  const seen = async (node: Node) =>
    (await below(node)).map(({ label, description, context }) => [label, description, context]);
  assert.deepEqual(await seen(layers[4] as Node), [
    ['new', 'added', ';folder-kept;'],
    ['tmp', '', ';folder-kept;'],
    ['models', 'deleted', ';special;'],
  ]);
  assert.deepEqual(await seen(await find(4, 'tmp')), [['a', 'changed · 300 kB', ';file-kept;']]);
  assert.deepEqual(await seen(await find(2, 'pkg')), [
    ['<script>alert(1)<b>', 'added · 900 kB', ';file-kept;'],
  ]);

  const provider = screen.fileSystems.get('wheelhouse-files') as Required<FileSystemProvider>;
  const model = await find(1, 'models', 'weights');
  const { file: place } = model.value as FileValue;
  // Which no container of the image has any more.
  assert.equal(Buffer.from(await provider.readFile(uriOf(place))).toString(), 'w'.repeat(4_000_000));
  assert.equal((await provider.stat(uriOf(place))).permissions, 1);
  await assert.rejects(
    async () => provider.writeFile(uriOf(place), new Uint8Array(), { create: true, overwrite: true }),
    /cannot be changed/,
  );
  const to = path.join(folder, 'out');
  const venv = await find(3, 'venv');
  assert.ok(
    await execute('wheelhouse.files.download', { ...(venv.value as FileValue), to }),
    JSON.stringify(failures.at(-1)),
  );
  const packages = path.join(to, site.slice('/venv/'.length));
  assert.equal(readFileSync(path.join(packages, 'bikes/data')).length, 700_000);
  assert.match(readFileSync(path.join(packages, 'bikes-1.0.dist-info/RECORD'), 'utf8'), /^bikes/);
  // A second name of a file is the file.
  const second = uriOf({ container: place.container.replace(/\d$/, '4'), path: '/tmp/b' });
  assert.equal((await provider.readFile(second)).length, 300_000);
  assert.ok(results.filter(({ kind }) => kind === 'images.readLayers').length - reads <= 1, 'read once');
  // Keys of images mean nothing there.
  view.view.selection = [layers[1]];
  const questions = screen.shown.length + screen.asked.length;
  await executeFromElsewhere('wheelhouse.images.remove', { selection: true });
  assert.equal(screen.shown.length + screen.asked.length, questions);
});

test('the layers of a large image are read only when somebody asks for it', limits, async () => {
  const { createLayerNodes } = await import('../../client/src/images/layers/nodes.ts');
  const rooms = { inLayer: async () => [], readLayers() {}, alsoIn() {} };
  const { below, again } = createLayerNodes(workbench, rooms);
  const id = (await runOrThrow('docker', ['inspect', '--format', '{{.Id}}', `${image}:1`])).stdout.trim();
  const labels = async (bytes: number) =>
    (await below({ id: read, name: 'large', bytes }, 'node')).map(({ label, description }) => [
      label,
      description,
    ]);
  // Of an id that nothing was kept of: what was read once is there.
  const other = await runOrThrow('docker', ['create', `${image}:1`]);
  const read = (await runOrThrow('docker', ['commit', other.stdout.trim()])).stdout.trim();
  await runOrThrow('docker', ['rm', other.stdout.trim()]);
  try {
    assert.notEqual(read, id);
    const before = results.length;
    for (const _ of [1, 2])
      assert.deepEqual(await labels(20e9), [['Read the Layers', '20 GB are read for it']]);
    assert.equal(results.length, before);
    again(read);
    assert.ok((await labels(20e9)).length > 4);
    assert.match(results.at(-1)?.message ?? '', /^The layers of large were read\.$/);
    assert.ok((await labels(20e9)).length > 4);
  } finally {
    await runOrThrow('docker', ['rmi', read]);
  }
});

test('it is read by the command line where there is no API', limits, async () => {
  const { openImageArchive } = await import('../../client/src/engine/archive.ts');
  const { readArchive } = await import('../../client/src/images/layers/archive.ts');
  const { reportOf } = await import('../../client/src/images/layers/report.ts');
  const found = { ...(await workbench.engine.get()) };
  const user = {
    // Of this engine nothing is known yet, and where it listens cannot be found out.
    engine: { ...workbench.engine, get: async () => found },
    run: () => Promise.reject(new Error('no')),
  };
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
