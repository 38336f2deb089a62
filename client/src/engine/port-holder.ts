// Which container holds a port of this machine.
import { t } from '@vscode/l10n';
import { listContainers } from '../runtime/container-commands.ts';
import { type Failure, failureOf } from '../runtime/failures.ts';
import type { EngineUser } from './connection.ts';

/** The failure of a port that is taken, with the name of the container that holds it and a way to stop it. */
export async function namingHolder(user: EngineUser, error: unknown): Promise<Failure | undefined> {
  const failure = failureOf(error);
  const port = failure?.id === 'port-taken' ? Number(/\d+/.exec(failure.message)?.[0]) : 0;
  if (!failure || !port) return failure;
  try {
    const step = t('Looking for what holds port {0}', port);
    const all = await user.run(await listContainers(await user.engine.get()), { step, tool: 'engine' });
    const holder = all.find(
      ({ state, ports }) => state === 'running' && ports.some(({ hostPort }) => hostPort === port),
    );
    if (!holder) return failure;
    const stop = {
      label: t('Stop {0}', holder.name),
      command: 'wheelhouse.containers.stop',
      arguments: [{ container: holder.id }],
    };
    return {
      ...failure,
      message: t('Port {0} of this machine is taken by the container {1}.', port, holder.name),
      remedy: t('Stop that container, or publish this one on another port.'),
      also: [stop],
    };
  } catch {
    return failure;
  }
}
