// How the engine's API is reached: directly where it listens on this machine, else through its command line.
import { t } from '@vscode/l10n';
import * as z from 'zod';
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
 * Asks over the API of the engine that the command line speaks to. Nothing comes back where there is none, as with nerdctl
 * or a Podman whose service does not listen, or where it fails: the command line, asked next, says why in words that are known.
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
  const asked = engine.kind === 'docker' ? whereDockerListens : wherePodmanListens;
  if (engine.nerdctl) return undefined;
  const facts = { step: t('Looking where the engine listens'), tool: 'engine' } as const;
  try {
    const answer = await user.run({ file: engine.file, args: asked, parse: (stdout) => stdout }, facts);
    const place: unknown = JSON.parse(answer);
    const socket = engine.kind === 'docker' ? localSocket(place) : podmanSocket(place, engine);
    if (socket !== undefined) return overSocket(socket);
    if (engine.kind === 'podman') return undefined;
    // Elsewhere the command line makes the connection, with its ssh, its certificates and its context.
    const dial = { file: engine.file, args: ['system', 'dial-stdio'] };
    return createEngineHttp(() => new ProcessSocket(dial));
  } catch {
    return undefined;
  }
}

/** The command line knows best what DOCKER_HOST, DOCKER_CONTEXT and its configuration come to. */
const whereDockerListens = ['context', 'inspect', '--format', '{{json .Endpoints.docker.Host}}'];
/** Podman needs no service to be of use; one that listens can be asked. */
const wherePodmanListens = ['info', '--format', '{{json .Host}}'];
const podmanHost = z.object({
  serviceIsRemote: z.boolean().default(false),
  remoteSocket: z.object({ path: z.string(), exists: z.boolean().default(false) }),
});

/** Where a service is remote, its socket is one of the other machine, unless its address names one of this. */
function podmanSocket(host: unknown, { place }: Engine): string | undefined {
  const { serviceIsRemote, remoteSocket } = podmanHost.parse(host);
  const { CONTAINER_HOST } = place ? {} : process.env;
  if (serviceIsRemote) return localSocket(place && 'address' in place ? place.address : CONTAINER_HOST);
  return remoteSocket.exists ? remoteSocket.path.replace(/^unix:\/\//, '') : undefined;
}

/** `unix:///var/run/docker.sock` and `npipe:////./pipe/docker_engine` as paths that Node connects to. */
export function localSocket(host: unknown): string | undefined {
  return typeof host === 'string' ? /^(?:unix|npipe):\/\/(\/.+)$/s.exec(host)?.[1] : undefined;
}
