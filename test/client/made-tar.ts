// Makes tar archives as bytes, entry by entry, for what reads them.

export type Made = {
  readonly name: string;
  readonly content?: Buffer | string;
  /** As in a header: 0 a file, 1 a hard link, 2 a symbolic link, 5 a folder, x attributes, L a long name. */
  readonly type?: string;
  readonly target?: string;
  readonly prefix?: string;
  /** What the header says, if not how long the content is. */
  readonly size?: number;
  readonly magic?: string;
};

export function entry({
  name,
  content = '',
  type = '0',
  target = '',
  prefix = '',
  size,
  magic,
}: Made): Buffer {
  const body = Buffer.from(content);
  const block = Buffer.alloc(512);
  block.write(name, 0, 100, 'utf8');
  block.write('0000644\0', 100);
  const length = size ?? body.length;
  if (length < 8 ** 11) block.write(`${length.toString(8).padStart(11, '0')}\0`, 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(length), 128);
  }
  block.write('        ', 148);
  block.write(type, 156);
  block.write(target, 157, 100);
  block.write(magic ?? 'ustar\x0000', 257, 'latin1');
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

/** A line of attributes, whose length counts itself. */
export function attribute(name: string, value: string): Buffer {
  const rest = ` ${name}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + 1;
  while (length !== bytes + String(length).length) length++;
  return Buffer.from(`${length}${rest}`);
}

export const end = Buffer.alloc(1024);

export const tar = (...entries: readonly Made[]) => Buffer.concat([...entries.map(entry), end]);

/** In portions of so many bytes, each with a turn for others before it. */
export async function* inPortions(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    if (at % 65_536 < size) await new Promise((resolve) => setImmediate(resolve));
    yield bytes.subarray(at, at + size);
  }
}
