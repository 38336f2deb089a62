// What is remembered of logins: users in the memory of VS Code, tokens in its secret storage and nowhere else.
import { images } from '../engine/images.ts';
import type { Engine } from '../runtime/engine.ts';
import { type Credentials, createRegistryApi, type RegistryApi } from '../runtime/registry-api.ts';
import { isLoopback } from '../runtime/registry-host.ts';
import { readLogins, rememberRegistry, usedRegistries } from '../runtime/registry-logins.ts';
import type { Workbench } from '../ui/workbench.ts';
import { knownRegistries, type Registry, type RememberedUsers } from './model.ts';

type Memory = Pick<Workbench, 'globalMemory' | 'secrets'>;
type Surroundings = Memory & Pick<Workbench, 'engine' | 'resources' | 'memory'>;

const usersKey = 'registries.users';
const secretPrefix = 'wheelhouse.registry:';
const pingMs = 2_000;

export function rememberedUsers({ globalMemory }: Pick<Workbench, 'globalMemory'>): RememberedUsers {
  return globalMemory.get<RememberedUsers>(usersKey, {});
}

export async function remember(
  { globalMemory, secrets }: Memory,
  registry: string,
  { username, secret }: Credentials,
): Promise<void> {
  await secrets.store(`${secretPrefix}${registry}`, secret);
  await globalMemory.update(usersKey, { ...rememberedUsers({ globalMemory }), [registry]: username });
  await rememberRegistry(globalMemory, registry);
}

export async function forgetSecret({ secrets }: Pick<Workbench, 'secrets'>, registry: string): Promise<void> {
  await secrets.delete(`${secretPrefix}${registry}`);
}

export function isRegistrySecret(key: string): boolean {
  return key.startsWith(secretPrefix);
}

/** Without an engine that answers, what is known is still shown. */
async function findEngine({ engine }: Pick<Workbench, 'engine'>): Promise<Engine | undefined> {
  return engine.get().catch(() => undefined);
}

export async function readEngineLogins(workbench: Pick<Workbench, 'engine'>) {
  return readLogins((await findEngine(workbench))?.kind ?? 'docker');
}

/** The names of local images as they were given: `ghcr.io/owner/bikes:1.0`. */
export async function imageNames({ resources }: Pick<Workbench, 'resources'>): Promise<readonly string[]> {
  const known = await resources.all(images).catch(() => []);
  return known.flatMap(({ tags }) => tags);
}

/** Registries of this machine are asked whether they answer; others only once they are opened. */
export async function loadRegistries(workbench: Surroundings): Promise<readonly Registry[]> {
  const [logins, names] = await Promise.all([readEngineLogins(workbench), imageNames(workbench)]);
  const known = knownRegistries(logins, rememberedUsers(workbench), names, usedRegistries(workbench.memory));
  return Promise.all(
    known.map(async (registry): Promise<Registry> => {
      if (registry.state !== 'logged-out' || !isLoopback(registry.host)) return registry;
      const api = createRegistryApi(registry.host, { timeoutMs: pingMs });
      const answer = await api.ping().catch(() => 'silent' as const);
      return answer === 'locked' ? registry : { ...registry, state: answer };
    }),
  );
}

/** Speaks with the token of a login made from here, else with what the engine's file holds in the open. */
export async function openRegistry(
  workbench: Surroundings,
  { host, state }: Pick<Registry, 'host' | 'state'>,
  signal?: AbortSignal,
): Promise<RegistryApi> {
  const options = signal ? { signal } : {};
  if (state !== 'logged-in') return createRegistryApi(host, options);
  const stored = await workbench.secrets.get(`${secretPrefix}${host}`);
  const username = rememberedUsers(workbench)[host];
  if (stored && username)
    return createRegistryApi(host, { ...options, credentials: { username, secret: stored } });
  const login = (await readEngineLogins(workbench)).find((login) => login.host === host);
  return login?.username && login.secret
    ? createRegistryApi(host, { ...options, credentials: { username: login.username, secret: login.secret } })
    : createRegistryApi(host, options);
}
