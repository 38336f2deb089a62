// What becomes of contexts outside of this window: made, changed, removed, or chosen by command lines in a terminal.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { followFiles } from '../runtime/follow-files.ts';
import type { Place } from '../runtime/place.ts';
import { dockerFolder, machineContext } from '../runtime/sockets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Each context that was made is a folder there. */
export const keptContexts = (environment: Environment = process.env) =>
  path.join(dockerFolder(environment), 'contexts', 'meta');

/** Podman 4 keeps connections in the first of these, Podman 5 in the second (containers/common, `config.go`, `connections.go`). */
function connectionFiles(environment: Environment): readonly string[] {
  const folder = path.join(environment.XDG_CONFIG_HOME || path.join(homedir(), '.config'), 'containers');
  const ofRoot = process.getuid?.() === 0 ? '/etc/containers' : folder;
  return [
    environment.CONTAINERS_CONF || path.join(ofRoot, 'containers.conf'),
    environment.PODMAN_CONNECTIONS_CONF || path.join(folder, 'podman-connections.json'),
  ];
}

/** Different when the command line would lead elsewhere by now, of an engine that is used there. */
export function leadsTo(used: Place, environment: Environment = process.env): string {
  if ('address' in used) return used.address;
  if (used.kind === 'podman') return [used.kind, ...connectionFiles(environment).map(textOf)].join('\n');
  const name = 'name' in used ? used.name : machineContext(environment);
  // Docker names the folder so (docker/cli, `context/store`, `contextdirOf`).
  const folder = createHash('sha256').update(name).digest('hex');
  return [used.kind, name, textOf(path.join(keptContexts(environment), folder, 'meta.json'))].join('\n');
}

export function followContexts(changed: () => void, environment: Environment = process.env): () => void {
  return followFiles(
    [
      path.join(dockerFolder(environment), 'config.json'),
      keptContexts(environment),
      ...connectionFiles(environment),
    ],
    changed,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
