import type { Span } from '../text/span.ts';

/** Takes the `⟦…⟧` marks out of an example and gives the spans that they enclosed. */
export function withoutMarkers(code: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = '';
  let start = 0;
  for (const char of code) {
    if (char === '⟦') start = text.length;
    else if (char === '⟧') spans.push({ start, end: text.length });
    else text += char;
  }
  return { text, spans };
}
