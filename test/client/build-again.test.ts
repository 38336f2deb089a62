// What stays at the line at which a build failed, once its message is gone.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { failed, failureOf } from '../../client/src/runtime/failures.ts';
import { languages, Uri, workspace } from '../engine/fake-vscode.ts';

type Lens = {
  readonly command: { readonly title: string; readonly command: string; readonly arguments: unknown[] };
};
type Lenses = {
  provideCodeLenses(document: { uri: { fsPath: string } }): Lens[];
  onDidChangeCodeLenses(heard: () => void): void;
};
let lenses: Lenses | undefined;
Object.assign(languages, {
  registerCodeLensProvider: (_: unknown, given: Lenses) => {
    lenses = given;
    return { dispose() {} };
  },
});
Object.assign(workspace.fs, {
  // VS Code takes dots out of its addresses.
  readDirectory: async ({ fsPath }: { fsPath: string }) =>
    readdirSync(path.normalize(fsPath)).map((name) => [name, 1]),
});
const { createBuildFindings } = await import('../../client/src/images/build-findings.ts');
const { defaultTag, purposeOf } = await import('../../client/src/images/locate.ts');

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse again '));
after(() => rmSync(folder, { recursive: true }));

test('a build can be begun again at the line that failed, until it is', async () => {
  const findings = createBuildFindings();
  const dockerfile = path.join(folder, 'Dockerfile');
  writeFileSync(dockerfile, 'FROM x\nRUN false\n');
  const request = { dockerfile };
  const again = { label: 'Build Again', command: 'wheelhouse.images.build', arguments: [request] };
  const failure = { id: 'step-failed', message: 'It failed.', remedy: '' };
  const at = (file: string) =>
    lenses?.provideCodeLenses({ uri: { fsPath: file } }).map(({ command }) => command);
  let changes = 0;
  lenses?.onDidChangeCodeLenses(() => changes++);
  const rule = '-'.repeat(20);
  const said = `Dockerfile:2\n${rule}\n   1 |     FROM x\n   2 | >>> RUN false\n${rule}\n`;
  await findings.note(dockerfile, 'says nothing of a line', failure, again);
  assert.deepEqual(at(dockerfile), []);
  await findings.note(dockerfile, said, failure, again);
  assert.deepEqual(at(dockerfile), [
    { title: 'Build Again', command: 'wheelhouse.images.build', arguments: [request] },
  ]);
  assert.deepEqual(at(`${dockerfile}.other`), []);
  findings.forget(dockerfile);
  assert.deepEqual(at(dockerfile), []);
  assert.equal(changes, 2);
});

test('what others said ends with a stop before what to do', () => {
  const message = (text: string) =>
    failureOf(failed({ id: 'x', message: text, remedy: 'Correct it.' }))?.message;
  assert.equal(message("exit code 1: No module named 'torch'"), "exit code 1: No module named 'torch'.");
  assert.equal(message('ended (line 2)'), 'ended (line 2).');
  for (const whole of ['It failed.', 'Did it fail?', 'It failed!', 'It fai…'])
    assert.equal(message(whole), whole);
});

test('the name of a Dockerfile says what it is for', () => {
  const names = [
    'Dockerfile',
    'Containerfile',
    'Dockerfile.train',
    'gpu.dockerfile',
    'Containerfile.CPU',
    'a.Containerfile',
  ];
  assert.deepEqual(names.map(purposeOf), ['', '', 'train', 'gpu', 'CPU', 'a']);
});

test('of several Dockerfiles beside each other none proposes the name of another', async () => {
  const tagOf = (name: string) =>
    defaultTag(Uri.file(folder) as never, Uri.file(path.join(folder, name)) as never);
  writeFileSync(path.join(folder, 'pyproject.toml'), '[project]\nname = "bikes"\nversion = "1.2.0"\n');
  writeFileSync(path.join(folder, 'Dockerfile'), 'FROM x\n');
  writeFileSync(path.join(folder, 'Dockerfile.dockerignore'), '*\n');
  // Alone, whatever it is called.
  assert.equal(await tagOf('Dockerfile'), 'bikes:1.2.0');
  assert.equal(await tagOf('Dockerfile.train'), 'bikes:1.2.0');
  writeFileSync(path.join(folder, 'Dockerfile.train'), 'FROM x\n');
  assert.equal(await tagOf('Dockerfile'), 'bikes:1.2.0');
  assert.equal(await tagOf('Dockerfile.train'), 'bikes-train:1.2.0');
});
