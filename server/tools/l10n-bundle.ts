import { globSync, readFileSync } from 'node:fs';

/** A text that is given to `t(…)` or `l10n.t(…)`, in either kind of quotes. */
const translated = /\b(?:l10n\.)?t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

/** `l10n/bundle.l10n.json`: every text of the client that can be translated, for VS Code to hand to a translation. */
export function renderL10nBundle(root: string): string {
  const texts = globSync('client/src/**/*.ts', { cwd: root })
    .sort()
    .flatMap((file) => [...readFileSync(root + file, 'utf8').matchAll(translated)])
    .map(([, literal = '']) => literal.slice(1, -1).replace(/\\(.)/g, '$1'));
  return `${JSON.stringify(Object.fromEntries([...new Set(texts)].map((text) => [text, text])), undefined, 2)}\n`;
}
