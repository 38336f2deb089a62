// `wheelhouse-language-server --stdio` as editors other than VS Code start it: the bin of package.json, bare messages of the
// Language Server Protocol, and a client that can do nothing but what the protocol began with.
import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { ensureBundles } from './bundles.ts';
import { startStdio } from './stdio-client.ts';

await ensureBundles();
const root = path.resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const bin = path.join(root, manifest.bin['wheelhouse-language-server']);

const start = (args: readonly string[], context: TestContext) => startStdio(bin, args, context);

describe('wheelhouse-language-server', () => {
  it('is a program', () => {
    accessSync(bin, constants.X_OK);
    assert.ok(readFileSync(bin, 'utf8').startsWith('#!/usr/bin/env node\n'));
  });

  it('finds and fixes for an editor that knows nothing but the protocol', {
    timeout: 30_000,
  }, async (context) => {
    const server = start(['--stdio'], context);
    const { capabilities } = (await server.ask('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    })) as { capabilities: Record<string, unknown> };
    assert.equal(capabilities.diagnosticProvider, undefined, 'it publishes, as nobody pulls');
    assert.ok(capabilities.codeActionProvider);
    server.notify('initialized', {});

    const uri = 'file:///project/Dockerfile';
    const text = 'FROM python:3.12\nRUN pip install a==1\nUSER 1000\n';
    server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockerfile', version: 1, text },
    });
    const published = await server.hear(({ method }) => method === 'textDocument/publishDiagnostics');
    const { diagnostics } = published.params as {
      diagnostics: { code: string; range: { start: object; end: object }; source: string }[];
    };
    assert.deepEqual(
      diagnostics.map(({ code, range }) => [code, range.start, range.end]),
      [['DL3042', { line: 1, character: 8 }, { line: 1, character: 15 }]],
    );

    const actions = (await server.ask('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostics[0]?.range,
      context: { diagnostics, only: ['quickfix'] },
    })) as { title: string; kind: string; edit?: { changes?: Record<string, { newText: string }[]> } }[];
    assert.equal(actions[0]?.edit?.changes?.[uri]?.[0]?.newText.trim(), '--no-cache-dir');
    for (const { title, kind, edit } of actions) {
      // Neither versions of documents nor commands, of which it said nothing.
      assert.deepEqual([kind, Object.keys(edit ?? {})], ['quickfix', ['changes']], title);
    }

    const version2 = text.replace('pip install', 'pip install --no-cache-dir');
    server.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: version2 }],
    });
    await server.hear(({ params }) => {
      const { version, diagnostics = [] } = (params ?? {}) as { version?: number; diagnostics?: object[] };
      return version === 2 && diagnostics.length === 0;
    });
    const asked = server.heard.filter(({ id, method }) => id !== undefined && method !== undefined);
    assert.deepEqual(asked, [], 'it asks nothing of a client that answers nothing');

    assert.equal(await server.ask('shutdown'), null);
    server.notify('exit');
    assert.equal(await server.ended, 0);
  });

  it('says how it is called, and its version', async (context) => {
    for (const [args, code] of [
      [['--help'], 0],
      [[], 1],
      [['--version'], 0],
    ] as const) {
      const { child, ended } = start(args, context);
      const said = readAll(child.stderr);
      assert.equal(await ended, code);
      if (code === 1) assert.match(await said, /^Usage: wheelhouse-language-server --stdio\n/);
      else assert.equal(await said, '');
    }
  });
});
