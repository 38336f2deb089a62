import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Span } from '../../server/src/text/span.ts';

/** The part of a text that a span names. */
export function sliceOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** Numbers from 0 to 1 that are the same in every run. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Each commit has its own, so that many runs see more than one of them would, and each can be repeated. */
export function seedOfCommit(): number {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' });
  return createHash('sha256').update(commit.trim()).digest().readUInt32BE() % 2 ** 31;
}

export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
