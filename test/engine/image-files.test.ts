// Images as files, beside their registry, and with their containers, each asked of the engine by another way.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readParts } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { enter, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { created, docker, exists, failures, forever, image, inspect, limits, make, name, results, workbench } =
  await import('./container-world.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
registerImages(workbench, async () => undefined as never);
const { registry } = readParts();

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse archives '));
const place = (file: string) => path.join(folder, file);
const [one, two] = [`${name('a')}:1`, `${name('b')}:2`];

before(async () => {
  if (limits.skip) return;
  for (const [ref, value] of [
    [one, 'one'],
    [two, 'two'],
  ] as const) {
    const from = await docker('create', image, 'true');
    await docker('commit', '--change', `LABEL which=${value}`, from, ref);
    await docker('rm', from);
  }
});
after(async () => {
  rmSync(folder, { recursive: true });
  if (!limits.skip) await run('docker', ['rmi', '--force', one, two]);
});

test('several images are saved into one file, and come back from it', limits, async () => {
  const ids = [await inspect(one, '{{.Id}}'), await inspect(two, '{{.Id}}')];
  screen.choose = () => place('both.tar');
  const roots = (await screen.trees.get('wheelhouse.images')?.provider.getChildren()) as {
    label: string;
    children: unknown[];
  }[];
  const nodes = roots.filter(({ label }) => label === name('a') || label === name('b'));
  const saved = await execute<{ bytes: number; refs: string[] }>('wheelhouse.images.save', nodes[0], nodes);
  assert.deepEqual([...saved.refs].sort(), [one, two].sort());
  assert.equal(statSync(place('both.tar')).size, saved.bytes);
  assert.match((await run('tar', ['-tf', place('both.tar')])).stdout, /manifest\.json/);
  await docker('rmi', one, two);
  screen.choose = () => place('both.tar');
  const loaded = await execute<{ refs: string[] }>('wheelhouse.images.load');
  assert.deepEqual([...loaded.refs].sort(), [one, two].sort());
  assert.deepEqual([await inspect(one, '{{.Id}}'), await inspect(two, '{{.Id}}')], ids);
  assert.match(results.at(-1)?.message ?? '', /^Loaded: /);
  assert.deepEqual(readdirSync(folder), ['both.tar']);
});

test('a save that is cancelled or fails leaves nothing, and what was there stays', limits, async () => {
  writeFileSync(place('kept.tar'), 'old');
  screen.cancelAfterMs = 30;
  await execute('wheelhouse.images.save', { image: one, file: place('kept.tar') });
  assert.equal(failures.at(-1)?.id, undefined);
  screen.press = ({ kind, buttons }) => (kind === 'modal' ? buttons[0] : undefined);
  screen.cancelAfterMs = 30;
  assert.equal(await execute('wheelhouse.images.save', { image: one, file: place('kept.tar') }), undefined);
  assert.equal(failures.at(-1)?.id, 'cancelled');
  screen.press = () => undefined;
  assert.equal(statSync(place('kept.tar')).size, 3);
  screen.cancelAfterMs = undefined;
  await execute('wheelhouse.images.save', { image: `${name('none')}:1`, file: place('none.tar') });
  assert.equal(failures.at(-1)?.id, 'image-unknown');
  await execute('wheelhouse.images.save', { image: one, file: path.join(folder, 'no', 'folder', 'x.tar') });
  assert.equal(failures.at(-1)?.id, 'not-saved');
  assert.equal(
    await executeFromElsewhere('wheelhouse.images.save', { image: one, file: place('far.tar') }),
    undefined,
  );
  assert.match(screen.shown.at(-1)?.text ?? '', /^Write /);
  assert.equal(existsSync(place('far.tar')), false);
  assert.deepEqual(
    readdirSync(folder).filter((file) => file.includes('.part')),
    [],
  );
});

test('what is no archive of images is told as such', limits, async () => {
  writeFileSync(place('text.tar'), 'no archive\n'.repeat(200));
  writeFileSync(place('empty.tar'), '');
  await run('tar', ['-cf', place('files.tar'), '-C', folder, 'text.tar']);
  await run('sh', ['-c', `head -c 200000 '${place('both.tar')}' > '${place('cut.tar')}'`]);
  for (const file of ['text.tar', 'empty.tar', 'files.tar', 'cut.tar']) {
    assert.equal(await execute('wheelhouse.images.load', { file: place(file) }), undefined, file);
    assert.equal(failures.at(-1)?.id, 'no-image-archive', `${file}: ${JSON.stringify(failures.at(-1))}`);
  }
  await execute('wheelhouse.images.load', { file: place('missing.tar') });
  assert.equal(failures.at(-1)?.id, 'no-file');
  assert.equal(await executeFromElsewhere('wheelhouse.images.load', { file: place('both.tar') }), undefined);
});

test(
  'Check for Newer says whether the registry has another image, and offers to pull it',
  limits,
  async (t) => {
    if (!registry) return t.skip('needs a registry');
    const ref = `${registry}/${name('newer')}:1`;
    const state = async () =>
      (await execute<{ state: string } | undefined>('wheelhouse.images.update', { image: ref }))?.state;
    await docker('tag', one, ref);
    try {
      assert.equal(await state(), undefined);
      assert.equal(failures.at(-1)?.id, 'tag-missing');
      await docker('push', '--quiet', ref);
      assert.equal(await state(), 'same');
      await docker('tag', two, ref);
      await docker('push', '--quiet', ref);
      await docker('rmi', ref);
      await docker('pull', '--quiet', ref);
      assert.equal(await state(), 'same');
      const digest = await execute<{ copied: string[] }>('wheelhouse.images.copyDigest', { image: ref });
      assert.equal(digest.copied[0], await inspect(ref, '{{index .RepoDigests 0}}'));
      // Somebody else pushes, by another name of the same registry.
      const other = ref.replace('127.0.0.1', 'localhost');
      await docker('tag', one, other);
      await docker('push', '--quiet', other);
      await docker('rmi', other);
      assert.equal(await state(), 'newer');
      assert.match(results.at(-1)?.message ?? '', /has another .* than the one that is here/);
      screen.press = ({ buttons }) => buttons.find((button) => button === 'Pull');
      await state();
      screen.press = () => undefined;
      for (
        let tries = 0;
        (await inspect(ref, '{{.Id}}')) !== (await inspect(one, '{{.Id}}')) && tries < 50;
        tries++
      )
        await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(await inspect(ref, '{{.Id}}'), await inspect(one, '{{.Id}}'));
      assert.equal(await state(), 'same');
    } finally {
      screen.press = () => undefined;
      await run('docker', ['rmi', ref]);
    }
    await execute('wheelhouse.images.update', { image: 'localhost/bikes:1' });
    assert.equal(failures.at(-1)?.id, 'no-registry');
  },
);

test('the containers of an image are listed, and the picked one is shown in its view', limits, async () => {
  created.push(name('uses'));
  await docker('create', '--name', name('uses'), one, 'true');
  await make('elsewhere', [], ...forever);
  screen.answer = () => enter;
  const { containers } = await execute<{ containers: string[] }>('wheelhouse.images.uses', { image: one });
  screen.answer = () => undefined;
  assert.deepEqual(containers, [name('uses')]);
  assert.equal((screen.revealed.at(-1) as { label?: string } | undefined)?.label, name('uses'));
  await docker('rm', name('uses'));
  await execute('wheelhouse.images.uses', { image: one });
  assert.equal(failures.at(-1)?.id, 'image-unused');
  await execute('wheelhouse.images.copyId', { image: one });
  assert.equal(screen.copied.at(-1), await inspect(one, '{{.Id}}'));
  assert.equal(await exists(one), true);
});
