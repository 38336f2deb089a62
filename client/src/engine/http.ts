// The engine's HTTP API: connections stay open while they are used, answers are bounded.
import http from 'node:http';
import { connect } from 'node:net';
import { type Duplex, pipeline, type Readable } from 'node:stream';

export type EngineHttp = {
  /** The JSON at a path such as `/containers/json`; undefined where there is no such thing. Throws for any other trouble. */
  get(path: string, timeoutMs?: number): Promise<unknown>;
  /** What the head of an answer of any status says. */
  head(path: string): Promise<{ readonly status: number; readonly headers: http.IncomingHttpHeaders }>;
  /** An answer as it comes, to be read or destroyed, over a connection of its own. Throws `Refusal` where there is none. */
  open(asked: Asked): Promise<http.IncomingMessage>;
  /** What is at a path, as it comes, until the signal ends it; undefined as with `get`. Only its first byte has to come in time. */
  stream(path: string, signal: AbortSignal, firstByteMs?: number): Promise<Readable | undefined>;
  /** So many streams are no burden: each is a connection, which is a process where the command line makes it. */
  readonly streams: number;
};

export type Asked = {
  readonly path: string;
  readonly method?: 'GET' | 'PUT';
  readonly body?: Readable;
  readonly signal?: AbortSignal;
  /** How long the first byte may take. */
  readonly firstByteMs?: number;
};

/** The engine's own words for what it does not do. */
export class Refusal extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Inspecting some at a time keeps an engine of a thousand containers answering others. */
export const connections = 4;
const usualTimeoutMs = 20_000;
/** As much as the list of thousands of containers with their labels; parsed in one go. */
const largestAnswer = 32_000_000;

/** A connection that nobody used for so long is closed: with it ends the process that carries it, where one does. */
const idleMs = 60_000;
const host = 'engine';

/** `open` makes a connection to the engine; the next request makes another one where it fails. */
export function createEngineHttp(open: () => Duplex, streams = 4): EngineHttp {
  const agentOf = (options?: http.AgentOptions) => {
    const agent = new http.Agent(options);
    agent.createConnection = open as typeof agent.createConnection;
    return agent;
  };
  const agent = agentOf({ keepAlive: true, maxSockets: connections });
  let idle: NodeJS.Timeout | undefined;
  let running = 0;
  const ask = async (path: string, method: 'GET' | 'HEAD', timeoutMs = usualTimeoutMs) => {
    clearTimeout(idle);
    running++;
    try {
      return await request({
        agent,
        method,
        path,
        headers: { host },
        signal: AbortSignal.timeout(timeoutMs),
      });
    } finally {
      // A long answer to somebody else is no idleness.
      if (--running === 0) idle = setTimeout(() => agent.destroy(), idleMs).unref();
    }
  };
  const openOne = async (asked: Asked) => {
    // What lasts keeps no other request waiting; and VS Code lays proxies over requests that have no agent.
    const answer = await begin(agentOf(), asked);
    if (answer.statusCode === 200) return answer;
    const { text, status } = await textOf(answer);
    throw new Refusal(reasonIn(text) ?? `The engine answered ${asked.path} with ${status}.`, status);
  };
  return {
    streams,
    // Paths have no version: the engine answers as its newest one, and what is read is in all since 1.24.
    async get(path, timeoutMs) {
      const { status, text } = await ask(path, 'GET', timeoutMs);
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`The engine answered ${path} with ${status}.`);
      return JSON.parse(text);
    },
    head: (path) => ask(path, 'HEAD'),
    open: openOne,
    stream: (path, signal, firstByteMs) =>
      openOne({ path, signal, firstByteMs }).catch((error) => {
        if (error instanceof Refusal && error.status === 404) return undefined;
        throw error;
      }),
  };
}

export const overSocket = (socketPath: string) => createEngineHttp(() => connect(socketPath), 20);

function begin(
  agent: http.Agent,
  { path, method = 'GET', body, signal, firstByteMs = usualTimeoutMs }: Asked,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const expected = body ? { expect: '100-continue', 'content-type': 'application/x-tar' } : {};
    const asked = http.request({ agent, method, path, signal, headers: { host, ...expected } });
    // What is sent takes as long as it does; the answer comes after it.
    const late = setTimeout(() => asked.destroy(new Error('The engine does not answer.')), firstByteMs);
    asked.on('response', (answer) => {
      clearTimeout(late);
      body?.destroy();
      resolve(answer);
    });
    asked.on('error', (error) => {
      clearTimeout(late);
      body?.destroy();
      reject(error);
    });
    if (!body) return void asked.end();
    // Only when the engine is ready for it: while it is sent, a refusal would be lost with the connection.
    asked.on('continue', () => {
      clearTimeout(late);
      pipeline(body, asked, (error) => error && asked.destroy(error));
    });
    asked.flushHeaders();
  });
}

function reasonIn(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

type Answer = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
};

function request(options: http.RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = http.request(options, (answer) => textOf(answer).then(resolve, reject));
    asked.on('error', reject);
    asked.end();
  });
}

function textOf(answer: http.IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const portions: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (portion: Buffer) => {
      bytes += portion.length;
      if (bytes > largestAnswer) answer.destroy(new Error('The engine says more than can be read.'));
      else portions.push(portion);
    });
    answer.on('error', reject);
    answer.on('end', () => {
      const { statusCode: status = 0, headers } = answer;
      resolve({ status, headers, text: Buffer.concat(portions).toString('utf8') });
    });
  });
}
