// The engine's HTTP API: connections stay open while they are used, answers are bounded.
import http from 'node:http';
import { connect } from 'node:net';
import type { Duplex, Readable } from 'node:stream';

export type EngineHttp = {
  /** The JSON at a path such as `/containers/json`; undefined where there is no such thing. Throws for any other trouble. */
  get(path: string, timeoutMs?: number): Promise<unknown>;
  /**
   * What is at a path, as it comes, over a connection of its own; undefined as with `get`. Only its first byte has to come
   * in time.
   */
  stream(path: string, signal: AbortSignal, firstByteMs?: number): Promise<Readable | undefined>;
};

/** Inspecting some at a time keeps an engine of a thousand containers answering others. */
export const connections = 4;
const usualTimeoutMs = 20_000;
/** As much as the list of thousands of containers with their labels; parsed in one go. */
const largestAnswer = 32_000_000;

/** A connection that nobody used for so long is closed: with it ends the process that carries it, where one does. */
const idleMs = 60_000;

/** `open` makes a connection to the engine; the next request makes another one where it fails. */
export function createEngineHttp(open: () => Duplex): EngineHttp {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  agent.createConnection = open as typeof agent.createConnection;
  let idle: NodeJS.Timeout | undefined;
  let running = 0;
  const began = () => {
    clearTimeout(idle);
    running++;
  };
  const ended = () => {
    // A long answer to somebody else is no idleness.
    if (--running === 0) idle = setTimeout(() => agent.destroy(), idleMs).unref();
  };
  return {
    // Paths have no version: the engine answers as its newest one, and what is read is in all since 1.24.
    async get(path, timeoutMs = usualTimeoutMs) {
      began();
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const { status, text } = await wholeText({ agent, path, headers, signal });
        if (status === 404) return undefined;
        if (status !== 200) throw new Error(`The engine answered ${path} with ${status}.`);
        return JSON.parse(text);
      } finally {
        ended();
      }
    },
    stream: (path, signal, firstByteMs = usualTimeoutMs) => openStream(open, path, signal, firstByteMs),
  };
}

const headers = { host: 'engine' };

export const overSocket = (socketPath: string) => createEngineHttp(() => connect(socketPath));

function wholeText(options: http.RequestOptions): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = http.get(options, (answer) => {
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

function openStream(open: () => Duplex, path: string, signal: AbortSignal, firstByteMs: number) {
  return new Promise<Readable | undefined>((resolve, reject) => {
    // What lasts keeps no other request waiting.
    const agent = new http.Agent();
    agent.createConnection = open as typeof agent.createConnection;
    const asked = http.get({ agent, path, headers, signal }, (answer) => {
      clearTimeout(late);
      if (answer.statusCode === 200) return resolve(answer);
      asked.destroy();
      if (answer.statusCode === 404) resolve(undefined);
      else reject(new Error(`The engine answered ${path} with ${answer.statusCode}.`));
    });
    const late = setTimeout(() => asked.destroy(new Error('The engine does not answer.')), firstByteMs);
    asked.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
  });
}
