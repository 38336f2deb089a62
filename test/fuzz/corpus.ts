import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { numberOf } from './dice.ts';
import type { TargetName } from './targets.ts';

const room = import.meta.dirname;
/** Small inputs that show what is worth trying, kept with the sources. */
export const seedFolder = path.join(room, 'corpus');
/** Inputs that failed once. */
export const caseFolder = path.join(room, 'cases');
/** What runs found on this machine. */
export const grownFolder = path.join(room, '../../.cache/fuzz');

/**
 * A text as a file: as it is where UTF-8 can tell it, else and where it repeats itself for long as JSON, an array of
 * parts, in which `["x", 3]` is `xxx`.
 */
export function write(folder: string, name: string, text: string): string {
  const plain = text.isWellFormed() && text.length < 4_000;
  const file = path.join(folder, `${name}.${plain ? 'txt' : 'json'}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, plain ? text : `${JSON.stringify(findRuns(text), undefined, 1)}\n`);
  return file;
}

export function read(file: string): string {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.json') ? unfold(JSON.parse(text)) : text;
}

/** A text, or a part that is repeated so often. */
export type Run = string | readonly [part: string, times: number];

export const unfold = (runs: readonly Run[]) =>
  runs.map((run) => (typeof run === 'string' ? run : run[0].repeat(run[1]))).join('');

/** A text in parts of which those that repeat themselves for long are known. */
export function findRuns(text: string): Run[] {
  const runs: Run[] = [];
  let rest = 0;
  for (let at = 0; at < text.length; at++) {
    const run = runAt(text, at);
    if (!run) continue;
    if (at > rest) runs.push(text.slice(rest, at));
    runs.push(run);
    rest = at + run[0].length * run[1];
    at = rest - 1;
  }
  if (rest < text.length) runs.push(text.slice(rest));
  return runs;
}

function runAt(text: string, at: number): [part: string, times: number] | undefined {
  // A part returns where its beginning does.
  const start = text.slice(at, at + 8);
  for (
    let next = text.indexOf(start, at + 1);
    next > 0 && next - at <= 400;
    next = text.indexOf(start, next + 1)
  ) {
    const part = text.slice(at, next);
    let times = 1;
    while (text.startsWith(part, at + times * part.length)) times++;
    if (times > 4 && times * part.length > 100) return [part, times];
  }
  return undefined;
}

/** The inputs of a folder for a target, by name, so that every machine has them in the same order. */
export function readInputs(folder: string, target: TargetName): string[] {
  const own = path.join(folder, target);
  if (!existsSync(own)) return [];
  return readdirSync(own)
    .filter((name) => /\.(?:txt|json)$/.test(name))
    .sort()
    .map((name) => read(path.join(own, name)));
}

/** Public Dockerfiles, where a folder of them is named. */
export function publicTexts(target: TargetName): string[] {
  if (target !== 'dockerfile' || !process.env.WHEELHOUSE_CORPUS || !corpusFolder) return [];
  return readCorpus(corpusFolder).map(({ text }) => text);
}

/** Replaces what a folder has for a target. */
export function keep(folder: string, target: TargetName, texts: readonly string[]): void {
  rmSync(path.join(folder, target), { recursive: true, force: true });
  for (const text of texts) write(path.join(folder, target), nameOf(text), text);
}

export const nameOf = (text: string) => numberOf(text).toString(16).padStart(8, '0');
