// The real server over its pipe: tags of nvidia/cuda without a question to a registry, flags of uv, mounts, and what may be
// asked of Docker Hub.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { CompletionItem } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ensureBundles } from './bundles.ts';
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

describe('the question to Docker Hub', () => {
  /** Every way to a socket throws and is told of. */
  const noSocket = path.join(root, 'no-socket.cjs');
  writeFileSync(
    noSocket,
    `const refuse = (name) => (...args) => {
  process.stderr.write('opened ' + name + ' ' + (args[0]?.hostname ?? args[0]?.host ?? args[0]) + '\\n');
  throw new Error('There are no sockets here.');
};
for (const name of ['http', 'https']) {
  const module = require(name);
  for (const method of ['get', 'request']) module[method] = refuse(name + '.' + method);
}
require('tls').connect = refuse('tls.connect');
require('net').connect = require('net').createConnection = refuse('net.connect');
require('net').Socket.prototype.connect = refuse('Socket.connect');
for (const method of ['lookup', 'resolve', 'resolve4', 'resolve6']) require('dns')[method] = refuse('dns.' + method);
globalThis.fetch = refuse('fetch');`,
  );
  const images = [
    'python:',
    'python:3.1',
    'ghcr.io/owner/secret:1',
    'localhost:5000/secret:',
    'owner/bikes:1.0-rc',
  ];
  const askAll = async (settings: unknown) => {
    const quiet = await startServer({ execArgv: ['--require', noSocket], settings: () => settings });
    for (const image of images) {
      const uri = `untitled:${image}`;
      const text = `FROM ${image}`;
      await quiet.open(uri, text);
      // At every place of the name, as the library behind completion had a client of its own.
      for (let character = 0; character <= text.length; character++) {
        await quiet.connection.sendRequest('textDocument/completion', {
          textDocument: { uri },
          position: { line: 0, character },
        });
      }
      assert.equal((await quiet.pull(uri)).kind, 'full');
    }
    assert.equal(await quiet.stop(), 0);
    return quiet.log.join('').match(/opened .*/g) ?? [];
  };

  it('is one request of ours for an image of Docker Hub', async () => {
    const opened = await askAll({});
    assert.deepEqual([...new Set(opened)], ['opened https.get auth.docker.io']);
    // python and owner/bikes, and no letter of them more than once.
    assert.equal(opened.length, 2);
  });

  it('can be switched off', async () => {
    assert.deepEqual(await askAll({ completion: { dockerHub: false } }), []);
  });

  it('is not asked by the library, whose client is not in the bundle', async () => {
    const { server } = await ensureBundles();
    const bundle = readFileSync(server.replace('server.cjs', 'server-judge.cjs'), 'utf8');
    assert.ok(bundle.includes('DockerRegistryClient'));
    assert.ok(!bundle.includes('performHttpsGet'));
  });
});
