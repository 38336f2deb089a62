// What an engine says of a container or an image holds the values of its variables, in several places; what it says of a
// volume, the password of a share.

const hidden = '***';

/** The same data with the values of variables hidden, wherever `inspect` of Docker and Podman has them. */
export function withoutValues(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    if (/^env$/i.test(key)) return value.map(withoutValue);
    // The command line that made a container, which Podman keeps.
    return value.map((item, index) =>
      typeof item === 'string' ? inArguments(item, value[index - 1]) : withoutValues(item, key),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? textIn(inner, name, key) : withoutValues(inner, name),
    ]),
  );
}

function textIn(text: string, name: string, key: string): string {
  if (/^env$/i.test(key)) return hidden;
  // Of a build that a builder remembers.
  if (key === 'BuildArgs' && name === 'Value') return hidden;
  // Mount options of a volume, as CIFS has them.
  return name === 'o' ? text.replace(/\b(pass(?:word)?2?=)[^,]*/gi, `$1${hidden}`) : text;
}

function withoutValue(item: unknown): unknown {
  return typeof item === 'string' && item.includes('=')
    ? `${item.slice(0, item.indexOf('='))}=${hidden}`
    : item;
}

function inArguments(argument: string, before: unknown): unknown {
  if (before === '-e' || before === '--env' || before === '--build-arg') return withoutValue(argument);
  const [, flag, name] = /^(--(?:env|build-arg)=|-e)([^=]+)=/s.exec(argument) ?? [];
  return flag && name ? `${flag}${name}=${hidden}` : argument;
}
