import type { PythonVersion } from './base-python.ts';

/**
 * Whether some patch release of a Python fits `requires-python` (PEP 440, "Version specifiers"); undefined where the
 * specifier is not understood.
 */
export function admitsPython(specifier: string, { major, minor }: PythonVersion): boolean | undefined {
  const parts = specifier
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  let admits = true;
  for (const part of parts) {
    const match = /^(===?|!=|[<>]=?|~=)\s*v?(\d+)(?:\.(\d+))?((?:\.\d+)*)(\.\*)?$/.exec(part);
    if (!match) return undefined;
    const [, operator, theirMajor = '', theirMinor, patch = '', wildcard] = match;
    const hasMinor = theirMinor !== undefined;
    const order = compare(major, Number(theirMajor)) || (hasMinor ? compare(minor, Number(theirMinor)) : 0);
    const isPatchZero = /^(?:\.0)*$/.test(patch);
    // Some patch release is newer than any that the specifier may name.
    if (operator === '>=' || operator === '~=' || operator === '>') admits &&= order >= 0;
    if (operator === '<=') admits &&= order <= 0;
    if (operator === '<') admits &&= order < 0 || (order === 0 && !isPatchZero);
    if (operator === '~=' && patch === '') admits &&= major === Number(theirMajor);
    if (operator === '~=' && patch !== '') admits &&= order === 0;
    if (operator === '==' || operator === '===') admits &&= order === 0;
    if (operator === '!=' && wildcard && hasMinor) admits &&= order !== 0;
  }
  return admits;
}

const compare = (a: number, b: number) => a - b;
