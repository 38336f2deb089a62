import { SaxesParser } from 'saxes';

/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads an XML document and throws where it is not well-formed. */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const current = () => open.at(-1) as Element;
  const parser = new SaxesParser();
  // Without a handler of ours it throws at the first error.
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: '' };
    current().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (part) => {
    current().text += part;
  });
  parser.write(text).close();
  return root.children[0] as Element;
}
