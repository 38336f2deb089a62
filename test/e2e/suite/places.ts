// Dockerfiles under other names, outside of files, and in file systems that only the editor reaches.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codesOf, eventually, fileIn, openFile, openText, writeFile } from './wheelhouse.ts';

const flawed = 'FROM debian:12\nMAINTAINER ada\n';

suite('places', () => {
  for (const name of ['Containerfile', 'gpu.dockerfile', 'Dockerfile.cuda', 'sub folder/Dockerfile']) {
    test(`${name} is linted`, async () => {
      await writeFile(fileIn('places', name), flawed);
      const document = await openFile(fileIn('places', name));
      assert.equal(document.languageId, 'dockerfile');
      await eventually(() => assert.ok(codesOf(document).includes('DL4000')));
    });
  }

  test('an untitled document is linted, and changes are followed', async () => {
    const document = await openText(flawed);
    assert.equal(document.uri.scheme, 'untitled');
    await eventually(() => assert.ok(codesOf(document).includes('DL4000')));
  });

  test('.hadolint.yaml above a file configures it, also when it changes', async () => {
    await writeFile(fileIn('configured/.hadolint.yaml'), 'ignored:\n  - DL4000\n');
    await writeFile(fileIn('configured/deep/Dockerfile'), 'FROM debian\nMAINTAINER ada\n');
    const document = await openFile(fileIn('configured/deep/Dockerfile'));
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    assert.ok(!codesOf(document).includes('DL4000'));
    await writeFile(fileIn('configured/.hadolint.yaml'), 'ignored:\n  - DL3006\n');
    await eventually(() => {
      assert.ok(codesOf(document).includes('DL4000'), 'DL4000 stays ignored.');
      assert.ok(!codesOf(document).includes('DL3006'), 'DL3006 is not ignored.');
    });
  });

  test('a document of a virtual file system obeys the .hadolint.yaml beside it', async () => {
    const memory = vscode.workspace.registerFileSystemProvider('memfs', memoryFiles(), {
      isCaseSensitive: true,
    });
    try {
      const root = vscode.Uri.parse('memfs:/project');
      await writeFile(vscode.Uri.joinPath(root, '.hadolint.yaml'), 'ignored:\n  - DL4000\n');
      await writeFile(vscode.Uri.joinPath(root, 'Dockerfile'), 'FROM debian\nMAINTAINER ada\n');
      const document = await openFile(vscode.Uri.joinPath(root, 'Dockerfile'));
      assert.equal(document.languageId, 'dockerfile');
      await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
      assert.ok(!codesOf(document).includes('DL4000'), 'The .hadolint.yaml was not read.');
    } finally {
      memory.dispose();
    }
  });
});

/** The least that a file system has to do. */
function memoryFiles(): vscode.FileSystemProvider {
  const files = new Map<string, Uint8Array>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const missing = (uri: vscode.Uri) => vscode.FileSystemError.FileNotFound(uri);
  return {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => {}),
    stat(uri) {
      const file = files.get(uri.path);
      if (!file && uri.path !== '/project') throw missing(uri);
      const type = file ? vscode.FileType.File : vscode.FileType.Directory;
      return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
    },
    readDirectory: () =>
      [...files.keys()].map((path) => [path.slice('/project/'.length), vscode.FileType.File]),
    createDirectory: () => {},
    readFile(uri) {
      const file = files.get(uri.path);
      if (!file) throw missing(uri);
      return file;
    },
    writeFile: (uri, content) => void files.set(uri.path, content),
    delete: (uri) => void files.delete(uri.path),
    rename: () => {},
  };
}
