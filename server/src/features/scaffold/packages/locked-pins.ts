import { normalizeName, type Requirement } from '../../../facts/requirements.ts';
import { readWheelName, type WheelName } from '../../../facts/wheels.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';

const pin = (name: string, version: string, marker?: string): Requirement => ({
  name: normalizeName(name),
  extras: [],
  specifier: `==${version}`,
  exact: version,
  ...(marker === undefined ? {} : { marker }),
});

/** What `poetry.lock` pins, without what it has several versions of, each for other Pythons. */
export function poetryPins(texts: SourceTexts): Requirement[] {
  // Before Poetry 1.3 their keys stood in the order of their names, and what describes a package between its name and its version.
  const all = (texts.get('poetry.lock') ?? '').split(/^\[\[package\]\]/m).flatMap((one) => {
    const [head = ''] = one.split(/^[ \t]*\[/m, 1);
    const name = /^name = "([^"\n]+)"/m.exec(head)?.[1];
    const version = /^version = "([^"\n]+)"/m.exec(head)?.[1];
    return name === undefined || version === undefined ? [] : [pin(name, version)];
  });
  const counts = new Map<string, number>();
  for (const { name } of all) counts.set(name, (counts.get(name) ?? 0) + 1);
  return all.filter(({ name }) => counts.get(name) === 1);
}

/** The names of the wheels of each package that `poetry.lock` tells: beside the package, or at the end of it before Poetry 1.3. */
export function poetryWheels(texts: SourceTexts): WheelName[][] {
  const byName = new Map<string, WheelName[]>();
  for (const [, file = ''] of (texts.get('poetry.lock') ?? '').matchAll(/\bfile = "([^"\n]+\.whl)"/g)) {
    const wheel = readWheelName(file);
    if (wheel) byName.set(wheel.name, [...(byName.get(wheel.name) ?? []), wheel]);
  }
  return [...byName.values()];
}

/** What `Pipfile.lock` pins for a program (Pipenv documentation, "Pipfile.lock"); nothing where it cannot be read. */
export function pipenvPins(texts: SourceTexts): Requirement[] {
  let lock: unknown;
  try {
    lock = JSON.parse(texts.get('Pipfile.lock') ?? '');
  } catch {
    return [];
  }
  const packages = Object.entries(asRecord(asRecord(lock).default));
  return packages.flatMap(([name, about]) => {
    const { version, markers } = asRecord(about);
    return typeof version === 'string' && version.startsWith('==')
      ? [pin(name, version.slice(2), typeof markers === 'string' ? markers : undefined)]
      : [];
  });
}

const asRecord = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

/** Requirements with the versions that a lock file pins. */
export const pinned = (asked: readonly Requirement[], locked: readonly Requirement[]): Requirement[] =>
  asked.map((one) => {
    const { specifier, exact } = locked.find(({ name }) => name === one.name) ?? one;
    return { ...one, specifier, exact };
  });
