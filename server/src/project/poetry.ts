import type { PoetryProject } from '../facts/build-context.ts';
import { normalizeName } from '../facts/requirements.ts';
import { stringOf, type Table, tableOf } from './toml-values.ts';

/** Reads `[tool.poetry]` (Poetry documentation, "The pyproject.toml file"); undefined where no dependencies stand in it. */
export function readPoetry(poetry: Table): PoetryProject | undefined {
  if (!('dependencies' in poetry)) return undefined;
  const all = Object.entries(tableOf(poetry.dependencies));
  const python = stringOf(tableOf(poetry.dependencies).python);
  const others = all.filter(([name]) => name !== 'python');
  const sources = others.flatMap(([, value]) => [value].flat().map(tableOf));
  return {
    requiresPython: python === undefined ? undefined : asSpecifier(python),
    dependencies: others.flatMap(([name, value]) => readDependency(name, value) ?? []),
    paths: sources.flatMap(({ path }) => stringOf(path) ?? []),
    hasRepositories: sources.some(({ git }) => git !== undefined),
  };
}

function readDependency(name: string, value: unknown) {
  const [first] = [value].flat();
  const table = tableOf(first);
  if (table.optional === true) return undefined;
  const specifier = asSpecifier(stringOf(first) ?? stringOf(table.version) ?? '') ?? '';
  return {
    name: normalizeName(name),
    extras: Array.isArray(table.extras) ? table.extras.filter((one) => typeof one === 'string') : [],
    specifier,
    exact: /^==([^,*]+)$/.exec(specifier)?.[1],
  };
}

/**
 * A constraint of Poetry as packages' metadata have it (Poetry documentation, "Dependency specification"); undefined where
 * it is none that both can say, as `^2.7 || ^3.6`.
 */
export function asSpecifier(constraint: string): string | undefined {
  if (constraint.includes('|')) return undefined;
  const parts = constraint.replace(/([<>=!~^]) +/g, '$1').split(/[\s,]+/);
  return parts
    .filter((part) => part !== '' && part !== '*')
    .map(asPart)
    .join(',');
}

function asPart(part: string): string {
  const version = part.replace(/^[\^~]/, '');
  const numbers = version.split('.').map(Number);
  const [major = 0, minor] = numbers;
  if (part.startsWith('~=')) return part;
  if (part.startsWith('^')) {
    // The first part that is not zero stays as it is.
    const at = numbers.findIndex((number) => number > 0);
    const kept = at < 0 ? numbers.length - 1 : at;
    return `>=${version},<${numbers
      .slice(0, kept + 1)
      .map((n, i) => (i === kept ? n + 1 : n))
      .join('.')}`;
  }
  if (part.startsWith('~'))
    return minor === undefined ? `>=${version},<${major + 1}` : `>=${version},<${major}.${minor + 1}`;
  return /^\d/.test(part) ? `==${part}` : part;
}
