import { readFileSync } from 'node:fs';

/** A fenced block of a Markdown page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The heading above it. */
  readonly heading: string;
}

/** The fenced blocks of a page of `docs/`, from top to bottom. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return text.split(/^(?=#+ )/m).flatMap((section) => {
    const heading = /^#+ (.*)/.exec(section)?.[1] ?? '';
    return [...section.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
      language,
      text,
      heading,
    }));
  });
}
