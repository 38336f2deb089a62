// The real server over its pipe: tags of nvidia/cuda without a question to a registry, flags of uv, and mounts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { CompletionItem } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from './client.ts';
import { openMarked } from './marked-file.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-completion-'));
writeFileSync(path.join(root, 'pyproject.toml'), '');
writeFileSync(path.join(root, 'uv.lock'), 'version = 1\n');
const preload = path.join(root, 'no-network.cjs');
writeFileSync(
  preload,
  `const https = require('node:https');
https.get = https.request = (options) => {
  console.error('asked ' + options.hostname);
  throw new Error('There is no network here.');
};`,
);
const server = await startServer({ execArgv: ['--require', preload] });
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(root, { recursive: true });
});

/** What is offered at `|`, in the order in which an editor shows it, and the text with one of them. */
async function complete(marked: string, triggerCharacter?: string) {
  const { document, params } = await openMarked(server, root, marked);
  const items =
    (await server.connection.sendRequest<CompletionItem[] | null>('textDocument/completion', {
      ...params,
      context: triggerCharacter ? { triggerKind: 2, triggerCharacter } : { triggerKind: 1 },
    })) ?? [];
  const key = ({ label, sortText = label }: CompletionItem) => sortText;
  const labels = items.sort((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ label }) => label);
  const put = (label: string) => {
    const { textEdit } = items.find((item) => item.label === label) ?? {};
    return TextDocument.applyEdits(document, textEdit ? [textEdit as never] : []);
  };
  return { items, labels, put };
}

describe('completion of a tag of nvidia/cuda', () => {
  it('offers what is known, and asks nobody', async () => {
    const { items, labels, put } = await complete('FROM nvidia/cuda:12|\n', ':');
    assert.match(labels[0] ?? '', /^1[3-9]\.\d+\.\d+-base-ubuntu\d\d\.04$/);
    assert.match(items[0]?.detail ?? '', /CUDA runtime/);
    assert.equal(put('12.8.1-devel-ubuntu22.04'), 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\n');
    assert.doesNotMatch(server.log.join(''), /asked/);
  });

  it('lets a colon elsewhere ask nobody either', async () => {
    assert.deepEqual((await complete('FROM python:|\n', ':')).labels, []);
    assert.doesNotMatch(server.log.join(''), /asked/);
    // On request the tags of Docker Hub are asked for.
    await complete('FROM python:|\n');
    assert.match(server.log.join(''), /asked auth\.docker\.io/);
  });
});

describe('completion of a flag of uv', () => {
  it('offers those of the command', async () => {
    const { items, labels, put } = await complete('FROM a\nRUN uv sync --frozen |\n', ' ');
    assert.equal(labels[0], '--no-install-project');
    assert.match(items[0]?.detail ?? '', /dependencies alone/);
    assert.equal(put('--no-dev'), 'FROM a\nRUN uv sync --frozen --no-dev\n');
  });

  it('comes up by itself behind flags, and behind packages on request', async () => {
    assert.deepEqual((await complete('FROM a\nRUN uv pip install torch |\n', ' ')).labels, []);
    assert.ok((await complete('FROM a\nRUN uv pip install torch |\n')).labels.includes('--system'));
    assert.ok((await complete('FROM a\nRUN uv pip install torch -|\n', '-')).labels.includes('--system'));
  });
});

describe('completion of a mount', () => {
  it('offers caches and files of the build context', async () => {
    const { items, labels, put } = await complete('FROM debian:12\nRUN --mount=| uv sync\n', '=');
    assert.deepEqual(labels.slice(0, 2), [
      'type=cache,target=/root/.cache/uv',
      'type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml',
    ]);
    assert.equal(items[0]?.detail, 'cache of uv');
    assert.equal(
      put('type=cache,target=/root/.cache/uv'),
      'FROM debian:12\nRUN --mount=type=cache,target=/root/.cache/uv uv sync\n',
    );
  });
});
