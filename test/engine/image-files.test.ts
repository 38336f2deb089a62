// Images as files, beside their registry, and with their containers, each asked of the engine by another way.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { agree, enter, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

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
  screen.press = agree;
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
    const nowhere = `localhost/${name('nowhere')}:1`;
    await execute('wheelhouse.images.update', { image: nowhere });
    assert.equal(failures.at(-1)?.id, 'image-unknown');
    await docker('tag', one, nowhere);
    await execute('wheelhouse.images.update', { image: nowhere });
    await docker('rmi', nowhere);
    assert.equal(failures.at(-1)?.id, 'no-registry');
  },
);

test('Check for Newer of an image that was made here tells of what it was made on', limits, async (t) => {
  if (!registry) return t.skip('needs a registry');
  const base = `${registry}/${name('base')}:1`;
  const mine = `${name('mine')}:1`;
  type Told = { state: string; base?: { ref: string; state: string } } | undefined;
  const told = async (image: string) => {
    const given = await execute<Told>('wheelhouse.images.update', { image });
    return given && [given.state, given.base?.ref, given.base?.state];
  };
  const build = async (from: string, as: string, text: string) => {
    const folder = place(`made-${text}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'Dockerfile'), `FROM ${from}\nCOPY Dockerfile /${text}\n`);
    await docker('build', '--quiet', '--tag', as, folder);
  };
  try {
    await build(one, base, 'base');
    await build(base, mine, 'mine');
    // Not pushed, it is an image of this machine like the one on it, which Docker Hub is asked for and is not reached.
    assert.equal(await told(mine), undefined);
    await docker('push', '--quiet', base);
    assert.deepEqual(await told(mine), ['own', base, 'same']);
    assert.match(results.at(-1)?.message ?? '', /was made on .*, which is what its registry has\.$/);
    const other = base.replace('127.0.0.1', 'localhost');
    await build(one, other, 'newer');
    await docker('push', '--quiet', other);
    await docker('rmi', other);
    const offered: string[] = [];
    screen.press = ({ buttons }) => void offered.push(...buttons);
    assert.deepEqual(await told(mine), ['own', base, 'newer']);
    screen.press = () => undefined;
    assert.match(
      results.at(-1)?.message ?? '',
      /of which the registry has a newer one; pull it, then build again/,
    );
    assert.ok(offered.includes(`Pull ${base}`), offered.join());
    // Its own name comes first, where it has one at a registry.
    const pushed = `${registry}/${mine}`;
    await docker('tag', mine, pushed);
    await docker('push', '--quiet', pushed);
    assert.deepEqual(await told(pushed), ['same', base, 'newer']);
    assert.match(results.at(-1)?.message ?? '', /is what its registry has\. .* was made on /);
    await docker('rmi', pushed);
  } finally {
    screen.press = () => undefined;
    await run('docker', ['rmi', mine, base]);
  }
});

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

test('a row of an image says who uses it, and is found from a container', limits, async () => {
  const other = `${name('used')}/elsewhere:2`;
  await docker('tag', one, other);
  try {
    created.push(name('user-1'), name('user-2'));
    await docker('create', '--name', name('user-1'), other, 'true');
    const row = async () => {
      const roots = (await screen.trees.get('wheelhouse.images')?.provider.getChildren()) as Node[];
      const all = roots.flatMap(({ children }) => (Array.isArray(children) ? children : []));
      return all.find(({ id }) => id === `tag:${other}`) ?? assert.fail('no row');
    };
    assert.match((await row()).description ?? '', / · used by 1 container$/);
    await docker('create', '--name', name('user-2'), one, 'true');
    const node = await row();
    assert.match(node.description ?? '', / · used by 2 containers$/);
    const said = String(node.tooltip).replaceAll('`', '');
    const users = /Used by:(.*)/
      .exec(said)?.[1]
      ?.split(',')
      .map((each) => each.trim());
    assert.deepEqual(users?.toSorted(), [name('user-1'), name('user-2')]);
    assert.ok(/Same image as: .*/.exec(said)?.[0].includes(one), said);

    screen.revealed.length = 0;
    const shown = async (container: string) => {
      const { ref } = await execute<{ ref: string }>('wheelhouse.images.ofContainer', { container });
      assert.equal((screen.revealed.at(-1) as { id?: string } | undefined)?.id, `tag:${ref}`);
      return ref;
    };
    assert.equal(await shown(name('user-1')), other);
    assert.equal(await shown(name('user-2')), one);
    // Its own name went to no image, and the image is found by what it is.
    await docker('rmi', other);
    assert.equal(
      await inspect(name('user-1'), '{{.Image}}'),
      await inspect(await shown(name('user-1')), '{{.Id}}'),
    );
  } finally {
    await run('docker', ['rm', name('user-1'), name('user-2')]);
    await run('docker', ['rmi', other]);
  }
  const unused = (await screen.trees.get('wheelhouse.images')?.provider.getChildren()) as Node[];
  const rows = unused.flatMap(({ children }) => (Array.isArray(children) ? children : []));
  const mine = rows.find(({ id }) => id === `tag:${one}`) ?? assert.fail('no row');
  assert.doesNotMatch(mine.description ?? '', /used by/);
  assert.match(String(mine.tooltip), /Used by: no container/);
});
