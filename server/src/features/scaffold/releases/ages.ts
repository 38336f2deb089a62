import { firstQuarters } from '../../../data/first-quarters.ts';
import { releaseQuarters } from '../../../data/release-quarters.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import { today } from '../../../facts/today.ts';

/** Of which time the packages are that a project asks for. */
export interface Age {
  /** The end of a quarter of a year, `2023-06-30`. */
  readonly date: string;
  /** What tells it, such as `openai 1.2`. */
  readonly because: string;
  /** Names whose versions may have come later. */
  readonly unknown: readonly string[];
  /** An exact version tells it, and not ranges alone, in which later ones are too. */
  readonly isPinned: boolean;
  /** Nothing tells it but a lowest version, which says that later ones are welcome. */
  readonly isLowest: boolean;
}

/** A day by which something was there, and what that is. */
export type Sighting = Pick<Age, 'date' | 'because'>;

interface Sign {
  readonly name: string;
  readonly version: string;
  readonly date: string;
  /** The newest release will do. */
  readonly isOpen: boolean;
  readonly isExact: boolean;
  /** It is no late repair of an old line: the first of its line, or of that of the newest release of a quarter. */
  readonly isOfLine: boolean;
}

/**
 * The time of a list: that of the newest release that it names. Undefined where no release is known, none is more than a
 * lowest one, or it is of the last twelve months.
 * @param earliest what else is known not to be older
 */
export function ageOf(asked: readonly Requirement[], earliest?: Sighting): Age | undefined {
  const { signs, unknown } = signsOf(asked);
  const newest = newestOf(signs);
  if (!newest) return undefined;
  const { date, because } = latestOf(asked, earliest);
  if (date > yearBefore(today())) return undefined;
  // Lowest versions alone say that later ones are welcome, and are often far older than the project.
  if (signs.every(({ isOpen }) => isOpen)) return undefined;
  // One of them that is not known may be later than all that ranges tell.
  if (asked.every(({ exact }) => exact === undefined) && unknown.some(({ isOpen }) => isOpen))
    return undefined;
  // And an exact one that is not known tells more than ranges do: what it brings may be of its own day.
  if (signs.every(({ isExact }) => !isExact) && unknown.some(({ isExact }) => isExact)) return undefined;
  return {
    date,
    because,
    unknown: unknown.map(({ name }) => name),
    isPinned: asked.some(({ exact }) => exact !== undefined),
    isLowest: newest.isOpen && signs.every((one) => one.isOpen || one.date < newest.date),
  };
}

/** By which day all was there that a list asks for, as far as that is known; empty where nothing is. */
export const thereBy = (asked: readonly Requirement[], earliest?: Sighting): string =>
  latestOf(asked, earliest).date;

/** The latest of what a list names, what else is known, and what there was not before. */
function latestOf(asked: readonly Requirement[], earliest: Sighting = { date: '', because: '' }): Sighting {
  const newest = newestOf(signsOf(asked).signs);
  return [
    ...(newest ? [{ date: newest.date, because: `${newest.name} ${newest.version}` }] : []),
    earliest,
    ...asked.map(({ name }) => ({ date: firstOf(name), because: name })),
  ].reduce((latest, one) => (one.date > latest.date ? one : latest));
}

/** Names in a list with versions whose day is not known for certain. */
export const undated = (asked: readonly Requirement[]): string[] =>
  signsOf(asked).unknown.map(({ name }) => name);

const newestOf = (signs: readonly Sign[]) => [...signs].sort((a, b) => (a.date < b.date ? 1 : -1))[0];

function signsOf(asked: readonly Requirement[]) {
  const named = asked.flatMap((one) => {
    const version = lowestOf(one);
    const isOpen = admitsNewest(one);
    const isExact = one.exact !== undefined;
    return version === undefined ? [] : [{ name: one.name, version, isOpen, isExact }];
  });
  const signs = named.flatMap((one): Sign[] => {
    const found = quarterOf(one.name, one.version);
    return found === undefined ? [] : [{ ...one, ...found }];
  });
  const sure = new Set(signs.filter(({ isOpen, isOfLine }) => isOpen || isOfLine).map(({ name }) => name));
  return { signs, unknown: named.filter(({ name }) => !sure.has(name)) };
}

const yearBefore = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

/** Lowest versions are often those of some while before. */
export const halfYearAfter = (day: string) =>
  day.slice(5) < '07' ? `${day.slice(0, 4)}-12-31` : `${Number(day.slice(0, 4)) + 1}-06-30`;

/** A lowest version says so, and a highest one that is still to come, as `>=2,<3` of a package that is at 2. */
function admitsNewest({ name, specifier }: Requirement): boolean {
  const bounds = specifier.split(',').filter((bound) => !/^>=?[\d.]+$/.test(bound));
  const newest = Object.hasOwn(releaseQuarters, name)
    ? entriesOf(releaseQuarters[name] ?? '').at(-1)?.[0]
    : undefined;
  return bounds.every((bound) => {
    const highest = /^<([\d.]+)$/.exec(bound)?.[1];
    return highest !== undefined && newest !== undefined && compare(newest, highest) < 0;
  });
}

/** The lowest version that a requirement admits; undefined where it names none. */
export const lowestOf = ({ exact, specifier }: Requirement) =>
  exact?.replace(/\+.*/s, '') ??
  /(?:^|,)(?:>=?|~=|==)(\d[\d.]*)(?:\.\*)?(?=$|,)/.exec(specifier)?.[1]?.replace(/\.$/, '');

/** They come with the versions of another package, on the same days (opencv-python, README, "Installation and Usage"). */
const ofOneHistory: ReadonlyMap<string, string> = new Map(
  ['opencv-python-headless', 'opencv-contrib-python', 'opencv-contrib-python-headless'].map((name) => [
    name,
    'opencv-python',
  ]),
);

/** The first quarter at whose end a package had a release or a newer one. */
function quarterOf(name: string, version: string): { date: string; isOfLine: boolean } | undefined {
  const of = ofOneHistory.get(name) ?? name;
  const history = Object.hasOwn(releaseQuarters, of) ? releaseQuarters[of] : undefined;
  if (history === undefined) return undefined;
  const [found, date] = entriesOf(history).find(([release]) => compare(release, version) >= 0) ?? [
    '',
    today(),
  ];
  return { date, isOfLine: lineOf(found) === lineOf(version) || isFirst(version) };
}

/** Whether a release and all after it came behind the end of a quarter, as far as that is known. */
export const isLater = (name: string, version: string, day: string): boolean =>
  (quarterOf(name, version)?.date ?? '') > day;

/** The end of the first quarter with a release; empty where that is not known. */
const firstOf = (name: string) =>
  firstQuarters.get(name) ??
  (Object.hasOwn(releaseQuarters, name) ? (entriesOf(releaseQuarters[name] ?? '')[0]?.[1] ?? '') : '');

const entriesOf = (history: string) =>
  history.split(' ').map((entry) => entry.split('@', 2) as [version: string, date: string]);
const isFirst = (version: string) => /^\d+(?:\.\d+)?(?:\.0)*$/.test(version);
const lineOf = (version: string) => version.split('.', 2).join('.');
const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** The newest Python that had been out for a year at a time, as by then packages have wheels for it (PEP 602). */
export const pythonOfAge = (date: string) =>
  Number(date.slice(0, 4)) - (date.slice(5) >= '10-31' ? 2012 : 2013);

/** When packages had wheels for a Python: half a year after it came in October. */
export const ageOfPython = (minor: number) => `${minor + 2012}-03-31`;
