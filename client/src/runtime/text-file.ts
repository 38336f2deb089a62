// Text files that others wrote: a pipe of the same name would wait for ever, and a device never end.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** No file that people write about a project is larger, in bytes. */
export const usualLimit = 2_000_000;
/** Dockerfiles are read as the language server reads them. */
export const dockerfileLimit = 16_000_000;
const portion = 64 * 1024;

/** The text of a regular file of at most so many bytes, by what is read; fails for anything else. */
export async function readTextFile(path: string, limit = usualLimit): Promise<string> {
  // Without waiting for somebody to write into a pipe (open(2)); Windows does not know the flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) throw new Error(`${path} is no file.`);
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(portion), 0, portion, null);
      if (bytesRead === 0) return new TextDecoder().decode(Buffer.concat(chunks));
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
      if (size > limit) throw new Error(`${path} is larger than ${limit} bytes.`);
    }
  } finally {
    await file.close();
  }
}
