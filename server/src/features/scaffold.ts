import type {
  Scaffold,
  ScaffoldKind,
  ScaffoldOffer,
  ScaffoldParams,
  ScaffoldProgram,
  ScaffoldTask,
} from '../protocol/requests.ts';
import { assumptionsOf } from './scaffold/assumptions.ts';
import { djangoOf } from './scaffold/django/django.ts';
import { dockerfileOf, type Plan } from './scaffold/dockerfile.ts';
import type { Answers, Found } from './scaffold/found.ts';
import { ignoreFileOf } from './scaffold/ignore-file.ts';
import type { KnownProject } from './scaffold/known-project.ts';
import { wanted } from './scaffold/own-dockerfile.ts';
import { askedInstall } from './scaffold/packages/asked-install.ts';
import { withServer } from './scaffold/packages/called-packages.ts';
import { onlyForConda } from './scaffold/packages/conda-only.ts';
import { withImportedExtras } from './scaffold/packages/imported-extras.ts';
import { imageFacts, isOneWheel, type ProjectFacts, projectFacts } from './scaffold/project.ts';
import { cudaTagOf, oldCudaOf } from './scaffold/releases/gpu.ts';
import { releasesOf } from './scaffold/releases/releases.ts';
import { isMainlyServed, webFramework } from './scaffold/servers/server.ts';
import { settingsOf } from './scaffold/settings/settings.ts';
import { startOf } from './scaffold/starts/choose-start.ts';
import { neededFiles, withReached } from './scaffold/starts/program-file.ts';
import { drivenBrowser } from './scaffold/surroundings/driven-browsers.ts';

/** For which kinds of image a project is fit, the best first; none where there is no project. */
export function scaffoldKinds(known: KnownProject): ScaffoldOffer[] {
  const asked = projectFacts(known, {});
  // What is imported where no file lists it tells of the image before it is agreed to.
  const found =
    asked && 'question' in asked && asked.question.id === 'dependencies'
      ? projectFacts(known, { dependencies: asked.question.choices[0]?.value ?? '' })
      : asked;
  if (!found) return [];
  // What has to be asked first is asked with any kind, and why nothing can be made is said then.
  if (!('value' in found))
    return plain.filter((kind) => kind !== 'wheel').map((kind) => ({ kind, because: null }));
  const facts = found.value;
  const framework = webFramework(facts) ?? null;
  const releases = (answers: Answers) => releasesOf(facts, facts.dependencies, false, answers);
  const open = releases({});
  // As far as is told before it is asked.
  const likely = 'question' in open ? releases({ releases: open.question.choices[0]?.value ?? '' }) : open;
  const limit = 'value' in likely ? likely.value.limit : null;
  const oldCuda = oldCudaOf(facts.dependencies.asked, limit);
  const reasons: readonly (readonly [ScaffoldKind, string | null, boolean])[] = [
    ['serving', framework !== null && isMainlyServed(facts) ? framework : null, framework !== null],
    ['training', (facts.gpu.isCpu || oldCuda ? undefined : facts.gpu.framework) ?? null, true],
    ['wheel', hasWheel(facts) ? 'dist' : null, isOneWheel(facts)],
    ['multi-stage', lockOf(facts), true],
  ];
  const fit = reasons.filter(([, , isPossible]) => isPossible);
  const withReason = fit.filter(([, because]) => because !== null);
  // Without any reason the plain images come before those for a GPU or a port.
  const rest = fit
    .filter(([, because]) => because === null)
    .sort(([a], [b]) => plain.indexOf(a) - plain.indexOf(b));
  return [...withReason, ...rest].map(([kind, because]) => ({ kind, because }));
}

/** A wheel does not hold what a lock file says. */
const lockOf = ({ dependencies: { source, files } }: ProjectFacts) =>
  source === 'lock' ? 'uv.lock' : files[0] === 'poetry.lock' ? 'poetry.lock' : null;

const plain: readonly ScaffoldKind[] = ['wheel', 'multi-stage', 'training', 'serving'];

const hasWheel = ({ context }: ProjectFacts) =>
  (context.files?.files ?? []).some(({ path }) => /^dist\/[^/]+\.whl$/.test(path));

/** The files for an image of a project, or what has to be asked before; undefined where there is no project. */
export function scaffold(
  known: KnownProject,
  { kind, dockerfile = 'Dockerfile', below = '', answers = {} }: Omit<ScaffoldParams, 'folder'>,
): Scaffold | undefined {
  const isWanted = wanted(known.texts, answers);
  const facts = projectFacts(known, answers);
  if (!facts) return undefined;
  const found = 'value' in isWanted ? planOf(facts, kind, answers) : isWanted;
  if ('question' in found) return { ...nothing, question: found.question };
  if ('refused' in found) return { ...nothing, refused: found.refused };
  const plan = found.value;
  const ignored = ignoreFileOf(plan.facts, kind);
  const text = dockerfileOf(plan);
  const path = below === '' ? dockerfile : `${below}/${dockerfile}`;
  return {
    files: [
      { path: dockerfile, text },
      ...(ignored === undefined ? [] : [{ path: '.dockerignore', text: ignored }]),
    ],
    tasks: tasksOf(plan.facts, kind, path, below === '' ? '.' : below),
    assumes: [...(found.assumes ?? []), ...assumptionsOf(plan)],
    question: null,
    refused: null,
    install: askedInstall(text, plan.facts.python) ?? null,
    program: programOf(plan),
    settings: settingsOf(plan),
  };
}

function programOf({ facts, start }: Plan): ScaffoldProgram | null {
  const files = [...neededFiles(facts, start)].filter((path) => path.endsWith('.py'));
  return files.length > 0 ? { python: facts.python, files } : null;
}

const nothing: Scaffold = {
  files: [],
  tasks: [],
  assumes: [],
  question: null,
  refused: null,
  install: null,
  program: null,
  settings: [],
};

/** One after the other: what the dependencies are tells the Pythons that fit, and so on. */
function planOf(facts: Found<ProjectFacts>, kind: ScaffoldKind, answers: Answers): Found<Plan> {
  if (!('value' in facts)) return facts;
  if (kind === 'wheel' && !isOneWheel(facts.value)) return { refused: noWheel };
  const image = imageFacts(facts.value, kind === 'wheel', answers);
  if (!('value' in image)) return image;
  const { dependencies, limit } = image.value;
  const oldCuda = kind === 'training' ? oldCudaOf(dependencies.asked, limit) : undefined;
  if (oldCuda !== undefined) return { refused: oldCuda };
  const cuda = kind === 'training' ? cudaTagOf(image.value.gpu, answers) : { value: null };
  if (!('value' in cuda)) return cuda;
  const start = startOf(image.value, kind, answers);
  const files = 'value' in start ? neededFiles(image.value, start.value) : undefined;
  // What another program needs stops this one not.
  const lacking = 'question' in start ? undefined : onlyForConda(image.value, dependencies, files);
  if (lacking !== undefined) return { refused: lacking };
  if (!('value' in start)) return start;
  const { file, needsSources } = start.value;
  if (needsSources && file !== undefined && image.value.context.ignoreFile?.keepsOut(file))
    return {
      refused: `.dockerignore keeps ${file} out, which the image starts: let it in, then add the files again.`,
    };
  const served = withServer(withImportedExtras(image.value, start.value), start.value);
  const onDebian = kind !== 'wheel' && cuda.value === null;
  const started = {
    ...served,
    browser: onDebian ? drivenBrowser(served, start.value) : undefined,
    files: withReached(image.value, start.value),
  };
  return {
    value: {
      facts: started,
      kind,
      start: start.value,
      cuda: cuda.value,
      django: djangoOf(image.value, start.value),
    },
    assumes: [...(image.assumes ?? []), ...(start.assumes ?? [])],
  };
}

const noWheel =
  'No single wheel can be built of the project: it has no build backend that finds its code, or it needs what no index has.';

function tasksOf(
  { name }: ProjectFacts,
  kind: ScaffoldKind,
  dockerfile: string,
  project: string,
): ScaffoldTask[] {
  // Images of several kinds may be made of one project.
  const image = `${name}${/(?:^|\/)Dockerfile$/.test(dockerfile) ? '' : `-${kind}`}:latest`;
  const called = image.replace(/:latest$/, '');
  const wheel = `Build wheel of ${name}`;
  const build = `Build image of ${called}`;
  const isWheel = kind === 'wheel';
  return [
    ...(isWheel ? [{ label: wheel, type: 'wheelhouse', command: 'buildWheel', project } as const] : []),
    {
      label: build,
      type: 'wheelhouse',
      command: 'buildImage',
      dockerfile,
      tag: image,
      ...(isWheel ? { dependsOn: wheel } : {}),
    },
    { label: `Run ${called}`, type: 'wheelhouse', command: 'run', image, dependsOn: build },
  ];
}
