import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** A server behind its standard streams, and a client of bare messages. */
export interface StdioServer {
  readonly child: ChildProcessWithoutNullStreams;
  /** Its exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Everything that it said, oldest first. */
  readonly heard: readonly Message[];
  notify(method: string, params?: unknown): void;
  /** The first message that fits, of those that came and those to come; fails when the server ends before. */
  hear(fits: (message: Message) => boolean): Promise<Message>;
  /** The result of a request; fails on an error. */
  ask(method: string, params?: unknown): Promise<unknown>;
}

/**
 * Starts a program as a shell would, by its first line. It is ended with the test in whose scope it is, whatever becomes of
 * that.
 * @param answer gives the result of a request of the server's; without it nothing is answered
 */
export function startStdio(
  bin: string,
  args: readonly string[],
  scope: { after(end: () => Promise<void>): void },
  answer?: (method: string, params: unknown) => unknown,
): StdioServer {
  // The Node of the tests is the one that `env node` finds.
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` };
  const child = spawn(bin, args, { stdio: 'pipe', env });
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  scope.after(async () => {
    child.kill('SIGKILL');
    await ended.catch(() => {});
  });

  const heard: Message[] = [];
  const waiting: { fits: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];
  const send = (message: Message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const take = (message: Message) => {
    heard.push(message);
    const { id, method, params } = message;
    if (id !== undefined && method && answer) send({ id, result: answer(method, params) ?? null });
    for (const wait of waiting.splice(0)) wait.fits(message) ? wait.resolve(message) : waiting.push(wait);
  };
  const read = createReader(take);
  child.stdout.on('data', read);

  const hear = (fits: (message: Message) => boolean): Promise<Message> => {
    const known = heard.find(fits);
    if (known) return Promise.resolve(known);
    const early = ended.then((code) => {
      throw new Error(`The server ended with ${code}.`);
    });
    return Promise.race([new Promise<Message>((resolve) => waiting.push({ fits, resolve })), early]);
  };
  let ids = 0;
  return {
    child,
    ended,
    heard,
    notify: (method, params) => send({ method, params }),
    hear,
    async ask(method, params) {
      const id = ++ids;
      send({ id, method, params });
      const { result, error } = await hear((message) => message.id === id && message.method === undefined);
      assert.equal(error, undefined, JSON.stringify(error));
      return result;
    },
  };
}

/** Cuts a stream of bytes into messages, each behind its header. */
function createReader(take: (message: Message) => void): (data: Buffer) => void {
  let bytes = Buffer.alloc(0);
  return (data) => {
    bytes = Buffer.concat([bytes, data]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(bytes.toString('latin1'));
      const end = header ? header[0].length + Number(header[1]) : 0;
      if (!header || bytes.length < end) return;
      const message: Message = JSON.parse(bytes.subarray(header[0].length, end).toString());
      bytes = bytes.subarray(end);
      take(message);
    }
  };
}
