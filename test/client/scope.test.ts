import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { exec, untilEnd } from '../../client/src/runtime/exec.ts';
import { createScope } from '../../client/src/ui/scope.ts';
import { createContext, eventually, screen } from '../engine/fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { openLogTerminal } = await import('../../client/src/ui/log-terminal.ts');

const unheard = (error: unknown) => assert.fail(String(error));
const named = (name: string, ended: string[]) => ({ dispose: () => void ended.push(name) });

test('what a scope owns ends with it, once, the last one first', () => {
  const ended: string[] = [];
  const scope = createScope(unheard);
  scope.own(named('view', ended));
  scope.own(named('document', ended));
  scope.own(named('watch', ended));
  scope.signal.addEventListener('abort', () => ended.push('signal'));
  scope.dispose();
  scope.dispose();
  assert.deepEqual(ended, ['signal', 'watch', 'document', 'view']);
});

test('what is opened after the end is ended at once', () => {
  const ended: string[] = [];
  const scope = createScope(unheard);
  scope.dispose();
  scope.own(named('late', ended));
  assert.deepEqual(ended, ['late']);
});

test('one thing that fails to end keeps no other from its end', () => {
  const ended: string[] = [];
  const errors: unknown[] = [];
  const scope = createScope((error) => errors.push(error));
  scope.own(named('first', ended));
  scope.own({ dispose: () => assert.fail('it is stuck') });
  scope.dispose();
  assert.deepEqual(ended, ['first']);
  assert.equal(errors.length, 1);
});

test('a process ends with the scope that it was started in', { timeout: 60_000 }, async () => {
  const scope = createScope(unheard);
  const marker = `3${process.pid}.5`;
  const exit = untilEnd(exec, scope.signal)({ file: 'sleep', args: [marker] });
  const asleep = () => spawnSync('pgrep', ['-f', `sleep ${marker}`]).stdout.toString();
  while (!asleep()) await new Promise((resolve) => setTimeout(resolve, 20));
  scope.dispose();
  assert.equal((await exit).kind, 'cancelled');
  assert.equal(asleep(), '');
});

test('work that is under way ends with the window', async () => {
  const context = createContext();
  const workbench = createWorkbench(context as never);
  const marker = `4${process.pid}.5`;
  const work = workbench.job({
    kind: 'sleep',
    title: 'Sleep',
    async work(job) {
      await job.run({ file: 'sleep', args: [marker] }, { step: 'Sleeping', tool: 'uv' });
      return { value: 1, message: 'slept' };
    },
  });
  const asleep = () => spawnSync('pgrep', ['-f', `sleep ${marker}`]).stdout.toString();
  while (!asleep()) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const thing of context.subscriptions as { dispose(): void }[]) thing.dispose();
  assert.equal(await work, undefined);
  assert.equal(asleep(), '');
});

test('a terminal that was closed is forgotten, and not closed again by the next of its name', () => {
  let stops = 0;
  openLogTerminal({ title: 'a build' }, 'package', () => stops++);
  screen.terminals.at(-1)?.close();
  openLogTerminal({ title: 'a build' });
  assert.equal(stops, 1);
});

test('the next job of a name takes the terminal that is looked at, and no other comes to the front', async () => {
  const before = screen.terminals.length;
  let stops = 0;
  const first = openLogTerminal({ title: 'a rebuild' }, 'package', () => stops++);
  first.print('of the first');
  first.show();
  const shown = () => screen.terminals.slice(before).map(({ text, disposed }) => ({ text, disposed }));
  await eventually(() => shown()[0]?.text || undefined);
  const second = openLogTerminal({ title: 'a rebuild' });
  first.print('late');
  second.print('of the second');
  second.done();
  openLogTerminal({ title: 'another job' });
  assert.deepEqual(shown(), [
    { text: 'of the first\x1bcof the second', disposed: false },
    { text: '', disposed: false },
  ]);
  assert.equal(stops, 1, 'who followed for the first one stops');
});
