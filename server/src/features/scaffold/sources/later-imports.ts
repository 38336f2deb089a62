import { enclosing } from './enclosing.ts';
import { code } from './modules.ts';

/** A program may go on without what stands below these. */
const isChosen = /^\s*(?:if|elif|else|try|except|finally)\b/;

/** The modules, up to their first dot, that functions of a program import whenever they are called. */
export function laterImports(text: string): string[] {
  const lines = code(text).split('\n');
  return lines.flatMap((line, at) => {
    const [, from, names] = /^\s+(?:from\s+([A-Za-z_][\w.]*)\s+import\b|import\s+([^#]+))/.exec(line) ?? [];
    if ((from ?? names) === undefined || enclosing(lines, at).some((one) => isChosen.test(one))) return [];
    return (from ?? names ?? '').split(',').map((one) => /^\w*/.exec(one.trim())?.[0] ?? '');
  });
}
