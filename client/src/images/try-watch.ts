// Looks at a container that was just started until it is known what came of it.
import { setTimeout as pause } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import { inspectContainers, socketTables } from '../runtime/container-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { explainFailure, failed } from '../runtime/failures.ts';
import type { RunFacts } from '../runtime/read-exit.ts';
import type { Workbench } from '../ui/workbench.ts';
import { openPorts, readSockets, type Seen } from './try-outcome.ts';

const patienceMs = 20_000;
const lookEveryMs = 500;
/** A server may listen before its workers have read the program, and end when they cannot. */
const steadyMs = 4_000;

/** Until it has ended, is healthy or listens, or until there was time enough for that. */
export async function watchContainer(
  workbench: Pick<Workbench, 'run'>,
  engine: Engine,
  name: string,
  exposed: readonly number[],
  signal: AbortSignal,
  facts: RunFacts,
): Promise<Seen> {
  const started = Date.now();
  let openSince: number | undefined;
  for (;;) {
    if (signal.aborted)
      throw failed(explainFailure({ kind: 'cancelled', file: '', stdout: '', stderr: '' }, facts));
    const [container] = await workbench.run(await inspectContainers(engine, [name]), facts);
    if (!container) throw failed(gone());
    const sockets = container.running ? await socketsOf(workbench, engine, name, facts) : undefined;
    const seen = { ...container, sockets, exposed };
    if (!container.running || container.health === 'healthy') return seen;
    openSince = openPorts(seen).length > 0 ? (openSince ?? Date.now()) : undefined;
    const isSteady = openSince !== undefined && Date.now() - openSince >= steadyMs;
    const awaitsHealth = asksSoon(engine) && container.health !== undefined;
    if ((isSteady && !awaitsHealth) || Date.now() - started >= patienceMs) return seen;
    await pause(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}

/** Podman takes an interval only with a command to run. */
export const asksSoon = ({ kind, nerdctl }: Engine) => kind === 'docker' && !nerdctl;

/** Of an image without a shell, and of a container that just ended, they are not known. */
async function socketsOf(workbench: Pick<Workbench, 'run'>, engine: Engine, name: string, facts: RunFacts) {
  const tables = await workbench.run(await socketTables(engine, name), facts).catch(() => undefined);
  return tables === undefined ? undefined : readSockets(tables);
}

const gone = () => ({
  id: 'try-gone',
  message: t('The container was removed while it was watched.'),
  remedy: t('Try it again.'),
});
