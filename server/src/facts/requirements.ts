/** A requirement as packages' metadata and `pip install` write it (PEP 508). */
export interface Requirement {
  /** In lower case with `-` for each run of `-`, `_` and `.`, by which names are compared (PEP 503). */
  readonly name: string;
  readonly extras: readonly string[];
  /** Such as `==2.1.0` or `>=2,<3`, without blanks; empty where every version will do. */
  readonly specifier: string;
  /** The version of `==2.1.0` and `===2.1.0`, with its local part; undefined for other specifiers and `==2.*`. */
  readonly exact: string | undefined;
  /** What stands behind `;`, such as `python_version < "3.12"`; left out where nothing does. */
  readonly marker?: string;
}

/** Reads `torch[opt-einsum]==2.1.0; python_version < "3.12"`; undefined where it is a path, a URL or no requirement. */
export function readRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim();
  const name = /^[A-Za-z0-9][\w.-]*/.exec(trimmed)?.[0];
  if (name === undefined || !/[A-Za-z0-9]$/.test(name)) return undefined;
  const [extras = '', behind] = bracketed(trimmed.slice(name.length).trimStart(), '[', ']');
  const [inBrackets, rest] = bracketed(behind.trimStart(), '(', ')');
  const plain = inBrackets === undefined && /^[=<>!~]/.test(rest) ? rest.split(';', 1)[0] : undefined;
  if (!/^(?:$|[;@])/.test(rest.slice(plain?.length ?? 0).trimStart())) return undefined;
  const specifier = (inBrackets ?? plain ?? '').replace(/\s+/g, '');
  // Behind an address a marker stands with a blank before it (PEP 508).
  const [, marker = ''] = rest.split(rest.startsWith('@') ? /\s;(.*)/s : /;(.*)/s);
  return {
    name: normalizeName(name),
    extras: extras
      .split(',')
      .map((extra) => extra.trim().toLowerCase())
      .filter((extra) => extra !== ''),
    specifier,
    exact: /^={2,3}([^,*$]+)$/.exec(specifier)?.[1],
    ...(marker.trim() === '' ? {} : { marker: marker.trim() }),
  };
}

/** What stands in brackets at the beginning of a text, and what stands behind them. */
function bracketed(text: string, open: string, close: string): [string | undefined, string] {
  const end = text.startsWith(open) ? text.indexOf(close) : -1;
  return end < 0 ? [undefined, text] : [text.slice(1, end), text.slice(end + 1)];
}

/** The name of a package in the form in which names are compared (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
