// What is inside of a container, running or not: its files as archives over the engine's API, else by its command line; and
// programs that run in it.
import type { Readable } from 'node:stream';
import { ProcessSocket } from '../runtime/exec.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { Refusal } from './http.ts';
import { bytesOfName } from './path-bytes.ts';

export type Inside = {
  /** A file or folder as a tar archive, itself first; of a link the link. */
  read(path: string, signal?: AbortSignal): Promise<Readable>;
  /** Unpacks a tar archive in a folder that is there. */
  write(folder: string, tar: Readable, signal?: AbortSignal): Promise<void>;
  /** What a program writes that runs in it as root; throws what it complains of where it does not end with 0. */
  run(argv: readonly string[], options?: RunInside): Promise<Buffer>;
  /** The same as it comes. */
  stream(argv: readonly string[]): Promise<Readable>;
};

export type RunInside = { readonly input?: Uint8Array; readonly limit?: number; readonly timeoutMs?: number };

const timeoutMs = 20_000;
const largestAnswer = 4_000_000;

export function insideOf(user: EngineUser, container: string): Inside {
  const http = () => overHttp(user, async (found) => found);
  const archive = (path: string) =>
    `/containers/${encodeURIComponent(container)}/archive?path=${percentEncoded(path)}`;
  const line = async (...args: string[]) => new ProcessSocket({ file: (await user.engine.get()).file, args });
  const exec = (interactive: boolean, argv: readonly string[]) =>
    line('exec', ...(interactive ? ['--interactive'] : []), '--user', '0', container, ...argv);
  return {
    async read(path, signal) {
      const found = await http();
      try {
        if (found) return await found.open({ path: archive(path), signal });
      } catch (error) {
        // Without an answer the command line, asked next, says why in words that are known.
        if (error instanceof Refusal || signal?.aborted) throw error;
      }
      const copy = await line('cp', `${container}:${path}`, '-');
      copy.end();
      return ended(copy, signal);
    },
    async write(folder, tar, signal) {
      const found = await http();
      if (found) {
        const answer = await found.open({ path: archive(folder), method: 'PUT', body: tar, signal });
        answer.resume();
        return;
      }
      const { kind } = await user.engine.get();
      const copy = await line(
        'cp',
        // Podman gives to the user of the container what it copies.
        ...(kind === 'podman' ? ['--archive=false'] : []),
        '-',
        `${container}:${folder}`,
      );
      tar.on('error', (error) => copy.destroy(error)).pipe(copy);
      await textOf(ended(copy, signal), largestAnswer);
    },
    async run(argv, { input, limit = largestAnswer, timeoutMs: most = timeoutMs } = {}) {
      const process = await exec(input !== undefined, argv);
      process.end(input);
      return textOf(ended(process, AbortSignal.timeout(most)), limit);
    },
    async stream(argv) {
      const process = await exec(false, argv);
      process.end();
      return process;
    },
  };
}

function ended(process: ProcessSocket, signal: AbortSignal | undefined): ProcessSocket {
  const stop = () => process.destroy(signal?.reason);
  signal?.addEventListener('abort', stop);
  process.on('close', () => signal?.removeEventListener('abort', stop));
  if (signal?.aborted) stop();
  return process;
}

async function textOf(source: Readable, limit: number): Promise<Buffer> {
  const portions: Buffer[] = [];
  let bytes = 0;
  for await (const portion of source as AsyncIterable<Buffer>) {
    bytes += portion.length;
    if (bytes > limit) throw new Error('It says more than can be read.');
    portions.push(portion);
  }
  return Buffer.concat(portions);
}

function percentEncoded(path: string): string {
  return [...bytesOfName(path)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[\w.~/-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
