// What once answered in the place of a registry, or is built like it: over HTTP, and below it.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

export interface HostileAnswer {
  readonly name: string;
  /** Where a question came for the case with this path. `stranger` is another host that writes down what it is told. */
  answer(response: ServerResponse, at: { readonly path: string; readonly stranger: string }): void;
}

const json = { 'content-type': 'application/json' };
const listOf = (tags: unknown) => JSON.stringify({ name: 'x', tags });
const many = 1_000_000;

/** Writes pieces until the other side has gone. */
function endless(out: ServerResponse | Socket, piece: string | Buffer): void {
  // An answer to HEAD swallows what is written, and never asks to wait.
  if ('req' in out && out.req.method === 'HEAD') return void out.end();
  const more = () => {
    while (!out.destroyed && !out.writableEnded) if (!out.write(piece)) return;
  };
  out.on('drain', more);
  more();
}

/** Writes what it likes, past Node's own care for what HTTP allows. */
function raw(text: string | Buffer, then: (socket: Socket) => void = (socket) => void socket.end()) {
  return (response: ServerResponse) => {
    const { socket } = response;
    if (!socket) return;
    socket.on('error', () => {});
    socket.write(text);
    then(socket);
  };
}

const says = (name: string, body: string | Buffer, headers: Record<string, string> = json, status = 200) => ({
  name,
  answer: (response: ServerResponse) => void response.writeHead(status, headers).end(body),
});
const leads = (name: string, to: (at: { path: string; stranger: string }) => string, status = 302) => ({
  name,
  answer: (response: ServerResponse, at: { path: string; stranger: string }) =>
    void response.writeHead(status, { location: to(at) }).end(),
});
const packed = (encoding: string) => ({ ...json, 'content-encoding': encoding });
const goesOn = (
  name: string,
  piece: string | Buffer,
  headers: Record<string, string> = json,
  status = 200,
) => ({
  name,
  answer(response: ServerResponse) {
    response.writeHead(status, headers);
    endless(response, piece);
  },
});

const page = '<!DOCTYPE html><title>Sign in to the network</title><form method=post>';
const bomb = () => Buffer.from(`{"tags":["${'a'.repeat(100 * many)}"]}`);
const kilobyte = '"aaaaaaaa",'.repeat(100);

export const hostileAnswers: readonly HostileAnswer[] = [
  says('plain text', 'It works!', { 'content-type': 'text/plain' }),
  says('the login page of a proxy', page, { 'content-type': 'text/html' }),
  says('a login page that says it is JSON', page),
  says('nothing', ''),
  says('half a JSON text', '{"tags": ["1.0", "'),
  says('two JSON texts', '{"tags":["1"]}{"tags":["2"]}'),
  says('null', 'null'),
  says('a string', '"1.0"'),
  says('a list where an object belongs', '["1.0"]'),
  says('tags that are an object', '{"tags":{"length":5,"0":"a"}}'),
  says('tags that are a text', '{"tags":"1.0"}'),
  says('a deep text', `{"tags":${'['.repeat(many)}`),
  says('a deep text that ends', `{"tags":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`),
  says('prototypes', '{"__proto__":{"tags":["1"]},"constructor":{"prototype":{"tags":["2"]}}}'),
  says('a million tags', listOf(Array.from({ length: many }, (_, i) => `t${i}`))),
  says('a million numbers', listOf(Array(many).fill(1))),
  says('half a million empty objects', listOf(Array(500_000).fill({}))),
  says('the same tag a hundred thousand times', listOf(Array(100_000).fill('a'))),
  says('one tag of three megabytes', listOf(['a'.repeat(3 * many)])),
  says(
    'names that are none',
    listOf([
      ...['\u001b[2J', '\0', 'a\nb', 'a b', '[x](command:evil)', '**b**', '`c`', '<img src=x>', '$(id)'],
      ...['--privileged', '-v', '../../etc', 'a/b', '', '.', 'ä', '\u202egpj', '\ud800', '🐍', 'a@b', 'a:b'],
      ...['x'.repeat(129), null, 5, true, ['1'], { tag: '1' }, 'good-1.0'],
    ]),
  ),
  says('no UTF-8', Buffer.from([...Buffer.from('{"tags":["'), 0xff, 0xfe, 0xc3, ...Buffer.from('"]}')])),
  says('UTF-16', Buffer.from(listOf(['1']), 'utf16le')),
  says('status 500', 'oops', json, 500),
  says('status 429 with a wait of an age', '', { 'retry-after': '99999999999' }, 429),
  says('status 204', '', {}, 204),
  says('status 304', '', {}, 304),
  says('status 302 without an address', '', {}, 302),
  says('status 999', '{"tags":["1"]}', json, 999),
  goesOn('status 503 with a body without end', 'x'.repeat(65_536), json, 503),
  goesOn('status 404 with a body without end', 'x'.repeat(65_536), json, 404),
  goesOn('tags without end', kilobyte),
  goesOn('blanks without end', ' '.repeat(65_536)),
  {
    name: 'tags without end, of which each comes alone',
    answer: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', (socket) =>
      endless(socket, '1\r\na\r\n'.repeat(5_000)),
    ),
  },
  {
    name: 'a drop now and then',
    answer(response) {
      response.writeHead(200, json).write('{"tags":["');
      const timer = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(timer));
    },
  },
  { name: 'silence', answer() {} },
  { name: 'silence behind the headers', answer: (response) => response.writeHead(200, json).flushHeaders() },
  { name: 'silence in the headers', answer: raw('HTTP/1.1 200 OK\r\ncontent-ty', () => {}) },
  says('a bomb of gzip', gzipSync(bomb()), packed('gzip')),
  says('a bomb of deflate', deflateSync(bomb()), packed('deflate')),
  says('a bomb of brotli', brotliCompressSync(bomb().subarray(0, 20 * many)), packed('br')),
  says('a bomb in a bomb', gzipSync(gzipSync(bomb())), packed('gzip, gzip')),
  goesOn('a bomb of gzip in pieces, again and again', gzipSync(bomb()), packed('gzip')),
  goesOn(
    'gzip without end that unpacks to nothing',
    Buffer.concat(Array(1000).fill(gzipSync(''))),
    packed('gzip'),
  ),
  says('text that is not packed as it says', 'no gzip', packed('gzip')),
  says('a packing that nobody knows', 'x', packed('zip-of-death')),
  leads('a redirect to itself', ({ path }) => path),
  leads(
    'a redirect to somewhere new each time',
    ({ path }) => `${path}${path.includes('?') ? '&' : '?'}n=1`,
    307,
  ),
  leads('a redirect to another host', ({ stranger, path }) => `${stranger}${path}`),
  leads('a redirect to another host without a scheme', ({ stranger }) => stranger.replace('http:', ''), 308),
  leads('a redirect to a file', () => 'file:///etc/passwd'),
  leads('a redirect to data', () => `data:application/json,${encodeURIComponent(listOf(['evil']))}`),
  leads('a redirect to a script', () => 'javascript:alert(1)'),
  leads('a redirect with a name and a password', ({ stranger }) => stranger.replace('//', '//a:b@')),
  leads('a redirect to no address', () => 'http://[::1'),
  leads('a redirect to another port of this machine', () => 'https://127.0.0.1:1/'),
  {
    name: 'a redirect with a body without end',
    answer(response, { path }) {
      response.writeHead(302, { location: path });
      endless(response, 'x'.repeat(65_536));
    },
  },
  {
    name: 'an end in the middle',
    answer(response) {
      response.writeHead(200, json).write('{"tags":["1",');
      setTimeout(() => response.destroy(), 20);
    },
  },
  { name: 'an end before the beginning', answer: (response) => void response.socket?.resetAndDestroy() },
  { name: 'less than was promised', answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"tags":[]}') },
  {
    name: 'more than was promised',
    answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"tags":["1","2"]}HTTP/1.1 200 OK\r\n\r\n'),
  },
  { name: 'a length below zero', answer: raw('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{"tags":[]}') },
  {
    name: 'a length beyond all numbers',
    answer: raw(`HTTP/1.1 200 OK\r\ncontent-length: ${'9'.repeat(18)}\r\n\r\n{"tags":[`, () => {}),
  },
  {
    name: 'two lengths',
    answer: raw(
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ),
  },
  {
    name: 'a broken chunk',
    answer: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n'),
  },
  {
    name: 'headers without end',
    answer: raw('HTTP/1.1 200 OK\r\n', (socket) => endless(socket, `x-a: ${'b'.repeat(1000)}\r\n`)),
  },
  {
    name: 'a header of a megabyte',
    answer: raw(`HTTP/1.1 200 OK\r\nlink: ${'<'.repeat(many)}\r\n\r\n{"tags":[]}`),
  },
  {
    name: 'trailers without end',
    answer: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n', (socket) =>
      endless(socket, `x-a: ${'b'.repeat(1000)}\r\n`),
    ),
  },
  {
    name: 'a chunk extension without end',
    answer: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;', (socket) =>
      endless(socket, 'b'.repeat(60_000)),
    ),
  },
  {
    name: 'hints without end',
    answer: raw('', (socket) =>
      endless(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(100)),
    ),
  },
  {
    name: 'another protocol',
    answer: raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', (socket) =>
      endless(socket, 'x'.repeat(60_000)),
    ),
  },
  { name: 'no HTTP', answer: raw('SSH-2.0-OpenSSH_9.6\r\n') },
  { name: 'noise', answer: raw(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 73) % 256))) },
  ...(
    [
      ['to the same page', ({ path }) => `<${path}>; rel="next"`],
      ['to new pages without end', ({ path }) => `<${path.split('?')[0]}?n=${Math.random()}>; rel=next`],
      ['to another host', ({ stranger, path }) => `<${stranger}${path}>; rel="next"`],
      ['to another path', () => '</v2/secret/of/others>; rel="next"'],
      ['to a file', () => '<file:///etc/passwd>; rel="next"'],
      ['with a password', ({ stranger }) => `<${stranger.replace('//', '//a:b@')}>; rel="next"`],
      ['that takes long to read', () => `${'<'.repeat(7_000)};${' '.repeat(5_000)}rel=nex`],
    ] as [string, (at: { path: string; stranger: string }) => string][]
  ).map(([name, link]) => ({
    name: `a next page ${name}`,
    answer: (response: ServerResponse, at: { path: string; stranger: string }) =>
      void response.writeHead(200, { ...json, link: link(at) }).end(listOf(['1.0'])),
  })),
];
