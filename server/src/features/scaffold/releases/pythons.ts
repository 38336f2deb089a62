import { pythonEnds, suggestedPython } from '../../../data/release-dates.ts';
import { endedPython } from '../../../facts/end-of-life.ts';
import { mayHold } from '../../../facts/markers.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import { today } from '../../../facts/today.ts';
import { admitsPython } from '../../../facts/version-specifiers.ts';
import { fitsLinux, fitsPython, readWheelName, type WheelName } from '../../../facts/wheels.ts';
import { readPipfile } from '../../../project/pipfile.ts';
import { type Answers, ask, type Found } from '../found.ts';
import type { KnownProject } from '../known-project.ts';
import type { Dependencies } from '../packages/dependencies.ts';
import { poetryWheels } from '../packages/locked-pins.ts';
import { listed } from '../packages/no-dependencies.ts';
import { hasWheel, isToBeHad } from '../packages/wheels-for-pythons.ts';
import { pythonOfAge } from './ages.ts';
import { foreignPython } from './foreign-pythons.ts';
import { newestUse } from './newer-syntax.ts';
import { oldModules, oldUses } from './removed-modules.ts';
import { leastPython, readmePython, type SaidPython, saidPythons } from './said-pythons.ts';

/** The oldest Python that uv supports and that has images of Debian 12 (uv documentation, "Python versions"). */
const oldest = 8;
const known = [...pythonEnds.keys()].filter((version) => /^3\./.test(version) && minorOf(version) >= oldest);

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/** Python 3.9 came in October 2020, and one each October since (PEP 602). */
const newestMinor = (day: string) => Number(day.slice(0, 4)) - (day.slice(5) >= '10-15' ? 2011 : 2012);

/** The Pythons that are admitted, and what is asked for and has a wheel for none of them. */
function lackingWheels({ asked, locked = [] }: Dependencies, wanted: readonly string[]) {
  const admitted = known.filter((version) =>
    wanted.every((specifier) => admitsPython(specifier, { major: 3, minor: minorOf(version) }) !== false),
  );
  const lacking = [...asked, ...locked].filter(
    (one) => admitted.length > 0 && admitted.every((version) => !isToBeHad(one, version)),
  );
  return { admitted, lacking };
}

const isPinned = ({ exact }: Requirement) => exact !== undefined;
const pinsOf = (all: readonly Requirement[]) => [
  ...new Set(all.map(({ name, exact }) => `${name} ${exact}`)),
];

/** What is pinned and has no wheel for any Python that is admitted, as the end of a sentence. */
function wheelsLacking(dependencies: Dependencies, wanted: readonly string[]): string {
  const lacking = lackingWheels(dependencies, wanted).lacking.filter(isPinned);
  const [first] = lacking.filter(isSourceless);
  const blamed = first ? [first] : lacking;
  const names = pinsOf(blamed);
  return names.length > 0 ? ` and the wheels of ${listed(names)}` : '';
}

const oneRelease = /^={2,3}\s*3\.\d+\.\d+$/;
/** The first release of each Python of which there is an image of Debian 12, which came in June 2023 (docker-library/python). */
const firstOfBookworm: ReadonlyMap<string, number> = new Map([
  ['3.8', 17],
  ['3.9', 17],
  ['3.10', 12],
  ['3.11', 4],
]);

/** The release of Python that a project admits alone, where there is an image of it, such as `3.10.19`. */
export function onlyRelease(project: KnownProject): string | undefined {
  const only = constraintsOf(project).find((one) => oneRelease.test(one.trim()));
  const release = only?.replace(/^[=\s]+/, '').trim();
  const [, minor = '', patch = ''] = /^(3\.\d+)\.(\d+)$/.exec(release ?? '') ?? [];
  return Number(patch) >= (firstOfBookworm.get(minor) ?? 0) ? release : undefined;
}

/** The Python of a project's image, such as `3.12`: what the project says, and never the newest for want of better. */
export function pythonOf(
  project: KnownProject,
  dependencies: Dependencies,
  answers: Answers,
  /** Of which time the project is. */
  date?: string,
): Found<string> {
  const foreign = foreignPython(project, dependencies.asked);
  if (foreign !== undefined) return { refused: foreign };
  const wanted = constraintsOf(project);
  const admits = (version: string) =>
    wanted.every((specifier) => admitsPython(specifier, { major: 3, minor: minorOf(version) }) !== false);
  const only = wanted.find((one) => oneRelease.test(one.trim()));
  if (only !== undefined && onlyRelease(project) === undefined)
    return {
      refused: `The project admits Python ${only.trim()} alone, and its images of Debian 12 hold later releases: admit ${only.trim().replace(/\.\d+$/, '.*')}, then add the files again.`,
    };
  const pins = dependencies.asked.filter(
    ({ name, exact }) => exact !== undefined && hasWheel(name, exact, '3.12') !== undefined,
  );
  const { locked = [] } = dependencies;
  const least = leastPython(project.texts);
  const fits = (version: string) =>
    minorOf(version) >= least &&
    admits(version) &&
    (project.context.lock?.packages ?? []).every(hasWheelFor(version)) &&
    [
      ...dependencies.asked,
      // Without a compiler it does its work in Python (MarkupSafe, setup.py).
      ...(dependencies.held ?? []).filter(({ name }) => name !== 'markupsafe'),
      ...(dependencies.source === 'pipenv' ? locked : []),
    ].every((one) => !mayHold(one.marker ?? '', version) || isToBeHad(one, version)) &&
    dependencies.paths.every((path) => isWheelFor(path, version));
  const able = [...new Set([...known, ...wanted.flatMap(namedPythons)])].filter(fits);
  // Poetry may lock what only some programs or Pythons are for.
  const named = dependencies.source === 'poetry' ? poetryWheels(project.texts) : [];
  const admitted = withFewest(
    able,
    (version) =>
      locked.filter((one) => !isToBeHad(one, version)).length +
      named.filter((wheels) => !hasWheelFor(version)({ wheels })).length,
  );
  const last = oldModules(project);
  const newest = newestUse(project);
  const soonest = Math.max(newest?.first ?? 0, readmePython(project.texts));
  const withModules = admitted.filter((version) => minorOf(version) <= last && minorOf(version) >= soonest);
  const all = withModules.length > 0 ? withModules : admitted;
  // A workflow that a host proposes names a Python that nobody chose.
  const isFit = ({ file, version }: SaidPython) =>
    fits(version) && (!file.startsWith('.github/') || minorOf(version) >= soonest);
  const said = saidPythons(project).find(isFit);
  // No table of wheels has a row for it, so no pin tells whether it fits. One that the project no longer admits is left behind.
  const old = saidPythons(project).find(({ version }) => minorOf(version) < oldest && admits(version));
  if (old && (!said || said === old || minorOf(said.version) < oldest))
    return {
      refused: `${old.file} says Python ${old.version}, which is older than what these files are written for (3.8): take a newer one, or write that Dockerfile by hand.`,
    };
  if (said && minorOf(said.version) > newestMinor(today()))
    return {
      refused: `${said.file} says Python ${said.version}, of which there is no image yet: take one that is out, or write that Dockerfile by hand.`,
    };
  if (said) return { value: said.version };
  if (answers.python !== undefined && /^3\.\d+$/.test(answers.python)) return { value: answers.python };
  const ofAge = date === undefined ? undefined : ofTime(all, date);
  if (wanted.length > 0 && ofAge !== undefined && date !== undefined)
    return {
      value: ofAge,
      // Where only one is admitted, nothing had to be chosen.
      assumes:
        all.length === 1
          ? []
          : [
              `Of the Pythons that the project admits ${ofAge} fits best, as its packages are of ${date} at the latest.`,
            ],
    };
  const lasting = all.filter((version) => !endedPython(version));
  const [first] = lasting;
  const [final] = all.slice(-1);
  if (wanted.length > 0 && lasting.length === 0 && final !== undefined) return { value: final };
  // The oldest one that is named and lasts is the one that a project is most surely tried with.
  if (wanted.length > 0 && first !== undefined)
    return {
      value: first,
      assumes:
        lasting.length === 1
          ? []
          : [`Python ${first} is the oldest one with support that the project admits.`],
    };
  const [pin] = pins;
  const compiled = all.length === 0 ? compiledFor(project, dependencies, wanted) : undefined;
  if (compiled) return compiled;
  if (all.length === 0 && wanted.length > 0)
    return {
      refused: `No Python from 3.${oldest} on fits ${[...new Set(wanted)].join(' and ')}${wheelsLacking(dependencies, wanted)}: take a newer one, or write that Dockerfile by hand.`,
    };
  if (pin && all.length === 0)
    return {
      refused: `No Python of today has wheels of all of ${apart(pins)
        .map(({ name, exact }) => `${name} ${exact}`)
        .join(', ')}: take newer ones, or write that Dockerfile by hand.`,
    };
  const [use] = withModules.length > 0 ? oldUses(project) : [];
  const reasons = [
    ...pins.map(({ name, exact }) => `${name} ${exact}`),
    ...(use && withModules.length < admitted.length ? [`${use.use} in ${use.file}`] : []),
    ...(newest && admitted.some((version) => minorOf(version) < newest.first)
      ? [`${newest.what} in ${newest.file}`]
      : []),
  ];
  const because = reasons.length > 0 ? reasons.join(', ') : null;
  const offered =
    [ofAge === undefined ? lasting : all, all, known.filter((version) => !endedPython(version))].find(
      (some) => some.length > 0,
    ) ?? [];
  const best =
    ofAge ?? (offered.includes(suggestedPython) ? suggestedPython : offered.at(least > 0 ? 0 : -1));
  return ask(
    'python',
    [...offered]
      .sort((a, b) => Number(b === best) - Number(a === best))
      .map((value) => ({ value, because: all.includes(value) ? because : null })),
  );
}

/** The one Python that a project admits has run it, so that what has no wheel for it was built there. */
function compiledFor(
  project: KnownProject,
  dependencies: Dependencies,
  wanted: readonly string[],
): Found<string> | undefined {
  const { admitted, lacking } = lackingWheels(dependencies, wanted);
  const [version] = admitted;
  const isBuilt = lacking.every((one) => isPinned(one) && !isSourceless(one));
  const isKept =
    !project.context.lock &&
    version !== undefined &&
    minorOf(version) >= leastPython(project.texts) &&
    dependencies.paths.every((path) => isWheelFor(path, version));
  if (admitted.length !== 1 || lacking.length === 0 || !isBuilt || !isKept) return undefined;
  return {
    value: version,
    assumes: [
      `${listed(pinsOf(lacking))} may have no wheel for Python ${version}, which the project asks for: the image builds what has none.`,
    ],
  };
}

/** They come as wheels alone, so that nothing is built of them where there is none (files of PyPI). */
const isSourceless = ({ name }: Requirement) =>
  /^(?:tensorflow(?:-gpu|-cpu)?|torch|torchvision|torchaudio|jaxlib|onnxruntime(?:-gpu)?|opencv-\w+|xgboost|mediapipe|open3d|paddlepaddle(?:-gpu)?)$/.test(
    name,
  );

/** Of pins that no Python fits the one, or the two, that tell it. */
function apart(pins: readonly Requirement[]): readonly Requirement[] {
  const fitNone = (some: readonly Requirement[]) =>
    known.every((version) => some.some((one) => !isToBeHad(one, version)));
  const alone = pins.filter((one) => fitNone([one]));
  if (alone.length > 0) return [...alone.filter(isSourceless), ...alone].slice(0, 1);
  for (const [at, one] of pins.entries())
    for (const other of pins.slice(at + 1)) if (fitNone([one, other])) return [one, other];
  return pins;
}

/** The newest one that had been out for a year by then, or the oldest after it. */
function ofTime(all: readonly string[], date: string): string | undefined {
  const most = pythonOfAge(date);
  return all.findLast((version) => minorOf(version) <= most) ?? all[0];
}

function constraintsOf({ context: { project, lock }, texts }: KnownProject): string[] {
  const pipfile = texts.get('Pipfile');
  const setup = [texts.get('setup.cfg'), texts.get('setup.py')].map(
    (text) => /python_requires\s*=\s*["']?([^"'\n]+)/.exec(text ?? '')?.[1],
  );
  return [
    project?.requiresPython,
    project?.poetry?.requiresPython,
    lock?.requiresPython,
    ...(project?.name === undefined ? setup : []),
    pipfile === undefined ? undefined : readPipfile(pipfile)?.requiresPython,
  ].flatMap((specifier) => (specifier === undefined || specifier === '' ? [] : specifier));
}

/** The minor releases that a specifier names, for one that admits none of those known here. */
const namedPythons = (specifier: string) =>
  [...specifier.matchAll(/(?<!\d)3\.\d+/g)].map(String).filter((version) => minorOf(version) >= oldest);

/** Whether a wheel of the project is for a Python, where a path names one. */
function isWheelFor(path: string, version: string): boolean {
  const wheel = readWheelName(path);
  return !wheel || fitsPython(wheel, { major: 3, minor: minorOf(version) });
}

/** Those of which the fewest packages lack a wheel. */
function withFewest(versions: readonly string[], lacking: (version: string) => number): readonly string[] {
  const counts = versions.map((version) => [version, lacking(version)] as const);
  const least = Math.min(...counts.map(([, count]) => count));
  return counts.flatMap(([version, count]) => (count === least ? version : []));
}

/** Whether a locked package can be had without building it, or must be built on every Python. */
const hasWheelFor =
  (version: string) =>
  ({ wheels }: { readonly wheels: readonly (string | WheelName)[] }): boolean => {
    const named = wheels
      .flatMap((wheel) => (typeof wheel === 'string' ? (readWheelName(wheel) ?? []) : wheel))
      .filter(fitsLinux);
    return (
      named.length === 0 || named.some((wheel) => fitsPython(wheel, { major: 3, minor: minorOf(version) }))
    );
  };
