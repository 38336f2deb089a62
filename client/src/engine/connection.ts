// How the engine is reached without its command line, where it listens on this machine.
import { t } from '@vscode/l10n';
import type { Engine, EngineAccess } from '../runtime/engine.ts';
import { type Command, ProcessSocket } from '../runtime/exec.ts';
import type { RunFacts } from '../runtime/read-exit.ts';
import { createEngineHttp, type EngineHttp, overSocket } from './http.ts';

/** What is needed to find the engine and to ask its command line. */
export type EngineUser = {
  readonly engine: EngineAccess;
  run<T>(command: Command<T>, facts: RunFacts): Promise<T>;
};

const known = new WeakMap<Engine, Promise<EngineHttp | undefined>>();

/**
 * Asks over the API of the engine that the command line speaks to. Nothing comes back where there is none, as with Podman,
 * or where it fails: the command line, asked next, says why in words that are known.
 */
export async function overHttp<T>(
  user: EngineUser,
  ask: (http: EngineHttp) => Promise<T>,
): Promise<T | undefined> {
  const engine = await user.engine.get();
  const found = known.get(engine) ?? connect(user, engine);
  known.set(engine, found);
  const http = await found;
  return http && ask(http).catch(() => undefined);
}

async function connect(user: EngineUser, engine: Engine): Promise<EngineHttp | undefined> {
  if (engine.kind !== 'docker') return undefined;
  // The command line knows best what DOCKER_HOST, DOCKER_CONTEXT and its configuration come to.
  const args = ['context', 'inspect', '--format', '{{json .Endpoints.docker.Host}}'];
  const facts = { step: t('Looking where the engine listens'), tool: 'engine' } as const;
  try {
    const text = await user.run({ file: engine.file, args, parse: (stdout) => stdout }, facts);
    const host: unknown = JSON.parse(text);
    const socket = typeof host === 'string' ? localSocket(host) : undefined;
    if (socket !== undefined) return overSocket(socket);
    // Elsewhere the command line makes the connection, with its ssh, its certificates and its context.
    const dial = { file: engine.file, args: ['system', 'dial-stdio'] };
    return createEngineHttp(() => new ProcessSocket(dial));
  } catch {
    return undefined;
  }
}

/** `unix:///var/run/docker.sock` and `npipe:////./pipe/docker_engine` as paths that Node connects to. */
export function localSocket(host: string): string | undefined {
  return /^(?:unix|npipe):\/\/(\/.+)$/s.exec(host)?.[1];
}
