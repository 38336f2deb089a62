import { importNames } from '../../../data/import-names.ts';
import { namespacePackages } from '../../../data/namespace-packages.ts';
import { normalizeName } from '../../../facts/requirements.ts';

/** The packages that may bring a module: those of the table, and the one with its name. */
export const providersOf = (module: string): readonly string[] => [
  ...(importNames.get(module) ?? []),
  ...(namespacePackages.get(module) ?? []),
  normalizeName(module),
];

/** What a line at the left margin imports, by the names at the top and by those below a name that packages share. */
export function importedBy(line: string): string[] {
  const [, names] = /^import[ \t]+([A-Za-z_].*)/.exec(line) ?? [];
  const [, from, below = ''] = /^from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b(.*)/.exec(line) ?? [];
  const whole =
    names?.split(/[,;]/).flatMap((one) => /^\s*([A-Za-z_][\w.]*)/.exec(one)?.[1] ?? []) ??
    (from === undefined ? [] : [from]);
  const all = [...whole, ...(below.match(/\w+/g) ?? []).map((name) => `${from}.${name}`)];
  const shared = [...namespacePackages.keys()].filter((key) =>
    all.some((one) => one === key || one.startsWith(`${key}.`)),
  );
  return [...new Set([...whole.flatMap((one) => one.split('.', 1)), ...shared])];
}
