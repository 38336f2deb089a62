// What comes from one container until it is read: bounded, so that a container that writes faster than anybody reads
// costs no more than counting its lines.
import { createLineReader, type LogStream, type TimedLine } from './lines.ts';

export type Taken = { readonly lines: readonly TimedLine[]; readonly dropped: number };

export type Intake = {
  push(stream: LogStream, bytes: Buffer, isFrame: boolean): void;
  take(): Taken;
  /** As `take`, without the line that has no end yet: what follows begins with it. */
  cut(): Taken;
  /** As `take`, with what has no end of line. */
  end(): Taken;
};

type Portion = readonly [stream: LogStream, bytes: Buffer, isFrame: boolean];

/** The newest is kept, up to so many bytes and portions. */
export function createIntake(mostBytes: number, mostPortions: number): Intake {
  const reader = createLineReader();
  let portions: Portion[] = [];
  let bytes = 0;
  let dropped = 0;
  let skipped = false;
  const drop = () => {
    const half = Math.ceil(portions.length / 2);
    for (const [, gone, isFrame] of portions.slice(0, half)) {
      bytes -= gone.length;
      dropped += isFrame ? Number(gone.at(-1) === 10) : linesIn(gone);
    }
    portions = portions.slice(half);
    skipped = true;
  };
  const take = (last: boolean): Taken => {
    if (skipped) reader.skip(portions[0]?.[2] ?? true);
    const lines = portions.flatMap((portion) => reader.push(...portion));
    if (last) lines.push(...reader.end());
    const taken = { lines, dropped };
    portions = [];
    bytes = 0;
    dropped = 0;
    skipped = false;
    return taken;
  };
  return {
    push(...portion) {
      portions.push(portion);
      bytes += portion[1].length;
      while ((bytes > mostBytes || portions.length > mostPortions) && portions.length > 1) drop();
    },
    take: () => take(false),
    cut() {
      const taken = take(false);
      reader.skip(true);
      return taken;
    },
    end: () => take(true),
  };
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
