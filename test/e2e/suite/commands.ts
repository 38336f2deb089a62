// Commands with their answers given beforehand ask nothing and say what they made.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, fileIn, outcome, writeFile } from './wheelhouse.ts';

suite('commands with an options object', () => {
  const image = 'wheelhouse-suite:1';

  test('build, tag and inspect an image', async () => {
    await writeFile(
      fileIn('scratch/Dockerfile'),
      `FROM ${process.env.WHEELHOUSE_SUITE_BASE}\nCMD ["echo", "hello"]\n`,
    );
    const dockerfile = fileIn('scratch/Dockerfile').fsPath;
    const { value, result, failure } = await outcome('wheelhouse.images.build', { dockerfile, tag: image });
    assert.equal(failure, undefined);
    const { imageId } = value as { imageId: string };
    assert.match(imageId, /^sha256:[0-9a-f]{64}$/);
    assert.equal(result?.kind, 'images.build');
    assert.match(result?.message ?? '', /^wheelhouse-suite:1 was built, /);

    await outcome('wheelhouse.images.tag', { image, target: 'wheelhouse-suite:2' });
    const second = await outcome('wheelhouse.images.inspect', { image: 'wheelhouse-suite:2' });
    assert.equal((second.value as { Id: string }).Id, imageId);
  });

  test('run a container to its end, and remove it', async () => {
    const { value, result } = await outcome('wheelhouse.images.run', { image, name: 'suite-run' });
    assert.equal((value as { name: string; exitCode: number }).exitCode, 0);
    assert.equal(result?.message, 'suite-run ran to its end.');
    const removed = await outcome('wheelhouse.containers.remove', { container: 'suite-run' });
    assert.equal(removed.failure, undefined);
    const gone = await outcome('wheelhouse.containers.inspect', { container: 'suite-run' });
    assert.ok(gone.failure, 'The container is still there.');
  });

  test('stop a container that runs', async () => {
    const started = await outcome('wheelhouse.images.run', {
      image,
      name: 'suite-stop',
      command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'],
    });
    assert.equal((started.value as { running: boolean }).running, true);
    const stopped = await outcome('wheelhouse.containers.stop', { container: 'suite-stop' });
    assert.equal(stopped.failure, undefined);
    await outcome('wheelhouse.containers.remove', { container: 'suite-stop' });
  });

  test('remove an image', async () => {
    await outcome('wheelhouse.images.remove', { image: 'wheelhouse-suite:2' });
    const { failure } = await outcome('wheelhouse.images.inspect', { image: 'wheelhouse-suite:2' });
    assert.ok(failure, 'The image is still there.');
    const kept = await outcome('wheelhouse.images.inspect', { image });
    assert.equal(kept.failure, undefined);
  });

  test('lock what pyproject.toml asks for', async () => {
    await writeFile(fileIn('locked/pyproject.toml'), '[project]\nname = "locked"\nversion = "1.0"\n');
    const project = fileIn('locked').fsPath;
    const { value, failure } = await outcome('wheelhouse.wheels.lock', { project });
    assert.deepEqual([value, failure], [project, undefined]);
    const lock = await vscode.workspace.openTextDocument(fileIn('locked/uv.lock'));
    assert.match(lock.getText(), /name = "locked"/);
  });

  test('refresh without a word', async () => {
    const { views } = extension().packageJSON.contributes;
    const shown = Object.values(views as Record<string, { id: string }[]>).flat();
    assert.ok(shown.length >= 7);
    for (const { id } of shown) assert.equal((await outcome(`${id}.refresh`)).failure, undefined, id);
    assert.ok(vscode.workspace.isTrusted);
  });
});
