// What is cancelled in the middle says what it may have left. The engine is a fake that is cancelled in each of these.
import assert from 'node:assert/strict';
import fs, { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { FileTree } from '../../client/src/engine/file-tree.ts';
import { cancelledId, explainFailure, failed, failureOf } from '../../client/src/runtime/failures.ts';
import '../engine/fake-vscode.ts';

const { commit } = await import('../../client/src/containers/commit.ts');
const { load } = await import('../../client/src/images/archive.ts');
const { download } = await import('../../client/src/files/download.ts');
const { down } = await import('../../client/src/compose/work.ts');
const { vouch } = await import('../../client/src/ui/vouched.ts');

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse cut off '));
after(() => rmSync(folder, { recursive: true }));

/** Cancelled at the first command of a job. */
const workbench = {
  engine: { get: async () => ({ kind: 'docker', file: 'docker', client: {} }) },
  memory: { get: () => undefined },
  changed() {},
  run: async () => [],
  async job({ work }: { work(job: unknown): Promise<unknown> }) {
    const run = async (_: unknown, facts: { step: string }) => {
      const exit = { kind: 'cancelled', file: '', stdout: '', stderr: '' } as const;
      throw failed(explainFailure(exit, { ...facts, tool: 'engine' }));
    };
    return work({ run, report() {}, signal: new AbortController().signal });
  },
} as never;
const remedyOf = async (work: Promise<unknown>) => {
  const failure = failureOf(
    await work.then(
      () => assert.fail('it came to its end'),
      (error: unknown) => error,
    ),
  );
  assert.equal(failure?.id, cancelledId);
  return failure?.remedy ?? '';
};

test('images of an archive', async () => {
  const file = path.join(folder, 'images.tar');
  writeFileSync(file, 'x');
  assert.match(await remedyOf(load(workbench, vouch({ file }))), /come first in it may be here now/);
});

test('a commit, with which an engine goes on', async () => {
  const container = { id: 'c'.repeat(64), name: 'web', command: [], mounts: [] } as never;
  const remedy = await remedyOf(commit(workbench, container, vouch({ image: 'mine:1', pause: false })));
  assert.match(remedy, /may make the image mine:1 all the same/);
});

test('a Compose project', async () => {
  const plan = {
    name: 'shop',
    compose: { file: 'docker', args: [] },
    project: { files: [] },
    isOurs: () => true,
  };
  const loss = { project: 'shop', containers: [], running: 0, networks: [], volumes: [] };
  assert.match(await remedyOf(down(workbench, plan as never, false, loss as never)), /until then stays/);
});

test('a download whose part cannot be taken away again', async (t) => {
  for (const [id, cancels] of [
    [cancelledId, true],
    ['file-not-written', false],
  ] as const) {
    const to = path.join(folder, id);
    const stop = new AbortController();
    const tree = {
      async *read() {
        yield { name: 'a', kind: 'folder', mode: 0o755, modified: new Date(0) };
        if (cancels) stop.abort();
        throw new Error('the engine is gone');
      },
    } as unknown as FileTree;
    t.mock.method(fs.promises, 'rm', async () => Promise.reject(new Error('EPERM')));
    syncBuiltinESMExports();
    const failure = await download(tree, '/a', to, stop.signal, () => {}).then(
      () => assert.fail('it came to its end'),
      failureOf,
    );
    t.mock.restoreAll();
    syncBuiltinESMExports();
    const [part = '', ...others] = readdirSync(folder).filter((name) => name.startsWith(`.${id}.`));
    assert.deepEqual([failure?.id, others], [id, []]);
    assert.ok(failure?.remedy.includes(`A part of it is in ${path.join(folder, part)} `), failure?.remedy);
  }
});
