import type { IgnoreFile } from '../syntax/ignore-file.ts';
import { remember } from '../text/remember.ts';
import type { Span } from '../text/span.ts';
import type { BuildContext, FaultElsewhere } from './build-context.ts';

/** The pattern of the ignore file that decides that a path is kept out: the last one that matches it. */
export function ignoringPattern(context: BuildContext | undefined, path: string): FaultElsewhere[] {
  const { ignoreFile, ignoreFileUri: uri = '' } = context ?? {};
  if (!ignoreFile) return [];
  const deciding = linesOfFile(ignoreFile)[ignoreFile.decider(path) ?? -1];
  return deciding ? [{ uri, text: ignoreFile.text, span: deciding.span }] : [];
}

/** The whole ignore file, for what it lacks: its last line with a pattern. */
export function ignoreFileEnd(context: BuildContext | undefined): FaultElsewhere[] {
  const { ignoreFile, ignoreFileUri: uri = '' } = context ?? {};
  const last = ignoreFile && linesOfFile(ignoreFile).findLast(({ line }) => line !== '');
  return ignoreFile && last ? [{ uri, text: ignoreFile.text, span: last.span }] : [];
}

/** The line of `pyproject.toml` that gives a key of the table `[project]`. */
export function manifestKey(context: BuildContext | undefined, key: string): FaultElsewhere[] {
  const { manifest } = context ?? {};
  if (!manifest) return [];
  const lines = linesOf(manifest.text);
  const names = new Set([key, `"${key}"`]);
  const start = lines.findIndex(({ line }) => /^\[\s*project\s*\]/.test(line));
  const found = lines.find(
    ({ line }, i) =>
      i > start && start >= 0 && line.includes('=') && names.has((line.split('=', 1)[0] ?? '').trim()),
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

/** They are asked for with each finding. */
const linesOfFile = remember(({ text }: IgnoreFile) => linesOf(text));
