import { argumentsIn, parts } from './calls.ts';
import { code } from './modules.ts';
import { withNeeded } from './needed-imports.ts';

/** So many lines of an import in parentheses are read. */
const mostLines = 60;

/**
 * What a program takes of modules, by dotted names: `np.float` is `numpy.float` where NumPy is imported as np. What it looks for
 * under a condition counts for nothing, and neither does what it sets itself.
 */
export function usedNames(text: string): ReadonlySet<string> {
  const lines = withNeeded(code(text))
    .split('\n')
    .map((line) => line.split('#', 1)[0] ?? '');
  const locals = new Map<string, string>();
  const used = new Set<string>();
  const own = new Set<string>();
  // Annotations are no more than text then (PEP 563).
  const isLazy = /^from __future__ import annotations/m.test(text);
  /** Modules of which all names are taken. */
  const whole = new Set<string>();
  lines.forEach((line, at) => {
    if (!/^\s*(?:from|import)\s/.test(line) || isGuarded(lines, at)) return;
    const star = /^\s*from ([A-Za-z][\w.]*) import \*/.exec(line)?.[1];
    if (star !== undefined) whole.add(star);
    for (const [local, name, all] of importedIn(lines, at)) {
      locals.set(local, name);
      used.add(all);
    }
  });
  const defines = new Set(
    lines.flatMap((line) => /^(?:async def|def|class) (\w+)|^(\w+) *=(?!=)/.exec(line)?.slice(1) ?? []),
  );
  for (const [at, line] of lines.entries()) {
    if (asksWhich.test(line) || isChosen(lines, at)) continue;
    const target = /^\s*([\w.]+) *=(?!=)/.exec(line)?.[1];
    for (const word of line.replace(/"[^"]*"|'[^']*'/g, '""').split(/[^\w.]+/)) {
      const [first = '', ...rest] = word.split('.');
      const base = locals.get(first);
      if (isLazy && base === 'typing') continue;
      if (base !== undefined && rest.length > 0)
        (word === target ? own : used).add([base, ...rest].join('.'));
      // Nobody can tell of which of several modules a name is; what the program makes itself is of none.
      if (base === undefined && first !== '' && !defines.has(first))
        for (const module of whole) used.add([module, first, ...rest].join('.'));
    }
  }
  return new Set([...used].filter((name) => !own.has(name)));
}

/** The names that an import makes, what each stands for, and what it reads for that. */
function importedIn(lines: readonly string[], at: number): [local: string, name: string, whole: string][] {
  const line = (lines[at] ?? '').trim();
  const end = line.includes('(') ? lines.slice(at, at + mostLines).findIndex((one) => one.includes(')')) : 0;
  const all = lines.slice(at, at + Math.max(end, 0) + 1).join(' ');
  const names = all.slice(all.search(/\bimport\s/) + 'import'.length).replace(/[()\\;]/g, ' ');
  const module = line.startsWith('from') ? line.split(/\s+/, 2)[1] : undefined;
  if (module?.startsWith('.')) return [];
  return names.split(',').flatMap((one) => {
    const [name = '', as, alias] = one.trim().split(/\s+/);
    if (!/^[A-Za-z_][\w.]*$/.test(name)) return [];
    const whole = module === undefined ? name : `${module}.${name}`;
    if (as === 'as' && alias !== undefined) return [[alias, whole, whole]];
    const [top = ''] = name.split('.', 1);
    return [[top, module === undefined ? top : whole, whole]];
  });
}

/** What looks which of several names there is. */
const asksWhich = /\b(?:hasattr|getattr)\(|__version__|version_info|TYPE_CHECKING|^\s*(?:try|except)\b/;

/** The line that a line stands below; -1 at the left margin. */
function blockAt(lines: readonly string[], at: number): number {
  const own = indent(lines[at] ?? '');
  let above = own === 0 ? -1 : at - 1;
  while (above >= 0 && (lines[above]?.trim() === '' || indent(lines[above] ?? '') >= own)) above--;
  return above;
}

const indent = (line: string) => line.length - line.trimStart().length;

/** Whether a line stands where a program goes on with one of several names: directly below "try", or anywhere below a question. */
function isChosen(lines: readonly string[], at: number): boolean {
  let block = blockAt(lines, at);
  if (block >= 0 && /^\s*(?:try|except)\b/.test(lines[block] ?? '')) return true;
  for (; block >= 0; block = blockAt(lines, block)) {
    const head = headOf(lines, block);
    if (asksWhich.test(head) && (/^\s*(?:if|elif)\b/.test(head) || /^\s*else\b/.test(lines[block] ?? '')))
      return true;
  }
  return false;
}

/** The "if" or "try" that an "else" or "elif" goes on from, or the line itself. */
function headOf(lines: readonly string[], at: number): string {
  const line = lines[at] ?? '';
  if (!/^\s*(?:else|elif)\b/.test(line)) return line;
  const isHead = (one: string) => indent(one) === indent(line) && /^\s*(?:if|try)\b/.test(one);
  return lines.slice(0, at).findLast(isHead) ?? line;
}

/** Whether an import stands where a program looks which one there is. */
function isGuarded(lines: readonly string[], at: number): boolean {
  return (
    indent(lines[at] ?? '') > 0 &&
    /^\s*(?:try|except|else|elif|if)\b(?!.*__name__)/.test(lines[blockAt(lines, at)] ?? '')
  );
}

/**
 * Whether a program calls something: `.run_server(`, `Trainer(gpus=` with an argument of that name, `pipeline("ner"` with that
 * one, `render("` with a text first.
 */
export function callsWith(text: string, call: string): boolean {
  const at = call.indexOf('(') + 1;
  const [name, wanted] = [call.slice(0, at), call.slice(at)];
  const found = text.split(name).slice(1);
  if (wanted === '') return found.length > 0;
  const before = text.split(name);
  return found.some((rest, index) => {
    if (!name.startsWith('.') && /\w$/.test(before[index] ?? '')) return false;
    const given = parts(argumentsIn(rest)).map((one) => one.replaceAll("'", '"').replace(/ ?= ?/, '='));
    if (wanted === '"') return /^f?"/.test(given[0] ?? '');
    return given.some((one) =>
      // What has a name of its own is none that is given by its place.
      wanted.endsWith('=')
        ? one.startsWith(wanted)
        : one === wanted || (wanted.startsWith('"') && one.endsWith(`=${wanted}`)),
    );
  });
}
