// On which machine the ports of containers are: this one, or that of an engine elsewhere.
import { t } from '@vscode/l10n';
import { listConnections } from '../runtime/context-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { argv } from '../runtime/exec.ts';
import type { EngineUser } from './connection.ts';

const here = 'localhost';
const known = new WeakMap<Engine, Promise<string>>();

/** As it stands in the address of a page; of an IPv6 address with its brackets. */
export async function engineHost(user: EngineUser): Promise<string> {
  const engine = await user.engine.get();
  const found = known.get(engine) ?? find(user, engine).catch(() => here);
  known.set(engine, found);
  return found;
}

async function find(user: EngineUser, engine: Engine): Promise<string> {
  const address = await addressOf(user, engine);
  const [, scheme = '', authority = ''] = /^([a-z]+):\/\/([^/]*)/.exec(address) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  if (!host || scheme === 'unix' || scheme === 'npipe' || scheme === 'fd') return here;
  return scheme === 'ssh' ? ((await hostOfAlias(user, host)) ?? host) : host;
}

async function addressOf(user: EngineUser, engine: Engine): Promise<string> {
  const facts = { step: t('Looking where the engine listens'), tool: 'engine' } as const;
  const { place, kind, nerdctl, file } = engine;
  if (place && 'address' in place) return place.address;
  // Finch publishes the ports of its machine on this one.
  if (nerdctl) return '';
  if (kind === 'docker') {
    const args = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
    return user.run({ file, args, parse: (stdout) => stdout.trim() }, facts);
  }
  if (!place || !('name' in place)) return process.env.CONTAINER_HOST ?? '';
  const connections = await user.run(listConnections(argv({ file, args: [] }).path), facts);
  return connections.find(({ name }) => name === place.name)?.address ?? '';
}

/** What stands for a host in a person's configuration of ssh is no name that a browser knows. */
async function hostOfAlias(user: EngineUser, alias: string): Promise<string | undefined> {
  const step = t('Looking for the host of {0}', alias);
  const parse = (stdout: string) => /^hostname (\S+)$/m.exec(stdout)?.[1];
  const ssh = { file: 'ssh', args: ['-G', '--', alias.replace(/[[\]]/g, '')], parse };
  // No engine is asked, whatever the outcome says of it.
  const name = await user.run(ssh, { step, tool: 'uv' }).catch(() => undefined);
  return name?.includes(':') ? `[${name}]` : name;
}
