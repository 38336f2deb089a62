import { type Document, isScalar, type Node, parseDocument, visit, YAMLParseError } from 'yaml';

const options = {
  // Compares each key with all before it: 979 KB of them took a minute.
  uniqueKeys: false,
  // Looks for the line of each error from the beginning of the text.
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Each is looked for among all anchors. */
const mostAliases = 1000;

/** Reads a text with YAML, errors and all, in a time that grows with its length; it does not throw. */
export function parseYaml(text: string, { merge = false } = {}): Document.Parsed {
  const { stackTraceLimit } = Error;
  // A text may have an error in every character, and a stack for each takes most of the time.
  Error.stackTraceLimit = 0;
  try {
    const document = parseDocument(text, { ...options, merge });
    return countAliases(document) > mostAliases ? refuse('There are too many aliases') : document;
  } catch (error) {
    // The parser recurses.
    return refuse(error instanceof RangeError ? 'It is nested too deeply' : String(error));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function refuse(reason: string): Document.Parsed {
  const document = parseDocument('', options);
  document.errors.push(new YAMLParseError([0, 0], 'IMPOSSIBLE', reason));
  return document;
}

function countAliases(document: Document.Parsed): number {
  let count = 0;
  visit(document, {
    Alias() {
      count++;
    },
  });
  return count;
}

/** What a document or a part of it says; undefined where an alias has no anchor, or they multiply. */
export function valueIn(document: Document.Parsed, node: Node | null = document.contents): unknown {
  try {
    return node?.toJS(document, { maxAliasCount: mostAliases });
  } catch {
    return undefined;
  }
}

/** Where a mapping has a key a second time, which YAML forbids. */
export function findRepeatedKey(document: Document.Parsed): readonly [number, number] | undefined {
  let found: readonly [number, number] | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value) && key.range) found = [key.range[0], key.range[1]];
        if (found) return visit.BREAK;
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}
