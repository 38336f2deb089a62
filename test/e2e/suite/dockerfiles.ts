// Optimize Dockerfile and Pin Images: what they show, what they write, and what they leave alone.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, failureOf, fileIn, openFile, openText, outcome, writeFile } from './wheelhouse.ts';

const registry = process.env.WHEELHOUSE_SUITE_REGISTRY;
const text =
  'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir numpy==2.3.1\nCMD ["python", "app.py"]\n';

async function project(name: string, dockerfile = text): Promise<vscode.TextDocument> {
  await writeFile(fileIn(name, 'app.py'), 'print("hello")\n');
  await writeFile(fileIn(name, 'Dockerfile'), dockerfile);
  return openFile(fileIn(name, 'Dockerfile'));
}

const shown = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'wheelhouse-preview',
    );
const exists = (uri: vscode.Uri) =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

suite('Optimize Dockerfile', () => {
  const optimize = 'wheelhouse.dockerfiles.optimize';

  test('writes the Dockerfile and the ignore file, and one step undoes it', async () => {
    const document = await project('optimized');
    await writeFile(fileIn('optimized/.dockerignore'), 'notes');
    await writeFile(fileIn('optimized/mlruns/0/meta.yaml'), '');
    const uri = document.uri.toString();
    const { value, failure } = await outcome(optimize, { uri, apply: true });
    assert.equal(failure, undefined);
    assert.deepEqual(value, ['ignore-file', 'dependencies-first', 'cache-mounts', 'multi-stage', 'non-root']);
    assert.match(
      document.getText(),
      /RUN --mount=type=cache,target=\/root\/\.cache\/pip\S* pip wheel .*numpy==/,
    );
    assert.match(document.getText(), /USER 10001\nCMD/);
    const ignored = await vscode.workspace.openTextDocument(fileIn('optimized/.dockerignore'));
    assert.equal(ignored.getText(), 'notes\nmlruns\n');
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(document.getText(), text));
  });

  test('shows the difference first, and writes nothing where the answer is no', async () => {
    const document = await project('looked-at');
    const running = outcome(optimize, { uri: document.uri.toString(), ids: ['non-root', 'ignore-file'] });
    await eventually(() => assert.equal(shown().length, 1));
    const [tab] = shown();
    assert.match(tab?.label ?? '', /optimized/);
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    const preview = await vscode.workspace.openTextDocument(tab.input.modified);
    assert.match(preview.getText(), /USER 10001/);
    let isOver = false;
    void running.finally(() => {
      isOver = true;
    });
    // The message with the question may go: it stands in the title of the comparison as well.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('notifications.clearAll');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(isOver, false, 'A message that went was taken for an answer.');
    await vscode.commands.executeCommand('wheelhouse.preview.discard');
    const { value, failure } = await running;
    assert.ok(isOver);
    assert.deepEqual([value, failure], [undefined, undefined]);
    assert.equal(document.getText(), text);
    assert.equal(await exists(fileIn('looked-at/.dockerignore')), false);
    await eventually(() => assert.deepEqual(shown(), []));
  });

  test('says so where no Dockerfile is meant, and keeps silent where there is nothing to do', async () => {
    const plain = await openText('hello', 'plaintext');
    assert.equal((await failureOf(optimize, { uri: plain.uri.toString(), apply: true })).id, 'not-linted');
    const done = await project('done', 'FROM scratch\n');
    const { value, failure } = await outcome(optimize, { uri: done.uri.toString(), apply: true });
    assert.deepEqual([value, failure], [undefined, undefined]);
  });
});

suite('Pin Images', () => {
  const pin = 'wheelhouse.registries.pinImages';

  test('writes the digest that the registry gives', async () => {
    const name = `${registry}/suite/base:1`;
    await writeFile(fileIn('base/Dockerfile'), `FROM ${process.env.WHEELHOUSE_SUITE_BASE}\nLABEL a=b\n`);
    const dockerfile = fileIn('base/Dockerfile').fsPath;
    await outcome('wheelhouse.images.build', { dockerfile, tag: name });
    const pushed = await outcome('wheelhouse.images.push', { image: name, target: name });
    assert.equal(pushed.failure, undefined);
    const document = await project(
      'pinned',
      `FROM ${name} AS base\nFROM base\nCOPY --from=${name} /etc/hostname /\n`,
    );
    const { value, failure } = await outcome(pin, { uri: document.uri.toString(), apply: true });
    assert.equal(failure, undefined);
    const answer = await fetch(`http://${registry}/v2/suite/base/manifests/1`, {
      headers: {
        accept:
          'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
      },
    });
    const digest = answer.headers.get('docker-content-digest');
    assert.match(digest ?? '', /^sha256:/);
    assert.deepEqual(value, [`${name}@${digest}`, `${name}@${digest}`]);
    assert.equal(
      document.getText(),
      `FROM ${name}@${digest} AS base\nFROM base\nCOPY --from=${name}@${digest} /etc/hostname /\n`,
    );
    assert.equal((await failureOf(pin, { uri: document.uri.toString(), apply: true })).id, 'nothing-to-pin');
  });

  test('says which image is not there, and writes nothing', async () => {
    const missing = `FROM ${registry}/suite/none:7\n`;
    const document = await project('unpinned', missing);
    const failure = await failureOf(pin, { uri: document.uri.toString(), apply: true });
    assert.equal(failure.id, 'tag-missing');
    assert.match(failure.message, /suite\/none:7/);
    assert.equal(document.getText(), missing);
  });
});
