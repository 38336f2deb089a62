// Writes tar archives as engines read them: ustar with the records of pax.
import { bytesOfName } from './path-bytes.ts';
import { block, checksum, padded, type TarHeader } from './tar.ts';

export type TarSource = Omit<TarHeader, 'attributes' | 'target'> &
  Partial<Pick<TarHeader, 'attributes' | 'target'>> & {
    /** Of a file, with just as many bytes as its size says. */
    content?(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  };

/** An archive of entries in the order in which they come; folders before what is in them. */
export async function* writeTar(
  entries: AsyncIterable<TarSource> | Iterable<TarSource>,
): AsyncGenerator<Buffer> {
  for await (const entry of entries) {
    yield headerOf(entry);
    const size = entry.kind === 'file' ? entry.size : 0;
    let written = 0;
    for await (const portion of size ? (entry.content?.() ?? []) : []) {
      written += portion.length;
      // A file that grows has in the archive what it had when it was looked at; nothing else fits.
      yield Buffer.from(portion.subarray(0, portion.length - Math.max(0, written - size)));
      if (written >= size) break;
    }
    if (written < size) throw new Error(`${entry.name} became shorter while it was read.`);
    yield Buffer.alloc(padded(size) - size);
  }
  yield Buffer.alloc(2 * block);
}

const types = { file: '0', hardlink: '1', link: '2', folder: '5' } as const;

function headerOf(entry: TarSource): Buffer {
  const { kind, mode, modified, attributes = [], target = '' } = entry;
  if (kind === 'other') throw new Error(`${entry.name} cannot be packed.`);
  const name = bytesOfName(kind === 'folder' ? `${entry.name}/` : entry.name);
  const link = bytesOfName(target);
  const seconds = Math.max(0, Math.floor(modified.getTime() / 1000));
  const size = kind === 'file' ? entry.size : 0;
  const records = [...attributes];
  const octals = (value: number, length: number, key: string) => {
    const digits = value.toString(8);
    if (digits.length < length) return digits.padStart(length - 1, '0');
    records.push([key, Buffer.from(String(value))]);
    return '0'.repeat(length - 1);
  };
  const header = Buffer.alloc(block);
  const put = (at: number, value: Buffer | string, length: number) =>
    (typeof value === 'string' ? Buffer.from(value, 'latin1') : value).copy(header, at, 0, length);
  if (name.length > 100) records.push(['path', name]);
  if (link.length > 100) records.push(['linkpath', link]);
  put(0, name, 100);
  put(100, octals(mode & 0o7777, 8, ''), 8);
  put(108, octals(entry.uid, 8, 'uid'), 8);
  put(116, octals(entry.gid, 8, 'gid'), 8);
  put(124, octals(size, 12, 'size'), 12);
  put(136, octals(seconds, 12, 'mtime'), 12);
  put(156, types[kind], 1);
  put(157, link, 100);
  put(257, 'ustar\x0000', 8);
  seal(header);
  if (!records.length) return header;
  const text = Buffer.concat(records.map(([key, value]) => record(key, value)));
  const before = headerOf({
    ...entry,
    kind: 'file',
    name: 'pax',
    size: text.length,
    mode: 0o644,
    uid: 0,
    gid: 0,
    modified: new Date(0),
    target: '',
    attributes: [],
  });
  before[156] = 'x'.charCodeAt(0);
  seal(before);
  return Buffer.concat([before, text, Buffer.alloc(padded(text.length) - text.length), header]);
}

function seal(header: Buffer): void {
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

/** A record begins with its own length. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  if (rest + String(length).length > length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')]);
}
