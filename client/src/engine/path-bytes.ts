// Names of files are bytes, and texts of VS Code are Unicode. What is no UTF-8 becomes characters of a private area, byte
// by byte, and so does what stands for such bytes, so that each name comes back as it was.

/** U+EF80 to U+EFFF, for the bytes from 0x80 on. */
const first = 0xef00;
const escaped = /[\uef80-\uefff]/g;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function nameOfBytes(bytes: Buffer): string {
  try {
    const text = strict.decode(bytes);
    if (text.search(escaped) < 0) return text;
  } catch {
    // Read by bytes below.
  }
  return [...bytes].map((byte) => String.fromCharCode(byte < 0x80 ? byte : first + byte)).join('');
}

export function bytesOfName(name: string): Buffer {
  const parts = name.split(/([\uef80-\uefff]+)/);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 ? Buffer.from([...part].map((char) => char.charCodeAt(0) - first)) : Buffer.from(part),
    ),
  );
}

/** As people read it: `nu\xff`. */
export function shownName(name: string): string {
  return name.replace(escaped, (char) => `\\x${(char.charCodeAt(0) - first).toString(16)}`);
}
