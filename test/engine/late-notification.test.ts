// A notification of progress is shown where there is time to read it, and never beside the question that follows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screen, window } from './fake-vscode.ts';

const { withLateNotification } = await import('../../client/src/ui/say.ts');

const never = new Promise<never>(() => {});
let shown = 0;
const { withProgress } = window;
window.withProgress = ((...given: Parameters<typeof withProgress>) => {
  shown++;
  return withProgress(...given);
}) as typeof withProgress;

test('what is done within a moment is told by nothing', async () => {
  assert.equal(await withLateNotification('Looking', Promise.resolve('found'), never), 'found');
  await assert.rejects(withLateNotification('Looking', Promise.reject(new Error('no')), never), /no/);
  assert.equal(shown, 0);
});

test('what takes longer shows that it goes on, until it is there or somebody cancels it', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const found = withLateNotification('Looking', promise, Promise.resolve());
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(shown, 1);
  resolve('found');
  assert.equal(await found, 'found');

  const given = withLateNotification('Looking', never, Promise.resolve());
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(shown, 2);
  screen.cancel();
  assert.equal(await given, undefined);
});
