import { code } from './modules.ts';

const indent = (line: string) => line.length - line.trimStart().length;
/** A program may go on without what stands below these. */
const isChosen = /^\s*(?:if|elif|else|try|except|finally)\b/;

/** The modules, up to their first dot, that functions of a program import whenever they are called. */
export function laterImports(text: string): string[] {
  const lines = code(text).split('\n');
  return lines.flatMap((line, at) => {
    const [, from, names] = /^\s+(?:from\s+([A-Za-z_][\w.]*)\s+import\b|import\s+([^#]+))/.exec(line) ?? [];
    if ((from ?? names) === undefined || isBelowChoice(lines, at)) return [];
    return (from ?? names ?? '').split(',').map((one) => /^\w*/.exec(one.trim())?.[0] ?? '');
  });
}

function isBelowChoice(lines: readonly string[], at: number): boolean {
  let depth = indent(lines[at] ?? '');
  for (let above = at - 1; above >= 0 && depth > 0; above--) {
    const line = lines[above] ?? '';
    if (line.trim() === '' || indent(line) >= depth || /^\s*[)\]}#]/.test(line)) continue;
    if (isChosen.test(line)) return true;
    depth = indent(line);
  }
  return false;
}
