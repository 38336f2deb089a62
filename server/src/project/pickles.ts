import type { ContextFiles } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';
import { encodePath } from './context-files.ts';

/** What an object that Python wrote to a file is made of. */
export interface Pickled {
  /** Modules that are imported when it is read, such as `sklearn.svm._classes`. */
  readonly modules: readonly string[];
  /** The releases that wrote it, by package, where they stand in it. */
  readonly versions: ReadonlyMap<string, string>;
}

const isPickle = /\.(?:pkl|pickle|joblib|sav)$/i;
/** So many files are read, and so many bytes of all of them. */
const mostFiles = 12;
const mostBytes = 24_000_000;
const largest = 12_000_000;

/**
 * Reads the objects that lie beside the programs of a project, the smallest first.
 * @param isLoaded whether a program loads the file
 */
export async function readPickles(
  files: ContextFiles | undefined,
  isLoaded: (path: string) => boolean,
  folder: string,
  readFile: Ports['readFile'],
): Promise<ReadonlyMap<string, Pickled>> {
  const paths = (files?.files ?? [])
    .filter(({ path, size }) => size > 0 && size <= largest && isPickle.test(path) && isLoaded(path))
    .sort((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
  const found = new Map<string, Pickled>();
  let bytes = 0;
  for (const { path, size } of paths.slice(0, mostFiles)) {
    bytes += size;
    if (bytes > mostBytes) break;
    const text = await readFile(`${folder}/${encodePath(path)}`, largest);
    if (text !== undefined) found.set(path, pickledIn(text));
  }
  return found;
}

/** No name of a module is longer. */
const longest = 120;

/** What stands for a byte that is none of UTF-8. */
const other = '\ufffd';

/**
 * What the opcodes of a pickle name, whose bytes were read as UTF-8: GLOBAL, and two short strings before STACK_GLOBAL, each kept by
 * MEMOIZE (Python, Lib/pickletools.py). None of one that is compressed.
 */
export function pickledIn(text: string): Pickled {
  const modules = new Set<string>();
  const versions = new Map<string, string>();
  if (!text.startsWith(other)) return { modules: [], versions };
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const isName = /^\w+$/.test((lines[at + 1] ?? '').slice(0, longest));
    const run = isName
      ? (line
          .slice(-longest)
          .split(/[^\w.]/)
          .at(-1) ?? '')
      : '';
    const module = run.includes('c') ? run.slice(run.indexOf('c') + 1) : '';
    if (module !== '') modules.add(module);
  }
  for (const [, length = '', module = ''] of text.matchAll(
    /\ufffd([^\ufffd])([a-z_]\w{0,60}(?:\.\w{1,60}){0,6})(?=\ufffd\ufffd[^\ufffd]\w{1,80}\ufffd\ufffd)/g,
  ))
    if (length.charCodeAt(0) === module.length) modules.add(module);
  const [, learn] = /_sklearn_version[^.]{1,10}?(\d{1,2}\.\d{1,2}\.\d{1,2})/.exec(text) ?? [];
  if (learn !== undefined) versions.set('scikit-learn', learn);
  // Three numbers of a byte each in the UBJSON of a booster (XGBoost documentation, "Introduction to Model IO").
  const boost = /version\[#L[^\w\ufffd]{8}i([^\ufffd])i([^\ufffd])i([^\ufffd])/.exec(text);
  if (boost) {
    const numbers = boost.slice(1).map((sign) => sign.charCodeAt(0));
    versions.set('xgboost', numbers.join('.'));
  }
  return { modules: [...modules], versions };
}
