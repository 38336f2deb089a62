// Fixing all of a file from the menu of one finding, and what is told of it afterwards; over the real server's pipe.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type FoundResult, foundRequest } from '../../server/src/protocol/requests.ts';
import { pulling, startServer } from './client.ts';

const capabilities = {
  ...pulling,
  workspace: { ...pulling.workspace, workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
};
const initializationOptions = { fixedCommand: 'say what was fixed' };
/** ShellCheck takes no part, so that how many problems there are does not depend on this machine. */
const settings = () => ({ shellcheck: { enable: false } });
const server = await startServer({ capabilities, initializationOptions, settings });
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-fix-all-'));
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(folder, { recursive: true });
});

/** Invoked, and by itself at a move of the cursor (CodeActionTriggerKind). */
const asked = 1;
const moved = 2;

let opened = 0;
async function open(text: string, uri = `untitled:fix-all-${opened++}`) {
  await server.open(uri, text);
  const actionsAt = (line: number, given: { only?: string[]; triggerKind?: 1 | 2 } = {}, character = 0) =>
    server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line, character }, end: { line, character } },
      context: { diagnostics: [], triggerKind: moved, ...given },
    });
  const inMenu = async (line: number, character = 0) =>
    (await actionsAt(line, {}, character)).find(({ title }) => /^Fix .*problems in this file$/.test(title));
  const apply = ({ edit }: CodeAction) => {
    const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.ok(change);
    return TextDocument.applyEdits(TextDocument.create(uri, 'dockerfile', 1, text), change.edits as never);
  };
  const found = () => server.connection.sendRequest<FoundResult | null>(foundRequest, { uri });
  return { uri, actionsAt, inMenu, apply, found };
}

const flawed = 'FROM python\nMAINTAINER a\nRUN pip install a==1\nUSER 1000\n';

test('the menu of a finding fixes all of the file, as the source action does', async () => {
  const document = await open(flawed);
  assert.deepEqual(
    (await document.found())?.map(({ code, line }) => `${code} ${line}`),
    ['DL3006 0', 'DL4000 1', 'DL3042 2'],
  );
  const action = await document.inMenu(1);
  assert.ok(action);
  assert.equal(action.title, 'Fix 2 of the 3 problems in this file');
  assert.equal(action.kind, 'quickfix');
  assert.notEqual(action.isPreferred, true);
  assert.deepEqual(
    action.diagnostics?.map(({ code }) => code),
    ['DL4000'],
  );
  const [source] = await document.actionsAt(1, { only: ['source.fixAll'] });
  assert.deepEqual(action.edit, source?.edit);
  const fixed = document.apply(action);
  assert.match(fixed, /^LABEL .*\nRUN pip install --no-cache-dir/m);
  assert.deepEqual(
    (await (await open(fixed)).found())?.map(({ code }) => code),
    ['DL3006'],
  );
  assert.deepEqual(action.command?.arguments, [{ uri: document.uri, fixed: 2 }]);
});

test('it stands at a finding that it does not mend too, and claims none of it', async () => {
  const action = await (await open(flawed)).inMenu(0, 6);
  assert.equal(action?.title, 'Fix 2 of the 3 problems in this file');
  assert.equal(action?.diagnostics, undefined);
});

test('it does not stand where nothing is found, nor for a single fix', async () => {
  assert.equal(await (await open(flawed)).inMenu(3), undefined);
  assert.equal(await (await open('FROM python\nMAINTAINER a\nUSER 1000\n')).inMenu(1), undefined);
});

test('its title says so where nothing would be left', async () => {
  const document = await open(flawed.replace('FROM python', 'FROM python:3.12'));
  assert.equal((await document.inMenu(1))?.title, 'Fix all 2 problems in this file');
});

test('who asks to fix all by that name is told even that nothing can be fixed; a save and a menu are not', async () => {
  const document = await open('FROM python\nUSER 1000\n');
  const [action, ...more] = await document.actionsAt(0, { only: ['source.fixAll'], triggerKind: asked });
  assert.deepEqual(more, []);
  assert.equal(action?.edit, undefined);
  assert.deepEqual(action?.command?.arguments, [{ uri: document.uri, fixed: 0 }]);
  assert.deepEqual(await document.actionsAt(0, { only: ['source.fixAll'], triggerKind: moved }), []);
  assert.deepEqual(await document.actionsAt(0, { only: ['source'], triggerKind: asked }), []);
  const mendable = await open(flawed);
  const [onSave] = await mendable.actionsAt(0, { only: ['source.fixAll'], triggerKind: moved });
  assert.ok(onSave?.edit);
  assert.equal(onSave.command, undefined);
});

test('a finding that a refactoring mends offers it as its fix, with a look, and never among the safe ones', async () => {
  const text =
    'FROM python:3.12\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY app.py .\nCMD ["python", "app.py"]\n';
  writeFileSync(path.join(folder, 'Dockerfile'), text);
  writeFileSync(path.join(folder, 'app.py'), 'print(1)\n');
  const document = await open(text, pathToFileURL(path.join(folder, 'Dockerfile')).href);
  assert.deepEqual(
    (await document.found())?.map(({ code }) => code),
    ['final-stage-root'],
  );
  const atFinding = async (line: number) =>
    (await document.actionsAt(line, {}, 6)).find(({ title }) => title === 'Run as a user of its own');
  const action = await atFinding(0);
  assert.ok(action);
  assert.equal(action.kind, 'quickfix');
  assert.notEqual(action.isPreferred, true);
  assert.deepEqual(
    action.diagnostics?.map(({ code }) => code),
    ['final-stage-root'],
  );
  const [annotation] = Object.values(action.edit?.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  assert.match(annotation.description ?? '', /Takes for granted that the program writes to/);
  assert.equal(await atFinding(2), undefined);
  assert.deepEqual(await document.actionsAt(0, { only: ['source.fixAll'] }), []);
  assert.deepEqual(
    (await (await open(document.apply(action))).found())?.map(({ code }) => code),
    [],
  );
});

test('where the refactoring is not offered, the finding has no such fix', async () => {
  // What an own program does as root is not known.
  const document = await open('FROM python:3.12\nRUN pip install --no-cache-dir a==1\nEXPOSE 8000\n');
  const codes = (await document.found())?.map(({ code }) => code);
  assert.ok(codes?.includes('final-stage-root'));
  const actions = await document.actionsAt(0, { triggerKind: asked }, 6);
  assert.ok(actions.some(({ title }) => title === 'Ignore final-stage-root here'));
  assert.ok(!actions.some(({ title }) => title === 'Run as a user of its own'));
});
