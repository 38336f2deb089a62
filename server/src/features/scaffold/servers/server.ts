import { addedServers } from '../../../data/added-servers.ts';
import { asgiFrameworks, ownServers, usualPort, wsgiFrameworks } from '../../../data/web-frameworks.ts';
import type { ScaffoldKind } from '../../../protocol/requests.ts';
import { launchFault } from '../faults/launchers.ts';
import { withItsWork } from '../files/lost-work.ts';
import type { Found } from '../found.ts';
import type { ProjectFacts } from '../project.ts';
import {
  type Application,
  applicationsOf,
  besideProgram,
  type IsBeside,
  isBesideByPath,
  isBesideByText,
  targetOf,
} from '../sources/applications.ts';
import { isBySource, programsOf } from '../starts/programs.ts';
import { saidPort } from '../starts/said-starts.ts';
import type { Candidate } from '../starts/start.ts';
import { addedWords } from './added-server.ts';
import { healthOf } from './health-routes.ts';
import { ownServed } from './own-servers.ts';
import { routed } from './routed.ts';
import { servedOnce } from './served-twice.ts';
import { serverWords, servesSockets } from './server-words.ts';

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
  const { scripts = [] } = facts.context.project ?? {};
  const programs = facts.isPackage ? programsOf(facts, kind) : [];
  const isShown =
    programs.length > 0 && programs.every(({ start }) => launchFault(facts, start) !== undefined);
  return (
    !(facts.isPackage && !isShown && scripts.length + (facts.dependencies.setup?.scripts.length ?? 0) > 0) &&
    // Where a program can be started, an application without a server is a part of it.
    servedBy(facts, !facts.direct.has('flask') && programsOf(facts, kind).length > 0).length > 0
  );
}

/** Whether a project is for a service first of all: commands of its own come before an application that nothing serves. */
export const isMainlyServed = (facts: ProjectFacts): boolean =>
  !programsOf(facts, 'multi-stage').some(({ start }) => start.file === undefined) ||
  [...addedServers.keys()].some((name) => facts.packages.has(name)) ||
  servedBy(facts, true).length > 0;

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
    if (applications.some(({ path }) => rayServe.test(facts.texts.get(path) ?? '')))
      return {
        refused:
          'Ray Serve starts the application by itself: add the files for another kind of image, and start what calls serve.run.',
      };
  }
  return { value: candidates };
}

/** The application is a part of a deployment (Ray documentation, "Ray Serve", FastAPI). */
const rayServe = /@serve\.(?:deployment|ingress)\b/;

/** @param isNamed by a server that the project asks for alone */
function servedBy(facts: ProjectFacts, isNamed = false): Candidate[] {
  const found = servedOf(facts, isNamed, isBesideByPath);
  // Where a project has nothing else, a name alone makes no test.
  return found.length > 0 || programsOf(facts, 'multi-stage').length > 0
    ? found
    : servedOf(facts, isNamed, isBesideByText(facts.tree));
}

function servedOf(facts: ProjectFacts, isNamed: boolean, isBeside: IsBeside): Candidate[] {
  const own = [...ownServers]
    .filter(([name]) => isUsed(facts, name))
    .flatMap(([name, server]) => ownServed(facts, name, server, isBeside));
  const all = withoutSockets(facts, applicationsOf(facts.tree, isBeside)).map((one) =>
    routed(one, facts.tree),
  );
  const named = all.flatMap((application) => {
    const words = serverWords(facts, application, targetOf(application, facts.tree).target, portOf(facts));
    return words ? [servedOnce(facts, withItsWork(facts, served(facts, application, words)))] : [];
  });
  if (own.length + named.length > 0 || isNamed) return [...own, ...named];
  return besideList(facts, all).map((application) => {
    const words = addedWords(facts, application, targetOf(application, facts.tree).target, portOf(facts));
    return servedOnce(facts, withItsWork(facts, served(facts, application, words)));
  });
}

/** The applications that a server which no list names is installed for: of Django's two the one that needs no sockets. */
function besideList(facts: ProjectFacts, all: readonly Application[]): readonly Application[] {
  const fit = all.filter(
    ({ path, kind }) =>
      !rayServe.test(facts.texts.get(path) ?? '') && !(kind === 'wsgi' && servesSockets(facts)),
  );
  const wsgi = fit.filter(({ kind }) => kind === 'wsgi');
  return wsgi.length > 0 && facts.direct.has('django') ? wsgi : fit;
}

const portOf = (facts: ProjectFacts) => saidPort(facts) ?? usualPort;

/** What Channels routes is served by ASGI alone (Channels documentation, "Deploying"). */
function withoutSockets({ direct }: ProjectFacts, all: readonly Application[]): readonly Application[] {
  const asgi = all.filter(({ kind }) => kind === 'asgi');
  return asgi.length > 0 && (direct.has('channels') || direct.has('daphne')) ? asgi : all;
}

function served(facts: ProjectFacts, application: Application, words: readonly string[]): Candidate {
  const { target, roots } = targetOf(application, facts.tree);
  const isInstalled =
    facts.isInPackage(application.path) &&
    !isBySource(facts, application.path, target.startsWith('src.') ? '' : 'src');
  return {
    start: {
      words,
      needsSources: !isInstalled,
      file: application.path,
      roots: isInstalled ? [] : roots,
      service: { port: portOf(facts), health: healthOf(facts, application), variables: {} },
    },
    file: application.path,
    rank: 0,
    // Where no name stands behind the module, gunicorn takes this one (Gunicorn documentation, "Running Gunicorn").
    names: [
      target,
      `${target}()`,
      ...(application.variable === 'application' ? [target.split(':', 1)[0] ?? ''] : []),
    ],
    isUnusual: !isUsual.test(application.path) || application.path.split('/').length > mostDeep,
  };
}

/** Files in which an application is looked for (documentation of FastAPI, Flask and Django), below a folder or two. */
const isUsual = /(?:^|\/)(?:main|app|application|api|server|web|run|wsgi|asgi|__init__)\.py$/;
const mostDeep = 3;
