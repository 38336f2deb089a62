// The choices of a run as people type them, and back. Reading answers undefined for what is not well written.
import { isIP } from 'node:net';
import type { Mount, RunOptions } from '../runtime/container-commands.ts';

type Ports = NonNullable<RunOptions['ports']>;

const parts = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function all<T>(text: string, read: (part: string) => T | undefined): readonly T[] | undefined {
  const read_ = parts(text).map(read);
  return read_.every((item) => item !== undefined) ? (read_ as T[]) : undefined;
}

export function readPorts(text: string): Ports | undefined {
  return all(text, (part) => {
    const [, address, host, container] =
      /^(?:(\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]):)?(\d{1,5})(?::(\d{1,5}))?$/i.exec(part) ?? [];
    if (!host || (address && !isIP(address.replace(/[[\]]/g, '')))) return undefined;
    const port = { ...(address && { address }), host: Number(host), container: Number(container ?? host) };
    return port.host <= 65_535 && port.container > 0 && port.container <= 65_535 ? port : undefined;
  });
}

export function writePorts(ports: RunOptions['ports']): string {
  return (ports ?? [])
    .map(({ address, host, container }) => `${address ? `${address}:` : ''}${host}:${container}`)
    .join(', ');
}

/** A comma within a value stays: only one before the next NAME= separates. */
export const readPairs = (text: string) => pairsFrom(text.split(/,\s*(?=[A-Za-z_]\w*=)/));

/** As shells write them, too: blanks before the next NAME= separate as well. */
export const splitPairs = (text: string) =>
  pairsFrom(text.split(/,\s*(?=[A-Za-z_]\w*=)|\s(?=[A-Za-z_]\w*=)/));

function pairsFrom(texts: readonly string[]): Readonly<Record<string, string>> | undefined {
  const pairs: [name: string, value: string][] = [];
  for (const part of texts) {
    if (!part.trim()) continue;
    const [, name, value] = /^\s*([A-Za-z_]\w*)=([\s\S]*)$/.exec(part) ?? [];
    if (!name) return undefined;
    pairs.push([name, (value ?? '').trim()]);
  }
  return Object.fromEntries(pairs);
}

export function writePairs(pairs: RunOptions['env']): string {
  return Object.entries(pairs ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** What a person writes instead of a whole path. */
export type Places = { readonly home: string; readonly folder?: string | undefined };

/** As engines take it: with one letter alone it would be a drive of Windows. */
export const isVolumeName = (text: string) => /^[a-zA-Z0-9][\w.-]+$/.test(text);

export function readMounts(text: string, places?: Places): readonly Mount[] | undefined {
  return all(text, (part) => {
    const [, source, destination, mode] =
      /^((?:[A-Za-z]:)?[\\/][^:]*|[a-zA-Z0-9][\w.-]+):(\/[^:]*)(?::(ro|rw))?$/.exec(
        wholePath(part, places),
      ) ?? [];
    return source && destination ? { source, destination, readOnly: mode === 'ro' } : undefined;
  });
}

/** `./data`, `${workspaceFolder}/data` and `~/data`; what stands for no place stays as it is. */
function wholePath(mount: string, { home, folder }: Partial<Places> = {}): string {
  const [, beginning = '', rest = ''] =
    /^(~|\$\{workspaceFolder\}|\.)((?:[\\/][^:]*)?:[\s\S]*)$/.exec(mount) ?? [];
  const place = beginning === '~' ? home : folder;
  return beginning && place !== undefined ? place + rest : mount;
}

export function writeMounts(mounts: RunOptions['mounts']): string {
  return (mounts ?? [])
    .map(({ source, destination, readOnly }) => `${source}:${destination}${readOnly ? ':ro' : ''}`)
    .join(', ');
}

/** Words with simple quotes, for an argument array; nothing is expanded, for no shell is involved. */
export function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** Options that take no value. */
const bare = new Set([
  '--detach',
  '--init',
  '--interactive',
  '--no-healthcheck',
  '--oom-kill-disable',
  '--privileged',
  '--publish-all',
  '--read-only',
  '--rm',
  '--tty',
]);

/** Each option together with its value. */
export function grouped(options: readonly string[]): readonly (readonly string[])[] {
  const groups: (readonly string[])[] = [];
  for (let at = 0; at < options.length; at++) {
    const option = options[at] ?? '';
    const isWhole =
      bare.has(option) || /^-[Pdit]+$/.test(option) || option.includes('=') || !option.startsWith('-');
    groups.push(isWhole ? [option] : options.slice(at, ++at + 1));
  }
  return groups;
}
