// Add Container Files in a real VS Code: what is written, what is kept, and that it can be taken back.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codesOf, eventually, failureOf, fileIn, outcome, writeFile } from './wheelhouse.ts';

const command = 'wheelhouse.project.addContainerFiles';
const manifest =
  '[project]\nname = "fresh"\nversion = "1.0"\nrequires-python = ">=3.12"\n\n[project.scripts]\nfresh = "fresh:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n';
const textOf = async (...path: string[]) =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(fileIn(...path)));

suite('container files', () => {
  const folder = () => fileIn('fresh').fsPath;

  suiteSetup(async () => {
    await writeFile(fileIn('fresh/pyproject.toml'), manifest);
    await writeFile(fileIn('fresh/src/fresh/__init__.py'), 'def main():\n    print("fresh")\n');
  });
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['fresh', 'trial', 'stand-in'])
      await vscode.workspace.fs.delete(fileIn(name), { recursive: true });
    await vscode.workspace.fs.delete(fileIn('.vscode/tasks.json'));
  });

  test('are written for a project, and nothing is found in them', async () => {
    const comment = '// Ours\n{\n  "version": "2.0.0",\n  "tasks": []\n}\n';
    await writeFile(fileIn('.vscode/tasks.json'), comment);
    const { value, failure } = await outcome(command, { folder: folder(), kind: 'multi-stage' });
    assert.equal(failure, undefined);
    assert.deepEqual(value, { written: ['Dockerfile', '.dockerignore', '.vscode/tasks.json'], kept: [] });
    assert.match(await textOf('fresh/Dockerfile'), /^FROM python:3\.12-slim-bookworm AS build$/m);
    const tasks = await textOf('.vscode/tasks.json');
    assert.ok(tasks.startsWith('// Ours\n'));
    assert.match(tasks, /"dockerfile": "fresh\/Dockerfile"/);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), fileIn('fresh/Dockerfile').toString());
    assert.equal(document?.isDirty, false);
    // What is wrong on purpose is found, and nothing else.
    assert.ok(document);
    const wrong = new vscode.WorkspaceEdit();
    wrong.insert(document.uri, new vscode.Position(document.lineCount, 0), 'MAINTAINER me\n');
    await vscode.workspace.applyEdit(wrong);
    await eventually(() => assert.deepEqual(codesOf(document), ['DL4000']));
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.deepEqual(codesOf(document), []));
    await document.save();
  });

  test('that are there are kept, and are replaced only when one says so, which can be undone', async () => {
    const own = 'FROM debian:12\n';
    await writeFile(fileIn('fresh/Dockerfile'), own);
    // The editor that has it open notices a moment later.
    await eventually(() => assert.equal(vscode.window.activeTextEditor?.document.getText(), own));
    const options = { folder: folder(), kind: 'training', tasks: false };
    const kept = await outcome(command, options);
    assert.deepEqual(kept.value, { written: [], kept: ['Dockerfile'] });
    assert.equal(await textOf('fresh/Dockerfile'), own);

    const replaced = await outcome(command, { ...options, existing: 'replace' });
    assert.deepEqual(replaced.value, { written: ['Dockerfile'], kept: [] });
    assert.match(await textOf('fresh/Dockerfile'), /^CMD \["fresh"\]$/m);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), own);
    await vscode.workspace.saveAll();

    const beside = await outcome(command, { ...options, dockerfile: 'Dockerfile.training' });
    assert.deepEqual(beside.value, { written: ['Dockerfile.training'], kept: [] });
  });

  test('that cannot be made say why', async () => {
    await writeFile(fileIn('fresh/empty/x.txt'), '');
    const empty = await failureOf(command, { folder: fileIn('fresh/empty').fsPath, kind: 'wheel' });
    assert.equal(empty.id, 'no-project');
    await writeFile(fileIn('fresh/scripts/requirements.txt'), 'numpy\n');
    const scripts = { folder: fileIn('fresh/scripts').fsPath, kind: 'wheel' };
    assert.equal((await failureOf(command, scripts)).id, 'unfit-project');
    const training = { ...scripts, kind: 'training' };
    assert.equal((await failureOf(command, training)).id, 'unanswered');
    await writeFile(fileIn('.vscode/tasks.json'), '{ "tasks": [');
    const answers = { python: '3.12', start: 'python train.py' };
    const tasks = await failureOf(command, { ...training, answers });
    assert.equal(tasks.id, 'unreadable-tasks');
    await eventually(async () => {
      const names = (await vscode.workspace.fs.readDirectory(fileIn('fresh/scripts'))).map(([name]) => name);
      assert.deepEqual(names, ['requirements.txt']);
    });
  });

  /** An engine of a test has one image with Python and uv, and reaches no registry: what a Dockerfile names is that under its names. */
  async function provideImages(dockerfile: string): Promise<void> {
    const base = process.env.WHEELHOUSE_SUITE_BASE ?? '';
    const named = [...dockerfile.matchAll(/^(?:FROM |COPY --from=)([^\s]+[.:/]\S*)/gm)].map(
      ([, name = '']) => name,
    );
    await writeFile(fileIn('stand-in/Dockerfile'), `FROM ${base}\nRUN cp "$(command -v uv)" /uv\n`);
    for (const tag of named) {
      const request = { dockerfile: fileIn('stand-in/Dockerfile').fsPath, tag };
      assert.equal((await outcome('wheelhouse.images.build', request)).failure, undefined);
    }
  }
  const trial = () => fileIn('trial');
  async function startTrial(program: string): Promise<void> {
    await vscode.workspace.fs.delete(trial(), { recursive: true }).then(undefined, () => {});
    await writeFile(fileIn('trial/requirements.txt'), '# none\n');
    await writeFile(fileIn('trial/.python-version'), '3.13\n');
    await writeFile(fileIn('trial/main.py'), program);
  }
  const namesIn = async (folder: vscode.Uri) =>
    (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
  const untouched = ['.python-version', 'main.py', 'requirements.txt'];
  const options = () => ({ folder: trial().fsPath, kind: 'training', tasks: false, try: true });

  test('are tried first, and written where they work', async function () {
    this.timeout(180_000);
    await startTrial('print("bikes: 7")\n');
    await outcome(command, { ...options(), try: false });
    await provideImages(await textOf('trial/Dockerfile'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');

    await startTrial('from json import no_such_name\n');
    const failing = await outcome(command, options());
    assert.equal(failing.failure?.id, 'try-ended', JSON.stringify(failing.failure));
    assert.deepEqual(await namesIn(trial()), untouched);
    const anyway = failing.failure?.also?.find(({ label }) => label === 'Write Anyway');
    assert.ok(anyway);
    const forced = await outcome(anyway.command, ...(anyway.arguments ?? []));
    assert.deepEqual(forced.value, { written: ['Dockerfile', '.dockerignore'], kept: [] });

    await startTrial('print("bikes: 7")\n');
    const { value, result } = await outcome(command, options());
    assert.deepEqual(value, { written: ['Dockerfile', '.dockerignore'], kept: [] });
    assert.match(result?.message ?? '', /said at last: bikes: 7 Written: Dockerfile, \.dockerignore\.$/);
    assert.match(await textOf('trial/Dockerfile'), /^CMD \["python", "main\.py"\]$/m);
  });

  test('are tried first by the first answer to each question', async function () {
    this.timeout(120_000);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(fileIn('.vscode/tasks.json'), '{}\n');
    await startTrial('print("asked")\n');
    let isOver = false;
    const asked = outcome(command, { folder: trial().fsPath }).finally(() => {
      isOver = true;
    });
    // Enter, in whatever question there is.
    await eventually(async () => {
      if (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(isOver);
    }, 100_000);
    const { value, result, failure } = await asked;
    assert.equal(failure, undefined);
    assert.match(result?.message ?? '', /said at last: asked Written: Dockerfile, /);
    assert.deepEqual((value as { written: string[] }).written.slice(0, 2), ['Dockerfile', '.dockerignore']);
  });
});
