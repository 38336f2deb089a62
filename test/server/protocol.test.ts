// The real server from its bundle, over its pipe: diagnostics. Actions and editor features are in the files beside it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { ownFiles } from '../corpus/files.ts';
import { pulling, startServer, type TestServer } from './client.ts';
import { mutate } from './mutations.ts';
import { createRandom } from './texts.ts';

const running: TestServer[] = [];
async function start(...args: Parameters<typeof startServer>): Promise<TestServer> {
  const server = await startServer(...args);
  running.push(server);
  return server;
}
after(async () => {
  for (const server of running) assert.equal(await server.stop(), 0, 'the server ends by itself');
});

const items = (report: DocumentDiagnosticReport): Diagnostic[] => {
  assert.equal(report.kind, 'full');
  return report.kind === 'full' ? report.items : [];
};
const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
const flawed =
  'FROM python:3.12\nMAINTAINER Ada\nRUN apt-get update && \\\n    pip install "numpy==2"\nUSER 1000\n';

describe('pulled diagnostics', async () => {
  const server = await start();
  const uri = 'untitled:flawed';

  it('have exact ranges, code, page, source, severity and tags', async () => {
    await server.open(uri, flawed);
    const all = items(await server.pull(uri));
    const maintainer = all.find(({ code }) => code === 'DL4000');
    assert.deepEqual(maintainer?.range, {
      start: { line: 1, character: 0 },
      end: { line: 1, character: 10 },
    });
    assert.deepEqual(maintainer?.tags, [2], 'deprecated');
    assert.equal(maintainer?.severity, 4, 'a hint, as the build goes on');
    assert.equal(maintainer?.source, 'wheelhouse');
    assert.match(maintainer?.codeDescription?.href ?? '', /docs\/rules\/DL4000\.md$/);
    const pip = all.find(({ code }) => code === 'DL3042');
    assert.deepEqual(pip?.range, { start: { line: 3, character: 8 }, end: { line: 3, character: 15 } });
    assert.equal(pip?.severity, 2);
  });

  it('are unchanged for the same version and settings, and new after a change', async () => {
    const first = await server.pull(uri);
    assert.equal(first.kind, 'full');
    const again = await server.pull(uri, first.resultId);
    assert.deepEqual([again.kind, again.resultId], ['unchanged', first.resultId]);
    await server.change(uri, 2, { text: 'FROM python:3.12\nUSER 1000\n' });
    const changed = await server.pull(uri, first.resultId);
    assert.deepEqual(codes(items(changed)), []);
  });

  it('are made anew for a document that was closed and opened again with the same version', async () => {
    await server.open('untitled:again', 'FROM python:3.12\nUSER 1000\n');
    const first = await server.pull('untitled:again');
    await server.close('untitled:again');
    await server.open('untitled:again', flawed);
    const second = await server.pull('untitled:again', first.resultId);
    assert.ok(codes(items(second)).includes('DL4000'));
  });

  it('of a document that is not open are none', async () => {
    assert.deepEqual(items(await server.pull('untitled:never')), []);
  });

  it('count in UTF-16 units', async () => {
    await server.open('untitled:wide', 'FROM python:3.12\nRUN echo "😀" && pip install numpy==2\nUSER 1000');
    const [found] = items(await server.pull('untitled:wide'));
    assert.deepEqual(found?.range.start, { line: 1, character: 21 });
  });

  it('come with the second pass as a publish of the same version', async () => {
    await server.open('untitled:second', 'FROM python:3.12\nUSER 1000\nHEALTHCHECK x\n', 7);
    const params = await server.publish((published) => published.uri === 'untitled:second');
    assert.deepEqual([params.version, codes(params.diagnostics)], [7, []]);
    const pulled = items(await server.pull('untitled:second'));
    assert.deepEqual(codes(pulled), ['unknown-healthcheck-type'], 'not in both');
    assert.deepEqual(pulled[0]?.range.start, { line: 2, character: 12 });
    await server.close('untitled:second');
    await server.publish(({ uri: of, diagnostics }) => of === 'untitled:second' && diagnostics.length === 0);
  });

  it('of every own Dockerfile are the same after a row of edits as for the text opened afresh', async () => {
    const random = createRandom(5);
    for (const { name, text } of ownFiles) {
      const document = `untitled:${name}`;
      let current = text;
      await server.open(document, current);
      for (let version = 2; version < 8; version++) {
        const next = mutate(current, random);
        await server.change(document, version, wholeEdit(current, next));
        current = next;
        const incremental = items(await server.pull(document));
        await server.open(`${document}?fresh${version}`, current);
        const fresh = items(await server.pull(`${document}?fresh${version}`));
        // Related places name their document.
        const plain = (of: Diagnostic[]) => JSON.stringify(of).replaceAll(`?fresh${version}`, '');
        assert.equal(plain(incremental), plain(fresh), name);
        await server.close(`${document}?fresh${version}`);
      }
      await server.close(document);
    }
  });
});

/** The change between two texts as an editor would send it: one range and its new text. */
function wholeEdit(from: string, to: string) {
  let start = 0;
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start++;
  let end = 0;
  const shorter = Math.min(from.length, to.length) - start;
  while (end < shorter && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  // Neither side of a surrogate pair or of \r\n is cut from the other.
  while (start > 0 && /[\r\uD800-\uDBFF]/.test(from[start - 1] ?? '')) start--;
  while (end > 0 && /[\n\uDC00-\uDFFF]/.test(from[from.length - end] ?? '')) end--;
  const at = (offset: number) => {
    const lines = from.slice(0, offset).split(/\r\n|\n|\r/);
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  return { range: { start: at(start), end: at(from.length - end) }, text: to.slice(start, to.length - end) };
}

describe('a pull that is cancelled', () => {
  it('is answered as such, and the next one works', async () => {
    // The client does not wait: the server is still loading its grammar, so the pull is under way when it is cancelled.
    const server = await start();
    await server.open('untitled:a', flawed);
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: 'untitled:a' } };
    const pull = server.connection.sendRequest('textDocument/diagnostic', params, source.token);
    source.cancel();
    await assert.rejects(pull, { code: -32800 });
    assert.ok(codes(items(await server.pull('untitled:a'))).includes('DL4000'));
  });
});

describe('pushed diagnostics', () => {
  it('come to a client that does not pull: the first pass at once, then both together, each with its version', async () => {
    const server = await start({ capabilities: {} });
    assert.equal(server.initialized.capabilities.diagnosticProvider, undefined);
    const uri = 'untitled:pushed';
    await server.open(uri, `${flawed}HEALTHCHECK x\n`, 3);
    const ofVersion = (version: number) =>
      server.published.filter((params) => params.uri === uri && params.version === version);
    await server.publish(() => ofVersion(3).length === 2);
    const [first, both] = ofVersion(3);
    assert.ok(codes(first?.diagnostics ?? []).includes('DL4000'));
    assert.deepEqual(codes(both?.diagnostics ?? []), codes(first?.diagnostics ?? []), 'without ShellCheck');

    // Of three quick changes only the last one gets a second pass.
    for (const version of [4, 5, 6]) {
      await server.change(uri, version, { text: `FROM a:1\nUSER b\nHEALTHCHECK x${version}\n` });
    }
    await server.publish(() => ofVersion(6).length === 2);
    assert.ok(ofVersion(4).length <= 1 && ofVersion(5).length <= 1);
    assert.ok(codes(ofVersion(6)[0]?.diagnostics ?? []).includes('unknown-healthcheck-type'));
    await server.close(uri);
    await server.publish(({ uri: of, diagnostics }) => of === uri && diagnostics.length === 0);
  });
});

describe('configuration', () => {
  it('of the settings turns rules off and linting as a whole', async () => {
    const settings: { rules: Record<string, unknown>; lint?: { enable: boolean } } = {
      rules: { DL4000: 'off' },
    };
    const server = await start({ settings: () => settings });
    await server.open('untitled:a', flawed);
    const before = await server.pull('untitled:a');
    assert.ok(!codes(items(before)).includes('DL4000'));
    assert.ok(codes(items(before)).includes('DL3042'));

    settings.rules = { DL3042: { severity: 'style' } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    const after = items(await server.pull('untitled:a', before.resultId));
    assert.ok(codes(after).includes('DL4000'));
    assert.equal(after.find(({ code }) => code === 'DL3042')?.severity, 4);
    assert.equal(server.refreshes(), 1);

    settings.lint = { enable: false };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(items(await server.pull('untitled:a')), []);
    const action = { textDocument: { uri: 'untitled:a' }, range: wholeRange, context: { diagnostics: [] } };
    assert.deepEqual(await server.connection.sendRequest('textDocument/codeAction', action), []);
  });

  it('that makes no sense counts as none', async () => {
    const server = await start({ settings: () => 'nonsense' });
    await server.open('untitled:a', flawed);
    assert.ok(codes(items(await server.pull('untitled:a'))).includes('DL4000'));
  });

  it('of a .hadolint.yaml on the disk holds, and its change asks the client to pull again', async () => {
    const folder = mkdtempSync(`${tmpdir()}/wheel house ü-`);
    try {
      const uri = pathToFileURL(`${folder}/Dockerfile`).href;
      writeFileSync(`${folder}/.hadolint.yaml`, 'ignored: [DL4000]\n');
      const server = await start();
      await server.open(uri, flawed);
      const before = await server.pull(uri);
      assert.ok(!codes(items(before)).includes('DL4000'));
      writeFileSync(`${folder}/.hadolint.yaml`, 'ignored: [DL3042]\n');
      await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: pathToFileURL(`${folder}/.hadolint.yaml`).href, type: 2 }],
      });
      const now = codes(items(await server.pull(uri, before.resultId)));
      assert.ok(now.includes('DL4000') && !now.includes('DL3042'));
      assert.equal(server.refreshes(), 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of a virtual file system is read through the client', async () => {
    const files = { 'vscode-vfs://github/me/repo/.hadolint.yaml': 'ignored: [DL4000]\n' };
    const server = await start({ files });
    await server.open('vscode-vfs://github/me/repo/docker/Dockerfile', flawed);
    const found = codes(items(await server.pull('vscode-vfs://github/me/repo/docker/Dockerfile')));
    assert.ok(found.includes('DL3042') && !found.includes('DL4000'));
  });

  it('of a client without settings is the default', async () => {
    const server = await start({ capabilities: { textDocument: pulling.textDocument } });
    await server.open('untitled:a', flawed);
    assert.ok(codes(items(await server.pull('untitled:a'))).includes('DL4000'));
  });
});

const wholeRange = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
