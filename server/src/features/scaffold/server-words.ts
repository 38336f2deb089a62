import type { Application } from './applications.ts';
import type { ProjectFacts } from './project.ts';

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
  if (packages.has('gunicorn')) return ['gunicorn', '--bind', address, call];
  if (packages.has('waitress'))
    return ['waitress-serve', `--listen=*:${port}`, ...(isFactory ? ['--call'] : []), target];
  // uWSGI itself is compiled, against libraries that the final stage does not hold.
  return packages.has('pyuwsgi')
    ? ['uwsgi', '--http', address, '--master', '--die-on-term', '--need-app', '--module', call]
    : undefined;
}

/** Flask brings a server that is not made for use, so nobody gets it unasked. */
export function developmentServer(
  { direct }: ProjectFacts,
  target: string,
  port: number,
): string[] | undefined {
  return direct.has('flask')
    ? ['flask', '--app', target, 'run', '--host', '0.0.0.0', '--port', `${port}`]
    : undefined;
}

/** As `fastapi[standard]` does, where no lock file says so. */
function bringsUvicorn({ context, dependencies }: ProjectFacts): boolean {
  return (
    !context.lock &&
    dependencies.asked.some(
      ({ name, extras }) => name === 'fastapi' && extras.some((extra) => /^(?:standard|all)$/.test(extra)),
    )
  );
}
