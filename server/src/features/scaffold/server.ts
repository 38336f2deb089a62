import { asgiFrameworks, ownServers, usualPort, wsgiFrameworks } from '../../data/web-frameworks.ts';
import type { ScaffoldKind } from '../../protocol/requests.ts';
import { type Application, applicationsOf, besideProgram, targetOf } from './applications.ts';
import type { Found } from './found.ts';
import { healthOf } from './health-routes.ts';
import { launchFault } from './launchers.ts';
import { withItsWork } from './lost-work.ts';
import { ownServed } from './own-servers.ts';
import { programsOf } from './programs.ts';
import type { ProjectFacts } from './project.ts';
import { routed } from './routed.ts';
import { saidPort } from './said-starts.ts';
import { developmentServer, serverWords, servesSockets } from './server-words.ts';
import type { Candidate } from './start.ts';

export function webFramework(facts: ProjectFacts): string | undefined {
  return [...ownServers.keys(), ...asgiFrameworks, ...wsgiFrameworks].find((name) => isUsed(facts, name));
}

/** A program may import what only another package brings along, such as one that extends it. */
function isUsed({ direct, packages, tree }: ProjectFacts, name: string): boolean {
  if (direct.has(name)) return true;
  // As djangorestframework does, and flask-restx.
  const isBrought = packages.has(name) || [...direct].some((one) => one.startsWith(name));
  return (
    isBrought &&
    [...tree.paths].some(
      (path) =>
        !besideProgram.test(path) &&
        tree.allImports(path).some((module) => module === name || module.startsWith(`${name}.`)),
    )
  );
}

/** Whether an image is one of a service: it is asked for, or the project is nothing else. */
export function isService(facts: ProjectFacts, kind: ScaffoldKind): boolean {
  if (kind === 'serving') return true;
  if (kind === 'training' || !webFramework(facts)) return false;
  const { scripts = [], poetry } = facts.context.project ?? {};
  const programs = facts.isPackage ? programsOf(facts, kind) : [];
  const isShown =
    programs.length > 0 && programs.every(({ start }) => launchFault(facts, start) !== undefined);
  return (
    !(
      facts.isPackage &&
      !isShown &&
      scripts.length + (poetry?.scripts.length ?? 0) + (facts.dependencies.setup?.scripts.length ?? 0) > 0
    ) && servedBy(facts).length > 0
  );
}

/** The ways in which the service of a project can be started. */
export function servicesOf(facts: ProjectFacts): Found<readonly Candidate[]> {
  const framework = webFramework(facts);
  if (framework === undefined)
    return {
      refused:
        'No dependency is a web framework that is known here, so nothing tells how a service is started.',
    };
  const candidates = servedBy(facts);
  if (candidates.length === 0 && !ownServers.has(framework)) {
    const applications = withoutSockets(facts, applicationsOf(facts.tree));
    const kinds = new Set(applications.map(({ kind }) => kind));
    if (applications.some(({ path }) => rayServe.test(facts.texts.get(path) ?? '')))
      return {
        refused:
          'Ray Serve starts the application by itself: add the files for another kind of image, and start what calls serve.run.',
      };
    if (kinds.size > 0 && !servesSockets(facts))
      return {
        refused: `${framework} needs a server that other machines can reach: add ${kinds.has('wsgi') ? 'gunicorn' : 'uvicorn'} to the dependencies.`,
      };
  }
  return { value: candidates };
}

/** The application is a part of a deployment (Ray documentation, "Ray Serve", FastAPI). */
const rayServe = /@serve\.(?:deployment|ingress)\b/;

function servedBy(facts: ProjectFacts): Candidate[] {
  const own = [...ownServers].filter(([name]) => isUsed(facts, name));
  return [
    ...own.flatMap(([name, server]) => ownServed(facts, name, server)),
    ...withoutSockets(facts, applicationsOf(facts.tree)).flatMap((application) => {
      const found = served(facts, routed(application, facts.tree));
      return found ? [withItsWork(facts, found)] : [];
    }),
  ];
}

/** What Channels routes is served by ASGI alone (Channels documentation, "Deploying"). */
function withoutSockets({ direct }: ProjectFacts, all: readonly Application[]): readonly Application[] {
  const asgi = all.filter(({ kind }) => kind === 'asgi');
  return asgi.length > 0 && (direct.has('channels') || direct.has('daphne')) ? asgi : all;
}

/** By the server that the project asks for. */
function served(facts: ProjectFacts, application: Application): Candidate | undefined {
  const { target, roots } = targetOf(application, facts.tree);
  const port = saidPort(facts) ?? usualPort;
  const isInstalled = facts.isInPackage(application.path);
  const words = serverWords(facts, application, target, port);
  const own = words ?? developmentServer(facts, target, port);
  if (!own) return undefined;
  return {
    start: {
      words: own,
      needsSources: !isInstalled,
      file: application.path,
      roots: isInstalled ? [] : roots,
      service: { port, health: healthOf(facts, application), variables: {} },
    },
    file: application.path,
    rank: 0,
    // Where no name stands behind the module, gunicorn takes this one (Gunicorn documentation, "Running Gunicorn").
    names: [
      target,
      `${target}()`,
      ...(application.variable === 'application' ? [target.split(':', 1)[0] ?? ''] : []),
    ],
    isDoubtful: words === undefined,
    isUnusual: !isUsual.test(application.path) || application.path.split('/').length > mostDeep,
  };
}

/** Files in which an application is looked for (documentation of FastAPI, Flask and Django), below a folder or two. */
const isUsual = /(?:^|\/)(?:main|app|application|api|server|web|run|wsgi|asgi|__init__)\.py$/;
const mostDeep = 3;
