// Tasks are found without a tasks.json, and what they say at their end is true.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, extension, fileIn, outcome, writeFile } from './wheelhouse.ts';

async function fetchTask(name: RegExp): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks({ type: 'wheelhouse' });
  const found = tasks.find((task) => name.test(task.name));
  assert.ok(found, `No task ${name} among: ${tasks.map((task) => task.name).join(', ')}`);
  return found;
}

const succeeded = { code: 0, failure: undefined };

type End = { readonly code: number | undefined; readonly failure?: string };

async function endOf(task: vscode.Task): Promise<End> {
  const api = await extension().activate();
  return new Promise((resolve, reject) => {
    let failure: string | undefined;
    const failures = api.onDidFail(({ message }) => {
      failure = message;
    });
    const ends = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      failures.dispose();
      ends.dispose();
      resolve({ code: exitCode, failure });
    });
    vscode.tasks.executeTask(task).then(undefined, reject);
  });
}

const exists = async (uri: vscode.Uri) => {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
};

suite('tasks', () => {
  suiteSetup(async () => {
    await assert.rejects(async () => vscode.workspace.fs.stat(fileIn('.vscode/tasks.json')));
  });

  test('are listed by themselves', async () => {
    const tasks = await eventually(async () => {
      const found = await vscode.tasks.fetchTasks({ type: 'wheelhouse' });
      assert.ok(found.length >= 4);
      return found;
    });
    const commands = new Set(tasks.map(({ definition }) => definition.command));
    assert.deepEqual([...commands].sort(), ['buildImage', 'buildWheel', 'push', 'run']);
    assert.ok(tasks.some(({ name }) => name === 'Build Wheel of bikes'));
  });

  test('Build Wheel ends with 0 and leaves the wheel', async () => {
    const wheel = fileIn('dist/bikes-1.2.0-py3-none-any.whl');
    assert.equal(await exists(wheel), false);
    assert.deepEqual(await endOf(await fetchTask(/^Build Wheel of bikes$/)), succeeded);
    assert.equal(await exists(wheel), true);
  });

  test('Build Image ends with 0 and the engine knows the image', async () => {
    assert.deepEqual(await endOf(await fetchTask(/^Build Image of Dockerfile$/)), succeeded);
    const { value } = await outcome('wheelhouse.images.inspect', { image: 'bikes:1.2.0' });
    assert.match(String((value as { Id?: string })?.Id), /^sha256:/);
  });

  test('a task that fails ends with another code than 0', async () => {
    await writeFile(fileIn('broken/pyproject.toml'), '[project]\nname = "broken"\n');
    const task = await eventually(() => fetchTask(/^Build Wheel of broken$/));
    const { code, failure } = await endOf(task);
    await vscode.workspace.fs.delete(fileIn('broken'), { recursive: true });
    assert.ok(code, `It ended with ${code}.`);
    assert.ok(failure);
  });
});
