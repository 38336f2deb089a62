// Reads tar archives as they come, of which only a header and a portion of content are held at a time.

export type TarEntry = {
  /** Without a slash, or a dot and a slash, before or after it. */
  readonly path: string;
  /** Symbolic links, devices and pipes take no space and are `other`. */
  readonly kind: 'file' | 'folder' | 'hard link' | 'symbolic link' | 'other';
  readonly bytes: number;
  /** What a link leads to. */
  readonly target: string;
  /** The first bytes of its content, as many of those asked for as there are. */
  peek(bytes: number): Promise<Buffer>;
  /** Once, and before the next entry is asked for; what is not read is skipped. */
  content(): AsyncIterable<Buffer>;
};

export class TarError extends Error {}

export const blockBytes = 512;
/** Of a name or of the attributes that come before an entry. */
const longestExtra = 1_000_000;

export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  try {
    yield* entries(bytes);
    // Whoever sends wants all of it to be taken.
    await bytes.skip({ left: Number.POSITIVE_INFINITY });
  } finally {
    await bytes.close();
  }
}

async function* entries(bytes: Bytes): AsyncGenerator<TarEntry> {
  let extra: Extra = {};
  for (;;) {
    const block = await bytes.take(blockBytes);
    if (!block.length || isZero(block)) return;
    if (!isHeader(block)) throw new TarError(block.length < blockBytes ? 'cut off' : 'no tar archive');
    const size = extra.size === undefined ? number(block, 124) : Number(extra.size);
    if (!Number.isSafeInteger(size) || size < 0) throw new TarError('no size');
    const type = String.fromCharCode(block[156] ?? 0);
    // Links have the size of their target in some archives, and no content.
    const left = '123456'.includes(type) ? 0 : size;
    const content = { left };
    if ('xLK'.includes(type)) {
      if (size > longestExtra) throw new TarError('a name of megabytes');
      const value = await bytes.take(size);
      content.left -= value.length;
      if (type === 'x') extra = { ...extra, ...attributes(value) };
      else extra = { ...extra, [type === 'L' ? 'path' : 'linkpath']: text(value, 0, size) };
    } else if (type !== 'g') {
      const name = extra.path ?? nameOf(block);
      const target = extra.linkpath ?? text(block, 157, 100);
      extra = {};
      yield {
        path: tidy(name),
        kind: kindOf(type, name),
        bytes: left,
        target,
        peek: (count) => bytes.peek(Math.min(count, content.left)),
        content: () => bytes.portions(content),
      };
    }
    await bytes.skip(content);
    await bytes.skip({ left: padding(left) });
  }
}

/** Whether a block begins an entry: its checksum says so, in every kind of tar. */
export function isHeader(block: Buffer): boolean {
  if (block.length < blockBytes || isZero(block)) return false;
  let sum = 0;
  for (let at = 0; at < blockBytes; at++) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return Number.parseInt(text(block, 148, 8).trim(), 8) === sum;
}

export const isZero = (block: Buffer) => block.length === blockBytes && block.every((byte) => byte === 0);

type Extra = { readonly path?: string; readonly linkpath?: string; readonly size?: string };

/** Lines of `LENGTH NAME=VALUE`, the length counting the whole line in bytes. */
function attributes(content: Buffer): Extra {
  const found: Record<string, string> = {};
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = Number(content.toString('latin1', at, space));
    if (space < 0 || !Number.isSafeInteger(length) || length < 1) break;
    const [name = '', ...value] = content.toString('utf8', space + 1, at + length - 1).split('=');
    if (['path', 'linkpath', 'size'].includes(name)) found[name] = value.join('=');
    at += length;
  }
  return found;
}

/** Octal digits, or from 8 GB on a number in the bytes themselves. */
function number(block: Buffer, at: number): number {
  if (((block[at] ?? 0) & 0x80) === 0) return Number.parseInt(text(block, at, 12).trim() || '0', 8);
  return Number(block.readBigUInt64BE(at + 4));
}

function text(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

function nameOf(block: Buffer): string {
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return prefix ? `${prefix}/${name}` : name;
}

function tidy(path: string): string {
  let from = 0;
  let to = path.length;
  while (path.startsWith('/', from) || path.startsWith('./', from))
    from += path.startsWith('/', from) ? 1 : 2;
  while (to > from && path.endsWith('/', to)) to--;
  const name = path.slice(from, to);
  return name === '.' ? '' : name;
}

function kindOf(type: string, name: string): TarEntry['kind'] {
  if (type === '5' || ('0\0'.includes(type) && name.endsWith('/'))) return 'folder';
  if (type === '1') return 'hard link';
  if (type === '2') return 'symbolic link';
  return '346'.includes(type) ? 'other' : 'file';
}

const padding = (size: number) => (blockBytes - (size % blockBytes)) % blockBytes;

/** What has come and was not taken yet. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** As many bytes as were asked for, fewer where it ends before. */
  async peek(count: number): Promise<Buffer> {
    while (this.#rest.length < count) {
      const { done, value } = await this.#source.next();
      if (done) break;
      this.#rest = this.#rest.length ? Buffer.concat([this.#rest, value]) : value;
    }
    return this.#rest.subarray(0, count);
  }

  async take(count: number): Promise<Buffer> {
    const taken = await this.peek(count);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  async *portions(content: { left: number }): AsyncGenerator<Buffer> {
    while (content.left > 0) {
      if (!this.#rest.length) await this.peek(1);
      const portion = this.#rest.subarray(0, Math.min(content.left, this.#rest.length));
      if (!portion.length) {
        if (content.left === Number.POSITIVE_INFINITY) return;
        throw new TarError('cut off');
      }
      this.#rest = this.#rest.subarray(portion.length);
      content.left -= portion.length;
      yield portion;
    }
  }

  async skip(content: { left: number }): Promise<void> {
    if (content.left > 0) for await (const _ of this.portions(content));
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
