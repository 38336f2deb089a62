// Folders to work in: copies of the example, made new for each artifact.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../parts/cache.ts';
import { temporaryFolder } from '../parts/processes.ts';

export const example = path.join(repository, 'test/example');
/** Names that break whoever joins command lines by hand, or takes bytes for letters. */
export const awkwardName = 'Räder & "Züge" — проект';
/** One that is fit to be seen in a picture, too. */
export const presentableName = 'Fahrräder & Co';

/** A folder to open, with the given files on top of what is copied. */
export function makeFolder(
  name: string,
  files: Readonly<Record<string, string>> = {},
  from?: string,
): string {
  const folder = path.join(temporaryFolder('work'), name);
  mkdirSync(folder, { recursive: true });
  if (from) cpSync(from, folder, { recursive: true });
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
