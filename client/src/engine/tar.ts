// Reads tar archives as engines write them: ustar with the records of pax, and the long names of GNU.
import { nameOfBytes } from './path-bytes.ts';

export type TarHeader = {
  /** As it stands there; see path-bytes.ts. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'hardlink' | 'other';
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
  /** To be read before the next entry; what is not read is passed over. */
  content(): AsyncGenerator<Buffer>;
};

export const block = 512;
/** Records and long names are read in one go. */
const longestExtra = 1_000_000;
const kinds: Readonly<Record<string, TarHeader['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'link',
  '5': 'folder',
};

/** Throws where the archive ends within an entry or is none; ends its source when nobody reads on. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const input = portions(source);
  try {
    yield* entries(input);
  } finally {
    await input.close();
  }
}

async function* entries(input: ReturnType<typeof portions>): AsyncGenerator<TarEntry> {
  let extra: Extra = {};
  for (;;) {
    const header = await input.take(block);
    if (header.length === 0) return;
    if (header.length < block) throw new Error('The archive is cut off.');
    if (header.every((byte) => byte === 0)) continue;
    if (number(header, 148, 8) !== checksum(header)) throw new Error('This is no archive.');
    const type = String.fromCharCode(header[156] as number);
    const size = extra.size ?? number(header, 124, 12);
    if ('xgLK'.includes(type)) {
      if (size > longestExtra) throw new Error('A name in the archive is too long.');
      const text = await input.take(padded(size));
      if (text.length < padded(size)) throw new Error('The archive is cut off.');
      const value = text.subarray(0, size);
      if (type === 'x') extra = { ...extra, ...paxRecords(value) };
      else if (type === 'L') extra = { ...extra, name: nameOfBytes(untilZero(value)) };
      else if (type === 'K') extra = { ...extra, target: nameOfBytes(untilZero(value)) };
      continue;
    }
    const kind = kinds[type] ?? 'other';
    const body = kind === 'file' ? size : 0;
    let left = body;
    let isRead = false;
    const content = async function* () {
      isRead = true;
      for await (const portion of input.portions(left)) {
        left -= portion.length;
        yield portion;
      }
    };
    yield {
      name: extra.name ?? fullName(header),
      kind,
      size: body,
      mode: number(header, 100, 8) & 0o7777,
      uid: extra.uid ?? number(header, 108, 8),
      gid: extra.gid ?? number(header, 116, 8),
      modified: new Date((extra.mtime ?? number(header, 136, 12)) * 1000),
      target: extra.target ?? nameOfBytes(untilZero(header.subarray(157, 257))),
      attributes: extra.attributes ?? [],
      content: () => {
        if (isRead) throw new Error('It was read already.');
        return content();
      },
    };
    for await (const portion of input.portions(left)) left -= portion.length;
    await input.take(padded(body) - body);
    extra = {};
  }
}

type Extra = { -readonly [K in 'name' | 'target']?: string } & {
  size?: number;
  uid?: number;
  gid?: number;
  mtime?: number;
  attributes?: readonly (readonly [string, Buffer])[];
};

export const padded = (size: number) => Math.ceil(size / block) * block;
const untilZero = (bytes: Buffer) => bytes.subarray(0, bytes.indexOf(0) < 0 ? undefined : bytes.indexOf(0));

function fullName(header: Buffer): string {
  const name = nameOfBytes(untilZero(header.subarray(0, 100)));
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? nameOfBytes(untilZero(header.subarray(345, 500))) : '';
  return prefix ? `${prefix}/${name}` : name;
}

/** Octal digits, or where the first bit is set a binary number. */
function number(header: Buffer, at: number, length: number): number {
  const field = header.subarray(at, at + length);
  if ((field[0] as number) & 0x80) {
    return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, (field[0] as number) & 0x3f);
  }
  return Number.parseInt(/[0-7]+/.exec(field.toString('latin1'))?.[0] ?? '0', 8);
}

/** Of the header with blanks where the sum stands. */
export function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < block; at++) if (at < 148 || at >= 156) sum += header[at] as number;
  return sum;
}

/** `30 mtime=1350244992.023960108`, each with its length and a line end. */
function paxRecords(text: Buffer): Extra {
  const extra: Extra = {};
  const attributes: [string, Buffer][] = [];
  for (let at = 0; at < text.length; ) {
    const blank = text.indexOf(0x20, at);
    const length = Number(text.toString('latin1', at, blank));
    const equals = text.indexOf(0x3d, blank);
    if (blank < 0 || equals < 0 || !(length > 0)) break;
    const key = text.toString('utf8', blank + 1, equals);
    const value = text.subarray(equals + 1, at + length - 1);
    if (key === 'path') extra.name = nameOfBytes(value);
    else if (key === 'linkpath') extra.target = nameOfBytes(value);
    else if (key === 'size' || key === 'uid' || key === 'gid' || key === 'mtime')
      extra[key] = Number(value.toString('latin1'));
    else if (key.startsWith('SCHILY.xattr.')) attributes.push([key, value]);
    at += length;
  }
  return attributes.length ? { ...extra, attributes } : extra;
}

/** A source of bytes that is read in the portions that one asks for. */
function portions(source: AsyncIterable<Buffer>) {
  const from = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const fill = async () => {
    while (rest.length === 0) {
      const { done, value } = await from.next();
      if (done) return false;
      rest = value;
    }
    return true;
  };
  const some = async (most: number) => {
    if (most === 0 || !(await fill())) return undefined;
    const portion = rest.subarray(0, most);
    rest = rest.subarray(portion.length);
    return portion;
  };
  return {
    /** Ends the source where it did not end by itself. */
    close: async () => void (await from.return?.()),
    /** So many bytes, or what there is. */
    async take(size: number): Promise<Buffer> {
      const parts: Buffer[] = [];
      for (let left = size; left > 0; ) {
        const part = await some(left);
        if (!part) break;
        parts.push(part);
        left -= part.length;
      }
      return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    },
    async *portions(size: number): AsyncGenerator<Buffer> {
      for (let left = size; left > 0; ) {
        const part = await some(left);
        if (!part) throw new Error('The archive is cut off.');
        left -= part.length;
        yield part;
      }
    },
  };
}
