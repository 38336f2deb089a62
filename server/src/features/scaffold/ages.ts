import { releaseQuarters } from '../../data/release-quarters.ts';
import type { Requirement } from '../../facts/requirements.ts';
import { today } from '../../facts/today.ts';

/** Of which time the packages are that a project asks for. */
export interface Age {
  /** The end of a quarter of a year, `2023-06-30`. */
  readonly date: string;
  /** What tells it, such as `openai 1.2`. */
  readonly because: string;
  /** How many releases are known of those that it names, and whether one of them is no mere lowest one. */
  readonly signs: number;
  readonly hasPin: boolean;
  /** Names whose versions may have come later, with the day up to which they are taken, or `false` for any. */
  readonly unknown: readonly (readonly [name: string, day: string])[];
}

interface Sign {
  readonly name: string;
  readonly version: string;
  readonly date: string;
  /** Every later release will do. */
  readonly isOpen: boolean;
  /** It is no late repair of an old line: the first of its line, or of that of the newest release of a quarter. */
  readonly isOfLine: boolean;
}

/**
 * The time of a list: that of the newest release that it names. Undefined where no release is known, or it is of the last
 * twelve months.
 * @param earliest what else is known not to be older
 */
export function ageOf(asked: readonly Requirement[], earliest?: string): Age | undefined {
  const named = asked.flatMap((one) => {
    const version = lowestOf(one);
    const isOpen = /^>=?[\d.]+$/.test(one.specifier);
    const isExact = one.exact !== undefined;
    return version === undefined ? [] : [{ name: one.name, version, isOpen, isExact }];
  });
  const signs = named.flatMap((one): Sign[] => {
    const found = quarterOf(one.name, one.version);
    return found === undefined ? [] : [{ ...one, ...found }];
  });
  const [newest] = [...signs].sort((a, b) => (a.date < b.date ? 1 : -1));
  if (!newest) return undefined;
  const date = earliest !== undefined && earliest > newest.date ? earliest : newest.date;
  if (date > yearBefore(today())) return undefined;
  const hasPin = signs.some(({ isOpen }) => !isOpen);
  const bare = asked.flatMap((one) =>
    lowestOf(one) === undefined && !Object.hasOwn(releaseQuarters, one.name) ? one.name : [],
  );
  const sure = new Set(signs.filter(({ isOpen, isOfLine }) => isOpen || isOfLine).map(({ name }) => name));
  return {
    date,
    because: `${newest.name} ${newest.version}`,
    signs: signs.length,
    hasPin,
    // A lowest version was there when it was written, which may be a while after what is known.
    unknown: [
      ...named
        .filter(({ name }) => !sure.has(name))
        .map(({ name, isExact }) => [name, isExact ? 'false' : halfYearAfter(date)] as const),
      ...(hasPin ? [] : bare.map((name) => [name, halfYearAfter(date)] as const)),
    ],
  };
}

const yearBefore = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

/** Lowest versions are often those of some while before. */
export const halfYearAfter = (day: string) =>
  day.slice(5) < '07' ? `${day.slice(0, 4)}-12-31` : `${Number(day.slice(0, 4)) + 1}-06-30`;

/** The lowest version that a requirement admits; undefined where it names none. */
export const lowestOf = ({ exact, specifier }: Requirement) =>
  exact?.replace(/\+.*/s, '') ??
  /(?:^|,)(?:>=?|~=|==)(\d[\d.]*)(?:\.\*)?(?=$|,)/.exec(specifier)?.[1]?.replace(/\.$/, '');

/** The first quarter at whose end a package had a release or a newer one. */
function quarterOf(name: string, version: string): { date: string; isOfLine: boolean } | undefined {
  const history = Object.hasOwn(releaseQuarters, name) ? releaseQuarters[name] : undefined;
  if (history === undefined) return undefined;
  const entries = history.split(' ').map((entry) => entry.split('@', 2) as [string, string]);
  const [found, date] = entries.find(([release]) => compare(release, version) >= 0) ?? ['', today()];
  return { date, isOfLine: lineOf(found) === lineOf(version) || isFirst(version) };
}

const isFirst = (version: string) => /^\d+(?:\.\d+)?(?:\.0)*$/.test(version);
const lineOf = (version: string) => version.split('.', 2).join('.');
const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** The newest Python that had been out for a year at a time, as by then packages have wheels for it (PEP 602). */
export const pythonOfAge = (date: string) =>
  Number(date.slice(0, 4)) - (date.slice(5) >= '10-31' ? 2012 : 2013);

/** When packages had wheels for a Python: half a year after it came in October. */
export const ageOfPython = (minor: number) => `${minor + 2012}-03-31`;
