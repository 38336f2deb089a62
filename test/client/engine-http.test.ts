// What comes over a connection to the engine as it comes: whole, broken off, stopped, or not there.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { overSocket } from '../../client/src/engine/http.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse http '));
const socket =
  process.platform === 'win32' ? `\\\\.\\pipe\\wheelhouse-${process.pid}` : path.join(folder, 's');
const ended: string[] = [];
const server = http.createServer((request, response) => {
  response.on('close', () => ended.push(request.url ?? ''));
  if (request.url === '/whole') response.end(Buffer.alloc(300_000, 'x'));
  else if (request.url === '/json') response.end('{"a":1}');
  else if (request.url === '/cut') {
    response.write('begins');
    setTimeout(() => response.destroy(), 20);
  } else if (request.url === '/endless') {
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once('drain', write);
    };
    write();
  } else if (request.url === '/refused') response.writeHead(500).end('{}');
  else if (request.url !== '/silent') response.writeHead(404).end('no such image');
});
const engine = overSocket(socket);
const read = async (url: string, signal = new AbortController().signal) => {
  let bytes = 0;
  for await (const portion of (await engine.stream(url, signal)) ?? []) bytes += portion.length;
  return bytes;
};

before(() => new Promise<void>((resolve) => server.listen(socket, resolve)));
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test('it comes whole, and other things meanwhile', async () => {
  assert.equal(await read('/whole'), 300_000);
  const stop = new AbortController();
  const endless = read('/endless', stop.signal);
  endless.catch(() => {});
  assert.deepEqual(await engine.get('/json'), { a: 1 });
  stop.abort();
  await assert.rejects(endless);
});

test('what is broken off or not there throws', async () => {
  await assert.rejects(read('/cut'), { code: 'ECONNRESET' });
  const { signal } = new AbortController();
  assert.equal(await engine.stream('/nothing', signal), undefined);
  await assert.rejects(read('/refused'), /500/);
  await assert.rejects(engine.stream('/silent', signal, 30), /does not answer/);
  assert.equal(await engine.get('/nothing'), undefined);
});

test('what nobody reads any more ends, before its first byte as well', async () => {
  for (const url of ['/endless', '/silent']) {
    ended.length = 0;
    const stop = new AbortController();
    const reading = read(url, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(reading);
    while (!ended.includes(url)) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  ended.length = 0;
  for await (const _ of (await engine.stream('/endless', new AbortController().signal)) ?? []) break;
  while (ended.filter((url) => url === '/endless').length < 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await assert.rejects(engine.get('/silent', 30));
});
