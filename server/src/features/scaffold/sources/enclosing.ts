const indent = (line: string) => line.length - line.trimStart().length;

/** The lines that open the blocks which a line of a program stands in, the nearest first. */
export function enclosing(lines: readonly string[], at: number): string[] {
  const found: string[] = [];
  let depth = indent(lines[at] ?? '');
  for (let above = at - 1; above >= 0 && depth > 0; above--) {
    const line = lines[above] ?? '';
    // The end of what is written over several lines opens none.
    if (line.trim() === '' || indent(line) >= depth || /^\s*[)\]}#]/.test(line)) continue;
    found.push(line);
    depth = indent(line);
  }
  return found;
}
