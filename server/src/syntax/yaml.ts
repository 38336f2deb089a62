import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
} from 'yaml';
import type { Span } from '../text/span.ts';

export interface YamlText {
  /**
   * What the first document says: scalars, lists, and mappings without a prototype. An alias gives the very value of its
   * anchor, so who goes through all of it may go through one value often.
   */
  readonly value: unknown;
  /** Where it says so; undefined where nothing could be read. */
  readonly document: Document.Parsed | undefined;
  /** The first thing that is wrong. */
  readonly fault: YamlFault | undefined;
}

export interface YamlFault extends Span {
  /** One sentence on what is wrong, one on what to do. */
  readonly message: string;
  /** The text is no YAML; else it is, and one value of it means nothing. */
  readonly isSyntax: boolean;
}

/** No file that people write is nested as deep; parsers of YAML go into each level by a call. */
const deepest = 200;
/** So many keys are brought in by merging; what would come after them is left out. */
const mostMerged = 20_000;

/**
 * Reads YAML that anyone may have written. It does not throw, takes time in proportion to the text, and leaves out the
 * values that cannot be told, while the library's own conversion then gives nothing.
 * @param merges the key `<<` brings in the keys of other mappings (yaml.org/type/merge)
 */
export function readYaml(text: string, merges: boolean): YamlText {
  const { document, fault: found } = parse(text);
  // The library's places may lie behind the end of the text.
  const inText = (at: number) => Math.min(at, text.length);
  const fault = found && { ...found, start: inText(found.start), end: inText(found.end) };
  if (!document) return { value: undefined, document, fault };
  const converter = createConverter(merges);
  const value = converter.convert(document.contents);
  return { value, document, fault: fault ?? converter.fault() };
}

function parse(text: string): Omit<YamlText, 'value'> {
  const parser = new Parser();
  // Keys are compared by the converter, as the library compares each with each.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  const syntax = (message: string, start: number, end = start): YamlFault => ({
    message,
    start,
    end: Math.max(start, end),
    isSyntax: true,
  });
  const tooDeep = `The file is nested more than ${deepest} levels deep. Make it flatter; it is not read.`;
  try {
    let at = 0;
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
      at += lexeme.length;
      if (parser.stack.length > deepest) return { document: undefined, fault: syntax(tooDeep, at, at) };
      if (documents.length > 1) break;
    }
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end(true, text.length));
  } catch (error) {
    const message = `This is no valid YAML: ${error instanceof Error ? error.message : error}. Correct it.`;
    return { document: undefined, fault: syntax(message, 0) };
  }
  const [document, ...others] = documents;
  const [broken] = document?.errors ?? [];
  if (broken) {
    const message = `This is no valid YAML: ${broken.message.replace(/\.$/, '')}. Correct it.`;
    return { document, fault: syntax(message, ...broken.pos) };
  }
  const second = others.find(({ contents }) => !isScalar(contents) || contents.value !== null);
  if (!second) return { document, fault: undefined };
  const [start] = second.range;
  const several =
    'The file holds several documents, of which only the first is read. Put the others into files of their own.';
  return { document, fault: syntax(several, start) };
}

type Table = Record<string, unknown>;

/** Turns nodes into values, each once and in the order of the text, by which an alias means the last anchor before it. */
function createConverter(merges: boolean) {
  const anchors = new Map<string, unknown>();
  const open = new Set<unknown>();
  let first: YamlFault | undefined;
  let merged = 0;

  const say = (message: string, node: Node | null | undefined) => {
    const [start = 0, end = start] = node?.range ?? [];
    first ??= { message, start, end, isSyntax: false };
  };
  const name = (node: Node, value: unknown) => {
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, value);
  };

  function convert(node: unknown): unknown {
    if (isAlias(node)) {
      if (!anchors.has(node.source))
        say(
          `The alias *${node.source} names no anchor before it. Correct the name, or add the anchor.`,
          node,
        );
      const value = anchors.get(node.source);
      if (!open.has(value)) return value;
      say(`What the anchor &${node.source} names contains itself. Take the alias out of it.`, node);
    } else if (isScalar(node)) {
      name(node, node.value);
      return node.value;
    } else if (isSeq(node)) {
      const list: unknown[] = [];
      name(node, list);
      open.add(list);
      for (const item of node.items) {
        const value = convert(item);
        if (value !== undefined) list.push(value);
      }
      open.delete(list);
      return list;
    } else if (isMap(node)) {
      const table: Table = Object.create(null);
      name(node, table);
      open.add(table);
      fill(table, node.items);
      open.delete(table);
      return table;
    }
    return undefined;
  }

  function fill(table: Table, items: readonly Pair[]): void {
    const sources: Table[] = [];
    for (const { key, value } of items) {
      const told = convert(key);
      if (merges && isMergeKey(key)) sources.push(...mappings(value));
      else {
        const known = convert(value);
        if (typeof told === 'object' && told !== null) continue;
        const text = String(told);
        if (text in table) say(`The key \`${text}\` is here twice. Remove one of them.`, key as Node);
        // A key without a value is there all the same.
        if (known !== undefined || value === null) table[text] = known ?? null;
      }
    }
    for (const source of sources) {
      if (merged > mostMerged) return;
      const keys = Object.keys(source);
      merged += keys.length;
      for (const key of keys) if (!(key in table)) table[key] = source[key];
    }
  }

  function mappings(value: unknown): Table[] {
    const known = convert(value);
    const all = Array.isArray(known) ? known : [known];
    const tables = all.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
    if (tables.length < all.length)
      say('The key << takes a mapping, or a list of them. Give it one, or remove it.', value as Node);
    return tables;
  }
  return { convert, fault: () => first };
}

/** In a text of YAML 1.1 the library has replaced the key by a symbol. */
const isMergeKey = (key: unknown) =>
  isScalar(key) &&
  (key.value === '<<' ? key.type === 'PLAIN' : typeof key.value === 'symbol' && String(key.source) === '<<');
