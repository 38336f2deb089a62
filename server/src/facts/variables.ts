/** Values of variables by name; a declared variable without a value maps to undefined. */
export type Variables = ReadonlyMap<string, string | undefined>;

export interface Expansion {
  readonly text: string;
  /** Names that have no value here; their references stay in the text as written. */
  readonly unknown: readonly string[];
}

/** Longest expansion: `ARG A=$B$B` in a row doubles, and 30 lines of it would end in an error for want of memory. */
const longest = 65_536;
const reference = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^}]*))?\})/g;

/**
 * Expands `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:+other}` and `${X+other}` as Dockerfiles define them
 * (Dockerfile reference, "Environment replacement").
 */
export function expandVariables(text: string, variables: Variables): Expansion {
  if (!text.includes('$')) return { text, unknown: [] };
  const unknown: string[] = [];
  let room = longest;
  const expanded = text.replace(reference, (whole, bare, braced, operator, word) => {
    const name = bare ?? braced;
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
  });
  return { text: expanded, unknown };
}
