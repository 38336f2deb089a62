import type { ContextFiles } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';
import { encodePath } from './context-files.ts';

/** What an object that Python wrote to a file is made of. */
export interface Pickled {
  /** Modules that are imported when it is read, such as `sklearn.svm._classes`. */
  readonly modules: readonly string[];
  /** The releases that wrote it, by package, where they stand in it. */
  readonly versions: ReadonlyMap<string, string>;
  /** What packed it, where that is not read. */
  readonly packedBy?: string;
}

const isPickle = /\.(?:pkl|pickle|joblib|sav)(?:\.(?:z|gz|bz2|xz|lzma|lz4))?$/i;
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
  ports: Pick<Ports, 'readFile' | 'readUnpacked'>,
): Promise<ReadonlyMap<string, Pickled>> {
  const paths = (files?.files ?? [])
    .filter(({ path, size }) => size > 0 && size <= largest && isPickle.test(path) && isLoaded(path))
    .sort((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
  const found = new Map<string, Pickled>();
  let bytes = 0;
  for (const { path, size } of paths.slice(0, mostFiles)) {
    bytes += size;
    if (bytes > mostBytes) break;
    const uri = `${folder}/${encodePath(path)}`;
    const text = await ports.readFile(uri, largest);
    if (text === undefined) continue;
    const packed = packings.find(([, ...heads]) => heads.some((head) => text.startsWith(head)))?.[0];
    const inner =
      packed === 'zlib' || packed === 'gzip' ? await ports.readUnpacked?.(uri, largest) : undefined;
    const isPacked = packed !== undefined && inner === undefined;
    found.set(
      path,
      isPacked ? { modules: [], versions: new Map(), packedBy: packed } : pickledIn(inner ?? text),
    );
  }
  return found;
}

/** What stands for a byte that is none of UTF-8. */
const other = '\ufffd';

/** `0xda` with each byte that it may stand before. */
const letters = Array.from({ length: 64 }, (_, at) => `x${String.fromCharCode(0x680 + at)}`);

/** How files begin that joblib and others pack (joblib, compressor.py and numpy_pickle_utils.py; RFC 1950 and 1952), read as UTF-8. */
const packings: readonly (readonly [name: string, ...heads: readonly string[]])[] = [
  // Of its highest level the second byte and the next one may be a letter of UTF-8.
  ['zlib', 'x\x01', 'x^', `x${other}`, ...letters],
  ['gzip', `\x1f${other}\b`],
  ['bz2', 'BZh'],
  ['xz', `${other}7zXZ`],
  ['lzma', ']\0'],
  ['lz4', '\x04"M\x18'],
];

/** No name of a module is longer. */
const longest = 120;

/**
 * What the opcodes of a pickle name, whose bytes were read as UTF-8: GLOBAL, and two short strings before STACK_GLOBAL, of which each is
 * kept by MEMOIZE, and so is what comes of them (Python, Lib/pickletools.py).
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
    /\ufffd([^\ufffd])([a-z_]\w{0,60}(?:\.\w{1,60}){0,6})(?=\ufffd\ufffd[^\ufffd]\w{1,80}\ufffd{3})/g,
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
