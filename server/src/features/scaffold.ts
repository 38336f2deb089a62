import type {
  Scaffold,
  ScaffoldKind,
  ScaffoldOffer,
  ScaffoldParams,
  ScaffoldTask,
} from '../protocol/requests.ts';
import { dockerfileOf } from './scaffold/dockerfile.ts';
import { ignoreFileOf } from './scaffold/ignore-file.ts';
import { type KnownProject, type ProjectFacts, projectFacts } from './scaffold/project.ts';
import { webFramework } from './scaffold/server.ts';

/** For which kinds of image a project is fit, the best first; none where there is no project. */
export function scaffoldKinds(known: KnownProject): ScaffoldOffer[] {
  const facts = projectFacts(known);
  if (!facts) return [];
  const reasons: readonly (readonly [ScaffoldKind, string | null, boolean])[] = [
    ['serving', webFramework(facts) ?? null, true],
    ['training', (facts.gpu.isCpu ? undefined : facts.gpu.framework) ?? null, true],
    ['wheel', hasWheel(facts) ? 'dist' : null, isOneWheel(facts)],
    ['multi-stage', facts.source === 'lock' ? 'uv.lock' : null, true],
  ];
  const fit = reasons.filter(([, , isPossible]) => isPossible);
  const withReason = fit.filter(([, because]) => because !== null);
  // Without any reason the plain images come before those for a GPU or a port.
  const rest = fit.filter(([, because]) => because === null).sort(([a], [b]) => plain(a) - plain(b));
  return [...withReason, ...rest].map(([kind, because]) => ({ kind, because }));
}

const plain = (kind: ScaffoldKind) => ['wheel', 'multi-stage', 'training', 'serving'].indexOf(kind);

const hasWheel = ({ context }: ProjectFacts) =>
  (context.files?.files ?? []).some(({ path }) => /^dist\/[^/]+\.whl$/.test(path));

/** One wheel is enough: no dependency is a member of the same workspace, which no index has. */
const isOneWheel = ({ isPackage, context, direct }: ProjectFacts) =>
  isPackage && !context.lock?.packages.some(({ isLocal, name }) => isLocal && direct.has(name));

/** The files for an image of a project; undefined where there is no project, or none of which a wheel can be made. */
export function scaffold(
  known: KnownProject,
  { kind, dockerfile = 'Dockerfile', below = '' }: Omit<ScaffoldParams, 'folder'>,
): Scaffold | undefined {
  const facts = projectFacts(known);
  if (!facts || (kind === 'wheel' && !isOneWheel(facts))) return undefined;
  const ignored = ignoreFileOf(facts, kind);
  return {
    files: [
      { path: dockerfile, text: dockerfileOf(facts, kind) },
      ...(ignored === undefined ? [] : [{ path: '.dockerignore', text: ignored }]),
    ],
    tasks: tasksOf(
      facts,
      kind,
      below === '' ? dockerfile : `${below}/${dockerfile}`,
      below === '' ? '.' : below,
    ),
  };
}

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
