// Commands on registries, as values. The secret is never an argument: give it to exec as stdin.
import { type Engine, plain } from './engine.ts';
import type { Command } from './exec.ts';

export async function loginRegistry(engine: Engine, registry: string, username: string): Promise<Command> {
  const { file, args } = plain(await engine.client.login({ username, passwordStdIn: true, registry }));
  return { file, args };
}

/** Docker keeps the login to its Hub under another address, which only `logout` without a name removes. */
export async function logoutRegistry(engine: Engine, registry: string): Promise<Command> {
  const hub = engine.kind === 'docker' && registry === 'docker.io';
  const { file, args } = plain(await engine.client.logout({ registry: hub ? undefined : registry }));
  return { file, args };
}
