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
    await vscode.workspace.fs.delete(fileIn('fresh'), { recursive: true });
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
});
