/** Values of variables by name; a declared variable without a value maps to undefined. */
export type Variables = ReadonlyMap<string, string | undefined>;

export interface Expansion {
  readonly text: string;
  /** Names that have no value here; their references stay in the text as written. */
  readonly unknown: readonly string[];
}

const reference = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^}]*))?\})/g;

/**
 * Expands `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:+other}` and `${X+other}` as Dockerfiles define them
 * (Dockerfile reference, "Environment replacement").
 */
export function expandVariables(text: string, variables: Variables): Expansion {
  if (!text.includes('$')) return { text, unknown: [] };
  const unknown: string[] = [];
  const expanded = text.replace(reference, (whole, bare, braced, operator, word) => {
    const name = bare ?? braced;
    const value = variables.get(name);
    const isSet = operator?.startsWith(':') ? Boolean(value) : value !== undefined;
    if (operator?.endsWith('+')) return isSet ? expandVariables(word, variables).text : '';
    if (isSet) return value as string;
    if (operator?.endsWith('-')) return expandVariables(word, variables).text;
    unknown.push(name);
    return whole;
  });
  return { text: expanded, unknown };
}
