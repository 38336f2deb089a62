import { argumentsIn, parts } from './calls.ts';
import { code } from './modules.ts';

/** So many lines of an import in parentheses are read. */
const mostLines = 60;

/**
 * What a program takes of modules, by dotted names: `np.float` is `numpy.float` where NumPy is imported as np. What it looks for
 * under a condition counts for nothing, and neither does what it sets itself.
 */
export function usedNames(text: string): ReadonlySet<string> {
  const lines = code(text)
    .split('\n')
    .map((line) => line.split('#', 1)[0] ?? '');
  const locals = new Map<string, string>();
  const used = new Set<string>();
  const own = new Set<string>();
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
    if (asksWhich.test(line) || (isGuarded(lines, at) && asksWhich.test(blockOf(lines, at)))) continue;
    const target = /^\s*([\w.]+) *=(?!=)/.exec(line)?.[1];
    for (const word of line.replace(/"[^"]*"|'[^']*'/g, '""').split(/[^\w.]+/)) {
      const [first = '', ...rest] = word.split('.');
      const base = locals.get(first);
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
const asksWhich = /\b(?:hasattr|getattr)\(|__version__|^\s*(?:try|except)\b/;

/** The line that a line stands below. */
const blockOf = (lines: readonly string[], at: number) =>
  lines.slice(0, at).findLast((line) => line.trim() !== '' && indent(line) < indent(lines[at] ?? '')) ?? '';

const indent = (line: string) => line.length - line.trimStart().length;

/** Whether an import stands where a program looks which one there is. */
function isGuarded(lines: readonly string[], at: number): boolean {
  return (
    indent(lines[at] ?? '') > 0 && /^\s*(?:try|except|else|elif|if)\b(?!.*__name__)/.test(blockOf(lines, at))
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
      wanted.endsWith('=') ? one.startsWith(wanted) : one === wanted || one.endsWith(`=${wanted}`),
    );
  });
}
