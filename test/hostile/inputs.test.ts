import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ensureBundles } from '../server/bundles.ts';
import { startServer, type TestServer } from '../server/client.ts';
import { harmlessOf, layOut } from './folder.ts';
import { type HostileInput, harmlessDockerfile, harmlessFindings } from './input.ts';

const modules = globSync('inputs/*.ts', { cwd: import.meta.dirname }).sort();
const groups: { name: string; inputs: readonly HostileInput[] }[] = [];
for (const module of modules) {
  const { inputs } = (await import(pathToFileURL(path.join(import.meta.dirname, module)).href)) as {
    inputs: readonly HostileInput[];
  };
  groups.push({ name: path.basename(module, '.ts'), inputs });
}

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-hostile-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
function folderOf(input: HostileInput): { folder: string; bytes: number } {
  const folder = path.join(root, String(folders++));
  mkdirSync(folder);
  return { folder, bytes: layOut(folder, input) };
}

/** An input may take so many times as long as a harmless file of its size, and some seconds for a slow machine. */
const factor = 20;
const slack = 4_000;

describe('hostile inputs', () => {
  it('are many, each by a name of its own', () => {
    const names = groups.flatMap(({ inputs }) => inputs.map(({ name }) => name));
    assert.ok(names.length >= 200, String(names.length));
    assert.deepEqual(
      names.filter((name, i) => names.indexOf(name) !== i),
      [],
    );
  });
});

describe('hostile inputs through the command line', async () => {
  const { cli } = await ensureBundles();
  const lint = (folder: string) =>
    new Promise<{ code: number | null; out: string; err: string; ms: number }>((resolve) => {
      const began = performance.now();
      const args = [cli, 'lint', '--preset=strict', '--no-shellcheck', '--format=json', 'Dockerfile'];
      const child = spawn(process.execPath, args, { cwd: folder, timeout: 60_000, killSignal: 'SIGKILL' });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        err += text;
      });
      child.on('close', (code) => resolve({ code, out, err, ms: performance.now() - began }));
    });
  const known = new Map<number, Promise<number>>();
  /** How long a harmless file takes, by the power of two of its size. */
  const harmlessTime = (bytes: number) => {
    const size = 2 ** Math.ceil(Math.log2(Math.max(bytes, 1024)));
    const files = () => ({ Dockerfile: harmlessOf(size) });
    const time = known.get(size) ?? lint(folderOf({ name: '', files }).folder).then(({ ms }) => ms);
    known.set(size, time);
    return time;
  };

  for (const { name, inputs } of groups) {
    for (const input of inputs) {
      it(`${name}: ${input.name}`, { timeout: 120_000 }, async () => {
        const { folder, bytes } = folderOf(input);
        const { code, out, err, ms } = await lint(folder);
        assert.ok(code === 0 || code === 1, `it ended with ${code}: ${err.slice(0, 500)}`);
        assert.doesNotMatch(err, /[^\P{Cc}\n]/u, 'control characters on standard error');
        assert.doesNotMatch(err, /cannot be checked|Error:|at .*\.(?:ts|cjs):\d/);
        const found = ids(out === '' ? [] : JSON.parse(out));
        for (const id of input.finds ?? harmlessOrNone(input))
          assert.ok(found.has(id), `${id} is lost: ${err}`);
        const limit = factor * (await harmlessTime(bytes)) + slack;
        assert.ok(ms <= limit, `${Math.round(ms)} ms, of at most ${Math.round(limit)}`);
        rmSync(folder, { recursive: true });
      });
    }
  }
});

/** What a Dockerfile that the suite adds must get. */
const harmlessOrNone = (input: HostileInput) => ('Dockerfile' in input.files() ? [] : harmlessFindings);
const ids = (findings: { code?: unknown }[]) => new Set(findings.map(({ code }) => code));

for (const { name, inputs } of groups) {
  describe(`hostile inputs in the editor: ${name}`, () => {
    let server: TestServer;
    let usual = 0;
    let version = 1;
    const good = pathToFileURL(path.join(root, `good-${name}`, 'Dockerfile')).href;
    before(async () => {
      server = await startServer();
      mkdirSync(path.join(root, `good-${name}`));
      writeFileSync(path.join(root, `good-${name}`, 'Dockerfile'), harmlessDockerfile);
      await server.open(good, harmlessDockerfile);
      await askGood();
      usual = Math.max(await askGood(), await askGood());
    });
    after(() => server.kill());

    /** Changes the harmless document and has it judged; gives the milliseconds until its findings are there. */
    async function askGood(): Promise<number> {
      const began = performance.now();
      await server.change(good, ++version, { text: `${harmlessDockerfile}# ${version}\n` });
      const report = await server.pull(good);
      const found = ids('items' in report ? report.items : []);
      for (const id of harmlessFindings) assert.ok(found.has(id), `${id} is lost in the harmless document`);
      return performance.now() - began;
    }

    for (const input of inputs) {
      it(input.name, { timeout: 120_000 }, async () => {
        const { folder } = folderOf(input);
        const file = path.join(folder, 'Dockerfile');
        const uri = pathToFileURL(file).href;
        let text = harmlessDockerfile;
        // What is no plain file is never opened in an editor; it lies beside.
        if (typeof input.files().Dockerfile === 'string' || !('Dockerfile' in input.files()))
          text = readFileSync(file, 'utf8');
        const textDocument = { uri };
        await server.open(uri, text);
        const position = { line: 1, character: 5 };
        const asked = [
          server.pull(uri),
          ...[
            ['textDocument/semanticTokens/full', { textDocument }],
            ['textDocument/documentSymbol', { textDocument }],
            ['textDocument/foldingRange', { textDocument }],
            ['textDocument/documentLink', { textDocument }],
            ['textDocument/hover', { textDocument, position }],
            ['textDocument/documentHighlight', { textDocument, position }],
            ['textDocument/completion', { textDocument, position }],
          ].map(([method, params]) => server.connection.sendRequest(method as string, params)),
        ];
        const answers = Promise.allSettled(asked);
        const ms = await askGood();
        const limit = factor * usual + slack / 2;
        assert.ok(
          ms <= limit,
          `the harmless document waited ${Math.round(ms)} ms, of at most ${Math.round(limit)}`,
        );
        for (const answer of await answers)
          if (answer.status === 'rejected') assert.match(String(answer.reason), /cancel/i);
        const told = server.published
          .filter((params) => params.uri === uri)
          .flatMap((params) => params.diagnostics);
        assert.deepEqual(
          told.filter(({ message }) => /so it was not checked/.test(String(message))),
          [],
        );
        const [report] = (await answers) as [PromiseFulfilledResult<{ items: { code?: unknown }[] }>];
        const found = ids(report.value.items);
        for (const id of input.finds ?? harmlessOrNone(input)) assert.ok(found.has(id), `${id} is lost`);
        await server.close(uri);
        rmSync(folder, { recursive: true });
      });
    }
  });
}
