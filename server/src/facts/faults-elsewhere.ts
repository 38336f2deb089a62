import { parseIgnoreFile } from '../syntax/ignore-file.ts';
import type { Span } from '../text/span.ts';
import type { BuildContext, FaultElsewhere } from './build-context.ts';

/** The pattern of the ignore file that decides that a path is kept out: the last one that matches it. */
export function ignoringPattern(context: BuildContext | undefined, path: string): FaultElsewhere[] {
  const { ignoreFile, ignoreFileUri: uri = '' } = context ?? {};
  if (!ignoreFile) return [];
  const { text } = ignoreFile;
  const deciding = linesOf(text).findLast(({ line }) => {
    if (line === '' || line.startsWith('#') || line.startsWith('!')) return false;
    const alone = parseIgnoreFile(line);
    return alone.keepsOut(path) || alone.excludes(path);
  });
  return deciding ? [{ uri, text, span: deciding.span }] : [];
}

/** The whole ignore file, for what it lacks: its last line with a pattern. */
export function ignoreFileEnd(context: BuildContext | undefined): FaultElsewhere[] {
  const { ignoreFile, ignoreFileUri: uri = '' } = context ?? {};
  const last = ignoreFile && linesOf(ignoreFile.text).findLast(({ line }) => line !== '');
  return ignoreFile && last ? [{ uri, text: ignoreFile.text, span: last.span }] : [];
}

/** The line of `pyproject.toml` that gives a key of the table `[project]`. */
export function manifestKey(context: BuildContext | undefined, key: string): FaultElsewhere[] {
  const { manifest } = context ?? {};
  if (!manifest) return [];
  const lines = linesOf(manifest.text);
  const start = lines.findIndex(({ line }) => /^\[\s*project\s*\]/.test(line));
  const found = lines.find(
    ({ line }, i) => i > start && start >= 0 && new RegExp(`^(?:"${key}"|${key})\\s*=`).test(line),
  );
  return found ? [{ ...manifest, span: found.span }] : [];
}

/** Lines without the blanks around them. */
function linesOf(text: string): { readonly line: string; readonly span: Span }[] {
  let at = 0;
  return text.split('\n').map((raw) => {
    const line = raw.trim();
    const start = at + raw.indexOf(line);
    at += raw.length + 1;
    return { line, span: { start, end: start + line.length } };
  });
}
