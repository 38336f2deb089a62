import type { ProjectFacts } from '../project.ts';
import { lowestOf } from '../releases/ages.ts';
import type { Application } from '../sources/applications.ts';

/** How the server that a project asks for is given an application (documentation of each). */
export function serverWords(
  facts: ProjectFacts,
  { kind, isFactory }: Application,
  target: string,
  port: number,
): string[] | undefined {
  const { packages } = facts;
  const call = isFactory ? `${target}()` : target;
  const address = `0.0.0.0:${port}`;
  if (kind === 'asgi') {
    if (packages.has('uvicorn') || bringsUvicorn(facts))
      return [
        'uvicorn',
        target,
        ...(isFactory ? ['--factory'] : []),
        '--host',
        '0.0.0.0',
        '--port',
        `${port}`,
      ];
    if (packages.has('hypercorn')) return ['hypercorn', call, '--bind', address];
    return packages.has('daphne') && !isFactory
      ? ['daphne', '-b', '0.0.0.0', '-p', `${port}`, target]
      : undefined;
  }
  if (packages.has('gunicorn')) return ['gunicorn', ...socketWorkers(facts), '--bind', address, call];
  if (packages.has('flask-socketio')) return undefined;
  if (packages.has('waitress'))
    return ['waitress-serve', `--listen=*:${port}`, ...(isFactory ? ['--call'] : []), target];
  // uWSGI itself is compiled, against libraries that the final stage does not hold.
  return packages.has('pyuwsgi')
    ? ['uwsgi', '--http', address, '--master', '--die-on-term', '--need-app', '--module', call]
    : undefined;
}

/** One worker, which keeps its connections (Flask-SocketIO documentation, "Deployment"). */
export function socketWorkers({ packages }: ProjectFacts): string[] {
  if (!packages.has('flask-socketio')) return [];
  if (packages.has('eventlet')) return ['--worker-class', 'eventlet', '--workers', '1'];
  if (packages.has('gevent-websocket'))
    return ['--worker-class', 'geventwebsocket.gunicorn.workers.GeventWebSocketWorker', '--workers', '1'];
  return packages.has('gevent')
    ? ['--worker-class', 'gevent', '--workers', '1']
    : ['--workers', '1', '--threads', '100'];
}

/** Whether Flask-SocketIO starts a server that is fit for it: that of Werkzeug it refuses without a terminal. */
export const servesSockets = ({ packages }: ProjectFacts) =>
  packages.has('flask-socketio') && (packages.has('eventlet') || packages.has('gevent'));

/** Flask's own server, which passes over a call of `run` in what it imports. */
export function developmentServer(facts: ProjectFacts, target: string, port: number): string[] | undefined {
  if (!facts.direct.has('flask') || facts.direct.has('flask-socketio')) return undefined;
  const where = ['run', '--host', '0.0.0.0', '--port', `${port}`];
  return takesApp(facts)
    ? ['flask', '--app', target, ...where]
    : ['env', `FLASK_APP=${target}`, 'flask', ...where];
}

/** The option came with 2.2 (Flask documentation, "Changes"); where nothing names a release, an older one may be taken. */
function takesApp({ dependencies }: ProjectFacts): boolean {
  const lowest = dependencies.asked.flatMap((one) => (one.name === 'flask' ? (lowestOf(one) ?? []) : []));
  return lowest.some((version) => version.localeCompare('2.2', 'en', { numeric: true }) >= 0);
}

/** As `fastapi[standard]` does, and FastAPI 0.111 does by itself (its release notes), where no lock file says so. */
export function bringsUvicorn({ context, dependencies }: ProjectFacts): boolean {
  return (
    !context.lock &&
    dependencies.asked.some(
      ({ name, extras, exact }) =>
        name === 'fastapi' &&
        (exact?.startsWith('0.111.') === true || extras.some((extra) => /^(?:standard|all)$/.test(extra))),
    )
  );
}
