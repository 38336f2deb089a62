import type { BuildContext } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';
import { encodePath } from './context-files.ts';

/** So many files are looked into. */
const mostFiles = 30;
/** A file in which an application is defined is not larger, in bytes. */
const largest = 200_000;

/** Where the application of a service is usually defined, by the name of its file. */
const isApplicationFile = (path: string) =>
  /^(?:[A-Za-z]\w*\/){0,3}(?:app|main|api|server|serve|service|asgi|wsgi|web|routes|__init__)\.py$/.test(
    path,
  ) && !/^(?:tests?|docs?|examples?|venv|env|build|dist|node_modules)\//.test(path);

/** Texts, by their paths, of `.python-version` and of the files in which an application may be defined, shortest path first. */
export async function readApplicationFiles(
  { files }: BuildContext,
  folder: string,
  readFile: Ports['readFile'],
): Promise<ReadonlyMap<string, string>> {
  const applications = (files?.files ?? [])
    .filter(({ path, size }) => size > 0 && size <= largest && isApplicationFile(path))
    .map(({ path }) => path)
    .sort((a, b) => a.length - b.length || a.localeCompare(b));
  const texts = new Map<string, string>();
  for (const path of ['.python-version', ...applications.slice(0, mostFiles)]) {
    const text = await readFile(`${folder}/${encodePath(path)}`);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}
