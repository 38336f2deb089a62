import { asgiFrameworks, ownServers, wsgiFrameworks } from '../../../data/web-frameworks.ts';
import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import { saidPort } from '../starts/said-starts.ts';
import { lineOf, type Start } from '../starts/start.ts';

/** What a program imports that answers others, by itself or by a server; clients are often of the same package. */
const serving: ReadonlySet<string> = new Set([
  ...[...asgiFrameworks, ...wsgiFrameworks, ...ownServers.keys()].map((name) => name.replaceAll('-', '_')),
  ...'uvicorn gunicorn hypercorn waitress werkzeug wsgiref http socketserver xmlrpc bottle cherrypy sanic falcon pyramid grpc'.split(
    ' ',
  ),
  ...'bentoml mlflow mcp fastmcp flask_socketio socketio shiny solara reflex websockets twisted ray prometheus_client'.split(
    ' ',
  ),
]);

/** Where nothing tells that a program listens, as of a bot that asks others, nobody waits at a port or looks whether it answers. */
export function withoutIdlePort(facts: ProjectFacts, start: Start): Start {
  if (!start.service || !isIdle(facts, start)) return start;
  const { service: _, ...idle } = start;
  return idle;
}

function isIdle(facts: ProjectFacts, start: Start): boolean {
  const isProgram = /^python3?$/.test(start.words[0] ?? '') && start.port === undefined;
  if (!isProgram || saidPort(facts) !== undefined || /--port\b|:\d{2,5}\b/.test(lineOf(start.words)))
    return false;
  const programs = programsOfStart(facts, start);
  return (
    programs.length > 0 &&
    programs.every(({ path }) =>
      facts.tree.allImports(path).every((module) => !serving.has(module.split('.', 1)[0] ?? '')),
    )
  );
}
