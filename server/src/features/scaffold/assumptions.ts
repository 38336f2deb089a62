import { givenNames } from '../../project/compose.ts';
import type { Plan } from './dockerfile.ts';
import { ignoredPaths, isMounted } from './files/copied.ts';
import { defaultNotes } from './files/default-files.ts';
import { cpuNote, downloadNote, fetchedNote, isFetchedByName } from './files/downloads.ts';
import { foreignPathNotes } from './files/foreign-paths.ts';
import { keptWorkNotes, seedNote } from './files/kept-work.ts';
import { leftOut } from './files/left-out.ts';
import { lfsNote } from './files/lfs-pointers.ts';
import { lostWorkNote } from './files/lost-work.ts';
import { misplacedNotes } from './files/misplaced-files.ts';
import { renderedNote } from './files/rendered.ts';
import { isInContainer } from './files/sqlite-notes.ts';
import { translationNote } from './files/translations.ts';
import { missingFiles } from './files/used-files.ts';
import { enginesNote } from './packages/called-packages.ts';
import { condaPrograms } from './packages/conda-only.ts';
import { extrasLeftOut } from './packages/extras.ts';
import { unlockedNote } from './packages/ignored-locks.ts';
import { membersLeftOut } from './packages/installs.ts';
import { systemPackages } from './packages/needed-packages.ts';
import { mirrorNote, needsNltkData, privateIndexes } from './packages/outside-sources.ts';
import { pickledNotes } from './packages/pickled.ts';
import { repositoryNotes } from './packages/repository-needs.ts';
import { addressedIn } from './packages/requirement-lines.ts';
import { unlistedNotes } from './packages/unlisted-imports.ts';
import { nameOf } from './paths.ts';
import { newUseNote } from './releases/newer-syntax.ts';
import { oldUseNotes } from './releases/removed-modules.ts';
import { staleRuntimeNote } from './releases/stale-pythons.ts';
import { serverNote } from './servers/added-server.ts';
import { listeningNote } from './servers/listening.ts';
import { developmentNote } from './servers/served-twice.ts';
import { workerNotes } from './servers/worker-notes.ts';
import { credentialsNote } from './settings/cloud-credentials.ts';
import { envFileNote } from './settings/env-file.ts';
import { openedSecrets, pageSecrets } from './settings/looked-up.ts';
import { placeholderNotes } from './settings/placeholders.ts';
import { lookedUpIn, readPrograms, requiredIn } from './settings/settings.ts';
import { writesFiles } from './sources/literals.ts';
import { code, withoutComments } from './sources/modules.ts';
import { migrationOf, preparations } from './starts/preparations.ts';
import { programsOfStart } from './starts/program-file.ts';
import { railwayNote } from './starts/railway.ts';
import { otherLanguages, startedNote } from './starts/started-programs.ts';
import { scatteredNote } from './starts/working-folder.ts';
import { clientNotes } from './surroundings/client-notes.ts';
import { clockNote } from './surroundings/clock-note.ts';
import { cloudNote } from './surroundings/cloud-note.ts';
import { deviceNotes } from './surroundings/devices.ts';
import { browsersOf } from './surroundings/playwright.ts';
import { mountNotes, surroundings } from './surroundings/surroundings.ts';

/** Of what is older no day is known. */
const firstQuarter = '2019-12-31';
/** So many names stand in a line. */
const most = 6;
/** And so many variables, as a program may need each of them. */
const mostVariables = 24;
/** So many files are looked for in the programs. */
const mostPaths = 2_000;

/** What an image takes for granted, a line for each, as no file of the project tells it. */
export function assumptionsOf(plan: Plan): string[] {
  const { facts, kind, start, django } = plan;
  const { texts, context, files, dependencies } = facts;
  const programs = readPrograms(plan);
  const variables = requiredIn(programs, plan);
  // What stands behind an address is that, and no release of the day.
  const addressed = new Set(dependencies.files.flatMap((path) => addressedIn(texts.get(path) ?? '')));
  const loose =
    dependencies.source === 'requirements'
      ? dependencies.asked.filter(
          ({ exact, name }) =>
            !exact && !addressed.has(name) && !(dependencies.held ?? []).some((one) => one.name === name),
        )
      : [];
  const all = (context.files?.files ?? []).map(({ path }) => path);
  const topsOf = (paths: readonly string[]) => paths.flatMap((path) => path.split('/', 1));
  // What another program of the project reads is nothing to this one.
  const read = programs.map(([, text]) => text).join('\n');
  const isNamed = (path: string) =>
    files.isNamed(path) && ['"', "'", '/'].some((before) => read.includes(`${before}${path}`));
  const mounted = topsOf(all.filter((path) => isMounted(path, kind))).filter((top) => isNamed(`${top}/`));
  const ignored = ignoredPaths(facts, files).filter((path) => !path.startsWith('.') && isNamed(path));
  const keptOut = all
    .slice(0, mostPaths)
    .filter(
      (path) =>
        !files.secret.includes(path) &&
        context.ignoreFile?.keepsOut(path) &&
        !/^\.|\.(?:py|md)$|(?:^|\/)__pycache__\//.test(path) &&
        isNamed(path),
    );
  const outside = new Set([...mounted, ...ignored, ...keptOut, ...files.secret]);
  const defaults = defaultNotes(facts, start);
  const fetched = fetchedNote(facts, start);
  const pages = programs.map(([, text]) => withoutComments(code(text)));
  const opened = pages.map(openedSecrets);
  const isOpened = opened.some((names) => names !== undefined);
  const secrets = [...new Set([...pages.flatMap(pageSecrets), ...opened.flatMap((names) => names ?? [])])];
  const takes = secrets.length > 0 ? ` with ${secrets.slice(0, mostVariables).join(', ')}` : '';
  const unheld =
    kind === 'wheel'
      ? []
      : missingFiles(facts, start, kind).filter(
          (path) =>
            !outside.has(path) &&
            !outside.has(path.split('/', 1)[0] ?? '') &&
            !(fetched !== undefined && isFetchedByName(path)) &&
            !defaults.paths.includes(path) &&
            !(isOpened && path.endsWith('.streamlit/secrets.toml')),
        );
  const above = unheld.filter((path) => path.startsWith('/'));
  const missing = unheld.filter((path) => !above.includes(path));
  const installed = systemPackages(facts, plan.cuda === null ? 'bookworm' : 'noble');
  const isInstalled = (name: string) =>
    installed.some((one) => one.split(/[=-]/, 1)[0] === name.replace('ffprobe', 'ffmpeg'));
  const letIn = kind === 'wheel' ? [] : files.letIn;
  const lookedUp = lookedUpIn(programs, variables);
  const examples = exampleVariables(facts).filter(
    ([name]) => !variables.includes(name) && !lookedUp.includes(name),
  );
  const values = examples.filter(([name]) => !namesProgram.test(name) && !defaults.variables.includes(name));
  const ownEnv = all.find((path) => /(?:^|\/)\.env$/.test(path));
  const readsEnv = programs.some(([, text]) =>
    /\bdotenv\b|\benv_file\b|\bread_env\(|\bdecouple\b/.test(text),
  );
  const extras = kind === 'wheel' ? [] : extrasLeftOut(facts);
  const members = kind === 'wheel' ? [] : membersLeftOut(facts, start);
  const hiding = [...texts].find(([path, text]) => isCompose.test(path) && overApp.test(text))?.[0];
  const migration = django ? django.migrate : migrationOf(facts, start);
  const missed = leftOut(plan).filter(
    (one) =>
      one !== `"${migration}"` &&
      !(browsersOf(plan) !== undefined && /^"(?:python -m )?playwright install/.test(one)),
  );
  const hosts = privateIndexes(facts, dependencies);
  const browsing = ['playwright', 'selenium', 'pyppeteer'].filter(
    (name) =>
      facts.direct.has(name) &&
      !(name === 'selenium' && facts.browser !== undefined) &&
      !(name === 'playwright' && browsersOf(plan) !== undefined),
  );
  return [
    hosts.length > 0
      ? `${listed(hosts)} ${hosts.length === 1 ? 'lets' : 'let'} a build read packages without a password.`
      : undefined,
    mirrorNote(facts, dependencies),
    needsNltkData(programsOfStart(facts, start)) && !all.some((path) => path.startsWith('nltk_data/'))
      ? 'The data of nltk that the programs read are mounted below /app/nltk_data, as nothing downloads them.'
      : undefined,
    browsing.length > 0
      ? `${listed(browsing)} finds its browsers elsewhere, as the image holds none.`
      : undefined,
    ...(kind === 'wheel' ? [] : pickledNotes(facts, dependencies.asked, dependencies.pickled ?? [])),
    ...(facts.extraNotes ?? []),
    facts.browser?.note,
    railwayNote(facts),
    facts.limit
      ? `The releases that were there on ${facts.limit.date} fit the project, as it names ${facts.limit.because} of that time.`
      : undefined,
    facts.limit && facts.limit.date <= firstQuarter
      ? `The project runs with Python ${facts.python}, though its packages may be older.`
      : undefined,
    facts.tellsPython && kind !== 'wheel'
      ? `Python ${facts.python} fits the project, though .python-version says ${texts.get('.python-version')?.trim()}.`
      : undefined,
    kind === 'wheel' ? undefined : staleRuntimeNote(facts, facts.python),
    ...(kind === 'wheel' ? [] : [newUseNote(facts, facts.python), ...oldUseNotes(facts, facts.python)]),
    !facts.limit && (/^(?:pyproject|setup)$/.test(dependencies.source) || kind === 'wheel')
      ? 'The newest releases of the dependencies fit the project, as nothing that the image gets locks them.'
      : undefined,
    !facts.limit && loose.length > 0 && kind !== 'wheel'
      ? `The newest releases of ${listed(loose.map(({ name }) => name))} fit the project, as ${dependencies.files.length > 0 ? `${dependencies.files[0]} pins no versions of them` : 'no file pins their versions'}.`
      : undefined,
    facts.limit ? undefined : unlockedNote(facts, dependencies),
    ...(kind === 'wheel' ? [] : placeholderNotes(facts, start)),
    serverNote(facts),
    enginesNote(facts),
    developmentNote(facts, start),
    variables.length > 0
      ? `${variables.slice(0, mostVariables).join(', ')} ${variables.length === 1 ? 'is' : 'are'} given when the container is started.`
      : undefined,
    values.length > 0
      ? `${listed(values.map(([name]) => name))} of ${values[0]?.[1]} ${values.length === 1 ? 'is' : 'are'} given when the container is started, where the program needs ${values.length === 1 ? 'it' : 'them'}.`
      : undefined,
    ...programVariables(examples),
    ...givenAsThere(facts, [...variables, ...lookedUp]),
    lookedUp.length > 0
      ? `${lookedUp.slice(0, mostVariables).join(', ')} ${lookedUp.length === 1 ? 'is' : 'are'} given when the container is started: the programs name no value to take instead, and may end or do less without ${lookedUp.length === 1 ? 'it' : 'them'}.`
      : undefined,
    credentialsNote(facts, start),
    secrets.length > 0 || isOpened
      ? `.streamlit/secrets.toml${takes} is mounted below /app, as the image holds no secrets.`
      : undefined,
    ownEnv !== undefined && readsEnv
      ? `What ${ownEnv} sets is given when the container is started (docker run --env-file ${ownEnv}, which takes quotes around values as parts of them and refuses names with blanks behind them), as the image does not hold that file.`
      : undefined,
    kind === 'wheel' ? undefined : envFileNote(facts),
    extras.length > 0
      ? `The program does without the extras ${listed(extras)} of pyproject.toml.`
      : undefined,
    members.length > 0 ? `The program does without ${listed(members)} of the workspace.` : undefined,
    hiding === undefined
      ? undefined
      : `Nothing is mounted over /app as in ${hiding}, as the environment lies there.`,
    outside.size > 0
      ? `${listed([...outside])} ${outside.size === 1 ? 'is' : 'are'} mounted below /app, as the image holds no such files.`
      : undefined,
    missed.length > 0 ? `The program does without ${listed(missed)} of ${facts.present?.path}.` : undefined,
    django?.isUncollected
      ? 'The static files are gathered and served elsewhere, as the image does not run collectstatic.'
      : undefined,
    ...(django?.notes ?? []),
    migration === undefined || django?.migratesAtStart
      ? undefined
      : isInContainer(facts, start)
        ? `"${migration}" is run in the container (docker exec) before its first use, as the database of SQLite that lies there has no tables, or was run on one that is mounted.`
        : `"${migration}" was run on the database before.`,
    ...preparations(plan)
      .filter(([line]) => line !== migration && !missed.includes(`"${line}"`))
      .map(([line, by]) => `"${line}" of ${by} was run before, as the image does not run it.`),
    letIn.length > 0
      ? `${listed(letIn)} ${letIn.length === 1 ? 'is' : 'are'} in the folder wherever the image is built, though Git ignores ${letIn.length === 1 ? 'it' : 'them'}.`
      : undefined,
    start.asks === undefined
      ? start.help === undefined || start.service
        ? undefined
        : `The image shows the help of ${start.words.join(' ')}, unless its name in "docker run" is followed by other arguments.`
      : `The arguments of ${start.file} come behind the name of the image in "docker run", as it does nothing without them.`,
    above.length > 0
      ? `${listed(above)} ${above.length === 1 ? 'is' : 'are'} mounted, as the program looks for ${above.length === 1 ? 'it' : 'them'} above the folder of the project.`
      : undefined,
    missing.length > 0
      ? `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} mounted below /app${programs.some(([, text]) => writesFiles(text)) ? ` unless the program makes ${missing.length === 1 ? 'it' : 'them'}` : ''}, as the image does not hold ${missing.length === 1 ? 'it' : 'them'}.`
      : undefined,
    startedNote(facts, start, isInstalled),
    kind === 'wheel' ? undefined : cloudNote(facts, plan.cuda === null),
    condaPrograms(facts, dependencies, facts.packages),
    ...(kind === 'wheel' ? [] : otherLanguages(facts)),
    ...foreignPathNotes(facts, start),
    ...(kind === 'wheel' ? [] : [...misplacedNotes(facts, start), ...defaults.lines]),
    ...mountNotes(facts, start),
    scatteredNote(facts, start),
    kind === 'wheel' ? undefined : translationNote(facts, start),
    ...(kind === 'wheel' ? [] : keptWorkNotes(facts, start)),
    django || migration !== undefined ? undefined : seedNote(facts, start),
    ...surroundings(facts, start),
    ...(kind === 'wheel' ? [] : workerNotes(facts, start)),
    kind === 'wheel' ? undefined : renderedNote(facts, start),
    ...clientNotes(facts, start),
    ...repositoryNotes(facts, dependencies),
    ...(kind === 'wheel'
      ? []
      : [
          ...unlistedNotes(facts, start),
          downloadNote(facts, start),
          fetched,
          lfsNote(facts),
          cpuNote(facts),
        ]),
    ...deviceNotes(facts, start),
    plan.cuda === null ? clockNote(facts, start) : undefined,
    listeningNote(facts, start),
    lostWorkNote(facts, start),
    start.service && start.service.health === undefined
      ? 'Any answer of the service on its port, but an error of its own (500 and above), means that it is well.'
      : undefined,
  ].filter((line) => line !== undefined);
}

const isCompose = /^(?:docker-)?compose[\w.-]*\.ya?ml$/;
const overApp = /^[ \t]*-[ \t]+["']?\.\/?:\/app\/?(?:["':\s]|$)/m;

const namesProgram = /_(?:EXECUTABLE|BINARY|BIN|CMD)$/;
/** A variable for the path of another program, which is none to go without where the program needs that. */
const programVariables = (examples: readonly [name: string, file: string][]): string[] =>
  examples.flatMap(([name, file]) =>
    namesProgram.test(name)
      ? [
          `${name} of ${file} names a program that the image does not have, unless the Dockerfile is made to install it.`,
        ]
      : [],
  );

/** What Compose files give the container and no program names: a package reads it by itself, a line for each. */
function givenAsThere({ texts }: Plan['facts'], told: readonly string[]): string[] {
  const programs = [...texts].flatMap(([path, text]) => (path.endsWith('.py') ? text.toUpperCase() : []));
  const words = new Set(programs.flatMap((text) => text.split(/\W+/)));
  return [...texts].flatMap(([path, text]) => {
    const names = isCompose.test(nameOf(path))
      ? givenNames(text).filter((name) => !words.has(name) && !told.includes(name) && !ofImage.test(name))
      : [];
    return names.length === 0
      ? []
      : [
          `${names.slice(0, mostVariables).join(', ')} ${names.length === 1 ? 'is' : 'are'} given when the container is started, as in ${path}.`,
        ];
  });
}
/** They tell Python and the image what is told here already. */
const ofImage = /^(?:PYTHON\w*|TZ|LANG|PORT|PATH|NVIDIA_\w+)$/;

/** The variables of an example of `.env`, with its name, that the programs name. */
function exampleVariables({ texts }: Plan['facts']): [name: string, file: string][] {
  const found = [...texts].find(([path]) => /^\.?env\./.test(path));
  if (!found) return [];
  const programs = [...texts].flatMap(([path, text]) => (path.endsWith('.py') ? text.toUpperCase() : []));
  const words = new Set(programs.flatMap((text) => text.split(/\W+/)));
  const names = [...found[1].matchAll(/^[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]*)[ \t]*=/gm)];
  return [...new Set(names.map(([, name = '']) => name))].flatMap((name) =>
    // Names of settings are read in any case (pydantic documentation, "Settings Management").
    words.has(name) ? [[name, found[0]] as [string, string]] : [],
  );
}

const listed = (names: readonly string[]) =>
  names.length > most
    ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
    : names.join(', ');
