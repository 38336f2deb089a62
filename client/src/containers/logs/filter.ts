// Which lines are shown. A pattern of the person's meets text of strangers, and some pairs of them take for ever: V8
// breaks off a script that runs too long, also within a regular expression.
import { createContext, Script } from 'node:vm';
import { type Level, levels } from './levels.ts';
import type { LogStream } from './lines.ts';

export type FilterRequest = {
  readonly pattern: string;
  readonly level?: Level;
  readonly matchCase?: boolean;
};
/** From and to. */
export type Span = readonly [number, number];
/** Both throw `TooSlow` where the pattern takes too long. */
export type Filter = {
  passes(lines: readonly Filtered[]): readonly boolean[];
  /** Where in each of the texts the pattern matches. */
  spans(texts: readonly string[]): readonly (readonly Span[])[];
};
type Filtered = {
  readonly plain: string;
  readonly level?: Level;
  readonly stream?: LogStream;
  readonly isNote?: true;
};

export class TooSlow extends Error {}

const longestLooked = 4_000;
const mostMs = 200;
const mostSpans = 50;

/** Throws a SyntaxError where the pattern is none. */
export function createFilter({ pattern, level, matchCase }: FilterRequest): Filter | undefined {
  const least = level ? levels.indexOf(level) : -1;
  // What stands in stderr without a level may well be what went wrong.
  const isHigh = ({ level: of, stream }: Filtered) =>
    least < 0 || (of ? levels.indexOf(of) >= least : stream === 'stderr' && level !== 'error');
  const expression = pattern ? new RegExp(pattern, matchCase ? 'g' : 'gi') : undefined;
  if (!expression && least < 0) return undefined;
  const search = expression && bounded<readonly boolean[]>(expression, 'text.search(pattern) >= 0');
  const find = expression && bounded<readonly (readonly Span[])[]>(expression, 'find(text)');
  return {
    passes(lines) {
      const found = search?.(lines.map(({ plain }) => plain));
      return lines.map((line, index) => (line.isNote ? true : isHigh(line) && (found?.[index] ?? true)));
    },
    spans: (texts) => find?.(texts) ?? [],
  };
}

/** Asks something of each text. */
function bounded<T>(pattern: RegExp, ofText: string) {
  const script = new Script(`
    function find(text) {
      const spans = [];
      pattern.lastIndex = 0;
      for (let found; spans.length < ${mostSpans} && (found = pattern.exec(text)); )
        if (found[0]) spans.push([found.index, pattern.lastIndex]);
        else pattern.lastIndex++;
      return spans;
    }
    texts.map((text) => ${ofText})`);
  const context = createContext({ pattern, texts: [] as readonly string[] });
  return (texts: readonly string[]): T => {
    context.texts = texts.map((text) => text.slice(0, longestLooked));
    try {
      return script.runInContext(context, { timeout: mostMs });
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TooSlow();
      throw error;
    }
  };
}
