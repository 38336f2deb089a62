import { contentEnd } from '../syntax/split.ts';
import type { Heredoc, Instruction } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';

/** A stretch of a text that the libraries see otherwise, of the same length; blanks where nothing is said. */
export interface Veil extends Span {
  readonly text?: string;
}

/** What dockerfile-ast 0.7 reads as it is: no number before it, no blank, no backslash, quotes around the name only. */
const known = /^<<-?(["']?)[\w.-]+\1$/;

/**
 * What an instruction's heredocs are to the libraries: their bodies blank, and markers that these do not know written in
 * the way that they do.
 */
export function veilHeredocs(text: string, instruction: Instruction): Veil[] {
  const { node, at } = instruction;
  if (!node.plain.includes('<<')) return [];
  const markers = otherAngles(instruction);
  const bodies: Veil[] = [];
  for (const heredoc of node.heredocs) {
    const body = at(heredoc.body);
    if (body.start < body.end) bodies.push(body);
    const name = heredoc.name.replace(/[^\w.-]/g, '_');
    const marker = at(heredoc);
    const written = text.slice(marker.start, marker.end);
    if (!known.test(written) && !written.includes('\n')) {
      const length = marker.end - marker.start;
      markers.push({
        ...marker,
        text: `<<${heredoc.chomp ? '-' : ''}${name}`.padStart(length).slice(-length),
      });
    }
    const last = lastLine(text, body, heredoc);
    if (last && name !== heredoc.name) bodies.push({ ...last, text: name });
  }
  return [...markers.sort((a, b) => a.start - b.start), ...bodies];
}

/** The name that ends a body. */
function lastLine(text: string, { end }: Span, { name, terminated }: Heredoc): Span | undefined {
  const to = contentEnd(text, end);
  return terminated ? { start: to - name.length, end: to } : undefined;
}

/** Each `<<` that begins no heredoc, such as one behind a quote that nothing closes. */
function otherAngles({ node, at }: Instruction): Veil[] {
  return [...node.plain.matchAll(/<</g)].flatMap(({ index }) => {
    const isMarker = node.heredocs.some(({ from, to }) => from <= index && index < to);
    const span = at({ from: index, to: index + 2 });
    return isMarker || span.end - span.start > 2 ? [] : [{ ...span, text: '__' }];
  });
}
