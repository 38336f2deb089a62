// Failures without a person: one sentence of what happened, one of what to do.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { failureOf, fileIn, outcome, writeFile } from './wheelhouse.ts';

suite('failures', () => {
  test('no pyproject.toml', async () => {
    await writeFile(fileIn('scratch/Dockerfile'), 'FROM scratch\n');
    await writeFile(fileIn('no-project/notes.txt'), '');
    const failure = await failureOf('wheelhouse.wheels.build', { project: '/' });
    assert.equal(failure.id, 'no-pyproject');
    assert.equal(failure.message, 'No pyproject.toml with a [project] table was found.');
  });

  test('a base image that does not exist', async () => {
    await writeFile(
      fileIn('unknown/Dockerfile'),
      `FROM ${process.env.WHEELHOUSE_SUITE_REGISTRY}/nothing:9\n`,
    );
    const dockerfile = fileIn('unknown/Dockerfile').fsPath;
    const failure = await failureOf('wheelhouse.images.build', { dockerfile, tag: 'unknown:1' });
    assert.equal(failure.id, 'base-unknown', failure.message);
    assert.match(failure.message, /nothing:9 does not exist, or needs a login/);
  });

  test('a step of the Dockerfile that fails', async () => {
    await writeFile(
      fileIn('failing/Dockerfile'),
      `FROM ${process.env.WHEELHOUSE_SUITE_BASE}\nRUN echo because >&2 && exit 7\n`,
    );
    const dockerfile = fileIn('failing/Dockerfile').fsPath;
    const failure = await failureOf('wheelhouse.images.build', { dockerfile, tag: 'failing:1' });
    assert.equal(failure.id, 'step-failed', failure.message);
    assert.match(failure.message, /exit code 7/);
    const { failure: absent } = await outcome('wheelhouse.images.inspect', { image: 'failing:1' });
    assert.ok(absent, 'A build that failed left an image.');
  });

  test('where a build failed is a problem at its line, until it is built again', async () => {
    const uri = fileIn('located/Dockerfile');
    const from = `FROM ${process.env.WHEELHOUSE_SUITE_BASE}\n# a comment\n`;
    await writeFile(uri, `${from}RUN true && \\\n    exit 7\n`);
    const problems = () =>
      vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'last build');
    const request = { dockerfile: uri.fsPath, tag: 'located:1' };
    const failure = await failureOf('wheelhouse.images.build', request);
    assert.match(failure.message, /^Line 3 failed\. /);
    assert.equal(failure.action?.label, 'Go to Line');
    const [problem, ...others] = problems();
    assert.deepEqual(others, []);
    assert.match(problem?.message ?? '', /exit code 7/);
    assert.deepEqual([problem?.range.start.line, problem?.range.end.line], [2, 3]);
    await vscode.commands.executeCommand(failure.action.command, ...(failure.action.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, uri.fsPath);
    assert.equal(editor.selection.start.line, 2);

    await writeFile(uri, `${from}COPY missing.txt /\n`);
    await failureOf('wheelhouse.images.build', request);
    assert.equal(problems()[0]?.range.start.line, 2);
    await writeFile(uri, `${from}RUN true\n`);
    await outcome('wheelhouse.images.build', request);
    assert.deepEqual(problems(), []);
  });

  test('an image that is nowhere', async () => {
    const image = `${process.env.WHEELHOUSE_SUITE_REGISTRY}/nowhere:1`;
    const failure = await failureOf('wheelhouse.images.run', { image });
    assert.equal(failure.id, 'image-unknown', failure.message);
  });

  test('a tag to push that is not there', async () => {
    const failure = await failureOf('wheelhouse.images.push', { image: 'nowhere:1' });
    assert.equal(failure.id, 'image-unknown', failure.message);
  });

  test('a program that writes a warning to stderr has not failed', async () => {
    await writeFile(
      fileIn('warning/Dockerfile'),
      `FROM ${process.env.WHEELHOUSE_SUITE_BASE}\nRUN echo "ERROR: only a warning" >&2\n`,
    );
    const dockerfile = fileIn('warning/Dockerfile').fsPath;
    const { failure, result } = await outcome('wheelhouse.images.build', { dockerfile, tag: 'warning:1' });
    assert.equal(failure, undefined);
    assert.match(result?.message ?? '', /^warning:1 was built/);
  });
});
