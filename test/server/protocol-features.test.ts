// The real server over its pipe: each editor feature answers something right, in untitled documents and where the
// network does not answer.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, describe, it } from 'node:test';
import type {
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Position,
  Range,
  SemanticTokens,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pulling, startServer, type TestServer } from './client.ts';

const text = `# syntax=docker/dockerfile:1
ARG VERSION=3.12
FROM python:\${VERSION} AS build
WORKDIR /app
RUN pip install \\
    build
  COPY --from=build /a /b
FROM build
COPY --from=build \\
    /app /app
RUN <<EOF
  if true; then
	echo tab
  fi
EOF
EXPOSE 80
`;
const uri = 'untitled:Untitled-1';
const capabilities = {
  ...pulling,
  textDocument: {
    ...pulling.textDocument,
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown' as const] } },
    hover: { contentFormat: ['markdown' as const] },
  },
};
const server = await startServer({ capabilities });
after(async () => assert.equal(await server.stop(), 0));
await server.open(uri, text);

const ask = <R>(method: string, params: object = {}, of: TestServer = server): Promise<R> =>
  of.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });
/** The place of a piece of the text, `offset` characters into it. */
const at = (piece: string, offset = 0): Position => {
  const before = text.slice(0, text.indexOf(piece) + offset).split('\n');
  assert.ok(text.includes(piece), piece);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};
const document = TextDocument.create(uri, 'dockerfile', 1, text);
const textIn = (range: Range) => document.getText(range);

describe('editor features', () => {
  it('hover tells about instructions and shows the value of variables', async () => {
    const workdir = await ask<Hover>('hover', { position: at('WORKDIR', 1) });
    assert.match(JSON.stringify(workdir.contents), /working directory/i);
    const variable = await ask<Hover>('hover', { position: at('VERSION}', 1) });
    assert.match(JSON.stringify(variable.contents), /3\.12/);
    assert.equal(await ask('hover', { position: at('/app') }), null);
  });

  it('completion offers instructions, stages and flags', async () => {
    const labels = async (position: Position) =>
      (await ask<CompletionItem[]>('completion', { position })).map(({ label }) => label);
    const end = { line: 16, character: 0 };
    assert.ok((await labels(end)).some((label) => label.startsWith('HEALTHCHECK')));
    assert.ok((await labels(at('COPY --from=build', 12))).includes('build'));
    const [item] = await ask<CompletionItem[]>('completion', { position: end });
    await server.open('untitled:flags', 'FROM a\nCOPY --');
    const flags = await server.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: 'untitled:flags' },
      position: { line: 1, character: 7 },
    });
    assert.deepEqual(flags.map(({ label }) => label).slice(0, 2), ['--chown=user:group', '--from=stage']);
    const resolved = await server.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    assert.ok(resolved.documentation);
  });

  it('signature help names the parameters', async () => {
    const help = await ask<SignatureHelp>('signatureHelp', { position: at('EXPOSE 80', 9) });
    assert.match(help.signatures[0]?.label ?? '', /^EXPOSE port/);
  });

  it('symbols list the instructions', async () => {
    const symbols = await ask<DocumentSymbol[]>('documentSymbol');
    assert.deepEqual(
      symbols.map(({ name }) => name).filter((name) => /FROM|WORKDIR|EXPOSE/.test(name)),
      ['FROM', 'WORKDIR', 'FROM', 'EXPOSE'],
    );
  });

  it('rename changes a stage wherever it stands', async () => {
    const position = at('AS build', 4);
    const range = await ask<Range>('prepareRename', { position });
    assert.equal(textIn(range), 'build');
    const { changes } = await ask<WorkspaceEdit>('rename', { position, newName: 'base' });
    const edits = changes?.[uri] ?? [];
    assert.ok(edits.length >= 3);
    assert.ok(edits.every((edit) => textIn(edit.range) === 'build' && edit.newText === 'base'));
  });

  it('highlights and definition follow a stage', async () => {
    const stage = at('FROM build', 6);
    const highlights = await ask<DocumentHighlight[]>('documentHighlight', { position: stage });
    assert.ok(highlights.length >= 3);
    assert.ok(highlights.every(({ range }) => textIn(range) === 'build'));
    const definition = await ask<Location>('definition', { position: stage });
    assert.deepEqual([definition.uri, definition.range.start], [uri, at('AS build', 3)]);
  });

  it('folding covers continued instructions', async () => {
    const ranges = await ask<FoldingRange[]>('foldingRange');
    assert.ok(ranges.some(({ startLine, endLine }) => startLine === 4 && endLine === 5));
  });

  it('links lead to the page of an image', async () => {
    await server.open('untitled:link', 'FROM python:3.12\n');
    const [link] = await server.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: 'untitled:link' },
    });
    assert.ok(link);
    const resolved = await server.connection.sendRequest<DocumentLink>('documentLink/resolve', link);
    assert.match(resolved.target ?? '', /^https:\/\/hub\.docker\.com\/_\/python/);
  });

  it('semantic tokens name what they cover, by the legend that was sent', async () => {
    const { data } = await ask<SemanticTokens>('semanticTokens/full');
    const { legend } = server.initialized.capabilities.semanticTokensProvider ?? {};
    const tokens: [string, string][] = [];
    let line = 0;
    let character = 0;
    for (let i = 0; i < data.length; i += 5) {
      const [deltaLine = 0, deltaCharacter = 0, length = 0, type = 0] = data.slice(i, i + 5);
      line += deltaLine;
      character = deltaLine > 0 ? deltaCharacter : character + deltaCharacter;
      const start = { line, character };
      const covered = textIn({ start, end: { line, character: character + length } });
      tokens.push([covered, legend?.tokenTypes[type] ?? '?']);
    }
    const typeOf = (piece: string) => tokens.find(([covered]) => covered === piece)?.[1];
    assert.equal(typeOf('FROM'), 'keyword');
    assert.equal(typeOf('WORKDIR'), 'keyword');
    assert.equal(typeOf('AS'), 'keyword');
    assert.equal(typeOf('--from'), 'parameter');
    assert.equal(typeOf('build'), 'namespace');
    assert.equal(typeOf('VERSION'), 'variable');
    assert.equal(typeOf('\\'), 'macro');
    assert.ok(tokens.every(([, type]) => type !== '?'));
  });

  it('formatting takes indentation away and leaves heredocs and continuations alone', async () => {
    const options = { tabSize: 4, insertSpaces: true };
    const edits = await ask<TextEdit[]>('formatting', { options });
    assert.equal(TextDocument.applyEdits(document, edits as never), text.replace('\n  COPY', '\nCOPY'));
    const range = { start: at('RUN pip'), end: at('    build') };
    assert.deepEqual(await ask<TextEdit[]>('rangeFormatting', { options, range }), []);
  });

  it('of a document that is not open answer with nothing', async () => {
    const other = { textDocument: { uri: 'untitled:never' }, position: at('FROM') };
    const methods = [
      'hover',
      'completion',
      'signatureHelp',
      'documentSymbol',
      'foldingRange',
      'documentLink',
    ];
    for (const method of methods) {
      assert.equal(await server.connection.sendRequest(`textDocument/${method}`, other), null, method);
    }
    const tokens = await server.connection.sendRequest('textDocument/semanticTokens/full', other);
    assert.deepEqual(tokens, { data: [] });
  });

  it('survive any text, with every feature at every place of it', async () => {
    const broken =
      'FROM\nFROM $\nCOPY --from= \nRUN <<\nENV A=$A B=$B\nEXPOSE $A\n# escape=`\nHEALTHCHECK --\n[';
    await server.open('untitled:broken', broken);
    const textDocument = { uri: 'untitled:broken' };
    for (const [line, content] of broken.split('\n').entries()) {
      for (let character = 0; character <= content.length; character++) {
        const position = { line, character };
        for (const method of ['hover', 'completion', 'signatureHelp', 'prepareRename', 'documentHighlight']) {
          await server.connection.sendRequest(`textDocument/${method}`, { textDocument, position });
        }
      }
    }
    assert.equal((await server.pull('untitled:broken')).kind, 'full');
  });
});

/** A stand-in for a firewall: https requests are made and never answered. */
const noNetwork = `
const https = require('node:https');
const { EventEmitter } = require('node:events');
const nothing = () => Object.assign(new EventEmitter(), { end() {}, write() {}, destroy() {}, setTimeout() {} });
https.get = https.request = (options) => {
  console.error('asked ' + options.hostname);
  return nothing();
};`;

describe('completion of image tags, which asks Docker Hub', () => {
  it('answers within a few seconds when the network swallows the question', async () => {
    const folder = mkdtempSync(`${tmpdir()}/wheelhouse-`);
    const preload = `${folder}/no-network.cjs`;
    writeFileSync(preload, noNetwork);
    try {
      const deaf = await startServer({ capabilities, execArgv: ['--require', preload] });
      await deaf.open(uri, 'FROM python:3');
      const begin = performance.now();
      const answer = await ask('completion', { position: { line: 0, character: 13 } }, deaf);
      assert.equal(answer, null);
      assert.ok(performance.now() - begin < 4000);
      assert.match(deaf.log.join(''), /asked auth\.docker\.io/, 'it did ask');
      assert.equal((await deaf.pull(uri)).kind, 'full');
      assert.equal(await deaf.stop(), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('answers without a network, or with it', async () => {
    await server.open('untitled:tags', 'FROM python:3.1');
    const answer = await server.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: 'untitled:tags' },
      position: { line: 0, character: 15 },
    });
    assert.ok(answer === null || Array.isArray(answer));
  });
});
