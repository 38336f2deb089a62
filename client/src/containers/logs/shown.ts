// What a page is sent of a log: what passes its filter, no more than it takes, and the next only once it has drawn the last.
import { setImmediate as turn } from 'node:timers/promises';
import { redact } from '../../runtime/redact.ts';
import { coloured, withoutColours } from './ansi.ts';
import type { Filter } from './filter.ts';
import type { ShownLine } from './messages.ts';
import type { Ring } from './ring.ts';
import type { LogLine } from './session.ts';

/** As many as a page holds. */
export const mostShown = 5_000;
/** As many as it draws at once. */
const mostAtOnce = 1_000;
const portion = 5_000;

export type ShownLog = {
  /** What is there anew, the last of it. */
  restart(): Promise<void>;
  /** More came, or the page has drawn what it got. */
  goOn(drawn?: boolean): void;
  filter(filter: Filter | undefined): Promise<void>;
  /** The page is read, and takes no more for now. */
  pause(paused: boolean): void;
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
  const passing = (some: readonly LogLine[]): readonly LogLine[] => {
    try {
      const passes = filter?.(some);
      return passes ? some.filter((_, index) => passes[index]) : some;
    } catch (error) {
      filter = undefined;
      failed(error);
      return some;
    }
  };
  const between = (from: number, to: number) => {
    const some: LogLine[] = [];
    for (const [at, line] of lines.after(from)) {
      if (at > to) break;
      some.push(line);
    }
    return some;
  };
  /** The last that pass, sought backwards with a turn for others between. */
  const lastOnes = async (most: number, isMeant: () => boolean) => {
    const parts: (readonly LogLine[])[] = [];
    let count = 0;
    const oldest = lines.last - lines.length;
    for (let to = lines.last; to > oldest && count < most && isMeant(); to -= portion) {
      const found = passing(between(Math.max(oldest, to - portion), to));
      parts.unshift(found);
      count += found.length;
      await turn();
    }
    return parts.flat().slice(-most);
  };
  const shown = (line: LogLine) => shownLine(line, names);
  const goOn = () => {
    if (busy || paused || place === lines.last) return;
    const to = Math.min(lines.last, Math.max(place, lines.last - lines.length) + portion);
    const found = passing(between(place, to));
    place = to;
    if (!found.length) return goOn();
    busy = true;
    send(found.slice(-mostAtOnce).map(shown), false, Math.max(0, found.length - mostAtOnce));
  };
  const restart = async () => {
    const mine = ++restarts;
    // Nothing is sent between.
    busy = true;
    const end = lines.last;
    const found = await lastOnes(mostShown, () => mine === restarts);
    if (mine !== restarts) return;
    place = end;
    send(found.map(shown), true, 0);
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
    async text(withTimes) {
      const all = await lastOnes(Number.POSITIVE_INFINITY, () => true);
      return all.map((line) => textLine(line, names, withTimes)).join('');
    },
  };
}

const saysName = ({ isNote, plain, source }: LogLine, names: readonly string[]) =>
  isNote && plain.startsWith(names[source] ?? '') ? true : undefined;

function shownLine(line: LogLine, names: readonly string[]): ShownLine {
  const { source, stream, at, text, level, isNote } = line;
  return {
    source,
    at,
    pieces: coloured(redact(text)),
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
