// Lines of a log, put together from what the engine sends with a time before each.
import { StringDecoder } from 'node:string_decoder';

export type LogStream = 'stdout' | 'stderr';

export type TimedLine = {
  readonly stream: LogStream;
  /** As the engine writes it, which sorts by time; empty where it tells none. */
  readonly at: string;
  readonly text: string;
};

/** As much of a line as is shown; a pattern and a person are both overtaxed by megabytes. */
export const longestLine = 16_384;
const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/;

export type LineReader = {
  /**
   * A frame has one time at its beginning, also where it goes on with a line; other text has one before each line, and
   * one where a portion goes on with a line that was written in several.
   */
  push(stream: LogStream, bytes: Buffer, isFrame: boolean): readonly TimedLine[];
  /** Something was left out before what comes next, which may begin within a line where it has no frames. */
  skip(areFrames: boolean): void;
  /** What was written without an end of line. */
  end(): readonly TimedLine[];
};

/** What the command line itself has to say stands in stderr, without a time. */
function add(lines: TimedLine[], line: TimedLine): void {
  if (line.at || line.stream === 'stdout') lines.push(line);
}

type Begun = { readonly decoder: StringDecoder; rest: string; at: string; skipping: boolean };

export function createLineReader(): LineReader {
  const begun = { stdout: begin(), stderr: begin() };
  const whole = (stream: LogStream, text: string, at: string, isFrame: boolean): TimedLine => {
    const { time, rest } = isFrame ? { time: at, rest: text } : cut(text);
    return { stream, at: time, text: rest.length > longestLine ? `${rest.slice(0, longestLine)}…` : rest };
  };
  return {
    push(stream, bytes, isFrame) {
      const mine = begun[stream];
      let text = mine.decoder.write(bytes);
      let at = mine.at;
      if (isFrame) {
        const { time, rest } = cut(text);
        text = rest;
        if (!mine.rest || !at) at = time;
        mine.at = at;
      } else if (mine.rest) text = cut(text).rest;
      const parts = text.split('\n');
      const lines: TimedLine[] = [];
      for (const [index, part] of parts.entries()) {
        if (!mine.skipping && mine.rest.length <= longestLine) mine.rest += part.slice(0, 2 * longestLine);
        if (index === parts.length - 1) break;
        if (!mine.skipping) add(lines, whole(stream, mine.rest, at, isFrame));
        mine.rest = '';
        mine.skipping = false;
      }
      if (!mine.rest) mine.at = '';
      return lines;
    },
    skip(areFrames) {
      for (const stream of ['stdout', 'stderr'] as const) begun[stream] = begin(!areFrames);
    },
    end() {
      const left = (['stdout', 'stderr'] as const).flatMap((stream) => {
        const { rest, at } = begun[stream];
        const lines: TimedLine[] = [];
        if (rest) add(lines, whole(stream, rest, at, at !== ''));
        return lines;
      });
      for (const stream of ['stdout', 'stderr'] as const) begun[stream] = begin();
      return left;
    },
  };
}

function begin(skipping = false): Begun {
  return { decoder: new StringDecoder('utf8'), rest: '', at: '', skipping };
}

function cut(text: string): { readonly time: string; readonly rest: string } {
  const [all = '', time = ''] = stamp.exec(text) ?? [];
  return { time, rest: text.slice(all.length) };
}
