import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { type ClientOptions, pulling, startServer, type TestServer } from './client.ts';

const program = fileURLToPath(new URL('stuck-server.ts', import.meta.url));
const good = { uri: 'file:///projects/good/Dockerfile', text: 'FROM debian\nRUN apt-get install curl\n' };
const bad = 'file:///projects/bad/Dockerfile';
const textOf = (...words: string[]) => `FROM debian\nRUN ${words.join(' ')}\n`;

type Test = (server: TestServer) => Promise<void>;
async function withServer(test: Test, options: ClientOptions = {}): Promise<void> {
  const server = await startServer({ program, ...options });
  try {
    await test(server);
    assert.equal(await server.stop(), 0);
  } finally {
    server.kill();
  }
}
const idsOf = (report: Awaited<ReturnType<TestServer['pull']>>) =>
  'items' in report ? report.items.map(({ code }) => code) : [];
const isGivenUp = (of: string) => (params: PublishDiagnosticsParams) =>
  params.uri === of &&
  params.diagnostics.some(({ message }) => /so it was not checked/.test(String(message)));

describe('a document that takes the server away', { timeout: 180_000 }, () => {
  for (const [name, words, why] of [
    ['hangs', ['HANG'], /took more than 2 seconds/],
    ['wants all memory', ['EAT'], /took more memory|took more than 2 seconds/],
  ] as const) {
    it(`${name}: the others get their findings, and it says that it was not checked`, () =>
      withServer(async (server) => {
        await server.open(good.uri, good.text);
        const findings = idsOf(await server.pull(good.uri));
        assert.ok(findings.includes('DL3014'));
        await server.open(bad, textOf(...words));
        const pulledBad = server.pull(bad);
        await server.change(good.uri, 2, { text: `${good.text}RUN apt-get install wget\n` });
        const pulledGood = await server.pull(good.uri);
        // Before the other one is given up.
        assert.ok(!server.published.some(isGivenUp(bad)));
        assert.equal(idsOf(pulledGood).filter((id) => id === 'DL3014').length, 2);
        assert.deepEqual(idsOf(await pulledBad), []);
        const { diagnostics } = await server.publish(isGivenUp(bad));
        assert.match(String(diagnostics[0]?.message), why);

        // What does not change is not tried again; a change is.
        assert.deepEqual(idsOf(await server.pull(bad)), []);
        await server.change(bad, 2, { text: textOf('apt-get', 'install', 'curl') });
        assert.ok(idsOf(await server.pull(bad)).includes('DL3014'));
        await server.publish(({ uri, diagnostics: now }) => uri === bad && now.length === 0);
        assert.ok(idsOf(await server.pull(good.uri)).includes('DL3014'));
      }));
  }

  it('for a while gets its findings, in a thread of its own', () =>
    withServer(async (server) => {
      await server.open(good.uri, good.text);
      await server.pull(good.uri);
      await server.open(bad, textOf('WORK', '1200', '&&', 'apt-get', 'install', 'curl'));
      let isDone = false;
      const slow = server.pull(bad).then((report) => {
        isDone = true;
        return report;
      });
      await server.change(good.uri, 2, { text: good.text });
      assert.ok(idsOf(await server.pull(good.uri)).includes('DL3014'));
      assert.equal(isDone, false);
      assert.ok(idsOf(await slow).includes('DL3014'));
      assert.ok(!server.published.some(isGivenUp(bad)));
      // An edit goes on from the text that its thread knows.
      const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 16 } };
      await server.change(bad, 2, { range, text: 'WORK 1 && sudo' });
      assert.ok(idsOf(await server.pull(bad)).includes('DL3004'));
    }));

  for (const [how, comes] of [
    ['is opened', (server: TestServer, text: string) => server.open(bad, text)],
    [
      'grows',
      async (server: TestServer, text: string) => {
        await server.open(bad, good.text);
        await server.pull(bad);
        await server.change(bad, 2, { text });
      },
    ],
  ] as const) {
    it(`and is large when it ${how} is in a thread of its own from the beginning`, () =>
      withServer(
        async (server) => {
          await server.open(good.uri, good.text);
          await server.pull(good.uri);
          await comes(server, `${textOf('HANG')}${'# and so on\n'.repeat(6_000)}`);
          const large = server.pull(bad);
          await server.change(good.uri, 2, { text: good.text });
          assert.ok(idsOf(await server.pull(good.uri)).includes('DL3014'));
          assert.ok(!server.published.some(isGivenUp(bad)));
          assert.deepEqual(idsOf(await large), []);
        },
        { args: ['--stubborn'] },
      ));
  }

  it('leaves two that hang beside each other and one that works', () =>
    withServer(async (server) => {
      const other = 'file:///projects/other/Dockerfile';
      await server.open(good.uri, good.text);
      await server.open(bad, textOf('HANG'));
      await server.open(other, textOf('HANG'));
      const reports = [bad, other].map((uri) => server.pull(uri));
      assert.ok(idsOf(await server.pull(good.uri)).includes('DL3014'));
      await Promise.all([...reports, server.publish(isGivenUp(bad)), server.publish(isGivenUp(other))]);
      await server.close(bad);
      await server.publish(({ uri, diagnostics }) => uri === bad && diagnostics.length === 0);
      assert.ok(idsOf(await server.pull(good.uri)).includes('DL3014'));
    }));

  it('says so to a client that does not pull', () =>
    withServer(
      async (server) => {
        await server.open(bad, textOf('HANG'));
        await server.open(good.uri, good.text);
        await server.publish(({ uri, diagnostics }) => uri === good.uri && diagnostics.length > 0);
        await server.publish(isGivenUp(bad));
      },
      { capabilities: { ...pulling, textDocument: {} } },
    ));

  it('does not keep the server from ending', () =>
    withServer(async (server) => {
      await server.open(bad, textOf('HANG'));
      void server.pull(bad).catch(() => {});
    }));
});
