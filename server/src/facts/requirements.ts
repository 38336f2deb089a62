/** A requirement as packages' metadata and `pip install` write it (PEP 508), without its marker. */
export interface Requirement {
  /** In lower case with `-` for each run of `-`, `_` and `.`, by which names are compared (PEP 503). */
  readonly name: string;
  readonly extras: readonly string[];
  /** Such as `==2.1.0` or `>=2,<3`, without blanks; empty where every version will do. */
  readonly specifier: string;
  /** The version of `==2.1.0` and `===2.1.0`, with its local part; undefined for other specifiers and `==2.*`. */
  readonly exact: string | undefined;
}

/** Reads `torch[opt-einsum]==2.1.0; python_version < "3.12"`; undefined where it is a path, a URL or no requirement. */
export function readRequirement(text: string): Requirement | undefined {
  const match =
    /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:\(([^)]*)\)|([=<>!~][^;]*))?\s*(?:$|[;@])/.exec(
      text,
    );
  if (!match) return undefined;
  const [, name = '', extras = '', bracketed, plain] = match;
  const specifier = (bracketed ?? plain ?? '').replace(/\s+/g, '');
  return {
    name: normalizeName(name),
    extras: extras
      .split(',')
      .map((extra) => extra.trim().toLowerCase())
      .filter((extra) => extra !== ''),
    specifier,
    exact: /^={2,3}([^,*$]+)$/.exec(specifier)?.[1],
  };
}

/** The name of a package in the form in which names are compared (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
