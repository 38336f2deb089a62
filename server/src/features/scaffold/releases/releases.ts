import { besideEach, readsSites } from '../../../data/held-packages.ts';
import { normalizeName, type Requirement } from '../../../facts/requirements.ts';
import { type Answers, ask, type Found } from '../found.ts';
import type { KnownProject } from '../known-project.ts';
import type { Dependencies } from '../packages/dependencies.ts';
import { pipenvPins, poetryPins } from '../packages/locked-pins.ts';
import { movesOn } from '../packages/repository-needs.ts';
import { type Age, ageOf, ageOfPython, halfYearAfter, type Sighting, thereBy, undated } from './ages.ts';
import { saidPythons } from './said-pythons.ts';

/** The answer that takes whatever is newest. */
const newestOfToday = 'newest';
/** So many exact versions are all that an environment held (`pip freeze`). */
const leastFrozen = 20;

/** Up to which day releases are taken, where a list leaves them open. */
export interface ReleaseLimit {
  readonly date: string;
  /** What tells it, such as `openai 1.2`. */
  readonly because: string;
  /** Names whose releases are taken whenever they came. */
  readonly later: Age['unknown'];
}

export interface Releases {
  /** Null where those of today are taken, or all is locked. */
  readonly limit: ReleaseLimit | null;
  /** Of which time the project is; undefined where that is not known, or not long ago. */
  readonly date: string | undefined;
  /** Up to which day the tools are taken that build what an old list pins. */
  readonly tools?: string;
}

/** Asks which releases are meant, where an old list leaves some open. */
export function releasesOf(
  known: KnownProject,
  dependencies: Dependencies,
  isWheel: boolean,
  answers: Answers,
): Found<Releases> {
  const locked = isWheel ? lockedOf(known) : [];
  const age =
    (locked.length === 0 && ageOfUses(known, dependencies)) ||
    ageOf(locked.length > 0 ? locked : dependencies.asked, earliestOf(known, dependencies));
  const answer = answers.releases;
  if (age && dependencies.asked.some(({ exact = '' }) => dayOf(exact) > age.date))
    return { value: { limit: null, date: undefined } };
  const { source, asked } = dependencies;
  if (!isWheel && !/^(?:requirements|pyproject|setup)$/.test(source))
    return {
      value: { limit: null, date: ageOf(dependencies.locked ?? (source === 'poetry' ? asked : []))?.date },
    };
  // The limit holds for what builds it too (uv 0.13.9 with Streamlink of November 2026, which asks for a setuptools of 2025).
  if (!isWheel && movesOn(known, dependencies)) return { value: { limit: null, date: undefined } };
  if (!age || answer === newestOfToday) return { value: { limit: null, date: undefined } };
  // What the present Dockerfile installs beside the list is open where the list is not.
  const open =
    asked.filter(({ exact }) => exact === undefined).length -
    (dependencies.more ?? []).filter((one) => !one.includes('==')).length;
  const isFrozen = source === 'requirements' && asked.length >= leastFrozen && open <= 0;
  const undatedBuilds = buildsWithoutDays(known, dependencies);
  if (undatedBuilds === undefined) return { value: { limit: null, date: age.date } };
  if (!isWheel && (isFrozen || isCompiled(known, dependencies)))
    return { value: { limit: null, date: age.date, tools: halfYearAfter(age.date) } };
  if (answer !== undefined && /^20\d\d-\d\d-\d\d$/.test(answer))
    return {
      value: {
        limit: limitOf(known, age, locked.length > 0 ? undefined : dependencies, answer, undatedBuilds),
        date: answer,
      },
    };
  const ofThen = { value: age.date, because: age.because };
  const ofToday = { value: newestOfToday, because: null };
  // Ranges alone say that the newest ones in them were welcome.
  const hasOpen = asked.some(({ specifier }) => specifier === '');
  const isOfThen = !age.isLowest && (age.isPinned || !hasOpen);
  return ask('releases', isOfThen ? [ofThen, ofToday] : [ofToday, ofThen]);
}

/** What the programs use that is gone was there on a day on which all the rest was there too. */
function ageOfUses(known: KnownProject, dependencies: Dependencies): Age | undefined {
  const { asked, removed } = dependencies;
  const [first] = (removed ?? [])
    .flatMap(({ until, use }) => (until === undefined ? [] : { until, use }))
    .sort((a, b) => (a.until < b.until ? -1 : 1));
  const age = ageOf(asked, earliestOf(known, dependencies));
  if (
    !first ||
    first.until < thereBy(asked, earliestOf(known, dependencies)) ||
    (age && age.date <= first.until)
  )
    return undefined;
  return { date: first.until, because: first.use, unknown: undated(asked), isPinned: true, isLowest: false };
}

/** @param listed what a list leaves open; undefined where all is locked */
function limitOf(
  { context }: KnownProject,
  age: Age,
  listed: Dependencies | undefined,
  date: string,
  undatedBuilds: readonly string[],
): ReleaseLimit {
  const { isDynamic, buildRequires } = context.project ?? { isDynamic: false, buildRequires: [] };
  const unknown = listed ? age.unknown.flatMap((name) => [name, ...(besideEach.get(name) ?? [])]) : [];
  const ofSites = (listed?.asked ?? []).flatMap(({ name, exact }) =>
    exact === undefined && readsSites.has(name) ? name : [],
  );
  const later = new Set([...unknown, ...ofSites, ...undatedBuilds, ...(isDynamic ? buildRequires : [])]);
  return { date, because: age.because, later: [...later].sort() };
}

/**
 * What comes from an index that tells no days of its files, of which uv takes nothing up to a day (uv documentation,
 * "Reproducible resolutions"): PyTorch's builds, where each is pinned; undefined where other packages may come from such a one.
 */
function buildsWithoutDays(known: KnownProject, dependencies: Dependencies): string[] | undefined {
  if ((known.context.project?.uv.indexes.length ?? 0) > 0) return undefined;
  const indexes = listsOf(known, dependencies).flatMap((text) => text.match(otherIndex) ?? []);
  if (indexes.some((line) => !besidePypi.test(line))) return undefined;
  if (indexes.length === 0 && dependencies.builds === undefined) return [];
  const builds = dependencies.asked.filter(({ name }) => ofPytorch.test(name));
  // The builds for ROCm bring a Triton of their own, which no other index has.
  const isKnown = builds.every(({ exact }) => exact !== undefined && !exact.includes('+rocm'));
  return isKnown ? builds.map(({ name }) => name) : undefined;
}
const otherIndex = /^[ \t]*(?:-i|-f|--index-url|--extra-index-url|--find-links)\b.*/gm;
const besidePypi = /^[ \t]*(?:-f|--extra-index-url|--find-links)[ \t=]+https:\/\/download\.pytorch\.org\//;
const ofPytorch = /^torch(?:vision|audio|text|data)?$/;

/** pip-compile and uv write so, and hashes are for all or for none (pip documentation, "Secure installs"). */
const isCompiled = (known: KnownProject, dependencies: Dependencies) =>
  listsOf(known, dependencies).some(
    (text) => /^# *This file (?:is|was) autogenerated by/m.test(text) || /[ \t]--hash=/.test(text),
  );

const listsOf = ({ texts }: KnownProject, { source, files }: Dependencies) =>
  source === 'requirements' ? files.map((file) => texts.get(file) ?? '') : [];

/** What a lock file that a wheel does not hold says of the time of a project. */
function lockedOf({ context, texts }: KnownProject): Requirement[] {
  const uv = (context.lock?.packages ?? []).flatMap(({ name, version, isLocal }) =>
    version === undefined || isLocal ? [] : [[name, version] as const],
  );
  const others = [...poetryPins(texts), ...pipenvPins(texts)];
  const all = uv.map(([name, version]) => ({
    name: normalizeName(name),
    extras: [],
    specifier: `==${version}`,
    exact: version,
  }));
  return [...all, ...others];
}

/** The newest Python that it is run with was out by then, and so was what its programs use. */
export function earliestOf(known: KnownProject, { arrived = [] }: Dependencies): Sighting | undefined {
  const asked = /(?:>=|~=|==) *(3\.\d+)/.exec(known.context.project?.requiresPython ?? '')?.[1] ?? [];
  const versions = [saidPythons(known).map(({ version }) => version), asked].flat();
  const sightings = [
    ...versions.map((version) => ({
      date: ageOfPython(Number(version.split('.')[1])),
      because: `Python ${version}`,
    })),
    ...arrived.map(({ quarter, use }) => ({ date: quarter, because: use })),
  ];
  return sightings.sort((a, b) => (a.date < b.date ? 1 : -1))[0];
}

/** What uv is told. The limits of single packages hold for builds too (uv 0.13.9 with PyYAML 5.4.1, which Cython 3 cannot build). */
export function limitFlags(limit: ReleaseLimit | null, tools?: string): string {
  const later =
    limit?.later.map((name) => [name, 'false']) ??
    (tools === undefined ? [] : ['cython', 'setuptools'].map((name) => [name, tools]));
  const next = ' \\\n        ';
  const others = later.map(([name, day]) => `${next}--exclude-newer-package ${name}=${day}`);
  return `${limit ? ` --exclude-newer ${limit.date}` : ''}${others.join('')}${others.length > 0 ? next.slice(0, -1) : ''}`;
}

/** The day that a version is named after, as in 2026.2.21; empty where it is not (calver.org). */
function dayOf(version: string): string {
  const [, year, month = '', day = '1'] =
    /^(20[12]\d)\.(0?[1-9]|1[0-2])(?:\.(\d\d?)(?!\d))?/.exec(version) ?? [];
  return year === undefined ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
