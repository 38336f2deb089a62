// What a page is sent of a log: what passes its filter, no more than it takes, and the next only once it has drawn the last.
import { setImmediate as turn } from 'node:timers/promises';
import { redact } from '../../runtime/redact.ts';
import { coloured, withoutColours } from './ansi.ts';
import { withoutLevel } from './badges.ts';
import type { Filter } from './filter.ts';
import { marked, textOf } from './marks.ts';
import type { ShownLine } from './messages.ts';
import type { Ring } from './ring.ts';
import type { LogLine } from './session.ts';

/** As many as a page holds. */
export const mostShown = 5_000;
/** As many as it draws at once. */
const mostAtOnce = 1_000;
const portion = 5_000;

type Placed = readonly [place: number, line: LogLine];

export type ShownLog = {
  /** What is there anew, the last of it. */
  restart(): Promise<void>;
  /** More came, or the page has drawn what it got. */
  goOn(drawn?: boolean): void;
  filter(filter: Filter | undefined): Promise<void>;
  /** The page is read, and takes no more for now. */
  pause(paused: boolean): void;
  /** How many lines of the containers pass the filter; undefined without one, and until all were looked at. */
  readonly found: number | undefined;
  /** All that passes the filter, as text. */
  text(withTimes: boolean): Promise<string>;
};

/** `failed` is told that the filter threw, and is not asked any more. */
export function createShownLog(
  lines: Ring<LogLine>,
  names: readonly string[],
  send: (lines: readonly ShownLine[], replace: boolean, left: number) => void,
  failed: (error: unknown) => void,
): ShownLog {
  let filter: Filter | undefined;
  let place = 0;
  let busy = false;
  let paused = false;
  let restarts = 0;
  /** The places of lines that passed, of all that are kept once `isCounted`. */
  let places: number[] = [];
  let isCounted = false;
  const passing = (some: readonly Placed[]): readonly Placed[] => {
    try {
      const passes = filter?.passes(some.map(([, line]) => line));
      return passes ? some.filter((_, index) => passes[index]) : some;
    } catch (error) {
      filter = undefined;
      failed(error);
      return some;
    }
  };
  const between = (from: number, to: number) => {
    const some: Placed[] = [];
    for (const placed of lines.after(from)) {
      if (placed[0] > to) break;
      some.push(placed);
    }
    return some;
  };
  /** The last that pass up to a place, sought backwards with a turn for others between, and where the search ended. */
  const lastOnes = async (end: number, most: number, isMeant: () => boolean) => {
    const parts: (readonly Placed[])[] = [];
    let count = 0;
    let to = end;
    for (const oldest = lines.last - lines.length; to > oldest && count < most && isMeant(); to -= portion) {
      const found = passing(between(Math.max(oldest, to - portion), to));
      parts.unshift(found);
      count += found.length;
      await turn();
    }
    return { found: parts.flat(), from: to };
  };
  const shown = (some: readonly Placed[]) => {
    const all = some.map(([, line]) => shownLine(line, names));
    if (!filter) return all;
    const spans = spansIn(filter, all);
    return all.map((line, index) => ({ ...line, pieces: marked(line.pieces, spans[index] ?? []) }));
  };
  const goOn = () => {
    if (busy || (paused && !filter) || place === lines.last) return;
    const to = Math.min(lines.last, Math.max(place, lines.last - lines.length) + portion);
    const found = passing(between(place, to));
    place = to;
    if (filter) places.push(...placesOf(found));
    if (!found.length || paused) return goOn();
    busy = true;
    send(shown(found.slice(-mostAtOnce)), false, Math.max(0, found.length - mostAtOnce));
  };
  const restart = async () => {
    const mine = ++restarts;
    const isMeant = () => mine === restarts;
    // Nothing is sent between.
    busy = true;
    isCounted = false;
    const end = lines.last;
    const { found, from } = await lastOnes(end, mostShown, isMeant);
    if (!isMeant()) return;
    place = end;
    places = filter ? placesOf(found) : [];
    send(shown(found.slice(-mostShown)), true, 0);
    if (!filter) return;
    const older = await lastOnes(from, Number.POSITIVE_INFINITY, isMeant);
    if (!isMeant()) return;
    places = [...placesOf(older.found), ...places];
    isCounted = true;
  };
  return {
    restart,
    goOn(drawn = false) {
      if (drawn) busy = false;
      goOn();
    },
    filter(next) {
      filter = next;
      return restart();
    },
    pause(next) {
      paused = next;
      if (!paused) void restart();
    },
    get found() {
      if (!filter || !isCounted) return undefined;
      const oldest = lines.last - lines.length;
      if (places[0] !== undefined && places[0] <= oldest) places = places.filter((at) => at > oldest);
      return places.length;
    },
    async text(withTimes) {
      const { found } = await lastOnes(lines.last, Number.POSITIVE_INFINITY, () => true);
      return found.map(([, line]) => textLine(line, names, withTimes)).join('');
    },
  };
}

/** Of words of ours none is counted. */
const placesOf = (some: readonly Placed[]) => some.flatMap(([at, { isNote }]) => (isNote ? [] : at));

/** That nothing is marked does no harm. */
function spansIn(filter: Filter | undefined, lines: readonly ShownLine[]) {
  try {
    return filter?.spans(lines.map(({ pieces }) => textOf(pieces))) ?? [];
  } catch {
    return [];
  }
}

const saysName = ({ isNote, plain, source }: LogLine, names: readonly string[]) =>
  isNote && plain.startsWith(names[source] ?? '') ? true : undefined;

function shownLine(line: LogLine, names: readonly string[]): ShownLine {
  const { source, stream, at, text, level, isNote } = line;
  return {
    source,
    at,
    pieces: withoutLevel(coloured(redact(text)), level),
    level,
    isError: stream === 'stderr' ? true : undefined,
    isNote,
    saysName: saysName(line, names),
  };
}

function textLine(line: LogLine, names: readonly string[], withTimes: boolean) {
  const { source, at, plain, isNote } = line;
  const named = names.length > 1 && !saysName(line, names);
  const parts = [withTimes ? at : '', named ? `${names[source]} |` : '', isNote ? '---' : ''];
  return `${[...parts, redact(withoutColours(plain))].filter(Boolean).join(' ')}\n`;
}
