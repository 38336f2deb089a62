import { parse } from 'smol-toml';
import type { Choice, Lock, LockedPackage } from '../facts/build-context.ts';
import { normalizeName, type Requirement } from '../facts/requirements.ts';
import type { FileProblem } from '../ports/ports.ts';
import { describeTomlError } from './pyproject.ts';
import { listOf, stringOf, type Table, tableOf, tablesOf } from './toml-values.ts';

/** So many characters are parsed before other work gets its turn; 2 ms on a slow machine. */
const portion = 100_000;

/**
 * Reads a `uv.lock` (uv documentation, "Resolution", lock file version 1). Those of large projects have 20 MB, so it is
 * parsed table by table, as uv writes them, with pauses; undefined where none of it is TOML.
 * @param say told the first thing that is wrong in the file
 */
export async function readUvLock(
  text: string,
  say?: (problem: FileProblem) => void,
): Promise<Lock | undefined> {
  let broken: FileProblem | undefined;
  const read = (part: string, at: number): Table | undefined => {
    try {
      return parse(part);
    } catch (error) {
      broken ??= describeTomlError(error, part, at);
      return undefined;
    }
  };
  const heads = [...text.matchAll(/^\[\[package\]\]\r?$/gm)].map(({ index }) => index);
  const head = read(text.slice(0, heads[0]).replace(/^\ufeff/, ''), 0);
  const packages: LockedPackage[] = [];
  let parsed = 0;
  for (const [i, start] of heads.entries()) {
    const table = text.slice(start, heads[i + 1]);
    const [one] = tablesOf(read(table, start)?.package);
    if (one) packages.push(readPackage(one));
    parsed += table.length;
    if (parsed < portion) continue;
    parsed = 0;
    await new Promise((resolve) => setTimeout(resolve));
  }
  if (broken) say?.(broken);
  if (broken && packages.length === 0) return undefined;
  const members = listOf(tableOf(head?.manifest).members);
  return { requiresPython: stringOf(head?.['requires-python']), packages, members };
}

function readPackage(table: Table): LockedPackage {
  const source = tableOf(table.source);
  const kind = ['editable', 'virtual', 'directory'].find((name) => name in source);
  const isLocal = kind !== undefined;
  const metadata = tableOf(table.metadata);
  const dist = isLocal ? tablesOf(metadata['requires-dist']) : [];
  const groups = Object.entries(isLocal ? tableOf(metadata['requires-dev']) : {}).map(
    ([name, all]) => [name, tablesOf(all)] as const,
  );
  return {
    name: stringOf(table.name) ?? '',
    version: stringOf(table.version),
    registry: stringOf(source.registry),
    isLocal,
    isFile: 'path' in source,
    folder: kind === undefined ? undefined : stringOf(source[kind]),
    wheels: tablesOf(table.wheels).flatMap(({ url, filename }) => {
      const name = stringOf(filename) ?? stringOf(url)?.split('/').at(-1);
      return name === undefined ? [] : [decode(name)];
    }),
    hasSdist: 'sdist' in table,
    // What belongs to an extra is no dependency of the project itself.
    requires: isLocal ? dist.filter((one) => extrasOf(one).length === 0).map(readRequires) : undefined,
    choices: [
      ...dist.flatMap((one) =>
        extrasOf(one).map((extra): Choice => ({ of: `extra ${extra}`, asked: readRequires(one) })),
      ),
      ...groups.flatMap(([name, all]) =>
        all.map((one): Choice => ({ of: `group ${normalizeName(name)}`, asked: readRequires(one) })),
      ),
    ],
    elsewhere: [...dist, ...groups.flatMap(([, all]) => all)].flatMap((one) =>
      noIndex.some((key) => key in one) ? readRequires(one).name : [],
    ),
    isVirtual: kind === 'virtual',
  };
}

const noIndex = ['git', 'url', 'path', 'directory', 'editable', 'virtual'];

const extrasOf = ({ marker }: Table) =>
  [...(stringOf(marker) ?? '').matchAll(/\bextra == '([^'\n]+)'/g)].map(([, extra = '']) =>
    normalizeName(extra),
  );

function readRequires({ name, extras, specifier }: Table): Requirement {
  const text = stringOf(specifier) ?? '';
  return {
    name: normalizeName(stringOf(name) ?? ''),
    extras: listOf(extras),
    specifier: text,
    exact: /^==([^,*]+)$/.exec(text)?.[1],
  };
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
