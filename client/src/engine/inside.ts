// What is inside of a container, running or not: its files as archives over the engine's API, else by its command line; and
// programs that run in it.
import { Readable } from 'node:stream';
import * as z from 'zod';
import { ProcessSocket } from '../runtime/exec.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { Refusal } from './http.ts';
import { bytesOfName } from './path-bytes.ts';

export type Inside = {
  /** What is at a path, of a link the link; undefined where nothing is; null where there is no API that tells. */
  stat(path: string): Promise<PathStat | undefined | null>;
  /** A file or folder as a tar archive, itself first; of a link Docker gives the link, and Podman what it leads to. */
  read(path: string, signal?: AbortSignal): Promise<Readable>;
  /** Unpacks a tar archive in a folder that is there. */
  write(folder: string, tar: Readable, signal?: AbortSignal): Promise<void>;
  /** What a program writes that runs in it as root; throws what it complains of where it does not end with 0. */
  run(argv: readonly string[], options?: RunInside): Promise<Buffer>;
  /** The same as it comes. */
  stream(argv: readonly string[], signal?: AbortSignal): Promise<Readable>;
  /** What is otherwise than in its image. */
  changes(): Promise<readonly PathChange[]>;
  /** All of its files but for what is mounted; undefined where there is no API. */
  export(signal?: AbortSignal): Promise<Readable | undefined>;
};

export type PathStat = {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  readonly mode: number;
  readonly modified: Date;
  /** Of a link the place where it leads, by way of all others. */
  readonly target: string;
};

export type PathChange = { readonly path: string; readonly kind: 'added' | 'changed' | 'deleted' };

export type RunInside = {
  readonly input?: Uint8Array | Readable;
  readonly timeoutMs?: number;
  /** In place of a time. */
  readonly signal?: AbortSignal;
};

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
    async stat(path) {
      const answer = await overHttp(user, (found) => found.head(archive(path)));
      if (!answer) return null;
      const told = answer.headers['x-docker-container-path-stat'];
      // Podman says 404 of a link that leads to nothing, and tells of it all the same.
      if (typeof told === 'string') return pathStat(JSON.parse(Buffer.from(told, 'base64').toString()));
      return answer.status === 404 ? undefined : null;
    },
    async read(path, signal) {
      const found = await http();
      try {
        if (found) return await found.open({ path: archive(path), signal });
      } catch (error) {
        // Without an answer the command line, asked next, says why in words that are known.
        if (error instanceof Refusal || signal?.aborted) throw error;
      }
      const copy = async () => {
        const { file } = await user.engine.get();
        const process = new ProcessSocket({ file, args: ['cp', `${container}:${path}`, '-'] }, unmountMs);
        process.end();
        return ended(process, signal);
      };
      return Readable.from(copied(copy), { objectMode: false });
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
    async run(argv, { input, timeoutMs: most = timeoutMs, signal = AbortSignal.timeout(most) } = {}) {
      const process = await exec(input !== undefined, argv);
      if (input && 'pipe' in input) input.on('error', (error) => process.destroy(error)).pipe(process);
      else process.end(input);
      return textOf(ended(process, signal), largestAnswer);
    },
    async stream(argv, signal) {
      const process = await exec(false, argv);
      process.end();
      return ended(process, signal);
    },
    async changes() {
      const asked = `/containers/${encodeURIComponent(container)}/changes`;
      const over = await overHttp(user, async (found) => listedChanges.parse((await found.get(asked)) ?? []));
      if (over) return over.map(({ Path, Kind }) => ({ path: Path, kind: changeKinds[Kind] ?? 'changed' }));
      const lines = await textOf(await line('diff', container), largestAnswer * 10);
      return lines
        .toString()
        .split('\n')
        .flatMap((text) => {
          const [, letter = '', path] = /^([ACD]) (\/.*)$/.exec(text) ?? [];
          return path ? [{ path, kind: changeLetters[letter] ?? ('changed' as const) }] : [];
        });
    },
    async export(signal) {
      const found = await http();
      return found?.open({ path: `/containers/${encodeURIComponent(container)}/export`, signal });
    },
  };
}

/** Docker says null where nothing changed. */
const listedChanges = z.array(z.object({ Path: z.string(), Kind: z.number() }));
const changeKinds = ['changed', 'added', 'deleted'] as const;
const changeLetters: Readonly<Record<string, PathChange['kind']>> = {
  A: 'added',
  C: 'changed',
  D: 'deleted',
};

const described = z.object({ size: z.number(), mode: z.number(), mtime: z.string(), linkTarget: z.string() });

/** Modes as Go writes them (io/fs, FileMode): kinds are bits of their own. */
function pathStat(raw: unknown): PathStat {
  const { size, mode, mtime, linkTarget } = described.parse(raw);
  const has = (bit: number) => Math.floor(mode / 2 ** bit) % 2 === 1;
  const special = (has(23) ? 0o4000 : 0) | (has(22) ? 0o2000 : 0) | (has(20) ? 0o1000 : 0);
  const isOther = [26, 25, 24, 21, 19].some(has);
  const kind = has(31) ? 'folder' : has(27) ? 'link' : isOther ? 'other' : 'file';
  return {
    kind,
    size: kind === 'file' ? size : 0,
    mode: (mode % 0o1000) | special,
    modified: new Date(mtime),
    target: kind === 'link' ? linkTarget : '',
  };
}

/** Podman that is ended while it unmounts a container leaves one that nobody can read any more. */
const unmountMs = 2_000;
const mostTries = 5;
const betweenMs = 200;

/** Podman's copies of one container get in each other's way: where one ends, the other finds no mount, and is begun anew. */
async function* copied(begin: () => Promise<Readable>): AsyncGenerator<Buffer> {
  for (let tries = 1; ; tries++) {
    let hasBegun = false;
    try {
      for await (const portion of (await begin()) as AsyncIterable<Buffer>) {
        hasBegun = true;
        yield portion;
      }
      return;
    } catch (error) {
      const isInTheWay = /mounting storage for container/i.test(String(error));
      if (hasBegun || tries === mostTries || !isInTheWay) throw error;
      await new Promise((resolve) => setTimeout(resolve, tries * betweenMs));
    }
  }
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
