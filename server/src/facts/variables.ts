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
const reference = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^}]*))?\})/g;
/** The same for what stands behind the last closing brace: looking for one from each `${` on would take for ever. */
const bareReference = /\$([A-Za-z_]\w*)/g;

/**
 * Expands `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:+other}` and `${X+other}` as Dockerfiles define them
 * (Dockerfile reference, "Environment replacement").
 */
export function expandVariables(text: string, variables: Variables): Expansion {
  if (!text.includes('$')) return { text, unknown: [] };
  const unknown: string[] = [];
  let room = longestExpansion;
  const expand = (whole: string, bare?: string, braced?: string, operator?: string, word = ''): string => {
    const name = bare ?? (braced as string);
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
  };
  const closed = text.lastIndexOf('}') + 1;
  const expanded =
    text.slice(0, closed).replace(reference, expand) +
    text.slice(closed).replace(bareReference, (whole, bare) => expand(whole, bare));
  return { text: expanded, unknown };
}
