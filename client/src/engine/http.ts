// The engine's HTTP API over its local socket or named pipe: connections stay open, answers are bounded.
import http from 'node:http';

export type EngineHttp = {
  /** The JSON at a path such as `/containers/json`; undefined where there is no such thing. Throws for any other trouble. */
  get(path: string): Promise<unknown>;
};

/** Inspecting some at a time keeps an engine of a thousand containers answering others. */
const connections = 4;
const timeoutMs = 20_000;
/** As much as the list of thousands of containers with their labels; parsed in one go. */
const largestAnswer = 32_000_000;

/** Paths have no version: the engine answers as its newest one, and what is read is in all since 1.24. */
export function createEngineHttp(socketPath: string): EngineHttp {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  return {
    async get(path) {
      const { status, text } = await request({ agent, socketPath, path, headers: { host: 'engine' } });
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`The engine answered ${path} with ${status}.`);
      return JSON.parse(text);
    },
  };
}

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
