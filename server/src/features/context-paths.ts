import type { BuildContext } from '../facts/build-context.ts';
import { contextSources, filesOf, sentFilesOf } from '../facts/context-sources.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { printSize, totalSize } from '../facts/sizes.ts';
import { codeSpan } from '../text/code-span.ts';
import type { Span } from '../text/span.ts';

/** So many files are named one by one. */
const mostNamed = 5;

/**
 * What a COPY or ADD takes of the build context at an offset: how many files of which size, and what the ignore file keeps
 * out. Undefined where no source is, or where the files of the context are not known.
 */
export function explainSource(
  facts: FileFacts,
  offset: number,
): { span: Span; markdown: string } | undefined {
  const { context } = facts;
  const copy = facts.file.instructions.find(
    ({ node, span }) =>
      (node.keyword === 'COPY' || node.keyword === 'ADD') && span.start <= offset && offset <= span.end,
  );
  if (!copy || !context?.files) return undefined;
  for (const { word, path } of contextSources(facts, copy)) {
    const span = copy.at(word);
    if (offset < span.start || offset > span.end) continue;
    return { span, markdown: describe(context, path) };
  }
  return undefined;
}

function describe(context: BuildContext, path: string): string {
  const sent = [...sentFilesOf(context, path)].sort((a, b) => b.size - a.size);
  const ignored = filesOf(context, path).length - sent.length;
  const count = (number: number) => `${number} file${number === 1 ? '' : 's'}`;
  const unsure = context.files?.isComplete ? '' : ' at least';
  const parts = [
    sent.length === 0
      ? `Copies nothing: no file of the build context fits ${codeSpan(path)}${ignored > 0 ? ' and gets past .dockerignore' : ''}.`
      : `Copies${unsure} ${count(sent.length)}, ${printSize(totalSize(sent))}.`,
    ...sent.slice(0, mostNamed).map((file) => `- ${codeSpan(file.path)} (${printSize(file.size)})`),
  ];
  if (sent.length > mostNamed) parts.push(`- and ${count(sent.length - mostNamed)} more`);
  if (ignored > 0) parts.push('', `.dockerignore keeps out ${count(ignored)}.`);
  return parts.join('\n');
}

/** A file or folder that could be copied. */
export interface OfferedPath {
  /** Below the context; a folder ends with `/`. */
  readonly path: string;
  readonly size: number;
}

/**
 * The files and folders that go on with what is typed of a source and that reach the builder. Undefined where no source of
 * a COPY or ADD is typed, or where the files of the context are not known.
 */
export function completeSource(
  { file: { text }, context }: FileFacts,
  offset: number,
): { typed: Span; paths: readonly OfferedPath[] } | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const match = /^\s*(?:COPY|ADD)\s+(?:--(?!from=)\S+\s+)*(?:[^-\s]\S*\s+)*([^-\s[<$]\S*)?$/i.exec(line);
  if (!match || !context?.files || /\s--from=/.test(line)) return undefined;
  const typed = match[1] ?? '';
  const [, dots = '', below = ''] = /^((?:\.?\/)*)(.*)/s.exec(typed) ?? [];
  const folder = below.slice(0, below.lastIndexOf('/') + 1);
  const sizes = new Map<string, number>();
  for (const { path, size } of sentFilesOf(context, '.')) {
    if (!path.startsWith(folder)) continue;
    const rest = path.slice(folder.length);
    const slash = rest.indexOf('/');
    const name = `${dots}${folder}${slash < 0 ? rest : rest.slice(0, slash + 1)}`;
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  const paths = [...sizes].map(([path, size]) => ({ path, size })).filter(({ path }) => !/\s/.test(path));
  return { typed: { start: offset - typed.length, end: offset }, paths };
}
