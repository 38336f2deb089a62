import { readGlob, type Work } from './glob.ts';
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
  const exceptions = lines.filter(({ isException }) => isException).map(({ pattern }) => fixedPart(pattern));
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
      const fixed = fixedPart(cleaned);
      const mayComeBack = work.left <= 0 || exceptions.some((exception) => overlap(fixed, exception));
      return !mayComeBack && !cleaned.startsWith('..') && decider(cleaned) !== undefined;
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

/** What stands before the first wildcard. */
const fixedPart = (path: string) => path.replace(/[*?[\\].*$/s, '');

/** Whether one is the beginning of the other, so that both may mean the same file or one below the other. */
const overlap = (a: string, b: string) => a.startsWith(b) || b.startsWith(a);
