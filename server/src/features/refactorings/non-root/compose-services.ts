import { trimEnd } from '../../../text/trim.ts';

/** The services of a Compose file by their indentation, each with what stands below its name. */
export function servicesIn(text: string): { name: string; body: string }[] {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^services:/.test(line));
  const found: { name: string; body: string }[] = [];
  let depth: number | undefined;
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    if (/^[^\s#]/.test(line)) break;
    const [, indent = '', name = ''] = /^( +)["']?([\w.-]+)["']?:/.exec(line) ?? [];
    if (indent !== '') depth ??= indent.length;
    const last = found.at(-1);
    if (indent !== '' && indent.length === depth) found.push({ name, body: '' });
    else if (last) last.body += `${line}\n`;
  }
  const blockOf = blocksOf(lines);
  return found.map(({ name, body }) => ({ name, body: withAnchors(body, blockOf) }));
}

/** Letters of a service with what it names: many services may name the same, and these more in turn. */
const longest = 10_000;

/** A service with what the anchors hold that it names, by `<<: *app` or `volumes: *data`, and these in turn. */
function withAnchors(body: string, blockOf: (anchor: string) => string | undefined): string {
  const named = new Set<string>();
  const parts = [body];
  let whole = '';
  for (let part = parts.pop(); part !== undefined && whole.length < longest; part = parts.pop()) {
    whole += part;
    for (const [, name = ''] of part.matchAll(/(?<=[\s,[])\*([\w.-]+)/g)) {
      if (named.has(name)) continue;
      named.add(name);
      const block = blockOf(name);
      if (block !== undefined) parts.push(block.slice(0, longest));
    }
  }
  return whole;
}

/** Looks up what an anchor holds, each once. */
function blocksOf(lines: readonly string[]): (anchor: string) => string | undefined {
  const starts = new Map(
    lines
      .flatMap((line, i) =>
        [...line.matchAll(/(?<=\s|^)&([\w.-]+)(?=\s|$)/g)].map(([, name = '']) => [name, i] as const),
      )
      .toReversed(),
  );
  const known = new Map<string, string>();
  return (anchor) => {
    const start = starts.get(anchor);
    if (start === undefined) return undefined;
    const block = known.get(anchor) ?? blockAt(lines, start);
    known.set(anchor, block);
    return block;
  };
}

/** No more of them belong to one. */
const mostLines = 500;

/** A line with what belongs to it: what stands below it, and a list that is no deeper than its key. */
export function blockAt(lines: readonly string[], start: number): string {
  const first = lines[start] ?? '';
  const depth = indentOf(first) - (first.trim().startsWith('&') ? 1 : 0);
  const isItem = first.trim().startsWith('-');
  const below = lines.slice(start + 1, start + mostLines);
  const end = below.findIndex((line) => {
    if (line.trim() === '' || indentOf(line) > depth) return false;
    return indentOf(line) < depth || isItem || !line.trim().startsWith('-');
  });
  return `${[first, ...below.slice(0, end < 0 ? undefined : end)].join('\n')}\n`;
}

export const indentOf = (line: string) => line.length - line.trimStart().length;

/** The folder of the build context, where it is known, as a file calls it: `''` for one in it, `api` for `../compose.yml`. */
export function pathFrom(path: string, folder: string | undefined): string | undefined {
  const file = path.slice(0, path.lastIndexOf('/') + 1);
  const steps = file.split('../').length - 1;
  if (steps > 0 && folder === undefined) return undefined;
  const inner = file
    .slice(steps * 3)
    .split('/')
    .slice(0, -1);
  const names = steps === 0 ? [] : (folder ?? '').split('/').slice(-steps);
  return [...inner.map(() => '..'), ...names].join('/');
}

/** Whether a service is built from the folder of this name, or a Dockerfile in it, and not from another. */
export function isBuiltAt(body: string, here: string | undefined): boolean {
  if (!/^[ \t]*build:/m.test(body)) return false;
  if (here === undefined) return true;
  const [, written = '.'] =
    /^[ \t]*build:[ \t]*["']?([^\s"'{#&*]+)/m.exec(body) ??
    /(?:^[ \t]*|[{,] *)["']?context["']?:[ \t]*["']?([^\s"'#,}]+)/m.exec(body) ??
    [];
  const folder = plainPath(written);
  const file = plainPath(
    /(?:^[ \t]*|[{,] *)["']?dockerfile["']?:[ \t]*["']?([^\s"'#,}]+)/m.exec(body)?.[1] ?? '',
  );
  const isAbove = folder === '' || folder.startsWith('..');
  if (written.includes('$') || folder === here || (isAbove && here === '')) return true;
  const own = folder === '' ? `/${file}` : `/${folder}/${file}`;
  return here !== '' && own.slice(0, own.lastIndexOf('/') + 1).endsWith(`/${here}/`);
}

const plainPath = (path: string) => trimEnd(path.replace(/^(?:\.\/)+/, ''), /\//).replace(/^\.$/, '');
