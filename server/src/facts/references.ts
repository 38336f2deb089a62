import type { Dockerfile, Instruction, KeyValues, Word } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import { remember } from '../text/remember.ts';
import type { LocalSpan } from '../text/span.ts';

/** A `$NAME` or `${NAME…}` in the text of an instruction. */
export interface Reference extends LocalSpan {
  readonly name: string;
  /** `${NAME:-default}`, `${NAME+other}` or `${NAME?message}`, which say what holds where the variable is not set. */
  readonly allowsUnset: boolean;
}

const dollar = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-+?])?)/;

/**
 * The variables that Docker puts into a word: not those behind the escape character or in single quotes.
 * @param quotes whether quotes mean anything; in the body of a heredoc they do not
 */
export function references({ from, raw }: Word, escape: string, quotes = true): Reference[] {
  const found: Reference[] = [];
  let quote = '';
  let guard = { name: '', until: -1 };
  /** The next closing brace, which is looked for anew only behind it. */
  let brace = -1;
  const closeOf = (at: number) => {
    if (brace < at) brace = raw.indexOf('}', at);
    if (brace < 0) brace = Number.POSITIVE_INFINITY;
    return brace === Number.POSITIVE_INFINITY ? -1 : brace;
  };
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] as string;
    if (char === escape && quote !== "'") at++;
    else if (quotes && char === quote) quote = '';
    else if (quotes && quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === '$' && quote !== "'") {
      const match = dollar.exec(raw.slice(at, at + 200));
      if (!match) continue;
      const [text, bare, braced, operator] = match;
      const close = braced === undefined ? -1 : closeOf(at);
      const name = bare ?? (braced as string);
      // In `${NAME:+:$NAME}` the inner one is read only where NAME is set.
      const guarded = name === guard.name && at < guard.until;
      if (operator !== undefined) guard = { name, until: close };
      found.push({
        from: from + at,
        to: from + (close < 0 ? at + text.length : close + 1),
        name,
        allowsUnset: operator !== undefined || guarded,
      });
      at += text.length - 1;
    }
  }
  return found;
}

/** Writes another name into a reference. */
export function renameReference({ node, at }: Instruction, { from, name }: Reference, other: string): Edit {
  const start = from + (node.text[from + 1] === '{' ? 2 : 1);
  return { span: at({ from: start, to: start + name.length }), text: other };
}

/** A reference to a variable that another pair of the same ENV sets, and that no ARG or ENV above it does. */
export interface SameEnvReference extends LocalSpan {
  readonly name: string;
  /** Places of the two pairs in the ENV. */
  readonly user: number;
  readonly setter: number;
}

/**
 * The references in an ENV to what it sets itself: all its pairs see the values from before it. Escaped and quoted ones
 * count, and stages do not matter for what stands above, as for hadolint.
 */
export function sameEnvReferences(file: Dockerfile, env: Instruction<KeyValues>): SameEnvReference[] {
  const { pairs } = env.node;
  const setters = groupBy(
    pairs.map(({ key }, place) => ({ name: key.value, place })),
    ({ name }) => name,
  );
  const found = pairs.flatMap(({ value }, user) => {
    const places = value ? [...value.raw.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)] : [];
    return places.flatMap((match): SameEnvReference[] => {
      const name = match[1] ?? match[2] ?? '';
      const setter = setters.get(name)?.find(({ place }) => place !== user)?.place;
      const from = (value?.from ?? 0) + match.index;
      return setter === undefined ? [] : [{ name, user, setter, from, to: from + match[0].length }];
    });
  });
  if (found.length === 0) return found;
  const first = firstSetters(file);
  return found.filter(({ name }) => (first.get(name) ?? env.index) >= env.index);
}

/** The place of the first instruction that sets a variable, by its name. */
const firstSetters = remember(({ instructions }: Dockerfile): ReadonlyMap<string, number> => {
  const first = new Map<string, number>();
  for (const { node, index } of instructions) {
    if (node.keyword !== 'ENV' && node.keyword !== 'ARG') continue;
    for (const { key } of node.pairs) if (!first.has(key.value)) first.set(key.value, index);
  }
  return first;
});
