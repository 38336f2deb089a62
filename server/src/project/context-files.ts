import type { ContextFile, ContextFiles } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';

/** So many files are looked at; a context with more is judged by what was seen. */
const mostFiles = 20_000;
/** And into so many folders, each in so many others: a mounted folder may hold itself. */
const mostFolders = 10_000;
const deepest = 60;
/** Folders with many files of which no rule wants to know more than their size; they come last. */
const deep = /(?:^|\/)(?:\.git|\.venv|venv|node_modules|__pycache__|\.cache|mlruns|wandb|site-packages)$/;

/**
 * Lists what lies below a folder. Links are not followed, as a build does not follow them; what cannot be read is left
 * out. Undefined where the folder itself cannot be listed.
 */
export async function listContext(
  folder: string,
  listFolder: NonNullable<Ports['listFolder']>,
): Promise<ContextFiles | undefined> {
  const files: ContextFile[] = [];
  const first: string[] = [''];
  const last: string[] = [];
  let isComplete = true;
  let folders = 0;
  for (let below = first.shift(); below !== undefined; below = first.shift() ?? last.shift()) {
    const entries = await listFolder(below === '' ? folder : `${folder}/${encodePath(below)}`);
    if (!entries && below === '') return undefined;
    for (const { name, kind, size, changed } of entries ?? []) {
      const path = below === '' ? name : `${below}/${name}`;
      if (kind === 'folder') {
        if (path.split('/', deepest).length === deepest) isComplete = false;
        else (deep.test(path) || deep.test(below) ? last : first).push(path);
      } else files.push({ path, size, changed });
    }
    if (files.length > mostFiles || ++folders > mostFolders) return { files, isComplete: false };
  }
  return { files, isComplete };
}

/** A path as URIs write it; a name on Windows may hold halves of characters, which they cannot. */
export const encodePath = (path: string) =>
  path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
