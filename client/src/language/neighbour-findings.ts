// Which findings other extensions show already: the same concept at the same instruction.
import type { FindingData } from '../../../server/src/protocol/requests.ts';

/** What is looked at of a diagnostic, of ours or of another extension. */
export interface ShownFinding {
  readonly source?: string | undefined;
  readonly code?: string | number | { readonly value: string | number } | undefined;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  /** Only of ours. */
  readonly data?: unknown;
}

/**
 * Sources that the neighbours give to their diagnostics, and the prefix that makes an id of ours of their code:
 * vscode-hadolint (`DL3008`), tally (`hadolint/DL3008`, `buildkit/…`, `tally/…`), Docker DX (`StageNameCasing`) and
 * Container Tools (the number of dockerfile-utils).
 */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['hadolint', ''],
  ['tally', ''],
  ['docker-language-server', 'buildkit/'],
  ['dockerfile-utils', 'dockerfile-utils/'],
]);

/** The id of ours, in lower case, for what another extension shows; undefined for diagnostics of no neighbour. */
export function neighbourId({ source, code }: ShownFinding): string | undefined {
  const prefix = prefixes.get(source?.toLowerCase() ?? '');
  const value = typeof code === 'object' ? code.value : code;
  if (prefix === undefined || value === undefined) return undefined;
  const id = `${value}`.toLowerCase();
  return id.startsWith(prefix) ? id : prefix + id;
}

/**
 * Those of our findings that no neighbour shows. hadolint marks the first line of an instruction and keeps one finding of
 * a rule for each, so the whole instruction down to our finding counts as the same place.
 */
export function withoutShown<T extends ShownFinding>(
  ours: readonly T[],
  others: readonly ShownFinding[],
): T[] {
  const shown = others.flatMap(({ source, code, range }) => {
    const id = neighbourId({ source, code, range });
    return id === undefined ? [] : { id, range };
  });
  if (shown.length === 0) return [...ours];
  return ours.filter(({ data, range }) => {
    // What is wrong in a configuration file carries nothing, and no neighbour shows it.
    const { ids = [], line = 0 } = (data ?? {}) as Partial<FindingData>;
    return !shown.some(
      (other) =>
        ids.includes(other.id) && other.range.start.line <= range.end.line && other.range.end.line >= line,
    );
  });
}
