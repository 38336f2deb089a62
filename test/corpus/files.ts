import { existsSync, globSync } from 'node:fs';
import { readText } from '../server/texts.ts';

export interface CorpusFile {
  /** Path below its folder, by which a test names it. */
  readonly name: string;
  readonly text: string;
}

const isDockerfile = /^(?:dockerfile|containerfile)(?:\..*)?$|\.(?:dockerfile|containerfile)$/i;
const own = new URL('dockerfiles/', import.meta.url).pathname;
const beside = new URL('../../../shared/corpus/', import.meta.url).pathname;

function readFolder(folder: string): CorpusFile[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && isDockerfile.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
    .map((path) => ({ name: path.slice(folder.replace(/\/$/, '').length + 1), text: readText(path) }));
}

/** The project's own small Dockerfiles. */
export const ownFiles: readonly CorpusFile[] = readFolder(own);

/** Where the corpus of public Dockerfiles lies; undefined where a clone stands alone. */
export const corpusFolder: string | undefined = [process.env.WHEELHOUSE_CORPUS, beside].find(
  (folder) => folder && existsSync(folder),
);

export function readCorpus(folder: string): CorpusFile[] {
  return readFolder(folder);
}

/** One of so many public files, always the same, goes through the tests, as all of them take too long for each change. */
const oneOf = process.env.WHEELHOUSE_PUBLIC === 'all' ? 1 : 4;

/**
 * The folders that a corpus test runs over: the own files always, and a quarter of the public ones where they are: all of
 * them with WHEELHOUSE_PUBLIC=all. A corpus that was asked for by WHEELHOUSE_CORPUS and is missing is a failure.
 */
export function corpora(): { name: string; files: () => CorpusFile[]; skip: string | false }[] {
  const asked = process.env.WHEELHOUSE_CORPUS;
  if (asked && !existsSync(asked)) throw new Error(`WHEELHOUSE_CORPUS names ${asked}, which is not there.`);
  return [
    { name: 'own Dockerfiles', files: () => [...ownFiles], skip: false },
    {
      name: 'public Dockerfiles',
      files: () => readCorpus(corpusFolder ?? '').filter((_, index) => index % oneOf === 0),
      skip: corpusFolder ? false : 'no corpus: set WHEELHOUSE_CORPUS to a folder of Dockerfiles',
    },
  ];
}
