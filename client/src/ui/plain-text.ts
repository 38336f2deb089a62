// Text that comes from outside, from an engine, a container, a registry or a file, made fit for where VS Code shows text. In
// messages it reads `[label](command:…)` as a link, in labels `$(name)` as an icon, in tooltips all of Markdown.

/** Markdown of which only our own part means something: made by the functions below, and by nothing else. */
export type Markdown = string & { readonly isMarkdown: true };

const longestText = 2_000;
const longestCode = 1_000;

/** For a message, a label or a title: no link and no icon can come of it. */
export function asText(text: string, limit = longestText): string {
  return inert(visible(text, limit).replace(/\s+/g, ' '));
}

/** For the small print of a question: as `asText`, with its lines. */
export function asLines(text: string): string {
  return inert(visible(text, longestText));
}

const inert = (text: string) => text.replace(/\](?=\()|\$(?=\()/g, '$& ');

/** Without control characters but tab and line end, and without those that turn or hide what stands beside them. */
function visible(text: string, limit: number): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return short
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\p{Bidi_Control}\u{e0000}-\u{e007f}\ufff9-\ufffb]|(?![\n\t])\p{Cc}/gu, '\ufffd');
}

/** Text within Markdown: nothing in it is a link, an address, HTML, an entity, emphasis, code, a heading or a list. */
export function plain(text: string): Markdown {
  return visible(text, longestText)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(
      /[\\`*_{}[\]<>|~&@]|:(?=\/)|\$(?=\()|^[#+=-]|(?<=^\d{1,9})[.)]|(?<=\bwww)\./gi,
      '\\$&',
    ) as Markdown;
}

export function code(text: string): Markdown {
  const inline = visible(text, longestCode).replace(/\s+/g, ' ').trim();
  if (!inline) return '' as Markdown;
  const fence = fenceFor(inline, 1);
  return `${fence} ${inline} ${fence}` as Markdown;
}

export function block(text: string): Markdown {
  const inside = visible(text, longestText);
  const fence = fenceFor(inside, 3);
  return `${fence}text\n${inside}\n${fence}` as Markdown;
}

/** Text within HTML, between tags or in the quotes of an attribute: no tag and no character of its own can come of it. */
export function html(text: string): string {
  return visible(text, longestText).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Parts one after the other; nothing for nothing. */
export function joined(parts: readonly (Markdown | undefined)[], between = ' '): Markdown {
  return parts.filter(Boolean).join(between) as Markdown;
}

/** Lines of a list, each a name and its value; those without a value are left out. */
export function facts(lines: readonly (readonly [name: string, value: Markdown | undefined])[]): Markdown {
  return lines
    .filter(([, value]) => value)
    .map(([name, value]) => `- ${plain(name)}: ${value}`)
    .join('\n') as Markdown;
}

/** Longer than every run of backticks within, so that the text cannot end the code. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}
