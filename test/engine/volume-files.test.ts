// The files in volumes from their view, over a real Docker and a real Podman, each result looked at by their command lines.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type * as vscode from 'vscode';
import type { FileValue } from '../../client/src/files/uri.ts';
import type { EngineKind } from '../../client/src/runtime/engine.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { agree, createContext, execute, screen, workspace } from './fake-vscode.ts';
import { base, podmanEnvironment, skip } from './podman-world.ts';

let kind: EngineKind = 'docker';
workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (key === 'engine' ? (kind as T) : fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerFiles } = await import('../../client/src/files/commands.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');
const { placeOf, uriOf } = await import('../../client/src/files/uri.ts');

const workbench = createWorkbench(createContext() as never);
const files = registerFiles(workbench);
registerContainers(workbench, files);
registerVolumes(workbench, files);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));

const parts = readParts();
const limits = { skip, timeout: 300_000 };
const volume = `Wh-F_${process.pid}.Data`;
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse volume files '));
const image = () => (kind === 'docker' ? (parts.engine?.baseImage ?? '') : base);
const env = () => (kind === 'docker' ? toolEnvironment(parts) : podmanEnvironment());
const engine = async (...args: string[]) => (await runOrThrow(kind, args, { env: env() })).stdout.trim();
const inside = (script: string) =>
  engine(
    ...['run', '--rm', '--network=none', '--user=0', '--volume', `${volume}:/v`, image(), 'sh', '-c'],
    `cd /v && ${script}`,
  );
const ours = () => engine('ps', '--all', '--quiet', '--filter', 'label=wheelhouse.stand-in-of');
const provider = () => screen.fileSystems.get('wheelhouse-files') as Required<vscode.FileSystemProvider>;
const uri = (at: string) => uriOf({ container: `volume:${volume}`, path: at });
const view = () => screen.trees.get('wheelhouse.volumes')?.provider;
type FileNode = Node<FileValue>;
const below = async (node?: Node) => (await view()?.getChildren(node)) as FileNode[];
async function node(...names: string[]): Promise<FileNode> {
  let at = (await below()).find(({ label }) => label === volume);
  for (const name of ['Files', ...names]) at = (await below(at)).find(({ label }) => label === name);
  assert.ok(at, `no node ${names.join('/')}`);
  return at;
}

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  rmSync(folder, { recursive: true });
  if (skip) return;
  kind = 'docker';
  await run('docker', ['volume', 'rm', volume], { env: env() });
});

for (const way of ['docker', 'podman by its service', 'podman without its service']) {
  test(`files of a volume are nodes, open, and come out and in, by ${way}`, limits, async () => {
    kind = way === 'docker' ? 'docker' : 'podman';
    if (way === 'podman without its service') delete process.env.CONTAINER_HOST;
    workbench.engine.forget();
    await engine('volume', 'create', volume);
    await inside(
      'mkdir -p sub/er && chown 1000:100 sub && echo hi >a && chmod 640 a && ln -s a in && ln -s /etc/passwd out && ln -s sub to && printf x >"[x](command:y)"',
    );
    const top = await below(await node());
    assert.deepEqual(top.map(({ label, description, context }) => [label, description, context]).sort(), [
      ['[x](command:y)', '1 B', ';file;entry;'],
      ['a', '3 B', ';file;entry;'],
      ['in', 'link', ';file;entry;'],
      ['out', 'link', ';file;entry;'],
      ['sub', '', ';folder;entry;'],
      ['to', 'link to a folder', ';folder;entry;'],
    ]);
    assert.deepEqual(placeOf(uri('/a')), { container: `volume:${volume}`, path: '/a' });
    assert.equal(uri('/a').authority, uri('/a').authority.toLowerCase());
    assert.equal(Buffer.from(await provider().readFile(uri('/in'))).toString(), 'hi\n');
    // It means a file of whatever container the volume is mounted in.
    await assert.rejects(async () => provider().readFile(uri('/out')), { code: 'FileNotFound' });
    // Nothing runs, and no view tells of it.
    assert.equal(await engine('ps', '--quiet', '--filter', 'label=wheelhouse.stand-in-of'), '');
    assert.match((await below()).find(({ label }) => label === volume)?.description ?? '', /^unused/);
    const containers = (await screen.trees.get('wheelhouse.containers')?.provider.getChildren()) as Node[];
    assert.deepEqual(containers, []);

    const file = path.join(folder, `${way} a`);
    assert.ok(
      await execute('wheelhouse.files.download', {
        file: { container: `volume:${volume}`, path: '/a' },
        to: file,
      }),
    );
    assert.equal(readFileSync(file, 'utf8'), 'hi\n');
    const all = path.join(folder, `${way} all`);
    assert.ok(
      await execute('wheelhouse.files.download', {
        file: { container: `volume:${volume}`, path: '/' },
        to: all,
      }),
      JSON.stringify(failures.at(-1)),
    );
    assert.equal(readFileSync(path.join(all, '[x](command:y)'), 'utf8'), 'x');
    assert.ok(statSync(path.join(all, 'sub/er')).isDirectory());

    mkdirSync(path.join(folder, 'up/deep'), { recursive: true });
    writeFileSync(path.join(folder, 'up/deep/model'), 'm'.repeat(5_000));
    const place = { container: `volume:${volume}`, path: '/sub' };
    assert.ok(
      await execute('wheelhouse.files.upload', { file: place, from: [path.join(folder, 'up')] }),
      JSON.stringify(failures.at(-1)),
    );
    assert.equal(await inside('stat -c "%u:%g %s" sub/up/deep/model'), '1000:100 5000');
    await provider().writeFile(uri('/a'), Buffer.from('longer\n'), { create: false, overwrite: true });
    await provider().writeFile(uri('/sub/new'), Buffer.from('n'), { create: true, overwrite: false });
    await provider().createDirectory(uri('/sub/made'));
    assert.equal(
      await inside('cat a && stat -c "%a %u" a && stat -c "%u:%g %F" sub/new sub/made'),
      'longer\n640 0\n1000:100 regular file\n1000:100 directory',
    );
    await provider().rename(uri('/sub/new'), uri('/sub/old'), { overwrite: false });
    await provider().delete(uri('/sub/made'), { recursive: true });
    assert.equal(await inside('ls sub'), 'er\nold\nup');
    await assert.rejects(
      async () => provider().delete(uri('/'), { recursive: true }),
      /Remove the volume instead/,
    );

    // One that somebody removed meanwhile is made again; and what is held is let go before a volume is removed.
    const [held = ''] = (await ours()).split('\n');
    if (held) await engine('rm', '--force', held);
    assert.equal(Buffer.from(await provider().readFile(uri('/sub/old'))).toString(), 'n');
    screen.press = agree;
    await execute(
      'wheelhouse.volumes.remove',
      (await below()).find(({ label }) => label === volume),
    );
    assert.equal((await run(kind, ['volume', 'inspect', volume], { env: env() })).code === 0, false);
    assert.equal(await ours(), '');
    // Nor does looking for it make it anew.
    await assert.rejects(async () => provider().stat(uri('/a')), /no volume/);
    assert.equal((await run(kind, ['volume', 'inspect', volume], { env: env() })).code === 0, false);
    screen.press = () => undefined;
  });
}
