/**
 * How a service is started and where it listens, by the Python package that it is made of. Sources: the documentation of
 * each, "Deployment" or the like, as known 2026-11.
 */

/** Calls that make an application for a server of ASGI, and for one of WSGI. */
export const asgiClasses =
  /\b(?:(?:FastAPI|Starlette|Litestar|Quart|ProtocolTypeRouter)\(|get_asgi_application\()/;
export const wsgiClasses = /\b(?:(?:Flask|APIFlask)\(|get_wsgi_application\()/;
export const asgiFrameworks: readonly string[] = ['fastapi', 'starlette', 'litestar', 'quart'];
export const wsgiFrameworks: readonly string[] = ['flask', 'apiflask', 'django', 'dash'];

/** A package that brings its own server. */
export interface OwnServer {
  readonly port: number;
  readonly health: string | undefined;
  /** Where releases before one answer instead. */
  readonly formerHealth?: readonly [before: string, health: string];
  /** What a program of it calls or imports. */
  readonly program: RegExp;
  /** Its own command stands before the program, and what it is told behind; Python runs the program where there is none. */
  readonly command?: readonly [before: string, behind: string];
}

export const ownServers: ReadonlyMap<string, OwnServer> = new Map<string, OwnServer>([
  [
    'streamlit',
    {
      port: 8501,
      health: '/_stcore/health',
      // The wheels of 1.17.0 and before know /healthz alone (looked into from 1.12.0 to 1.23.0).
      formerHealth: ['1.18', '/healthz'],
      program: /\b(?:import|from) +streamlit\b/,
      command: ['streamlit run', '--server.address=0.0.0.0 --server.port=8501 --server.headless=true'],
    },
  ],
  ['gradio', { port: 7860, health: '/', program: /\.launch\(/ }],
  ['litserve', { port: 8000, health: '/health', program: /\bLitServer\(/ }],
  ['nicegui', { port: 8080, health: undefined, program: /\bui\.run\(/ }],
  [
    'chainlit',
    {
      port: 8000,
      health: undefined,
      program: /\b(?:import|from) +chainlit\b/,
      command: ['chainlit run', '--host 0.0.0.0 --port 8000 --headless'],
    },
  ],
  [
    'panel',
    {
      port: 5006,
      health: undefined,
      program: /\.servable\(/,
      command: ['panel serve', '--address 0.0.0.0 --port 5006 --allow-websocket-origin=*'],
    },
  ],
  [
    'bokeh',
    {
      port: 5006,
      health: undefined,
      program: /\bcurdoc\(\)\.add_root\(/,
      command: ['bokeh serve', '--address 0.0.0.0 --port 5006 --allow-websocket-origin=*'],
    },
  ],
  [
    'shiny',
    {
      port: 8000,
      health: undefined,
      program: /\bfrom +shiny(?:\.express)? +import\b/,
      command: ['shiny run', '--host 0.0.0.0 --port 8000'],
    },
  ],
]);

/** The port of everything else. */
export const usualPort = 8000;
