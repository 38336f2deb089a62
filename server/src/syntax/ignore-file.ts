import dockerignoreModule from '@balena/dockerignore';
import { createIgnoreMatcher } from './ignore-patterns.ts';

// The package says ESM in its types and is CommonJS.
const dockerignore = dockerignoreModule as unknown as typeof dockerignoreModule.default;

/** What a `.dockerignore` keeps out of the build context. */
export interface IgnoreFile {
  readonly text: string;
  /** Whether no file at this path, below the context's folder and with `/` between its parts, reaches the build. */
  excludes(path: string): boolean;
  /** Whether this very file is kept out, its exceptions taken into account. */
  keepsOut(path: string): boolean;
}

/** Patterns that keep everything out. */
const everything = new Set(['*', '**', '**/*']);

/**
 * Reads a `.dockerignore` (Docker build documentation, ".dockerignore files"; what BuildKit 0.34 takes for excluded was
 * measured with its check CopyIgnoredFile). A path may hold wildcards; one that a `!` pattern might bring back, itself or
 * a file below it, does not count as excluded.
 */
export function parseIgnoreFile(text: string): IgnoreFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const patterns = lines.filter((line) => !line.startsWith('!')).map(clean);
  const exceptions = lines.filter((line) => line.startsWith('!')).map((line) => clean(line.slice(1)));
  // It is for this library that a comment could begin in the middle of the file; blanks at the ends are gone by now.
  const matcher = dockerignore().add(patterns.filter((pattern) => pattern !== '' && pattern !== '.'));
  const keepsOut = createIgnoreMatcher(
    lines.flatMap((line) => {
      const pattern = clean(line.replace(/^!/, '').trim());
      return pattern === '' ? [] : line.startsWith('!') ? `!${pattern}` : pattern;
    }),
  );
  return {
    text,
    keepsOut: (path) => keepsOut(clean(path)),
    excludes(path) {
      const cleaned = clean(path);
      const mayComeBack = exceptions.some((exception) => overlap(fixedPart(cleaned), fixedPart(exception)));
      if (mayComeBack || cleaned.startsWith('..')) return false;
      if (cleaned === '.' || cleaned === '') return patterns.some((pattern) => everything.has(pattern));
      return matcher.ignores(cleaned);
    },
  };
}

/** A path without `.`, `..`, doubled or trailing slashes, and without the leading one, as a context has no other root. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.replace(/^\/+/, '').split('/')) {
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
