/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a small XML document and throws where it is not well-formed. */
export function parseXml(text: string): Element {
  const forbidden = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (forbidden) throw new Error(`A character that XML does not have, at ${forbidden.index}.`);
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>/.exec(text);
  if (!declaration) throw new Error('There is no declaration.');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([\w.:-]+)((?:\s+[\w.:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(.)/gs;
  for (const [, end, name = '', attributes = '', empty, plain, wrong] of text
    .slice(declaration[0].length)
    .matchAll(token)) {
    const current = open.at(-1) as Element;
    if (wrong !== undefined) throw new Error(`A \`${wrong}\` that belongs to nothing.`);
    if (plain !== undefined) current.text += unescape(plain);
    else if (end) {
      if (current.name !== name) throw new Error(`</${name}> closes <${current.name}>.`);
      open.pop();
    } else {
      const pairs = [...attributes.matchAll(/([\w.:-]+)="([^"]*)"/g)].map(([, key, value = '']) => [
        key,
        unescape(value),
      ]);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      if (Object.keys(element.attributes).length !== pairs.length)
        throw new Error(`<${name}> has an attribute twice.`);
      current.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '')
    throw new Error('There is not one root.');
  return root.children[0] as Element;
}

function unescape(text: string): string {
  const unknown = /&(?!#\d+;|#x[\da-f]+;|(?:amp|lt|gt|quot|apos);)/i.exec(text);
  if (unknown) throw new Error(`An & that is not escaped: ${text}`);
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (_, decimal, hexadecimal, name) =>
    name
      ? (entities[name] ?? '')
      : String.fromCodePoint(Number.parseInt(decimal ?? hexadecimal, decimal ? 10 : 16)),
  );
}
