import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { exec, untilEnd } from '../../client/src/runtime/exec.ts';
import { createScope } from '../../client/src/ui/scope.ts';

const unheard = (error: unknown) => assert.fail(String(error));
const named = (name: string, ended: string[]) => ({ dispose: () => void ended.push(name) });

test('what a scope owns ends with it, once, the last one first', () => {
  const ended: string[] = [];
  const scope = createScope(unheard);
  scope.own(named('view', ended));
  const inner = scope.child();
  inner.own(named('document', ended));
  scope.own(named('watch', ended));
  scope.signal.addEventListener('abort', () => ended.push('signal'));
  scope.dispose();
  scope.dispose();
  assert.deepEqual(ended, ['signal', 'watch', 'document', 'view']);
  assert.ok(inner.signal.aborted);
});

test('a scope within another ends alone, and is not ended again', () => {
  const ended: string[] = [];
  const scope = createScope(unheard);
  const inner = scope.child();
  inner.own(named('terminal', ended));
  inner.dispose();
  assert.ok(!scope.signal.aborted);
  scope.dispose();
  assert.deepEqual(ended, ['terminal']);
});

test('what is opened after the end is ended at once', () => {
  const ended: string[] = [];
  const scope = createScope(unheard);
  scope.dispose();
  scope.own(named('late', ended));
  assert.ok(scope.child().signal.aborted);
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

test('a process ends with the scope that it was started in', async () => {
  const scope = createScope(unheard);
  const marker = `3${process.pid}.5`;
  const exit = untilEnd(exec, scope.signal)({ file: 'sleep', args: [marker] });
  await new Promise((resolve) => setTimeout(resolve, 200));
  scope.dispose();
  assert.equal((await exit).kind, 'cancelled');
  assert.equal(spawnSync('pgrep', ['-f', `sleep ${marker}`]).stdout.toString(), '');
});
