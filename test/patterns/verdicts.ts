// What the checker said before: it takes minutes for all. A verdict is kept by the pattern, its flags and the checker's version.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Pattern } from './find.ts';

const { version } = createRequire(import.meta.url)('recheck/package.json') as { version: string };
const file = path.join(import.meta.dirname, 'verdicts.json');

export const hashOf = ({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string =>
  createHash('sha256').update(`${version} /${source}/${flags}`).digest('hex').slice(0, 12);

export const readVerdicts = (): ReadonlySet<string> =>
  new Set(JSON.parse(readFileSync(file, 'utf8')) as readonly string[]);

export const writeVerdicts = (linear: Iterable<string>): void =>
  writeFileSync(file, `${JSON.stringify([...new Set(linear)].sort(), null, 0).replaceAll(',', ',\n')}\n`);
