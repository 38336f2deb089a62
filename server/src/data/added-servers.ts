/** A server that is installed where a project names none. */
export interface AddedServer {
  /** Below the release that would come after the newest one that is known. */
  readonly requirement: string;
  /** What starts it, as a command and as a module of a program. */
  readonly command: string;
  readonly module: string;
}

/** Source: PyPI, read on 2026-11-28; each goes with any application of its interface, whatever the release of that is (PEP 3333, ASGI 3). */
export const addedServers: ReadonlyMap<string, AddedServer> = new Map([
  ['gunicorn', { requirement: 'gunicorn<28', command: 'gunicorn', module: 'gunicorn' }],
  ['uvicorn', { requirement: 'uvicorn<1', command: 'uvicorn', module: 'uvicorn' }],
  ['hypercorn', { requirement: 'hypercorn<1', command: 'hypercorn', module: 'hypercorn' }],
  ['waitress', { requirement: 'waitress<4', command: 'waitress-serve', module: 'waitress' }],
  ['fastapi-cli', { requirement: 'fastapi-cli[standard]<1', command: 'fastapi', module: 'fastapi_cli' }],
  ['daphne', { requirement: 'daphne<5', command: 'daphne', module: 'daphne' }],
]);
