// Where VS Code opens a container of another engine: as the Dev Containers extension writes such addresses itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachedFolder } from '../../client/src/containers/model-inside.ts';

test('the address names the container and its context, and the machine that the window is on', () => {
  const settings = { context: 'far' };
  const raw = { Config: { WorkingDir: '/srv' } };
  // printf '{"containerName":"/web","settings":{"context":"far"}}' | xxd -p
  const authority =
    'attached-container+7b22636f6e7461696e65724e616d65223a222f776562222c2273657474696e6773223a7b22636f6e74657874223a22666172227d7d';
  assert.deepEqual(attachedFolder({ name: 'web', raw }, settings, undefined), {
    scheme: 'vscode-remote',
    authority,
    path: '/srv',
  });
  const of = (window: string) => attachedFolder({ name: 'web', raw: {} }, settings, window);
  assert.deepEqual(of('ssh-remote+box').authority, `${authority}@ssh-remote+box`);
  // In a dev container the engine is that of the machine around it.
  assert.deepEqual(of('dev-container+6162').authority, authority);
  assert.equal(of('').path, '/');
});
