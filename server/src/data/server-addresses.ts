// Read on 2026-11-27.

/** How a server is told where it listens. */
export interface ServerAddress {
  /** The word behind which its options stand, where it is not its name. */
  readonly command?: string;
  /** Options that tell the address, or that name a socket or a file which may. */
  readonly hosts: readonly string[];
  /** Those that tell the port; none where it stands with the address. */
  readonly ports: readonly string[];
  /** What it is told where it is not told; null where it listens everywhere by itself. */
  readonly everywhere: string | null;
  readonly port?: number;
}

const host = { hosts: ['--host'], ports: ['--port'], everywhere: '--host 0.0.0.0' };

/** Source: the documentation of each, "Settings", "Command line" or the like, and its `--help`. */
export const serverAddresses: ReadonlyMap<string, ServerAddress> = new Map<string, ServerAddress>([
  ['gunicorn', { hosts: ['-b', '--bind'], ports: [], everywhere: '--bind 0.0.0.0:' }],
  ['hypercorn', { hosts: ['-b', '--bind', '-c', '--config'], ports: [], everywhere: '--bind 0.0.0.0:' }],
  ['uvicorn', { ...host, hosts: ['--host', '--uds', '--fd'] }],
  ['granian', { ...host, hosts: ['--host', '--uds'] }],
  [
    'waitress-serve',
    { hosts: ['--listen', '--host', '--port', '--unix-socket'], ports: [], everywhere: '--listen=*:' },
  ],
  [
    'daphne',
    {
      hosts: ['-b', '--bind', '-u', '--unix-socket', '--fd', '-e', '--endpoint'],
      ports: ['-p', '--port', '-u', '--unix-socket', '--fd', '-e', '--endpoint'],
      everywhere: '-b 0.0.0.0',
    },
  ],
  [
    'flask',
    { command: 'run', hosts: ['--host', '-h'], ports: ['--port', '-p'], everywhere: '--host 0.0.0.0' },
  ],
  [
    'litestar',
    { command: 'run', hosts: ['--host', '-H'], ports: ['--port', '-p'], everywhere: '--host 0.0.0.0' },
  ],
  ['sanic', { hosts: ['--host', '-H'], ports: ['--port', '-p'], everywhere: '--host 0.0.0.0' }],
  ['chainlit', { ...host, command: 'run' }],
  [
    'mlflow',
    { command: 'server', hosts: ['--host', '-h'], ports: ['--port', '-p'], everywhere: '--host 0.0.0.0' },
  ],
  ['fastapi', { ...host, command: 'run', everywhere: null }],
  [
    'streamlit',
    { command: 'run', hosts: ['--server.address'], ports: ['--server.port'], everywhere: null, port: 8501 },
  ],
]);
