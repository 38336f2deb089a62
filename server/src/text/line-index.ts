/** A position as editors count: both zero-based, `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and positions; a line ends at \n, \r\n or a lone \r, as in the Language Server Protocol. */
export interface LineIndex {
  readonly lineCount: number;
  position(offset: number): Position;
  offset(position: Position): number;
  /** Offset of the first character of a line; the text's length for a line beyond the last. */
  lineStart(line: number): number;
  /** Offset of a line's end, before its line ending. */
  lineEnd(line: number): number;
}

export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const lineStart = (line: number) => (line < 0 ? 0 : (starts[line] ?? text.length));
  const lineEnd = (line: number) => {
    let end = starts[line + 1] ?? text.length;
    if (line + 1 < starts.length) {
      end--;
      if (text.charCodeAt(end) === 10 && text.charCodeAt(end - 1) === 13) end--;
    }
    return end;
  };
  const lineAt = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    lineCount: starts.length,
    position(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(clamped);
      return { line, character: clamped - lineStart(line) };
    },
    offset({ line, character }) {
      return Math.min(lineStart(line) + character, Math.max(lineStart(line), lineEnd(line)));
    },
    lineStart,
    lineEnd,
  };
}
