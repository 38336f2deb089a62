// What comes out of a container stays in the folder that was chosen. The archives are made up: no engine writes such ones.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import type { FileTree } from '../../client/src/engine/file-tree.ts';
import { download } from '../../client/src/files/download.ts';

const entry = (name: string, kind: string, target = '') => ({
  name,
  kind,
  target,
  size: 0,
  mode: 0o644,
  uid: 0,
  gid: 0,
  modified: new Date(0),
  attributes: [],
  async *content() {},
});

for (const [what, bad] of [
  ['a file', entry('data/../../secret', 'file')],
  ['a file of another folder', entry('other/a', 'file')],
  ['a hard link', entry('data/a', 'hardlink', 'data/../../secret')],
] as const)
  it(`${what} that leads out of it ends the download, and nothing is left`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-download-'));
    try {
      writeFileSync(path.join(folder, 'secret'), 'mine');
      mkdirSync(path.join(folder, 'to'));
      const tree = {
        async *read() {
          yield entry('data', 'folder');
          yield bad;
        },
      } as unknown as FileTree;
      const to = path.join(folder, 'to', 'data');
      const { signal } = new AbortController();
      await assert.rejects(
        download(tree, '/data', to, signal, () => {}),
        /leaves its folder/,
      );
      assert.deepEqual(readdirSync(path.join(folder, 'to')), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
