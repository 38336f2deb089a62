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
    ends: /^\+?\d+(?:-\+?\d+)?$/.test(range) ? range.split('-').map(Number) : undefined,
    protocol: slash < 0 ? undefined : container.slice(slash + 1),
  };
}

/** Why BuildKit ends the build at a word of EXPOSE, with the part of it that is at fault. */
export interface PortFault {
  readonly kind: 'number' | 'high' | 'backwards' | 'protocol' | 'host' | 'unequal';
  readonly part: string;
}

const protocols = new Set(['', 'tcp', 'udp', 'sctp']);
const highest = 65_535;

/** The fault of a word in which no variable is left (`parsePort` in `convert_expose.go`, BuildKit 0.34.2). */
export function findPortFault(text: string): PortFault | undefined {
  const parts = text.split(':');
  const container = parts.at(-1) ?? '';
  const slash = container.indexOf('/');
  const range = slash < 0 ? container : container.slice(0, slash);
  const protocol = slash < 0 ? '' : container.slice(slash + 1);
  if (range === '') return { kind: 'number', part: text };
  if (!protocols.has(protocol.toLowerCase())) return { kind: 'protocol', part: protocol };
  const address = parts.slice(0, -2).join(':');
  if (address !== '' && !isAddress(address.replace(/^\[(.*)\]$/, '$1')))
    return { kind: 'host', part: address };
  const own = readRange(range);
  if ('kind' in own) return own;
  const host = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  if (host === '') return undefined;
  const outside = readRange(host);
  if ('kind' in outside) return outside;
  const isRange = own.last > own.first;
  return isRange && own.last - own.first !== outside.last - outside.first
    ? { kind: 'unequal', part: text }
    : undefined;
}

function readRange(range: string): PortFault | { readonly first: number; readonly last: number } {
  const dash = range.indexOf('-', 1);
  const ends = dash < 0 ? [range] : [range.slice(0, dash), range.slice(dash + 1)];
  // Equal ends are read once.
  if (!ends.every((end) => /^[-+]?\d+$/.test(end))) return { kind: 'number', part: range };
  const [first = 0, last = first] = ends.map(Number);
  if (first < 0 || last < 0) return { kind: 'number', part: range };
  if (Math.max(first, last) > highest) return { kind: 'high', part: range };
  return first > last ? { kind: 'backwards', part: range } : { first, last };
}

/** Whether Go reads a text as an address (`net.ParseIP`). */
function isAddress(text: string): boolean {
  const four = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
  if (!text.includes(':')) return four.test(text);
  const groups = text.split(':');
  const tail = groups.at(-1)?.includes('.') ? groups.pop() : undefined;
  if (tail !== undefined && !four.test(tail)) return false;
  const count = groups.filter((group) => group !== '').length + (tail === undefined ? 0 : 2);
  const gaps = text.split('::').length - 1;
  const isHex = groups.every((group) => /^[\da-fA-F]{0,4}$/.test(group));
  if (!isHex || gaps > 1 || text.includes(':::')) return false;
  const isCut = /^:(?!:)|(?<!:):$/.test(text);
  return !isCut && (gaps === 1 ? count < 8 : count === 8);
}
