// How the program of a container ended, and whose doing that is: of the files of the image, of what a run has to bring, or of the
// program itself. Without VS Code and without an engine.
import { stripVTControlCharacters } from 'node:util';
import { t } from '@vscode/l10n';

/**
 * `image`: what the files put there or started is at fault. `outside`: the program began, and lacks what nobody can put into an image.
 * `program`: it got as far as code of its own, which failed. `unknown`: nothing tells.
 */
export type Cause = 'image' | 'outside' | 'program' | 'unknown';
/** What a run has to bring. */
export type Want =
  | 'variable'
  | 'login'
  | 'service'
  | 'argument'
  | 'input'
  | 'file'
  | 'gpu'
  | 'display'
  | 'memory';
export type End = {
  /** The last error of Python, or the last lines. */
  readonly words: string;
  /** Where in the project that was. */
  readonly place: string | undefined;
  readonly cause: Cause;
  readonly want?: Want;
  /** The file that was not found. */
  readonly lost?: string;
  /** The shared library or the program that was not. */
  readonly missing?: string;
};

const looked = 300;
/** So near the end a program says how it is called. */
const usageLines = 40;
const longestLine = 1_000;
const longestWords = 400;
const aside = /^(?:\[|\d|Traceback\b|(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b)/;

type Frame = { readonly file: string; readonly line: string; readonly source: string };

export const wordsOf = ({ words, place }: End): string => (place ? `${words} (${place})` : words);

/** Reads what a program printed. */
export function readEnd(said: string, code: number): End {
  const lines = stripVTControlCharacters(said)
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-looked)
    .map((line) => line.slice(0, longestLine));
  const at = lines.findLastIndex((line) => /^[A-Za-z_][\w.]{0,200}(?:Error|Exception)(?::|$)/.test(line));
  if (at < 0) return { ...judge(lines.slice(-2).join(' '), [], lines, code), place: undefined };
  const after = lines.slice(at + 1, at + 3);
  const end = after.findIndex((line) => aside.test(line));
  const error = [lines[at], ...after.slice(0, end < 0 ? after.length : end)].join(' ').replace(/\s+/g, ' ');
  const frames = framesOf(lines.slice(0, at));
  const own = frames.findLast(isOwn);
  return { ...judge(error, frames, lines, code), place: own && t('{0}, line {1}', own.file, own.line) };
}

/** Those of the last traceback. */
function framesOf(lines: readonly string[]): readonly Frame[] {
  const start = Math.max(
    lines.findLastIndex((line) => line.startsWith('Traceback ')),
    0,
  );
  return lines.slice(start).flatMap((line, at, all) => {
    const [, file = '', number] = /^ {1,8}File "([^"]{1,300})", line (\d{1,7})/.exec(line) ?? [];
    return number ? [{ file, line: number, source: (all[at + 1] ?? '').trim() }] : [];
  });
}

/** None of Python's own, of no package, and not what a package puts on the path to be started. */
const isOwn = ({ file }: Frame) => !/site-packages|\/lib\/python|^<|\/bin\/[^/]+$/.test(file);

function judge(
  said: string,
  frames: readonly Frame[],
  lines: readonly string[],
  code: number,
): Omit<End, 'place'> {
  const words = clip(said);
  const at = frames.findLastIndex(isOwn);
  const source = frames[at]?.source ?? '';
  const want = wantOf(words, source, frames.length > 0, lines, code);
  if (want) return { words, cause: 'outside', want };
  const lost = /^(?:FileNotFoundError|OSError|IOError): \[Errno 2\] [^:]{1,80}: b?'([^'\n]{1,300})'/.exec(
    words,
  )?.[1];
  // Python starts programs there.
  const isProgram = frames.some(({ file }) => file.endsWith('/subprocess.py'));
  if (lost !== undefined)
    return isProgram
      ? { words, cause: 'image', missing: lost }
      : { words, cause: 'outside', want: 'file', lost };
  if (ofImage.some((sign) => sign.test(words)) || code === 126 || code === 127)
    return { words, cause: 'image', missing: missingIn(words) };
  // A package that fails while it is imported does not fit the others.
  if (at >= 0 && at < frames.length - 1 && /^(?:import|from) /.test(source)) return { words, cause: 'image' };
  return { words, cause: at >= 0 ? 'program' : 'unknown' };
}

/** As the dynamic linker and a POSIX shell say it. */
const missingIn = (words: string): string | undefined =>
  /\b(lib[\w.+-]{1,60}\.so[.\d]{0,12}): cannot open shared object file/.exec(words)?.[1] ??
  /\bsh: (?:\d{1,6}: )?([\w.-]{1,40}): not found$/.exec(words)?.[1];

const clip = (text: string) => (text.length > longestWords ? `${text.slice(0, longestWords)}…` : text);

/** The words of CPython, of shells, of the dynamic linker, and of the servers that images start. */
const ofImage: readonly RegExp[] = [
  /^(?:ModuleNotFoundError|ImportError|SyntaxError|IndentationError|TabError)\b/,
  /No module named|cannot open shared object file|version [`'"]?GLIBC|undefined symbol|exec format error/i,
  /: not found$|command not found|executable file not found|can't open file|Executable doesn't exist/i,
  /^PermissionError\b|permission denied|unable to open database file|read-only file system/i,
  /^AttributeError: (?:partially initialized )?module '/,
  /Could not import module|Error loading ASGI app|Failed to find (?:attribute|application)|Could not locate a Flask/,
];

/** The words of CPython, of drivers of databases and brokers, of libraries for settings, and of clients of services. */
const wants: readonly (readonly [Want, ...RegExp[]])[] = [
  ['display', /\$DISPLAY|no display name|cannot open display|connect to display/i],
  [
    'service',
    /connection (?:was )?refused|name resolution|Name or service not known|NameResolution|Max retries exceeded/i,
    /getaddrinfo|translate host name|Network is unreachable|ConnectTimeout|^TimeoutError\b/i,
    /ServerSelectionTimeout|NoBrokersAvailable/,
  ],
  [
    'variable',
    /^KeyError: '[A-Z][A-Z0-9_]+'/,
    /Field required|environment variable|env(?:ironment)? var\b|UndefinedValueError|api[_ ]?key\b/i,
  ],
  ['login', /\bUnauthorized\b|\b401\b|(?:invalid|improper) token|InvalidToken|LoginFailure/i],
  ['login', /AuthenticationError|authentication failed/i],
  ['input', /^EOFError: EOF when reading a line/],
];
const gpu = /libcuda\.so|libnvidia-ml|NVIDIA driver|No CUDA GPUs|no CUDA-capable device|nvidia-smi/i;
const variableName = /\b[A-Z]{2,20}_[A-Z]/;
const isMissing =
  /\b(?:not set|must be set|missing|required|not found|not provided|not defined|undefined|empty)\b/i;

function wantOf(
  words: string,
  source: string,
  hasTrace: boolean,
  lines: readonly string[],
  code: number,
): Want | undefined {
  if (gpu.test(words)) return 'gpu';
  // What cannot be imported is no matter of a run, whatever its name.
  if (/^(?:ModuleNotFoundError|ImportError|SyntaxError)\b/.test(words)) return undefined;
  const found = wants.find(([, ...signs]) => signs.some((sign) => sign.test(words)));
  if (found) return found[0];
  if (/\benviron\b|\bgetenv\(/.test(source) || (variableName.test(words) && isMissing.test(words)))
    return 'variable';
  if (/\bsys\.argv\b/.test(source)) return 'argument';
  const isUsage = lines.slice(-usageLines).some((line) => /^\s*usage:/i.test(line));
  return !hasTrace && isUsage && code !== 0 && code < 126 ? 'argument' : undefined;
}
