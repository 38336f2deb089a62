/** Values of variables by name; a declared variable without a value maps to undefined. */
export type Variables = Pick<ReadonlyMap<string, string | undefined>, 'get'>;

export interface Expansion {
  readonly text: string;
  /** Names that have no value here; their references stay in the text as written. */
  readonly unknown: readonly string[];
}

/**
 * Longest expansion; a longer one counts as unknown. `ARG A=$B$B` in a row doubles, and each line of `ENV PATH=/x:$PATH`
 * is longer than the one before. No path of Linux is longer.
 */
export const longestExpansion = 4096;
const reference = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:\}|(:?[-+?])))/g;

/**
 * Expands `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:+other}` and `${X+other}` as Dockerfiles define them
 * (Dockerfile reference, "Environment replacement").
 */
export function expandVariables(text: string, variables: Variables): Expansion {
  if (!text.includes('$')) return { text, unknown: [] };
  const unknown: string[] = [];
  let room = longestExpansion;
  let expanded = '';
  let at = 0;
  const lastBrace = text.lastIndexOf('}');
  for (const { 0: opening, 1: bare, 2: braced, 3: operator, index } of text.matchAll(reference)) {
    const wordStart = index + opening.length;
    if (index < at || (operator !== undefined && lastBrace < wordStart)) continue;
    const wordEnd = operator === undefined ? wordStart : text.indexOf('}', wordStart);
    const end = operator === undefined ? wordStart : wordEnd + 1;
    expanded +=
      text.slice(at, index) +
      expand(bare ?? braced ?? '', operator, text.slice(wordStart, wordEnd), text.slice(index, end));
    at = end;
  }
  return { text: expanded + text.slice(at), unknown };

  function expand(name: string, operator: string | undefined, word: string, whole: string): string {
    const value = variables.get(name);
    const isSet = operator?.startsWith(':') ? Boolean(value) : value !== undefined;
    let result: string | undefined;
    if (operator?.endsWith('+')) result = isSet ? expandVariables(word, variables).text : '';
    else if (isSet) result = value;
    else if (operator?.endsWith('-')) result = expandVariables(word, variables).text;
    room -= result?.length ?? 0;
    if (result !== undefined && room >= 0) return result;
    unknown.push(name);
    return whole;
  }
}
