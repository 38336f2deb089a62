import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  containerShell,
  removeContainers,
  startContainers,
  stopContainers,
  tryShell,
} from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Engine } from '../runtime/engine.ts';
import type { Command } from '../runtime/exec.ts';
import { failed } from '../runtime/failures.ts';
import type { Made, RunFacts } from '../ui/jobs.ts';
import { asText } from '../ui/plain-text.ts';
import { quietJob } from '../ui/quiet-job.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { isVouched } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { chooseContainer, chooseContainers, confirmRemoval } from './choose.ts';
import {
  containerPatterns,
  endedAtOnce,
  notRunning,
  runningAlready,
  shellPatterns,
  viewLogs as viewLogsAction,
} from './failures.ts';
import { viewLogs } from './logs.ts';
import { findContainer, hasFailed, isActive, stateWords, takesShell } from './model.ts';
import { containerNodes, loadContainers } from './tree.ts';

const viewId = 'wheelhouse.containers';
/** Some containers end at once: whether one runs is known a moment after its start. */
const settleMs = 500;

export function registerContainers(workbench: Workbench): void {
  workbench.tree(viewId, ['container'], containerNodes(workbench), {
    selectMany: true,
    tellsAges: true,
  });
  const stopped = (container: ContainerDetails) => !isActive(container);
  workbench.command('wheelhouse.containers.start', async (...given) => {
    const wanted = { title: t('Start Container'), fits: stopped, unfit: runningAlready };
    return start(workbench, await chooseContainers(workbench, wanted, ...given));
  });
  workbench.command('wheelhouse.containers.stop', async (...given) => {
    const wanted = { title: t('Stop Container'), fits: isActive, unfit: notRunning };
    return stop(workbench, await chooseContainers(workbench, wanted, ...given));
  });
  workbench.command('wheelhouse.containers.remove', async (...given) => {
    const wanted = { title: t('Remove Container'), always: true };
    const { force = false } = (given[0] ?? {}) as { force?: boolean };
    const isOurs = isVouched(given[0]);
    return remove(workbench, await chooseContainers(workbench, wanted, ...given), isOurs, isOurs && force);
  });
  workbench.command('wheelhouse.containers.logs', async (argument) => {
    const container = await chooseContainer(workbench, { title: t('View Logs') }, argument);
    const { follow = true } = (argument ?? {}) as { follow?: boolean };
    return container && viewLogs(workbench, container, follow);
  });
  workbench.command('wheelhouse.containers.shell', async (argument) => {
    const wanted = { title: t('Attach Shell'), fits: takesShell, unfit: notRunning };
    return attachShell(workbench, await chooseContainer(workbench, wanted, argument));
  });
  workbench.command('wheelhouse.containers.inspect', async (argument) => {
    const container = await chooseContainer(workbench, { title: t('Inspect Container') }, argument);
    if (container) await showRawJson(container.name, container.raw);
    return container?.raw;
  });
  workbench.command('wheelhouse.containers.refresh', async () => {
    workbench.engine.forget();
    await workbench.engine.get().finally(() => workbench.changed('image', 'container', 'registry'));
  });
}

export type ChangedContainers = { readonly containers: readonly string[] };
type Containers = readonly ContainerDetails[] | undefined;
type Act = (engine: Engine, ids: readonly string[]) => Promise<Command<unknown>>;

async function start(workbench: Workbench, containers: Containers) {
  return change(
    workbench,
    'start',
    containers,
    startContainers,
    t('Starting {0}', names(containers)),
    async () => {
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const now = await loadContainers(workbench);
      const started = (containers ?? []).flatMap(({ id }) => findContainer(now, id) ?? []);
      const bad = started.find(hasFailed);
      if (bad) throw failed(endedAtOnce(bad.name, stateWords(bad)));
      const [only] = started;
      return only && started.length === 1
        ? {
            message: t('{0} was started: {1}.', only.name, stateWords(only)),
            next: [viewLogsAction(only.name)],
          }
        : { message: t('{0} containers were started.', containers?.length ?? 0) };
    },
  );
}

async function stop(workbench: Workbench, containers: Containers) {
  return change(workbench, 'stop', containers, stopContainers, t('Stopping {0}', names(containers)), () => ({
    message: count(
      containers,
      (name) => t('{0} was stopped.', name),
      (n) => t('{0} containers were stopped.', n),
    ),
  }));
}

async function remove(workbench: Workbench, containers: Containers, isOurs: boolean, force: boolean) {
  const running = (containers ?? []).filter(isActive).length;
  if (!containers?.length || !(force || (await confirmRemoval(containers, running, isOurs))))
    return undefined;
  const act: Act = (engine, ids) => removeContainers(engine, ids, running > 0);
  return change(workbench, 'remove', containers, act, t('Removing {0}', names(containers)), () => ({
    message: count(
      containers,
      (name) => t('{0} was removed.', name),
      (n) => t('{0} containers were removed.', n),
    ),
  }));
}

async function change(
  workbench: Workbench,
  verb: 'start' | 'stop' | 'remove',
  containers: Containers,
  act: Act,
  step: string,
  tell: () => Omit<Made<unknown>, 'value'> | Promise<Omit<Made<unknown>, 'value'>>,
): Promise<ChangedContainers | undefined> {
  if (!containers?.length) return undefined;
  return quietJob<ChangedContainers>(workbench, viewId, {
    kind: `containers.${verb}`,
    title: step,
    async work() {
      const facts: RunFacts = { step, tool: 'engine', patterns: containerPatterns };
      const ids = containers.map(({ id }) => id);
      try {
        await workbench.run(await act(await workbench.engine.get(), ids), facts);
        return { ...(await tell()), value: { containers: containers.map(({ name }) => name) } };
      } finally {
        workbench.changed('container');
      }
    },
  });
}

async function attachShell(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const { id, name } = container;
  const engine = await workbench.engine.get();
  const step = t('The shell in {0}', name);
  await workbench.run(await tryShell(engine, id), { step, tool: 'engine', patterns: shellPatterns });
  const { file, args } = await containerShell(engine, id);
  const terminal = vscode.window.createTerminal({
    name: asText(name, 100),
    shellPath: file,
    shellArgs: [...args],
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
  });
  terminal.show();
  return { containerId: id, terminal: terminal.name };
}

function names(containers: Containers): string {
  return (containers ?? []).map(({ name }) => name).join(', ');
}

function count(
  containers: Containers,
  one: (name: string) => string,
  many: (count: number) => string,
): string {
  const [first, ...others] = containers ?? [];
  return others.length ? many(others.length + 1) : one(first?.name ?? '');
}
