// The engine's HTTP API: connections stay open while they are used, answers are bounded.
import http from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export type EngineHttp = {
  /** The JSON at a path such as `/containers/json`; undefined where there is no such thing. Throws for any other trouble. */
  get(path: string): Promise<unknown>;
  /** What a path goes on saying until the signal ends it, over a connection of its own; undefined as with `get`. */
  stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer> | undefined>;
  /** So many streams are no burden: each is a connection, which is a process where the command line makes it. */
  readonly streams: number;
};

/** Inspecting some at a time keeps an engine of a thousand containers answering others. */
export const connections = 4;
const timeoutMs = 20_000;
/** As much as the list of thousands of containers with their labels; parsed in one go. */
const largestAnswer = 32_000_000;

/** A connection that nobody used for so long is closed: with it ends the process that carries it, where one does. */
const idleMs = 60_000;

/** `open` makes a connection to the engine; the next request makes another one where it fails. */
export function createEngineHttp(open: () => Duplex, streams = 4): EngineHttp {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  agent.createConnection = open as typeof agent.createConnection;
  let idle: NodeJS.Timeout | undefined;
  return {
    streams,
    stream: (path, signal) => openStream(open, path, signal),
    // Paths have no version: the engine answers as its newest one, and what is read is in all since 1.24.
    async get(path) {
      clearTimeout(idle);
      try {
        const { status, text } = await request({ agent, path, headers: { host: 'engine' } });
        if (status === 404) return undefined;
        if (status !== 200) throw new Error(`The engine answered ${path} with ${status}.`);
        return JSON.parse(text);
      } finally {
        clearTimeout(idle);
        idle = setTimeout(() => agent.destroy(), idleMs).unref();
      }
    },
  };
}

export const overSocket = (socketPath: string) => createEngineHttp(() => connect(socketPath), 20);

function request(options: http.RequestOptions): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = http.get({ ...options, signal }, (answer) => {
      const portions: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (portion: Buffer) => {
        bytes += portion.length;
        if (bytes > largestAnswer) asked.destroy(new Error('The engine says more than can be read.'));
        else portions.push(portion);
      });
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(portions).toString('utf8') }),
      );
    });
    asked.on('error', reject);
  });
}

function openStream(
  open: () => Duplex,
  path: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer> | undefined> {
  return new Promise((resolve, reject) => {
    // VS Code lays proxies over requests that have no agent.
    const agent = new http.Agent();
    agent.createConnection = open as typeof agent.createConnection;
    const asked = http.get({ agent, path, headers: { host: 'engine' }, signal }, (answer) => {
      clearTimeout(late);
      if (answer.statusCode === 200) return resolve(answer);
      answer.destroy();
      if (answer.statusCode === 404) return resolve(undefined);
      reject(new Error(`The engine answered ${path} with ${answer.statusCode}.`));
    });
    const late = setTimeout(() => asked.destroy(new Error('The engine does not answer.')), timeoutMs);
    asked.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
  });
}
