// An engine whose one container writes without an end; started by fast-log.test.ts, in a process of its own.
import { createServer } from 'node:http';

const [socket = ''] = process.argv.slice(2);
const filling = 'that writes as fast as it can '.repeat(8);
const sent = { bytes: 0, lines: 0 };
const details = {
  Id: 'c',
  Name: '/fast',
  State: { Status: 'running', Running: true, StartedAt: '2026-01-01T00:00:00Z' },
};

function frames(count: number): Buffer {
  const parts: Buffer[] = [];
  for (let n = 0; n < count; n++) {
    const at = new Date(1_767_225_600_000 + ++sent.lines).toISOString().replace('Z', '000000Z');
    const text = Buffer.from(`${at} INFO:root:line ${sent.lines} of a program ${filling}\n`);
    const head = Buffer.alloc(8);
    head[0] = 1;
    head.writeUInt32BE(text.length, 4);
    parts.push(head, text);
  }
  return Buffer.concat(parts);
}

createServer((request, response) => {
  if (!request.url?.includes('/logs')) return response.end(JSON.stringify(details));
  if (!request.url.includes('follow=1')) return response.end(frames(10));
  const write = () => {
    for (;;) {
      const portion = frames(700);
      sent.bytes += portion.length;
      if (!response.write(portion)) break;
    }
  };
  response.on('drain', write);
  write();
}).listen(socket, () => process.send?.('ready'));
process.on('message', () => process.send?.(sent));
