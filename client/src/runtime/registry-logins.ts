// The logins that the engine's command line knows of, read where it keeps them and never written by us.
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { EngineKind } from './engine.ts';
import { isRegistryHost, registryHost } from './registry-host.ts';
import { readTextFile } from './text-file.ts';

export type RegistryLogin = {
  readonly host: string;
  readonly username?: string;
  /** Only where the file holds it in the open. Not to be shown, logged or stored. */
  readonly secret?: string;
  /** A helper that hands out passwords by itself, such as a cloud's. */
  readonly helper?: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

const entry = z.object({ auth: z.string().nullish(), identitytoken: z.string().nullish() });
const configuration = z.object({
  auths: z.record(z.string(), entry).nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
});

export async function readLogins(
  kind: EngineKind,
  environment: Environment = process.env,
): Promise<readonly RegistryLogin[]> {
  const found = new Map<string, RegistryLogin>();
  for (const file of loginFiles(kind, environment)) {
    for (const login of parseLogins(await readTextFile(file).catch(() => ''))) {
      if (!found.has(login.host)) found.set(login.host, login);
    }
  }
  return [...found.values()];
}

const lastKey = 'registries.last';

type Memory = {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
};

/** The registry that somebody logged in to or pushed to last, by the extension. */
export const lastRegistry = (memory: Pick<Memory, 'get'>) => memory.get<string>(lastKey);

export const rememberRegistry = (memory: Pick<Memory, 'update'>, host: string) =>
  memory.update(lastKey, host);

const usedKey = 'registries.used';
const mostUsed = 20;

/** Those that this workspace pulled from or pushed to, the last one first. */
export const usedRegistries = (memory: Pick<Memory, 'get'>) => memory.get<readonly string[]>(usedKey) ?? [];

export async function rememberUse(memory: Memory, host: string): Promise<void> {
  const others = usedRegistries(memory).filter((other) => other !== host);
  await memory.update(usedKey, [host, ...others].slice(0, mostUsed));
}

/** What was pulled says nothing of where the next image goes. */
export async function rememberPush(
  { memory, globalMemory }: { readonly memory: Memory; readonly globalMemory: Memory },
  host: string,
): Promise<void> {
  await rememberUse(memory, host);
  await rememberRegistry(globalMemory, host);
}

export function lastUsedFirst<T extends Pick<RegistryLogin, 'host'>>(
  logins: readonly T[],
  memory: Pick<Memory, 'get'>,
): readonly T[] {
  const last = lastRegistry(memory);
  return logins.toSorted((a, b) => Number(b.host === last) - Number(a.host === last));
}

/** The file that a login would write, where it is no JSON: Docker then replaces all of it with the new login. */
export async function brokenLoginFile(
  kind: EngineKind,
  environment: Environment = process.env,
): Promise<string | undefined> {
  const [file = ''] = loginFiles(kind, environment);
  const text = await readTextFile(file).catch(() => '');
  try {
    if (text.trim()) JSON.parse(text);
    return undefined;
  } catch {
    return file;
  }
}

/** Podman has its own file and reads Docker's after it (containers-auth.json(5)). */
export function loginFiles(kind: EngineKind, environment: Environment = process.env): readonly string[] {
  const home = homedir();
  const docker = path.join(environment.DOCKER_CONFIG || path.join(home, '.docker'), 'config.json');
  if (kind === 'docker') return [docker];
  const own = environment.XDG_RUNTIME_DIR
    ? path.join(environment.XDG_RUNTIME_DIR, 'containers', 'auth.json')
    : undefined;
  const usual = path.join(
    environment.XDG_CONFIG_HOME || path.join(home, '.config'),
    'containers',
    'auth.json',
  );
  const files = environment.REGISTRY_AUTH_FILE ? [environment.REGISTRY_AUTH_FILE] : [own, usual];
  return [...files.filter((file) => file !== undefined), docker];
}

/** Nothing for a file that is not as it should be: the engine says so itself when it needs the file. */
export function parseLogins(text: string): readonly RegistryLogin[] {
  try {
    const { auths, credHelpers } = configuration.parse(JSON.parse(text));
    const logins = Object.entries(auths ?? {}).map(([key, { auth, identitytoken }]): RegistryLogin => {
      const [, username, secret] = /^([^:]*):([\s\S]*)$/.exec(decode(auth ?? '')) ?? [];
      // With an identity token the user name is a placeholder such as zeros, and the password empty.
      return identitytoken
        ? { host: registryHost(key) }
        : { host: registryHost(key), username: username || undefined, secret: secret || undefined };
    });
    const helpers = Object.entries(credHelpers ?? {}).map(([key, helper]) => ({
      host: registryHost(key),
      helper,
    }));
    const all = [...logins.filter(({ host }) => !helpers.some((other) => other.host === host)), ...helpers];
    return all.filter(({ host }) => isRegistryHost(host));
  } catch {
    return [];
  }
}

function decode(auth: string): string {
  return Buffer.from(auth, 'base64')
    .toString('utf8')
    .replace(/(?<!\0)\0+$/, '');
}
