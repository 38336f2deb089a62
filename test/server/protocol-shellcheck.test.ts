// ShellCheck through the real server's pipe. WHEELHOUSE_TEST_SHELLCHECK names the binary.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import {
  type ShellcheckParams,
  shellcheckNotification,
  trustNotification,
} from '../../server/src/protocol/requests.ts';
import { startServer, type TestServer } from './client.ts';

const binary = process.env.WHEELHOUSE_TEST_SHELLCHECK;
const skip = !binary && 'WHEELHOUSE_TEST_SHELLCHECK is not set';
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-shellcheck-'));
const running: TestServer[] = [];
after(async () => {
  for (const server of running) assert.equal(await server.stop(), 0, 'the server ends by itself');
  rmSync(folder, { recursive: true });
});

/** A server with that program for ShellCheck, and what it tells of it. */
async function start(program: string, options: Parameters<typeof startServer>[0] = {}) {
  const server = await startServer({ settings: () => ({ shellcheck: { path: program } }), ...options });
  running.push(server);
  const told: ShellcheckParams[] = [];
  server.connection.onNotification(shellcheckNotification, (params: ShellcheckParams) => {
    told.push(params);
  });
  return { server, told };
}
const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
const text = 'FROM python:3.12\nUSER app\nRUN cat $X \\\n    $Y\n';

describe('the second pass', () => {
  it('has what ShellCheck finds, with its place, page and fix', { skip }, async () => {
    const { server, told } = await start(binary as string);
    const uri = 'untitled:checked';
    await server.open(uri, text);
    const { diagnostics, version } = await server.publish((params) => params.uri === uri);
    assert.deepEqual([codes(diagnostics), version], [['SC2086', 'SC2086'], 1]);
    const [, second] = diagnostics;
    assert.deepEqual(second?.range, { start: { line: 3, character: 4 }, end: { line: 3, character: 6 } });
    assert.equal(second?.codeDescription?.href, 'https://www.shellcheck.net/wiki/SC2086');
    assert.equal(told.length, 1);
    assert.match(told[0]?.version ?? '', /^\d+\.\d+/);

    const actions: CodeAction[] = await server.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: second?.range,
      context: { diagnostics: [second] },
    });
    const titles = actions.map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 3), [
      'Apply ShellCheck’s fix for SC2086',
      'Ignore SC2086 here',
      'Ignore SC2086 in this file',
    ]);
    assert.equal(actions[0]?.isPreferred, false);
  });

  it('comes to a client that does not pull, together with the rules', { skip }, async () => {
    const { server } = await start(binary as string, {
      capabilities: { workspace: { configuration: true } },
    });
    await server.open('untitled:pushed', `${text}MAINTAINER a\n`);
    const both = await server.publish(({ diagnostics }) => codes(diagnostics).includes('SC2086'));
    assert.ok(codes(both.diagnostics).includes('DL4000'));
  });

  it('of a text that changed meanwhile is dropped, and its processes are ended', { skip }, async () => {
    const { server } = await start(binary as string);
    const uri = 'untitled:changing';
    await server.open(uri, text);
    for (let version = 2; version < 12; version++)
      await server.change(uri, version, { text: `${text}RUN cat $Z\n` });
    await server.publish((params) => params.uri === uri && params.version === 11);
    assert.deepEqual(new Set(server.published.map(({ version }) => version)), new Set([11]));
  });

  it('goes ahead without a ShellCheck that takes long', async () => {
    const program = path.join(folder, 'slow');
    writeFileSync(
      program,
      '#!/bin/sh\n[ "$1" = --version ] && { echo "version: 0.9.0"; exit; }\nexec sleep 30\n',
    );
    chmodSync(program, 0o755);
    const { server } = await start(program);
    const uri = 'untitled:slow';
    await server.open(uri, `${text}EXPOSE x\n`);
    const { diagnostics } = await server.publish((params) => params.uri === uri);
    assert.ok(codes(diagnostics).every((code) => !String(code).startsWith('SC')));
    await server.close(uri);
  });

  it('works without ShellCheck, and says so once', async () => {
    const { server, told } = await start(path.join(folder, 'missing'));
    for (const uri of ['untitled:a', 'untitled:b']) {
      await server.open(uri, text);
      await server.publish((params) => params.uri === uri);
    }
    assert.deepEqual(told, [{ version: null, trusted: true }]);
    assert.deepEqual(server.log, []);
  });

  it('leaves ShellCheck out where a setting says so', async () => {
    const { server, told } = await start('', { settings: () => ({ shellcheck: { enable: false } }) });
    await server.open('untitled:off', text);
    await server.publish(({ uri }) => uri === 'untitled:off');
    assert.deepEqual(told, []);
  });

  it('runs no program without trust, and begins when trust is granted', async () => {
    const program = path.join(folder, 'witness');
    const ran = path.join(folder, 'ran');
    writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\necho "version: 0.9.0"\n`);
    chmodSync(program, 0o755);
    const { server, told } = await start(program, {
      initializationOptions: { trusted: false },
      settings: () => ({ shellcheck: { path: program } }),
    });
    await server.open('untitled:a', text);
    await server.publish(({ uri }) => uri === 'untitled:a');
    assert.deepEqual([existsSync(ran), told], [false, [{ version: null, trusted: false }]]);
    await server.connection.sendNotification(trustNotification);
    await server.open('untitled:b', text);
    await server.publish(({ uri }) => uri === 'untitled:b');
    assert.equal(existsSync(ran), true);
    assert.deepEqual(told.at(-1), { version: '0.9.0', trusted: true });
  });
});
