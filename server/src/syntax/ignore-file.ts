import { type Glob, readGlob, type Work } from './glob.ts';
import { createIgnoreMatcher } from './ignore-patterns.ts';

/** What a `.dockerignore` keeps out of the build context. */
export interface IgnoreFile {
  readonly text: string;
  /** Whether no file at this path, below the context's folder and with `/` between its parts, reaches the build. */
  excludes(path: string): boolean;
  /** Whether this very file is kept out, its exceptions taken into account. */
  keepsOut(path: string): boolean;
  /** The line, counted from 0, of the last pattern that takes a path out. */
  decider(path: string): number | undefined;
}

/** Patterns that keep everything out. */
const everything = new Set(['*', '**', '**/*']);

/** More than hundreds of patterns need for a hundred thousand files, and some seconds. */
const enoughWork = 200_000_000;

/**
 * Reads a `.dockerignore` (Docker build documentation, ".dockerignore files"; what BuildKit 0.34 takes for excluded was
 * measured with its check CopyIgnoredFile). A path may hold wildcards; one that a `!` pattern might bring back, itself or
 * a file below it, does not count as excluded. A file that takes too long to match keeps nothing more out.
 */
export function parseIgnoreFile(text: string): IgnoreFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((raw, line) => ({ line, text: raw.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
    .map(({ line, text }) => {
      const isException = text.startsWith('!');
      return { line, isException, pattern: clean(isException ? text.slice(1).trim() : text) };
    })
    .filter(({ pattern }) => pattern !== '');
  const work: Work = { left: enoughWork };
  const matcher = createIgnoreMatcher(
    lines.map(({ isException, pattern }) => `${isException ? '!' : ''}${pattern}`),
    work,
  );
  const exceptions = lines.filter(({ isException }) => isException).map(readException);
  const patterns = lines
    .filter(({ isException }) => !isException)
    .map((it) => ({ ...it, glob: readGlob(it.pattern, 'ignore') }));
  const decider = (path: string): number | undefined => {
    const cleaned = clean(path);
    work.left -= lines.length;
    if (work.left <= 0) return undefined;
    if (cleaned === '') return patterns.findLast(({ pattern }) => everything.has(pattern))?.line;
    return patterns.findLast(({ glob }) => glob.covers(cleaned, work))?.line;
  };
  return {
    text,
    decider,
    keepsOut: (path) => matcher(clean(path)),
    excludes(path) {
      const cleaned = clean(path);
      const last = cleaned.startsWith('..') ? undefined : decider(cleaned);
      if (last === undefined) return false;
      const names = cleaned === '' ? [] : cleaned.split('/');
      // What stands above the last pattern that takes the path out brings back nothing of it.
      const comesBack = exceptions.some((one) => one.line > last && mayMeet(one, names, work));
      return !comesBack && work.left > 0;
    },
  };
}

/** A path without `.`, `..`, doubled or trailing slashes, and without the leading one, as a context has no other root. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

interface Exception {
  readonly line: number;
  /** The names up to `**`, which is any number of folders. */
  readonly names: readonly { readonly name: string; readonly glob: Glob }[];
}

function readException({ line, pattern }: { readonly line: number; readonly pattern: string }): Exception {
  const parts = pattern.split('/');
  const deep = parts.findIndex((part) => part.includes('**'));
  const fixed = deep < 0 ? parts : parts.slice(0, deep);
  return { line, names: fixed.map((name) => ({ name, glob: readGlob(name, 'ignore') })) };
}

/** Whether an exception may match a path, a folder that it lies in or what lies below it; the path may hold wildcards. */
function mayMeet({ names }: Exception, path: readonly string[], work: Work): boolean {
  return names.slice(0, path.length).every(({ name, glob }, at) => {
    const other = path[at] as string;
    work.left--;
    if (!wildcard.test(other)) return glob.matches(other, work);
    if (!wildcard.test(name)) return readGlob(other, 'copy').matches(name, work);
    // Of two patterns, what stands before the first wildcard and behind the last one tells enough.
    const [a, b] = [fixedEnds(name), fixedEnds(other)];
    const [begins, closes] = [a.head.startsWith(b.head), a.tail.endsWith(b.tail)];
    return (begins || b.head.startsWith(a.head)) && (closes || b.tail.endsWith(a.tail));
  });
}

const wildcard = /[*?[\\]/;
const fixedEnds = (name: string) => ({
  head: name.slice(0, name.search(wildcard)),
  tail: name.slice(Math.max(...['*', '?', ']', '\\'].map((last) => name.lastIndexOf(last))) + 1),
});
