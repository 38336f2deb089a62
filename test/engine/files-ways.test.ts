// The files of containers by each way to an engine: Docker and Podman, over the API and by the command line alone.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { FileTree } from '../../client/src/engine/file-tree.ts';
import type { EngineKind } from '../../client/src/runtime/engine.ts';
import { type Command, exec } from '../../client/src/runtime/exec.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { startPodman } from '../parts/podman.ts';
import { run, runOrThrow, stopEverything, waitUntil } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';

const { containerFiles } = await import('../../client/src/files/container.ts');
const { createImageFiles } = await import('../../client/src/files/image.ts');
const { containerDetails } = await import('../../client/src/runtime/container-details.ts');
const { insideOf } = await import('../../client/src/engine/inside.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image && process.getuid?.() === 0 ? false : 'needs an engine with its base image, and root';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse ways '));
const base = 'localhost/files:1';
const prefix = `wh-w-${process.pid}`;

/** @param overApi false where the command line cannot tell where the engine listens */
function userOf(kind: EngineKind, overApi: boolean) {
  return {
    engine: createEngineAccess(exec, () => ({ engine: kind, dockerPath: '', podmanPath: '' })),
    async run<T>(command: Command<T>): Promise<T> {
      const asksWhere = command.args[0] === 'context' || command.args[0] === 'info';
      if (asksWhere && !overApi) throw new Error('nobody tells');
      const exit = await exec(command);
      assert.ok(exit.kind === 'exited' && exit.code === 0, exit.stderr);
      return (await command.parse?.(exit.stdout, exit.stderr)) as T;
    },
  };
}
const ways = [
  ['docker', true],
  ['docker', false],
  ['podman', true],
  ['podman', false],
] as const;

before(async () => {
  if (skip) return;
  const started = await startPodman(() => {});
  assert.ok(!isMissing(started), JSON.stringify(started));
  Object.assign(process.env, toolEnvironment(parts), started.environment);
  const id = (await runOrThrow('docker', ['create', image, 'true'])).stdout.trim();
  await runOrThrow('docker', ['export', '--output', path.join(folder, 'root.tar'), id]);
  await run('docker', ['rm', id]);
  await runOrThrow('podman', ['import', path.join(folder, 'root.tar'), base]);
});
after(async () => {
  rmSync(folder, { recursive: true });
  if (!skip) await run('docker', ['rm', '--force', ...ways.map(([, api]) => `${prefix}-${api}`)]);
  await stopEverything();
});

const script = [
  'mkdir -p /data/sub && cd /data && echo hi >a && chown 12:34 a && chmod 640 a && ln -s sub ld && ln -s a l',
  'printf x >"$(printf "new\\nline")"; printf y >"sub/ä b"; head -c 20000000 /dev/zero >sub/big; mkdir mine; chown 56:78 mine',
].join('; ');

for (const [kind, overApi] of ways) {
  test(`by ${kind}, ${overApi ? 'over its API' : 'by its command line'}`, limits, async () => {
    const name = `${prefix}-${overApi}`;
    const from = kind === 'docker' ? image : base;
    await runOrThrow(kind, [
      'run',
      '--detach',
      '--name',
      name,
      '--network=none',
      from,
      'sh',
      '-c',
      `${script}; sleep 600`,
    ]);
    // The script has come to its end.
    const programs = kind === 'docker' ? ['-o', 'pid,comm'] : ['pid', 'comm'];
    const isSettled = async () =>
      / sleep *$/m.test((await runOrThrow(kind, ['top', name, ...programs])).stdout);
    assert.ok(await waitUntil(isSettled, { timeout: 60_000 }));
    const { stdout } = await runOrThrow(kind, ['inspect', '--format', '{{.Id}}', name]);
    const files = containerFiles(userOf(kind, overApi), stdout.trim());
    const content = async (file: string, tree: Pick<FileTree, 'read'> = files) => {
      for await (const entry of tree.read(file)) {
        const portions: Buffer[] = [];
        for await (const portion of entry.content()) portions.push(portion);
        return Buffer.concat(portions).toString();
      }
      return undefined;
    };
    for (const state of ['running', 'stopped']) {
      if (state === 'stopped') await runOrThrow(kind, ['stop', '--time=0', name]);
      const { entries, isWhole } = await files.list('/data');
      assert.equal(isWhole, true);
      assert.deepEqual(
        entries
          .map(({ name, kind, toFolder, size }) => [name, kind, toFolder ?? false, name === 'a' ? size : 0])
          .toSorted(),
        [
          ['a', 'file', false, 3],
          ['l', 'link', false, 0],
          ['ld', 'link', true, 0],
          ['mine', 'folder', false, 0],
          ['new\nline', 'file', false, 0],
          ['sub', 'folder', false, 0],
        ],
        state,
      );
      assert.deepEqual(
        (await files.list('/data/ld')).entries.map(({ name }) => name).toSorted(),
        ['big', 'ä b'].toSorted(),
      );
      const stat = await files.stat('/data/a');
      assert.deepEqual([stat?.kind, stat?.size, stat?.mode], ['file', 3, 0o640]);
      // Without its API Podman shows what a link leads to.
      const link = await files.stat('/data/l');
      if (overApi) assert.deepEqual([link?.kind, link?.target], ['link', '/data/a']);
      else assert.equal(link?.kind, kind === 'docker' ? 'link' : 'file');
      assert.equal(await files.stat('/data/none'), undefined);
      assert.equal(await files.stat('/none/none'), undefined);
      assert.equal(await content('/data/a'), 'hi\n');
      assert.equal(await content('/data/sub/ä b'), 'y');
      const top = (await files.list('/')).entries;
      assert.ok(
        ['data', 'etc', 'usr'].every((known) => top.some(({ name }) => name === known)),
        JSON.stringify(top),
      );
      assert.equal(top.find(({ name }) => name === 'bin')?.toFolder, true);
      // What nobody reads to its end ends all the same.
      assert.equal((await files.stat('/data/sub/big'))?.size, 20_000_000);
      const parts: string[] = [];
      for await (const entry of files.read('/data/sub')) parts.push(entry.name.replace(/\/$/, ''));
      assert.deepEqual(parts.toSorted(), ['sub', 'sub/big', 'sub/ä b'].toSorted());

      if (kind === 'podman' && !overApi && state === 'stopped') {
        await assert.rejects(files.write('/data/a', Buffer.from('x')), /does not tell whose it is/);
        assert.equal(await content('/data/a'), 'hi\n');
        break;
      }
      const changed = Buffer.from(`changed while ${state}\n`);
      await files.write(overApi ? '/data/a' : '/data/l', changed);
      assert.equal(await content('/data/a'), changed.toString());
      await files.write('/data/mine/new ä', Buffer.from('new'));
      await files.makeFolder(`/data/mine/in ${state}`);
      await assert.rejects(files.makeFolder('/data/mine'), /exists already/);
      await files.put('/data/mine', (owner) => {
        const common = { ...owner, modified: new Date() };
        const file = { name: 'top/file', kind: 'file', size: 3, mode: 0o600 } as const;
        return [
          { ...common, name: 'top', kind: 'folder', size: 0, mode: 0o750 },
          { ...common, ...file, content: () => [Buffer.from('put')] },
        ];
      });
      const asked = `${kind} export ${name} | tar --numeric-owner -tvf - data/l data/a data/mine`;
      const told = (await runOrThrow('sh', ['-c', asked])).stdout.split('\n');
      const seen = (file: string) =>
        told
          .find((line) => line.includes(` data/${file}`))
          ?.split(/ +/)
          .slice(0, 3);
      assert.equal(seen('l ')?.[0]?.[0], 'l');
      assert.deepEqual(seen('a'), ['-rw-r-----', '12/34', String(changed.length)]);
      assert.deepEqual(seen('mine/new '), ['-rw-r--r--', '56/78', '3']);
      assert.deepEqual(seen(`mine/in ${state}`)?.slice(0, 2), ['drwxr-xr-x', '56/78']);
      assert.deepEqual(seen('mine/top/file'), ['-rw-------', '56/78', '3']);
      if (state === 'running') {
        await files.rename('/data/mine/top/file', "/data/mine/it's $HOME");
        assert.equal(await content("/data/mine/it's $HOME"), 'put');
        await assert.rejects(files.rename('/data/mine/top', '/data/a'), /has that name already/);
        await files.rename("/data/mine/it's $HOME", '/data/mine/top', true);
        assert.equal(await content('/data/mine/top'), 'put');
        await files.remove('/data/mine/top');
        await files.remove('/data/mine/new ä');
        assert.deepEqual(
          (await files.list('/data/mine')).entries.map(({ name }) => name),
          ['in running'],
        );
        await files.write('/data/a', Buffer.from('hi\n'));
      } else {
        await assert.rejects(files.remove('/data/mine'), /is not running, and files are deleted/);
        await assert.rejects(files.rename('/data/mine', '/data/x'), /is not running/);
      }
    }
    const changes = await insideOf(userOf(kind, overApi), stdout.trim()).changes();
    assert.ok(changes.some(({ path, kind }) => path === '/data/sub/big' && kind === 'added'));
    await assert.rejects(files.list('/data/a'), (error: Error) => error.message.includes('/data/a'));

    // What was there before, in its image.
    const [raw] = JSON.parse((await runOrThrow(kind, ['inspect', name])).stdout);
    const images = createImageFiles(userOf(kind, overApi));
    const before = images.treeOf(containerDetails(raw).imageId ?? '');
    assert.equal(await before.stat('/data'), undefined);
    const plain = await runOrThrow(kind, ['run', '--rm', '--network=none', from, 'cat', '/etc/profile']);
    assert.equal(await content('/etc/profile', before), plain.stdout);
    await assert.rejects(before.write('/etc/profile', Buffer.from('x')), /image cannot be changed/);
    await images.release();
    const left = ['ps', '--all', '--quiet', '--filter', 'label=wheelhouse.stand-in-of'];
    assert.equal((await runOrThrow(kind, left)).stdout, '');
  });
}
