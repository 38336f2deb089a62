// Reads tar archives as engines write them, of which only a header and a portion of content are held at a time: ustar with
// the records of pax, and the long names and large numbers of GNU.
import { nameOfBytes } from './path-bytes.ts';

export type TarHeader = {
  /** As it stands there; see `partsOf` and path-bytes.ts. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'hardlink' | 'other';
  /** Of its content: links, devices and pipes have none. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modified: Date;
  /** Of a link. */
  readonly target: string;
  /** Extended attributes, as pax names them. */
  readonly attributes: readonly (readonly [key: string, value: Buffer])[];
};

export type TarEntry = TarHeader & {
  /** The first bytes of its content, as many of those asked for as there are. */
  peek(count: number): Promise<Buffer>;
  /** Once, and before the next entry is asked for; what is not read is passed over. */
  content(): AsyncGenerator<Buffer>;
};

/** What was read is no archive, or ends in the middle. */
export class TarError extends Error {}

export const block = 512;
/** Of records and long names, which are read in one go. */
const longestExtra = 1_000_000;

/** Takes its source to the end, as whoever sends wants that; ends it when nobody reads on. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  try {
    yield* entries(bytes);
    await bytes.skip({ left: Number.POSITIVE_INFINITY });
  } finally {
    await bytes.close();
  }
}

async function* entries(bytes: Bytes): AsyncGenerator<TarEntry> {
  let extra: Extra = {};
  for (;;) {
    const header = await bytes.take(block);
    if (!header.length || isZero(header)) return;
    if (header.length < block) throw cutOff();
    if (!isHeader(header)) throw new TarError('This is no archive.');
    const type = String.fromCharCode(header[156] as number);
    const isExtra = 'xgLK'.includes(type);
    const told = (isExtra ? undefined : extra.size) ?? number(header, 124, 12);
    if (!Number.isSafeInteger(told) || told < 0) throw badNumber();
    // Links have the size of their target in some archives, and no content.
    const size = '123456'.includes(type) ? 0 : told;
    const content = { left: size };
    if (isExtra && type !== 'g') {
      if (size > longestExtra) throw new TarError('A name in the archive is too long.');
      const value = await bytes.take(size);
      content.left -= value.length;
      if (type === 'x') extra = { ...extra, ...paxRecords(value) };
      else extra = { ...extra, [type === 'L' ? 'name' : 'target']: nameIn(value, 0, size) };
    } else if (!isExtra) {
      const name = extra.name ?? fullName(header);
      yield {
        name,
        kind: kindOf(type, name),
        size,
        mode: number(header, 100, 8) & 0o7777,
        uid: extra.uid ?? number(header, 108, 8),
        gid: extra.gid ?? number(header, 116, 8),
        modified: new Date((extra.mtime ?? number(header, 136, 12)) * 1000),
        target: extra.target ?? nameIn(header, 157, 100),
        attributes: extra.attributes ?? [],
        peek: (count) => bytes.peek(Math.min(count, content.left)),
        content: () => bytes.portions(content),
      };
      extra = {};
    }
    await bytes.skip(content);
    await bytes.skip({ left: padded(size) - size });
  }
}

export const padded = (size: number) => Math.ceil(size / block) * block;

export const isZero = (bytes: Buffer) => bytes.length === block && bytes.every((byte) => byte === 0);

/** Whether a block begins an entry: its checksum says so, in every kind of tar. */
export function isHeader(bytes: Buffer): boolean {
  if (bytes.length < block || isZero(bytes)) return false;
  return octal(bytes, 148, 8) === checksum(bytes);
}

/** Of the header with blanks where the sum stands. */
export function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < block; at++) if (at < 148 || at >= 156) sum += header[at] as number;
  return sum;
}

/** Of `./a/b`, `/a/b` and `a//b/`: `a` and `b`. */
export const partsOf = (name: string) => name.split('/').filter((part) => part && part !== '.');

/** What is of no type that is known counts as a file (POSIX, pax). */
function kindOf(type: string, name: string): TarHeader['kind'] {
  if (type === '5' || ('0\0'.includes(type) && name.endsWith('/'))) return 'folder';
  if (type === '1') return 'hardlink';
  if (type === '2') return 'link';
  return '346'.includes(type) ? 'other' : 'file';
}

function fullName(header: Buffer): string {
  const name = nameIn(header, 0, 100);
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? nameIn(header, 345, 155) : '';
  return prefix ? `${prefix}/${name}` : name;
}

const nameIn = (bytes: Buffer, at: number, length: number) => nameOfBytes(untilZero(bytes, at, length));

function untilZero(bytes: Buffer, at: number, length: number): Buffer {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

const octal = (header: Buffer, at: number, length: number) =>
  Number.parseInt(untilZero(header, at, length).toString('latin1').trim() || '0', 8);

/** Octal digits, or where the first bit is set the number itself in binary, with a sign. */
function number(header: Buffer, at: number, length: number): number {
  const first = header[at] as number;
  const value =
    first & 0x80
      ? header
          .subarray(at + 1, at + length)
          .reduce((sum, byte) => sum * 256 + byte, first === 0xff ? -1 : first & 0x7f)
      : octal(header, at, length);
  if (Number.isNaN(value)) throw badNumber();
  return value;
}

type Extra = Partial<Pick<TarHeader, 'name' | 'target' | 'size' | 'uid' | 'gid' | 'attributes'>> & {
  readonly mtime?: number;
};

/** `30 mtime=1350244992.023960108`, each with its length in bytes and a line end. */
function paxRecords(text: Buffer): Extra {
  const extra: { -readonly [Key in keyof Extra]: Extra[Key] } = {};
  const attributes: [string, Buffer][] = [];
  for (let at = 0; at < text.length; ) {
    const blank = text.indexOf(0x20, at);
    const length = Number(text.toString('latin1', at, blank));
    const equals = text.indexOf(0x3d, blank);
    if (blank < 0 || equals < 0 || !Number.isSafeInteger(length) || length < 1) break;
    const key = text.toString('utf8', blank + 1, equals);
    const value = text.subarray(equals + 1, at + length - 1);
    if (key.startsWith('SCHILY.xattr.')) attributes.push([key, value]);
    else if (!value.length) {
      // It says that what stands in the header counts.
    } else if (key === 'path') extra.name = nameOfBytes(value);
    else if (key === 'linkpath') extra.target = nameOfBytes(value);
    else if (key === 'size' || key === 'uid' || key === 'gid' || key === 'mtime') {
      extra[key] = Number(value.toString('latin1'));
      if (Number.isNaN(extra[key])) throw badNumber();
    }
    at += length;
  }
  return attributes.length ? { ...extra, attributes } : extra;
}

const cutOff = () => new TarError('The archive is cut off.');
const badNumber = () => new TarError('A number in the archive is none.');

/** What has come and was not taken yet. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** As many bytes as were asked for, fewer where it ends before. */
  async peek(count: number): Promise<Buffer> {
    const parts = [this.#rest];
    for (let length = this.#rest.length; length < count; ) {
      const { done, value } = await this.#source.next();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
    if (parts.length > 1) this.#rest = Buffer.concat(parts);
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
        throw cutOff();
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
