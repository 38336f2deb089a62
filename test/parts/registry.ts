import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { cache } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { runOrThrow, type Service, startService, temporaryFolder, waitUntil } from './processes.ts';
import type { Log, Missing } from './progress.ts';

export type Registry = {
  /** host:port, on the loopback, where the engine needs no TLS. */
  readonly address: string;
  readonly stop: () => Promise<void>;
};

export type Account = { readonly user: string; readonly password: string };

/** A new password for each run: whoever finds it in a log knows that this run leaked it. */
export function newAccount(): Account {
  return { user: 'wheelhouse', password: `whl_${randomBytes(15).toString('base64url')}` };
}

/** A registry on a free loopback port, empty, gone at exit; with an account it asks for that one. */
export async function startRegistry(
  log: Log,
  python: string | undefined,
  account?: Account,
  { deletes = true } = {},
): Promise<Registry | Missing> {
  const program = onPath('docker-registry');
  if (!program) {
    return {
      missing: 'registry',
      why: 'no docker-registry is on PATH',
      install: installCommand(['docker-registry']),
    };
  }
  const folder = temporaryFolder('registry');
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const config: Record<string, unknown> = {
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: path.join(folder, 'data') }, delete: { enabled: deletes } },
    http: { addr: address, secret: randomBytes(16).toString('hex') },
  };
  if (account) {
    if (!python)
      return {
        missing: 'protected registry',
        why: 'its password file needs Python',
        install: installCommand(['python3-venv']),
      };
    const file = path.join(folder, 'htpasswd');
    writeFileSync(file, `${account.user}:${await bcrypt(python, account.password)}\n`);
    config.auth = { htpasswd: { realm: 'Wheelhouse tests', path: file } };
  }
  mkdirSync(path.join(folder, 'data'));
  // JSON is YAML.
  writeFileSync(path.join(folder, 'config.yml'), JSON.stringify(config));
  const output = path.join(cache, 'log', `${path.basename(folder)}-${account ? 'protected' : 'open'}.log`);
  const service: Service = startService(program, ['serve', path.join(folder, 'config.yml')], output);
  const answers = async () => (await fetch(`http://${address}/v2/`)).status === (account ? 401 : 200);
  if (!(await waitUntil(answers, { timeout: 15_000, every: 30, while: service.running }))) {
    return {
      missing: 'registry',
      why: `it did not start: ${service.tail()}`,
      install: `nothing; read ${output}`,
    };
  }
  log('registry', `${account ? 'password-protected' : 'open'} one at ${address}`);
  return { address, stop: () => service.stop() };
}

/** The registry accepts no other hash; the password goes in by standard input, never by the arguments. */
async function bcrypt(python: string, password: string): Promise<string> {
  const code = 'import bcrypt,sys; print(bcrypt.hashpw(sys.stdin.buffer.read(), bcrypt.gensalt(5)).decode())';
  return (await runOrThrow(python, ['-c', code], { input: password })).stdout.trim();
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
