import { type Hover, type MarkedString, type MarkupContent, MarkupKind } from 'vscode-languageserver';
import type { Position, TextDocument } from 'vscode-languageserver-textdocument';
import { codeBlock, codeSpan } from '../text/code-span.ts';
import { intersection } from '../text/span.ts';
import { hoverSource } from './context-paths.ts';
import { toHover, toRange } from './convert.ts';
import type { Judged } from './diagnostics.ts';
import { hoverIgnore } from './ignore-ids.ts';

type Answer = Hover | null | undefined;
/** Tells something about a place; it knows nothing of the other providers. */
export type HoverProvider = (
  judged: Judged,
  document: TextDocument,
  position: Position,
) => Answer | PromiseLike<Answer>;

/** Ours, in the order in which they are shown; what the language itself has to say stands below. */
export const hoverProviders: readonly HoverProvider[] = [hoverFindings, hoverIgnore, hoverSource, hoverKnown];

/** What the rules found at a place and why it matters. */
function hoverFindings(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): Answer {
  if (!configuration) return undefined;
  const at = document.offsetAt(position);
  return toHover(document, service.explainFindings(document.getText(), at, configuration, context));
}

/** The base image that a FROM names, or the release of torch that is installed. */
function hoverKnown(
  { service, configuration, context }: Judged,
  document: TextDocument,
  position: Position,
): Answer {
  const place = [document.getText(), document.offsetAt(position), context, configuration] as const;
  return toHover(document, service.explainBaseImage(...place) ?? service.explainTorch(...place));
}

/**
 * What dockerfile-language-service says of a place. The value of a variable comes from it as a bare text, which an editor
 * would read as Markdown: any Dockerfile could put links and pictures into a hover.
 */
export function withValueAsCode(hover: Hover | null, formats: readonly MarkupKind[] = []): Hover | null {
  if (typeof hover?.contents !== 'string') return hover;
  const value = hover.contents;
  return formats[0] === MarkupKind.PlainText
    ? { ...hover, contents: { kind: MarkupKind.PlainText, value } }
    : { ...hover, contents: { kind: MarkupKind.Markdown, value: codeSpan(value) } };
}

/**
 * What several providers say of a place as one hover, with a line between them.
 * @param onError called for a provider that fails, which hides no other
 */
export async function hoverOf(
  providers: readonly HoverProvider[],
  place: Parameters<HoverProvider>,
  onError: (error: unknown) => void,
): Promise<Hover | undefined> {
  const answers = await Promise.all(
    providers.map(async (provide) => {
      try {
        return await provide(...place);
      } catch (error) {
        onError(error);
        return undefined;
      }
    }),
  );
  const hovers = answers.filter((answer): answer is Hover => Boolean(answer && toMarkdown(answer.contents)));
  // One that is alone stays as it is: it may be in the only form that the client knows.
  if (hovers.length < 2) return hovers[0];
  const [, document] = place;
  const spans = hovers.flatMap(({ range }) =>
    range ? [{ start: document.offsetAt(range.start), end: document.offsetAt(range.end) }] : [],
  );
  return {
    ...(spans.length > 0 ? { range: toRange(document, spans.reduce(intersection)) } : {}),
    contents: {
      kind: MarkupKind.Markdown,
      value: hovers.map(({ contents }) => toMarkdown(contents)).join('\n\n---\n\n'),
    },
  };
}

function toMarkdown(contents: Hover['contents']): string {
  if (Array.isArray(contents)) return contents.map(toMarkdown).join('\n\n');
  return isMarkup(contents) ? markup(contents) : marked(contents);
}

const isMarkup = (contents: MarkupContent | MarkedString): contents is MarkupContent =>
  typeof contents === 'object' && 'kind' in contents;

function markup({ kind, value }: MarkupContent): string {
  return kind === MarkupKind.PlainText ? value.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&') : value;
}

function marked(contents: MarkedString): string {
  return typeof contents === 'string' ? contents : codeBlock(contents.value, contents.language);
}
