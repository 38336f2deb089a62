// Which lines are shown. A pattern of the person's meets text of strangers, and some pairs of them take for ever: V8
// breaks off a script that runs too long, also within a regular expression.
import { createContext, Script } from 'node:vm';
import { type Level, levels } from './levels.ts';

export type FilterRequest = { readonly pattern: string; readonly level?: Level };
/** Throws `TooSlow` where the pattern takes too long. */
export type Filter = (lines: readonly Filtered[]) => readonly boolean[];
type Filtered = { readonly plain: string; readonly level?: Level; readonly isNote?: true };

export class TooSlow extends Error {}

const longestLooked = 4_000;
const mostMs = 200;

/** Throws a SyntaxError where the pattern is none. Capitals are told apart where the pattern has some. */
export function createFilter({ pattern, level }: FilterRequest): Filter | undefined {
  const least = level ? levels.indexOf(level) : -1;
  const isHigh = (of?: Level) => least < 0 || (of !== undefined && levels.indexOf(of) >= least);
  const matches = pattern ? bounded(new RegExp(pattern, isExact(pattern) ? '' : 'i')) : undefined;
  if (!matches && least < 0) return undefined;
  return (lines) => {
    const found = matches?.(lines.map(({ plain }) => plain.slice(0, longestLooked)));
    return lines.map(({ level, isNote }, index) =>
      isNote ? true : isHigh(level) && (found?.[index] ?? true),
    );
  };
}

/** A capital that is none of a class such as `\S`. */
function isExact(pattern: string): boolean {
  return /\p{Lu}/u.test(pattern.replace(/\\./g, ''));
}

function bounded(pattern: RegExp) {
  const script = new Script('texts.map((text) => pattern.test(text))');
  const context = createContext({ pattern, texts: [] as readonly string[] });
  return (texts: readonly string[]): readonly boolean[] => {
    context.texts = texts;
    try {
      return script.runInContext(context, { timeout: mostMs });
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TooSlow();
      throw error;
    }
  };
}
