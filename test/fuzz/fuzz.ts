import path from 'node:path';
import { grownFolder, nameOf, publicTexts, readInputs, seedFolder, write } from './corpus.ts';
import { createDice, type Dice } from './dice.ts';
import { causeOf, judge } from './judge.ts';
import { createLane, type Lane } from './lane.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate.ts';
import type { Failure } from './probe.ts';
import { type TargetName, targets } from './targets.ts';
import type { Attempt, Outcome } from './worker.ts';

export interface Options {
  readonly seconds: number;
  readonly seed: number;
  readonly targets: readonly TargetName[];
  /** Begins with what runs before found, and leaves what this one finds. */
  readonly grown: boolean;
  /** Where failing inputs are written. */
  readonly cases: string;
  /** So many seconds a failing input is made smaller. */
  readonly secondsToMinimise: number;
  say(line: string): void;
}

export interface Found extends Attempt {
  readonly cause: string;
  readonly failure: Failure;
  readonly file: string;
}
/** The slowest input of a target in which most of the time went into this step. */
export interface Slow extends Attempt {
  readonly step: string;
  readonly milliseconds: number;
}
export interface Tried {
  readonly target: TargetName;
  readonly inputs: number;
  readonly seconds: number;
  /** A small input for each feature that was seen. */
  readonly corpus: readonly string[];
}
export interface Result {
  readonly found: readonly Found[];
  readonly slow: readonly Slow[];
  readonly tried: readonly Tried[];
}

/** What a run knows of a target: with the same seed and corpus its inputs are the same in every run. */
interface Track {
  readonly target: TargetName;
  readonly dice: Dice;
  readonly corpus: string[];
  /** Still to be tried as they are. */
  readonly waiting: string[];
  readonly shown: Map<string, string>;
  inputs: number;
  milliseconds: number;
}

/** Tries inputs of each target in turn until the time is up. */
export async function fuzz(options: Options): Promise<Result> {
  const tracks = options.targets.map((target) => startTrack(target, options));
  const turns = tracks.flatMap((track) => Array<Track>(targets[track.target].share).fill(track));
  const failed = new Map<string, Attempt & { failure: Failure }>();
  const slow = new Map<string, Slow>();
  const lane = createLane();
  const end = performance.now() + options.seconds * 1_000;
  while (performance.now() < end) {
    for (const track of turns) {
      if (performance.now() > end) break;
      const { target } = track;
      const attempt = { target, text: nextInput(track) };
      const outcome = await judge(lane, attempt);
      count(track, attempt, outcome, slow, options);
      for (const failure of outcome.failures) {
        const cause = `${target}: ${causeOf(failure)}`;
        if (failed.has(cause)) continue;
        options.say(`found ${cause}`);
        failed.set(cause, { ...attempt, failure });
      }
    }
  }
  const found: Found[] = [];
  for (const [cause, one] of failed) found.push(...(await makeCase({ ...one, cause }, lane, options)));
  await lane.close();
  const tried = tracks.map(({ target, inputs, milliseconds, shown }) => {
    return { target, inputs, seconds: milliseconds / 1_000, corpus: [...new Set(shown.values())] };
  });
  return { found, slow: [...slow.values()], tried };
}

function startTrack(target: TargetName, { seed, grown }: Options): Track {
  const seeds = readInputs(seedFolder, target);
  const corpus = [...seeds, ...(grown ? readInputs(grownFolder, target) : [])];
  const waiting = [...corpus];
  corpus.push(...publicTexts(target));
  // Each target has chance of its own, so that it does not matter which others are tried.
  const dice = createDice(seed ^ Number.parseInt(nameOf(target), 16));
  return { target, dice, corpus, waiting, shown: new Map(), inputs: 0, milliseconds: 0 };
}

function nextInput({ target, dice, corpus, waiting }: Track): string {
  const waited = waiting.shift();
  if (waited !== undefined) return waited;
  const made = targets[target].make(dice);
  if (dice.chance(0.3)) return made;
  const known = corpus.length > 0 && dice.chance(0.7) ? dice.pick(corpus) : made;
  return mutate(dice, known, made === known && corpus.length > 0 ? dice.pick(corpus) : made);
}

function count(
  track: Track,
  { target, text }: Attempt,
  { failures, features, milliseconds }: Outcome,
  slow: Map<string, Slow>,
  { grown }: Options,
): void {
  const all = Object.values(milliseconds).reduce((sum, one) => sum + one, 0);
  track.inputs++;
  track.milliseconds += all;
  const [step = ''] = Object.entries(milliseconds).sort(([, a], [, b]) => b - a)[0] ?? [];
  const key = `${target} ${step}`;
  if (all > (slow.get(key)?.milliseconds ?? 0)) slow.set(key, { target, text, step, milliseconds: all });
  if (failures.length > 0) return;
  const isNew = features.some((feature) => !track.shown.has(feature));
  if (isNew && !track.corpus.includes(text)) {
    track.corpus.push(text);
    if (grown) write(path.join(grownFolder, target), nameOf(text), text);
  }
  for (const feature of features) {
    const known = track.shown.get(feature);
    if (known === undefined || text.length < known.length) track.shown.set(feature, text);
  }
}

/** Makes a failing input smaller and writes it; nothing where it was the machine that was slow. */
async function makeCase(
  failed: Omit<Found, 'file'>,
  lane: Lane,
  { cases, secondsToMinimise, say }: Options,
): Promise<Found[]> {
  const { target, text, failure, cause } = failed;
  const fails = async (smaller: string) => {
    const { failures } = await judge(lane, { target, text: smaller });
    return failures.some((one) => `${target}: ${causeOf(one)}` === cause);
  };
  const end = performance.now() + secondsToMinimise * 1_000;
  const isSteady = await fails(text);
  if (!isSteady) say(`${cause}: it did not fail once more`);
  if (!isSteady && failure.kind === 'hung') return [];
  const small = isSteady ? await minimise(text, fails, () => performance.now() < end) : text;
  const file = write(cases, `${target}-${failure.kind.replaceAll(' ', '-')}-${nameOf(small)}`, small);
  return [{ ...failed, text: small, file }];
}
