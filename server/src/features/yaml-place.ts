import type { Span } from '../text/span.ts';

/** Where something is typed in a file of keys, lists and values, which need not be valid YAML meanwhile. */
export interface YamlPlace {
  /** The keys that it is below, the outermost first. */
  readonly path: readonly string[];
  /** A key, an item of a list, or the value of the last key. */
  readonly kind: 'key' | 'item' | 'value';
  readonly typed: Span;
  /** The words that stand beside it: other keys of that mapping, or other items of that list. */
  readonly others: ReadonlySet<string>;
  /** The word is followed by a colon. */
  readonly hasColon: boolean;
}

interface KeyLine {
  readonly indent: number;
  readonly key: string;
  /** Where what stands behind its colon begins, and that. */
  readonly start: number;
  readonly value: string;
}

/** Up to its value. */
const keyLine = /^( *)["']?([\w./-]+)["']?:(?![^ \t])[ \t]*/;

/** Undefined in a comment, and where it is not certain what is typed. */
export function yamlPlaceAt(text: string, offset: number): YamlPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const head = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(head) || /^\s*[{[]/.test(text)) return undefined;
  const typedWord = head.split(/[^\w./-]/).at(-1) ?? '';
  const rest = /^[\w./-]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const typed = { start: offset - typedWord.length, end: offset + rest.length };
  const hasColon = /^["']?:/.test(text.slice(typed.end, typed.end + 2));
  const above = keyLinesOf(text.slice(0, lineStart), 0);
  const here = toKeyLine(head, lineStart);
  const known = here ? [...above, here] : above;
  const last = known.at(-1);
  const before = (own: string) => head.slice(0, head.length - own.length);
  const place = (kind: YamlPlace['kind'], path: readonly KeyLine[], others: Iterable<string>): YamlPlace => ({
    path: path.map(({ key }) => key),
    kind,
    typed,
    others: new Set(others),
    hasColon,
  });

  const flow = last && text.slice(last.start, offset);
  if (last && flow && /^[[{]/.test(flow) && (here || isOpen(flow)))
    return flowPlace(flow, text, last, pathTo(known), typed, hasColon);
  if (here)
    return /^["']?[\w./-]*$/.test(here.value) && /^["']?[ \t]*(?:#|\r?$)/m.test(text.slice(typed.end))
      ? place('value', pathTo(known), [])
      : undefined;
  const item = /^( *)-[ ]+["']?$/.exec(before(typedWord));
  if (item) {
    const path = pathTo([...above, below((item[1] ?? '').length + 1)]).slice(0, -1);
    const list = path.at(-1);
    return list && isEmpty(list) ? place('item', path, wordsBelow(text, list, typed)) : undefined;
  }
  const key = /^( *)["']?$/.exec(before(typedWord));
  if (!key) return undefined;
  const path = pathTo([...above, below((key[1] ?? '').length)]).slice(0, -1);
  const mapping = path.at(-1);
  if (mapping && !isEmpty(mapping)) return undefined;
  return place('key', path, siblings(text, mapping, (key[1] ?? '').length, lineStart));
}

const isOpen = (flow: string) => flow.split(/[[{]/).length > flow.split(/[\]}]/).length;
/** One that has this indentation, whatever its name. */
const below = (indent: number): KeyLine => ({ indent, key: '', start: 0, value: '' });
const isEmpty = ({ value }: KeyLine) => /^\s*(?:#|$)/.test(value);

/** @param at where the line begins */
function toKeyLine(line: string, at: number): KeyLine | undefined {
  const found = keyLine.exec(line);
  if (!found) return undefined;
  const [{ length }, { length: indent } = '', key = ''] = found;
  return { indent, key, start: at + length, value: line.slice(length) };
}

function keyLinesOf(text: string, from: number): KeyLine[] {
  let at = from;
  return text
    .slice(from)
    .split('\n')
    .flatMap((line) => {
      const known = toKeyLine(line.replace(/\r$/, ''), at);
      at += line.length + 1;
      return known ?? [];
    });
}

/** The last line with those that it is below. */
function pathTo(lines: readonly KeyLine[]): KeyLine[] {
  const path: KeyLine[] = [];
  for (const line of [...lines].reverse()) {
    if (!path[0] || line.indent < path[0].indent) path.unshift(line);
  }
  return path;
}

/** The words from a key to the next one, but for that which is typed. */
function wordsBelow(text: string, { start }: KeyLine, typed: Span): string[] {
  const [next] = keyLinesOf(text, text.indexOf('\n', start) + 1 || text.length);
  const end = next ? text.lastIndexOf('\n', next.start) : text.length;
  const other = `${text.slice(start, typed.start)} ${text.slice(typed.end, Math.max(end, typed.end))}`;
  return other.replace(/(^|\s)#.*/g, '$1').match(/[\w./-]+/g) ?? [];
}

/** The other keys of a mapping, or of the file. */
function siblings(text: string, mapping: KeyLine | undefined, indent: number, own: number): string[] {
  const start = mapping ? text.indexOf('\n', mapping.start) + 1 || text.length : 0;
  const lines = keyLinesOf(text, start);
  const end = mapping ? lines.findIndex((line) => line.indent <= mapping.indent) : -1;
  const inside = end < 0 ? lines : lines.slice(0, end);
  const ownEnd = text.indexOf('\n', own) + 1 || text.length + 1;
  return inside.flatMap((line) =>
    line.indent === indent && (line.start < own || line.start >= ownEnd) ? line.key : [],
  );
}

/** Within brackets behind a key: `ignored: [DL3008, …`, `override: {error: [DL3008], …`. */
function flowPlace(
  flow: string,
  text: string,
  last: KeyLine,
  path: readonly KeyLine[],
  typed: Span,
  hasColon: boolean,
): YamlPlace | undefined {
  const keys = path.map(({ key }) => key);
  const place = { typed, hasColon };
  if (flow.startsWith('['))
    return flow.includes(']') || !/[[,\s]["']?[\w./-]*$/.test(flow)
      ? undefined
      : { ...place, path: keys, kind: 'item', others: new Set(wordsBelow(text, last, typed)) };
  const inner = /[{,]\s*["']?([\w./-]+)["']?:\s*\[([^\][{}]*)$/.exec(flow);
  if (inner) {
    const named = (inner[2] ?? '').slice(0, (inner[2] ?? '').length - (typed.end - typed.start));
    const others = new Set(named.match(/[\w./-]+/g));
    return { ...place, path: [...keys, inner[1] ?? ''], kind: 'item', others };
  }
  const outer = flow.replace(/\[[^\][{}]*\]/g, '[]');
  if (!/^\{(?:\s*["']?[\w./-]+["']?:\s*\[\]\s*,)*\s*["']?[\w./-]*$/.test(outer)) return undefined;
  const others = new Set(outer.split(',').map((part) => part.replace(/^\{|["'\s]|:.*/g, '')));
  return { ...place, path: keys, kind: 'key', others };
}
