// Quick fixes that turn a rule off for more than a file: each is offered where its word would be the last one.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction } from 'vscode-languageserver/node';
import { startServer } from './client.ts';

const above = mkdtempSync(path.join(tmpdir(), 'wheelhouse turn off '));
const folder = path.join(above, 'project');
mkdirSync(folder);
const uriOf = (...parts: string[]) => pathToFileURL(path.join(...parts)).href;
let rules: unknown;
const server = await startServer({
  workspaceFolders: [uriOf(folder)],
  initializationOptions: { turnOffCommand: 'turn off' },
  settings: () => ({ rules }),
});
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(above, { recursive: true });
});

let opened = 0;
async function offered(uri: string) {
  await server.open(uri, 'FROM python:3.12\nMAINTAINER a\nUSER 1000\n');
  const start = { line: 1, character: 0 };
  const actions: CodeAction[] = await server.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  await server.close(uri);
  return actions.flatMap(({ title, command }) =>
    command?.command === 'turn off' ? { title, given: command.arguments?.[0] } : [],
  );
}
/** A Dockerfile in a folder of its own, with a configuration there. */
function dockerfile(configuration?: string) {
  const own = path.join(folder, `${opened++}`);
  mkdirSync(own);
  if (configuration !== undefined) writeFileSync(path.join(own, '.hadolint.yaml'), configuration);
  return { uri: uriOf(own, 'Dockerfile'), file: uriOf(own, '.hadolint.yaml') };
}
const places = async (uri: string) =>
  (await offered(uri)).map(({ given }) => (given as { where: string }).where);

test('both are offered, with the file that is in use', async () => {
  const { uri } = dockerfile();
  assert.deepEqual(await offered(uri), [
    {
      title: 'Turn DL4000 off for this project (.hadolint.yaml)',
      given: { code: 'DL4000', uri, where: 'file', file: null },
    },
    {
      title: 'Turn DL4000 off in the settings',
      given: { code: 'DL4000', uri, where: 'settings', file: null },
    },
  ]);
  const other = dockerfile('override:\n  error: [DL4000]\n');
  const [first] = await offered(other.uri);
  assert.deepEqual(first?.given, { code: 'DL4000', uri: other.uri, where: 'file', file: other.file });
});

test('neither is where another id of the rule is named, which may hold', async () => {
  assert.deepEqual(await places(dockerfile('override:\n  error: [MaintainerDeprecated]\n').uri), []);
});

test('the file is not where the settings say something of the rule', async () => {
  rules = { DL4000: 'warning' };
  await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
  assert.deepEqual(await places(dockerfile().uri), ['settings']);
  rules = undefined;
  await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
});

test('the file is not where it is that of other projects too, nor where a document has no folder', async () => {
  assert.deepEqual(await places('untitled:one'), ['settings']);
  writeFileSync(path.join(above, '.hadolint.yaml'), 'ignored: []\n');
  assert.deepEqual(await places(dockerfile().uri), ['settings']);
});

test('the text of the file is that which turns it off', async () => {
  const ask = (text: string) => server.connection.sendRequest('wheelhouse/turnOff', { text, code: 'DL4000' });
  assert.equal(await ask('ignored: [DL3008]\n'), 'ignored: [DL3008, DL4000]\n');
  assert.equal(await ask('ignored: DL3008\n'), null);
});
