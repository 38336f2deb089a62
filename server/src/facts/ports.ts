import type { Word } from '../syntax/tree.ts';

/** A word of EXPOSE, cut as BuildKit does: `[ip:][host:]port[-port][/protocol]`. */
export interface Port {
  /** Whether a build argument decides over it. */
  readonly isVariable: boolean;
  /** `127.0.0.1:8080` before the container's port. */
  readonly host: string | undefined;
  /** The container's port or range, without the protocol. */
  readonly range: string;
  /** The ends of the range, once where it is a single port; undefined where they are no numbers. */
  readonly ends: readonly number[] | undefined;
  /** What stands behind the slash, as written. */
  readonly protocol: string | undefined;
}

export function readPort({ value }: Word): Port {
  const colon = value.lastIndexOf(':');
  const container = value.slice(colon + 1);
  const slash = container.indexOf('/');
  const range = slash < 0 ? container : container.slice(0, slash);
  return {
    isVariable: value.includes('$'),
    host: colon < 0 ? undefined : value.slice(0, colon),
    range,
    ends: /^\d+(?:-\d+)?$/.test(range) ? range.split('-').map(Number) : undefined,
    protocol: slash < 0 ? undefined : container.slice(slash + 1),
  };
}
