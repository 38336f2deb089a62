import { torchOnPypi } from '../../../data/torch-pypi.ts';
import { wheelReleases } from '../../../data/wheel-pythons.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import { wheelPythons } from '../../../facts/torch.ts';
import { lowestOf } from '../releases/ages.ts';

/** Whether PyPI has a wheel of a release for a Python; undefined where that is not known here. */
export function hasWheel(name: string, release: string, python: string): boolean | undefined {
  const span = spanOf(name, release);
  const minor = Number(python.split('.')[1]);
  if (span) return span[0] <= minor && minor <= span[1];
  const releases = Object.hasOwn(wheelReleases, name) ? wheelReleases[name] : undefined;
  if (!releases) return undefined;
  const [first, last] = releases[python] ?? [];
  if (first === undefined || last === undefined) return false;
  // Releases of today are not known here: they have wheels for what the last one here had them for.
  const newest = Object.values(releases).some(([, other]) => compare(other, last) > 0) ? last : undefined;
  return compare(release, first) >= 0 && (newest === undefined || compare(release, newest) <= 0);
}

/**
 * Releases before those of torch-pypi.ts, by the first one that has wheels for none, for Python 3.8 alone and for 3.9 too; they
 * have no source to build (`uv pip compile --only-binary :all:` on 2026-11-27).
 */
const older: Readonly<Record<string, readonly (readonly [before: string, last: number])[]>> = {
  // Those have wheels for any Python, but set what an exception of 3.10 keeps, and call ssl.wrap_socket and imp, which 3.12 has
  // not (eventlet/timeout.py, eventlet/green/ssl.py and eventlet/patcher.py of 0.32.0 and 0.33.3).
  eventlet: [
    ['0.33.0', 9],
    ['0.34.0', 11],
  ],
  // Those have wheels for any Python, but understand the types of some alone (pydantic, HISTORY.md, 1.10.16 and 1.10.20).
  pydantic: [
    ['1.10.16', 11],
    ['1.10.20', 12],
    ['2.0', 13],
  ],
  // Those have a wheel for any Python, but take Mapping of collections, six within urllib3, or imghdr (each installed from PyPI for 3.9
  // to 3.13 on 2026-11-28).
  'python-telegram-bot': [
    ['12.7', 9],
    ['20.0', 11],
  ],
  torch: [
    ['1.4.0', 0],
    ['1.7.1', 8],
    ['1.11.0', 9],
  ],
  torchvision: [
    ['0.5.0', 0],
    ['0.8.2', 8],
    ['0.12.0', 9],
  ],
  tensorflow: [
    ['2.2.0', 0],
    ['2.5.0', 8],
    ['2.8.0', 9],
  ],
};

/** The first and the last minor release of Python with a wheel of a package that comes as wheels alone. */
function spanOf(name: string, release: string): readonly [number, number] | undefined {
  const version = release.replace(/\+.*/s, '');
  const known = name.replace(/^(tensorflow)-(?:gpu|cpu)$/, '$1');
  const old = Object.hasOwn(older, known)
    ? older[known]?.find(([before]) => compare(version, before) < 0)
    : undefined;
  if (old) return [8, old[1]];
  const torch = torchOnPypi.find((row) => known === 'torchvision' && row[3].split(' ').includes(version));
  const found = torch ? wheelPythons('torch', torch[0]) : wheelPythons(known, version);
  return found && [found[0].minor, found[1].minor];
}

/** Whether some release for a Python is one that is asked for, as far as that is known here. */
export function isToBeHad(asked: Requirement, python: string): boolean {
  const { name, exact } = asked;
  if (exact !== undefined) return hasWheel(name, exact, python) !== false;
  const minor = Number(python.split('.')[1]);
  const old = Object.hasOwn(older, name)
    ? older[name]?.find(([before]) => !leavesIn(before, asked))
    : undefined;
  if (old && minor > old[1]) return false;
  const version = lowestOf(asked);
  if (name === 'torch')
    return torchOnPypi.some(
      ([one]) =>
        leavesIn(one, asked) && compare(version ?? '', one) <= 0 && hasWheel(name, one, python) !== false,
    );
  const releases = Object.hasOwn(wheelReleases, name) ? wheelReleases[name] : undefined;
  if (!releases) return true;
  // Its older releases bring no core, which the other table counts.
  if (name === 'pydantic' && old) return true;
  const [first, last] = releases[python] ?? [];
  if (first === undefined || last === undefined) return false;
  const isNewest = !Object.values(releases).some(([, other]) => compare(other, last) > 0);
  return leavesIn(first, asked) && (isNewest || version === undefined || compare(version, last) <= 0);
}

/** Whether the highest versions that a specifier admits leave a release in. */
export function leavesIn(release: string, { specifier, exact }: Requirement): boolean {
  if (exact !== undefined) return compare(release, exact) <= 0;
  return specifier.split(',').every((bound) => {
    const [, operator = '', version = '', any] = /^(<=?|~=|==)([\d.]+?)(\.\*)?$/.exec(bound) ?? [];
    if (operator === '') return true;
    if (operator === '<') return compare(release, version) < 0;
    if (operator === '<=') return compare(release, version) <= 0;
    const kept = version.split('.').slice(0, any ? undefined : -1);
    const line = release.split('.').slice(0, kept.length);
    return compare(line.join('.'), kept.join('.')) <= 0;
  });
}

const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
