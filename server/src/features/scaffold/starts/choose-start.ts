import { usualPort } from '../../../data/web-frameworks.ts';
import type { ScaffoldKind } from '../../../protocol/requests.ts';
import { launchFault } from '../faults/launchers.ts';
import { faultOf } from '../faults/start-faults.ts';
import { type Answers, ask, type Found } from '../found.ts';
import { notebooksIn, workedInNotebooks } from '../packages/notebooks.ts';
import { codeFault } from '../packages/package.ts';
import { unlistedFault } from '../packages/unlisted-imports.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { serverBeside } from '../servers/added-server.ts';
import { withoutIdlePort } from '../servers/idle-port.ts';
import { reachable } from '../servers/listening.ts';
import { unlistedPage } from '../servers/own-servers.ts';
import { scriptServers } from '../servers/script-servers.ts';
import { isService, servicesOf } from '../servers/server.ts';
import { applicationsOf, targetOf } from '../sources/applications.ts';
import { argumentsOf } from './arguments.ts';
import { withCalled } from './called-files.ts';
import { custom } from './custom-start.ts';
import { flagged, withGiven } from './kept-flags.ts';
import { isDevelopment, namedStarts, startAsFound, toldStarts } from './named-starts.ts';
import { fileOfStart } from './program-file.ts';
import { forKeepers, isForKeepers, programsOf } from './programs.ts';
import { dockerfileStarts, saidPort, saidStarts, startLines } from './said-starts.ts';
import { type Candidate, lineOf, type Start } from './start.ts';
import { settled } from './working-folder.ts';

/** A usual name in a usual place is one to trust, any other program only where the project's own words name it. */
const isSure = (one: Candidate, named: readonly Candidate[]) =>
  (one.rank <= 2 && one.isUnusual !== true) || named.some((other) => isSame(one, other));

/** What the image starts: what the project itself starts, the only thing that is there, or what a person says. */
export function startOf(facts: ProjectFacts, kind: ScaffoldKind, answers: Answers): Found<Start> {
  const found = chosenStart(facts, kind, answers);
  return 'value' in found
    ? { ...found, value: withCalled(facts, withoutIdlePort(facts, found.value)) }
    : found;
}

function chosenStart(facts: ProjectFacts, kind: ScaffoldKind, answers: Answers): Found<Start> {
  const isServed = isService(facts, kind);
  const programs = isServed ? servicesOf(facts) : { value: programsOf(facts, kind) };
  if (!('value' in programs)) {
    const missing = missingFirst(facts, kind);
    return missing === undefined ? programs : { refused: missing };
  }
  const offered = programs.value.length > 0 || !isServed ? programs.value : doubtfulServices(facts, kind);
  // Where no list names a server, a program may be what the project is for.
  const hasServer = !isServed || offered.some(({ start }) => serverBeside(facts, start) === undefined);
  const missing = hasServer || answers.start !== undefined ? undefined : missingFirst(facts, kind);
  if (missing !== undefined) return { refused: missing };
  const isReached = (one: Candidate) => ({
    ...one,
    start: flagged(facts, settled(facts, reachable(facts, one.start)), one.names),
  });
  const fit = offered.filter(({ start }) => kind !== 'wheel' || !start.needsSources).map(isReached);
  const candidates = fit.filter(({ start }) => faultOf(facts, start) === undefined);
  const meantBy = (said: string) =>
    candidates.filter(({ names }) => names.some((name) => said.includes(` ${name} `)));
  // Several images of one project are of several programs.
  const rivals = [
    ...new Set(
      (facts.present ? [] : dockerfileStarts(facts.texts))
        .map(meantBy)
        .flatMap((meant) => (meant.length === 1 ? meant : [])),
    ),
  ];
  const shown = namedStarts(facts, candidates, kind, isServed).map(isReached);
  const named = [...(rivals.length > 1 ? rivals.map(isReached) : []), ...shown].filter(
    ({ start }) => faultOf(facts, start) === undefined,
  );
  // Where what the project is for cannot run, nothing else takes its place but what its own words name.
  const [broken] = bestOf(fit);
  const asSaid = startAsFound(facts, isServed);
  const isSaidOtherwise =
    asSaid !== undefined &&
    faultOf(facts, asSaid.start) === undefined &&
    !fit.some((one) => isSame(one, asSaid) || one.start.file === asSaid.start.file);
  if (
    broken &&
    !isSaidOtherwise &&
    bestOf(fit).every((one) => !candidates.includes(one)) &&
    named.length === 0 &&
    answers.start === undefined
  )
    return { refused: faultOf(facts, broken.start) ?? '' };
  // What readers are shown is what the project is for, so no file beside it takes its place.
  const [first] = shown.filter(isForUse);
  if (
    first &&
    !named.some(isForUse) &&
    bestOf(candidates).every(({ rank }) => rank > 2) &&
    saidStarts(facts).length === 0 &&
    answers.start === undefined
  )
    return {
      refused: `${first.file} shows "${lineOf(first.start.words)}", but ${faultOf(facts, first.start)}`,
    };
  if (answers.start !== undefined) {
    const chosen = candidates.find(({ start }) => lineOf(start.words) === answers.start);
    const told = custom(facts, answers.start, isServed);
    // What is told to listen somewhere listens there.
    const start =
      chosen?.start ?? (/--port\b|:\d{2,5}\b/.test(answers.start) ? told : reachable(facts, told));
    const fault = faultOf(facts, start);
    return fault === undefined ? { value: start } : { refused: fault };
  }
  // Its commands are what such a project is for, unless its own words name a program.
  const unbuilt = isServed || named.length > 0 || startLines(facts).length > 0 ? undefined : codeFault(facts);
  if (unbuilt !== undefined) return { refused: unbuilt };
  const hasService = isServed && programs.value.length > 0;
  const [notebook] = hasService || kind === 'wheel' ? [] : notebooksOf(facts, candidates);
  if (notebook !== undefined) return { refused: workedInNotebooks(notebook) };
  for (const said of rivals.length > 1 ? [] : saidStarts(facts)) {
    const meant = meantBy(said);
    const [one] = meant;
    // What it is given there stands in the whole line, which is offered.
    const value = one && withGiven(one.start, one.names, said);
    if (value && meant.length === 1 && !one.isDoubtful && one.start.asks === undefined) return { value };
  }
  const found = asSaid && candidates.length > 0 && launchFault(facts, asSaid.start) ? undefined : asSaid;
  const best = bestOf(candidates);
  const [only] = best;
  if (
    only &&
    best.length === 1 &&
    isSure(only, named) &&
    !only.isDoubtful &&
    startLines(facts).every(({ line }) => isDevelopment(line)) &&
    isNamed(only, named)
  )
    return {
      value: only.start,
      assumes: candidates.length === 1 ? [] : [`"${lineOf(only.start.words)}" is what the image is for.`],
    };
  const others = candidates.filter((one) => !named.some((other) => isSame(one, other)));
  const sorted = others.sort(
    (a, b) =>
      a.rank - b.rank ||
      Number(a.isUnusual ?? false) - Number(b.isUnusual ?? false) ||
      (lineOf(a.start.words) < lineOf(b.start.words) ? -1 : 1),
  );
  const told = named.length + sorted.length === 0 && !found ? toldStarts(facts, isServed) : [];
  // A service is not there without the arguments that it needs.
  const open = [...told, ...named, ...sorted].filter((one) => !found || !isSame(one, found));
  // Readers are told to prepare what the program needs as well.
  const known = [false, true].flatMap((isForKeeper) =>
    open.filter((one) => (one.rank >= forKeepers || !isForUse(one)) === isForKeeper),
  );
  const all = [...(found ? [found] : []), ...known].filter(
    ({ start }) => !isServed || start.asks === undefined,
  );
  const [needy] = [...named, ...sorted];
  if (all.length === 0)
    return { refused: unlistedPage(facts) ?? (needy ? needsArguments(needy) : nothingIn(facts)) };
  return ask(
    'start',
    all.map(({ start, file }) => ({ value: lineOf(start.words), because: file })),
  );
}

/** An import that no list names ends what the project starts, by its own words or its usual name, before a server matters. */
function missingFirst(facts: ProjectFacts, kind: ScaffoldKind): string | undefined {
  const programs = programsOf(facts, kind);
  const said = saidStarts(facts).map((line) => custom(facts, line.trim(), false));
  const usual = programs.filter(({ rank }) => rank <= 2);
  const named = [...namedStarts(facts, programs, kind, false), ...(usual.length === 1 ? usual : [])];
  const applications = applicationsOf(facts.tree).map(({ path, ...one }) => ({
    words: [],
    needsSources: true,
    file: path,
    roots: targetOf({ path, ...one }, facts.tree).roots,
  }));
  return [...said, ...named.map(({ start }) => start), ...applications]
    .map((start) => unlistedFault(facts, start))
    .find((fault) => fault !== undefined);
}

const nothingStarts =
  'Nothing in the project starts by itself, as in a library or a folder of tests: write a program, or its command behind "web:" in a Procfile, then add the files again.';
/** What members of a workspace need is told by its lock file alone. */
const nothingIn = ({ context: { project }, dependencies }: ProjectFacts) =>
  (project?.uv.fromWorkspace.length ?? 0) > 0 && dependencies.source !== 'lock'
    ? 'uv.lock is missing, so nothing tells what the members of the workspace need: write "uv lock", then add the files again.'
    : nothingStarts;
const needsArguments = ({ start }: Candidate) =>
  `${start.file ?? lineOf(start.words)} needs arguments that no file tells: write the whole command behind "web:" in a Procfile, then add the files again.`;

function bestOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const lowest = Math.min(...candidates.map(({ rank }) => rank));
  return candidates.filter(({ rank }) => rank === lowest);
}

/** The notebooks of a project that has nothing else to start. */
const notebooksOf = (facts: ProjectFacts, candidates: readonly Candidate[]) =>
  facts.isPackage ||
  facts.present ||
  facts.texts.has('Procfile') ||
  candidates.some(({ rank }) => rank < forKeepers)
    ? []
    : notebooksIn(facts);

/** Programs that readers are shown to prepare something are not what the project is for. */
const isForUse = ({ start: { file = '' } }: Candidate) =>
  !isForKeepers.test(nameOf(file).replace(/\.py$/, ''));

const isSame = (a: Candidate, b: Candidate) => lineOf(a.start.words) === lineOf(b.start.words);
/** Where the project's own words are about another program, or about arguments, a usual name is none to trust. */
const isNamed = (one: Candidate, named: readonly Candidate[]) =>
  named.length === 0 ||
  (named.some((other) => isSame(one, other)) &&
    named.every((other) => isSame(one, other) || other.start.file !== one.start.file));

/** Programs that may be a service by themselves, where nothing that a server is given was found. */
const doubtfulServices = (facts: ProjectFacts, kind: ScaffoldKind): Candidate[] => {
  const usual = programsOf(facts, kind);
  return (usual.length > 0 ? usual : scriptServers(facts)).map((one) => {
    const file = fileOfStart(facts, one.start);
    const text = facts.tree.texts.get(file ?? '') ?? '';
    const port = Number(/\bport\s*=\s*(\d{2,5})/.exec(text)?.[1] ?? saidPort(facts) ?? usualPort);
    return {
      ...one,
      start: {
        ...one.start,
        asks: one.start.asks ?? (file === undefined ? undefined : argumentsOf(facts, file)),
        service: { port, health: undefined, variables: {} },
      },
      isDoubtful: true,
    };
  });
};
