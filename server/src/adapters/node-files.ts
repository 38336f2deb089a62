import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Text of a `file:` URI; undefined when it cannot be read. */
export async function readFileUri(uri: string): Promise<string | undefined> {
  try {
    return await readFile(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}
