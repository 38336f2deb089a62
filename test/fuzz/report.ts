import { findRuns, unfold } from './corpus.ts';
import type { Result, Slow } from './fuzz.ts';
import { tryHarmless } from './judge.ts';
import { createLane, type Lane } from './lane.ts';
import type { Outcome } from './worker.ts';

/** So many of the slowest inputs are told. */
const mostSlow = 10;

/** What a run did: inputs by target, the slowest of them by size, and what it found. */
export async function report({ found, slow, tried }: Result): Promise<string> {
  const lane = createLane();
  const speed = tried.map(({ target, inputs, seconds, corpus }) => [
    ...[target, `${inputs}`, (inputs / Math.max(seconds, 0.001)).toFixed(0), `${corpus.length}`],
  ]);
  const slowest = [...slow].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, mostSlow);
  const times: string[][] = [];
  for (const one of slowest) times.push(await describe(one, lane));
  await lane.close();
  return [
    table(['target', 'inputs', 'a second', 'corpus'], speed),
    table(['slowest in', 'step', 'KB', 'ms', 'ms/KB', 'harmless', 'twice', 'input'], times),
    ...found.map(({ cause, failure, file, text }) => {
      const shown = text.length > 400 ? `${JSON.stringify(text.slice(0, 400))}…` : JSON.stringify(text);
      return `FOUND ${cause}\n  ${firstLines(failure.message)}\n  ${shown}\n  ${file}`;
    }),
    found.length === 0 ? 'Nothing was found.' : `${found.length} found.`,
  ].join('\n\n');
}

async function describe(one: Slow, lane: Lane): Promise<string[]> {
  const { target, text, step, milliseconds } = one;
  const kilobytes = text.length / 1024;
  const harmless = total(await tryHarmless(lane, one));
  // The first time tells what the second is held against: in the run, compilers and caches took part.
  const once = total((await lane.attempt({ target, text: `${text}\n` })).milliseconds);
  const twice = total((await lane.attempt({ target, text: doubled(text) })).milliseconds);
  return [
    ...[target, step, kilobytes.toFixed(1), milliseconds.toFixed(0), (milliseconds / kilobytes).toFixed(1)],
    ...[
      `${(milliseconds / Math.max(1, harmless)).toFixed(1)}x`,
      `${(twice / Math.max(1, once)).toFixed(1)}x`,
    ],
    JSON.stringify(text.slice(0, 50)),
  ];
}

const firstLines = (message: string) =>
  message
    .split('\n', 6)
    .map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line))
    .join('\n  ');

const total = (milliseconds: Outcome['milliseconds']) =>
  Object.values(milliseconds).reduce((sum, one) => sum + one, 0);

/** The text with its longest run twice as long; all of it twice where there is none. */
function doubled(text: string): string {
  const runs = findRuns(text);
  const size = (at: number) => (typeof runs[at] === 'string' ? 0 : unfold([runs[at] ?? '']).length);
  const longest = runs.map((_, at) => at).reduce((best, at) => (size(at) > size(best) ? at : best), 0);
  const run = runs[longest];
  if (run === undefined || typeof run === 'string') return text + text;
  return unfold(runs.with(longest, [run[0], run[1] * 2]));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
