import type { BuildContext, LockedPackage, Project } from './build-context.ts';
import type { Requirement } from './requirements.ts';

/** A dependency that `pyproject.toml` and the lock file have in another form, or that one of them lacks. */
export function changedDependency(context: BuildContext | undefined): string | undefined {
  const { project, lock } = context ?? {};
  const own = lock?.packages.find(({ name, requires }) => requires && name === project?.name);
  return project && own ? changedIn(project, own) : undefined;
}

/**
 * What `uv sync --locked` refuses a lock file for, in a word or two; undefined where nothing is found. Source: uv 0.13.9, tried
 * with each of these changed behind the lock file.
 */
export function staleness({ project, projects, lock }: BuildContext): string | undefined {
  if (!project || !lock) return undefined;
  for (const own of lock.packages.filter(({ requires }) => requires)) {
    const isTop = own.folder === '.';
    const described = isTop ? project : projects?.get(own.folder ?? '');
    if (!described || described.name !== own.name) continue;
    const found = changedIn(described, own) ?? changedChoice(described, own);
    if (found !== undefined) return found;
    if (isOther(own.version, described.version)) return `the version of ${own.name}`;
    if (isTop && described.uv.isPackage === own.isVirtual) return '[build-system]';
  }
  const [asked, locked] = [project, lock].map(
    ({ requiresPython }) => /(?:>=|~=|==)\s*(\d[\d.]*\d)/.exec(requiresPython ?? '')?.[1],
  );
  return lock.members.length === 0 && isOther(asked, locked) ? 'requires-python' : undefined;
}

function changedIn({ isDynamic, dependencies }: Project, { requires = [], elsewhere }: LockedPackage) {
  if (isDynamic) return undefined;
  const print = printFor(elsewhere);
  return firstOf(dependencies.map(print), requires.map(print))?.split(/[ []/, 1)[0];
}

/** An extra or a dependency group that differs. */
function changedChoice({ choices, dynamic }: Project, own: LockedPackage): string | undefined {
  const print = printFor(own.elsewhere);
  // What a group includes stands in the lock file as its own.
  const open = new Set(choices.flatMap(({ of, asked }) => (asked ? [] : of)));
  if (dynamic.includes('optional-dependencies')) return undefined;
  const [written, locked] = [choices, own.choices].map((all) =>
    all.flatMap(({ of, asked }) => (open.has(of) || !asked ? [] : `${of}: ${print(asked)}`)),
  );
  return firstOf(written ?? [], locked ?? [])?.split(':', 1)[0];
}

/** Of what lies in a folder or a repository no versions are locked. */
const printFor =
  (elsewhere: readonly string[]) =>
  ({ name, extras, specifier }: Requirement) => {
    const isOpen = elsewhere.includes(name) || /[^\d.,*<>=!~]/.test(specifier);
    const bounds = isOpen ? [] : specifier.split(',').map(plain).sort();
    return `${name}[${[...extras].map((one) => one.replaceAll('_', '-')).sort()}] ${bounds}`;
  };

function firstOf(asked: readonly string[], locked: readonly string[]): string | undefined {
  return asked.find((one) => !locked.includes(one)) ?? locked.find((one) => !asked.includes(one));
}

/** Versions that differ by zeros at their ends are the same (PyPA specification, "Version specifiers"). */
function plain(version: string): string {
  let text = version;
  while (text.endsWith('.0')) text = text.slice(0, -2);
  return text;
}

const isOther = (a: string | undefined, b: string | undefined) =>
  [a, b].every((one) => one !== undefined && /^[\d.]+$/.test(one)) && plain(a ?? '') !== plain(b ?? '');
