// Refactorings over the real server's pipe: as actions that the editor asks about, and all at once.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction } from 'vscode-languageserver';
import { type OptimizeResult, optimizeRequest } from '../../server/src/protocol/requests.ts';
import { pulling, startServer } from './client.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-refactorings-'));
const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const text =
  'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install numpy==2.3.1\nCMD ["python", "app.py"]\n';
writeFileSync(path.join(folder, 'Dockerfile'), text);
writeFileSync(path.join(folder, 'app.py'), '');
const server = await startServer({
  capabilities: {
    ...pulling,
    workspace: {
      ...pulling.workspace,
      workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
    },
  },
});
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(folder, { recursive: true });
});

it('the project is read where somebody asks for actions, not for a light bulb', async () => {
  await server.open(uriOf('Dockerfile'), text);
  await server.pull(uriOf('Dockerfile'));
  const refactorings = async (triggerKind: 1 | 2) => {
    const actions = await server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf('Dockerfile') },
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
      context: { diagnostics: [], triggerKind },
    });
    return actions.filter(({ kind }) => kind?.startsWith('refactor')).length;
  };
  assert.equal(await refactorings(2), 0);
  assert.ok((await refactorings(1)) > 0);
  await server.close(uriOf('Dockerfile'));
});

it('an action is offered where it applies, and its edits ask for confirmation', async () => {
  await server.open(uriOf('Dockerfile'), text);
  await server.pull(uriOf('Dockerfile'));
  const actionsAt = (line: number) =>
    server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf('Dockerfile') },
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      context: { diagnostics: [], only: ['refactor'] },
    });
  const [onFrom, onCopy, onCmd] = await Promise.all([actionsAt(0), actionsAt(2), actionsAt(4)]);
  assert.deepEqual(
    onFrom.map(({ title, kind }) => [title, kind]),
    [['Run as a user of its own', 'refactor.rewrite']],
  );
  const annotations = Object.values(onFrom[0]?.edit?.changeAnnotations ?? {});
  assert.deepEqual(
    annotations.map(({ label, needsConfirmation }) => [label, needsConfirmation]),
    [['Run as a user of its own', true]],
  );
  assert.deepEqual(onCmd, []);
  const created = onCopy[0]?.edit?.documentChanges ?? [];
  assert.match(onCopy[0]?.title ?? '', /out of the build/);
  assert.deepEqual(
    created.map((change) => ('kind' in change ? [change.kind, 'uri' in change && change.uri] : 'edits')),
    [['create', uriOf('.dockerignore')], 'edits'],
  );
  const edited = created.flatMap((change) => ('edits' in change ? change.edits : []));
  assert.match(edited.map((edit) => ('newText' in edit ? edit.newText : '')).join(), /^\.git\n\.venv\n/);
});

it('all together are asked for, some of them, and none of a document that is not open', async () => {
  const ask = (uri: string, ids?: readonly string[]) =>
    server.connection.sendRequest<OptimizeResult | null>(optimizeRequest, { uri, ids });
  const all = await ask(uriOf('Dockerfile'));
  assert.deepEqual(
    all?.applied.map(({ id }) => id),
    ['ignore-file', 'dependencies-first', 'cache-mounts', 'multi-stage', 'non-root'],
  );
  assert.equal(all?.ignoreFile?.uri, uriOf('.dockerignore'));
  const one = await ask(uriOf('Dockerfile'), ['non-root']);
  assert.match(one?.text ?? '', /USER 10001\nCMD/);
  assert.deepEqual([one?.ignoreFile, one?.applied.length], [null, 1]);
  assert.equal(await ask(uriOf('other')), null);
});
