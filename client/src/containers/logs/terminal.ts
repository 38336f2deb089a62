import { t } from '@vscode/l10n';
import { loadContainers } from '../../engine/containers.ts';
import { containerLogs } from '../../runtime/container-commands.ts';
import type { ContainerDetails } from '../../runtime/container-details.ts';
import type { Job } from '../../ui/jobs.ts';
import { openLogTerminal } from '../../ui/log-terminal.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { containerPatterns } from '../failures.ts';
import { findContainer, isActive, lastingWords } from '../model.ts';

export type ContainerLogs = {
  readonly containerId: string;
  readonly name: string;
  /** The last part of what it wrote. */
  readonly text: string;
};

/** As many lines as are worth scrolling through; `docker logs` has the rest. */
const shownLines = 10_000;
const keptLetters = 65_536;

/**
 * Shows the logs in a terminal that stays, following them while the container runs. Ends when the container
 * does, when the terminal is closed, or, without `follow`, once all that was written is shown.
 */
export function followInTerminal(
  workbench: Workbench,
  container: ContainerDetails,
  follow: boolean,
): Promise<ContainerLogs | undefined> {
  const { id, name } = container;
  const closed = new AbortController();
  const about = { kind: 'containers.logs', title: t('Logs of {0}', name), tab: t('{0}: logs', name) };
  const terminal = openLogTerminal(about, 'output', () => closed.abort());
  terminal.show();
  const work = async (job: Job) => {
    const engine = await workbench.engine.get();
    const logs = await containerLogs(engine, id, { follow: follow && isActive(container), tail: shownLines });
    const facts = {
      step: t('Reading the logs of {0}', name),
      tool: 'engine',
      patterns: containerPatterns,
    } as const;
    let text = '';
    try {
      text = (await job.run(logs, facts)).slice(-keptLetters);
    } catch (error) {
      if (!job.signal.aborted) throw error;
    }
    const value = { containerId: id, name, text };
    if (job.signal.aborted) return { value, message: t('The logs of {0} are no longer followed.', name) };
    return { value, message: await endOf(workbench, container) };
  };
  return workbench.job<ContainerLogs>(
    { ...about, work },
    { signal: closed.signal, report() {}, print: terminal.print },
  );
}

async function endOf(workbench: Workbench, { id, name }: ContainerDetails): Promise<string> {
  const now = findContainer(await loadContainers(workbench, [id]), id);
  return now ? t('{0}: {1}.', name, lastingWords(now)) : t('{0} was removed.', name);
}
