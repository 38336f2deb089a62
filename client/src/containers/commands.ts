import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { containers as containerKind } from '../engine/containers.ts';
import { engineHost } from '../engine/host.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed } from '../runtime/failures.ts';
import { onLiveFiguresSetting, showsLiveFigures, showsLogsInTerminal } from '../settings/settings.ts';
import { createArranged } from '../ui/arranged.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import { ask } from '../ui/pickers.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import type { Node, Tree } from '../ui/tree.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type ContainerAction, containerActions } from './actions.ts';
import { copyAddress } from './addresses.ts';
import { containerFacets, figureSorts, type Waiting } from './arrange.ts';
import { bring, remove, rename, start } from './changes.ts';
import { chooseContainer, chooseContainers, type Wanted } from './choose.ts';
import { commit } from './commit.ts';
import { type CopyRunRequest, copyRunLine } from './copy-run.ts';
import { attachEditor, openJupyter } from './editors.ts';
import { attachShell, debug, execute } from './enter.ts';
import { noPort, notPaused, notRunning, runningAlready, tooManyLogs } from './failures.ts';
import { createLiveFigures } from './live.ts';
import { type LogRequest, logPanels, openLogPanel, restoreLogPanels } from './logs/panel.ts';
import { followInTerminal } from './logs/terminal.ts';
import { showEnvironment } from './look.ts';
import { browserPorts, checkContainerName, isActive, takesShell } from './model.ts';
import { processPages, restoreProcesses, showProcesses } from './processes.ts';
import { createReasons } from './reasons.ts';
import { markStops } from './stops.ts';
import { type Below, containerNodes, liveChanges } from './tree.ts';
import { createUnseen } from './unseen.ts';

/** Each is a connection, and a name that one tells from the others. */
const mostLogs = 20;

/** What another room shows below each container. */
export type BelowContainers = {
  readonly below: Below;
  shownIn(tree: Tree): void;
  drop(node: Node, files: readonly string[]): unknown;
};

/** What another room shows beside the projects that are up. */
export type BesideProjects = { readonly rows: Waiting; shownIn(tree: Tree): void };

export function registerContainers(
  workbench: Workbench,
  files?: BelowContainers,
  projects?: BesideProjects,
): void {
  const reasons = createReasons(workbench, (one) => tree.patch(liveChanges([one], live)));
  const live = createLiveFigures(workbench, showsLiveFigures, (changed) => {
    tree.patch(liveChanges(changed.map(reasons.mark), live));
    // Rows that change their places each moment cannot be selected: only first figures give them others.
    const areNew = changed.some(({ id }) => !placed.has(id));
    if (areNew && figureSorts.includes(arranged.sort())) tree.refresh([]);
  });
  let placed = new Set<string>();
  const arranged = createArranged(
    workbench,
    'containers',
    t('Containers'),
    containerFacets(live.latest, projects?.rows),
  );
  const unseen = createUnseen(() => tree);
  const nodes = containerNodes(workbench, live, files?.below, (containers, node) => {
    const stopped = markStops(workbench, containers);
    reasons.follow(stopped);
    const marked = stopped.map(reasons.mark);
    unseen.loaded(marked);
    placed = new Set(marked.flatMap(({ id }) => (live.latest(id) ? [id] : [])));
    return arranged.nodes(marked, node);
  });
  const tree = workbench.tree('wheelhouse.containers', [containerKind], nodes, {
    selectMany: true,
    tellsAges: true,
    whileVisible: () => {
      const ends = [live.begin(), reasons.begin()];
      return () => {
        for (const end of ends) end();
      };
    },
    drop: files?.drop,
    showAll: arranged.showAll,
    heard: unseen.heard,
  });
  arranged.shownIn(tree);
  files?.shownIn(tree);
  projects?.shownIn(tree);
  workbench.own(
    logPanels,
    restoreLogPanels(workbench),
    processPages,
    restoreProcesses(workbench, live),
    onLiveFiguresSetting(() => workbench.changed('container')),
  );
  const many = (wanted: Wanted, given: Given) => chooseContainers(workbench, wanted, ...tree.meant(...given));
  const one = (wanted: Wanted, given: Given) => chooseContainer(workbench, wanted, ...tree.meant(...given));
  const inTerminal = async (containers: readonly ContainerDetails[], argument: unknown) => {
    const { follow = true } = (argument ?? {}) as { follow?: boolean };
    const [first] = await Promise.all(containers.map((one) => followInTerminal(workbench, one, follow)));
    return first;
  };
  const inside = (title: string): Wanted => ({ title, fits: takesShell, unfit: notRunning });
  const active = (title: string): Wanted => ({ title, fits: isActive, unfit: notRunning });

  type OfAll = 'logsAll' | 'startAll' | 'stopAll' | 'restartAll' | 'removeAll';
  type Handlers<Id extends string> = Readonly<Record<Id, (...given: Given) => Promise<unknown>>>;
  const handlers: Handlers<Exclude<ContainerAction, OfAll>> = {
    async start(...given) {
      const fits = (container: ContainerDetails) => !isActive(container);
      return start(
        workbench,
        await many({ title: t('Start Container'), fits, unfit: runningAlready }, given),
      );
    },
    stop: async (...given) => bring(workbench, await many(active(t('Stop Container')), given), 'stop'),
    restart: async (...given) =>
      start(workbench, await many(active(t('Restart Container')), given), 'restart'),
    kill: async (...given) => bring(workbench, await many(active(t('Kill Container')), given), 'kill'),
    async pause(...given) {
      const wanted = { title: t('Pause Container'), fits: takesShell, unfit: notRunning };
      return bring(workbench, await many(wanted, given), 'pause');
    },
    async unpause(...given) {
      const fits = ({ status }: ContainerDetails) => status === 'paused';
      return bring(
        workbench,
        await many({ title: t('Unpause Container'), fits, unfit: notPaused }, given),
        'unpause',
      );
    },
    async remove(...given) {
      const { force = false, ask: asks = false } = (given[0] ?? {}) as { force?: boolean; ask?: boolean };
      const agreed = isAgreed(given[0]) && !asks;
      const containers = await many({ title: t('Remove Container'), always: true }, given);
      return remove(workbench, containers, agreed, agreed && force);
    },
    async rename(...given) {
      const container = await one({ title: t('Rename Container'), always: true }, given);
      const { name = container && (await askName(container)) } = (given[0] ?? {}) as { name?: string };
      return container && name && name !== container.name ? rename(workbench, container, name) : undefined;
    },
    async logs(...given) {
      const containers = await many({ title: t('View Logs') }, given);
      if (!containers?.length) return undefined;
      if (showsLogsInTerminal()) return inTerminal(containers, given[0]);
      if (containers.length > mostLogs) throw failed(tooManyLogs(containers.length, mostLogs));
      openLogPanel(workbench, containers, (given[0] ?? {}) as LogRequest);
      return { containers: containers.map(({ name }) => name) };
    },
    async logsInTerminal(...given) {
      const containers = await many({ title: t('View Logs in Terminal') }, given);
      return containers && inTerminal(containers, given[0]);
    },
    async shell(...given) {
      return attachShell(workbench, await one(inside(t('Attach Shell')), given));
    },
    execute: async (...given) => execute(workbench, await one(inside(t('Execute Command')), given), given[0]),
    attachEditor: async (...given) => attachEditor(workbench, await one(inside(t('Attach VS Code')), given)),
    openJupyter: async (...given) => openJupyter(workbench, await one(inside(t('Open Jupyter')), given)),
    processes: async (...given) =>
      showProcesses(workbench, await one(active(t('Show Processes')), given), live),
    environment: async (...given) => showEnvironment(await one({ title: t('Show Environment') }, given)),
    commit: async (...given) =>
      commit(workbench, await one({ title: t('Commit to Image'), always: true }, given), given[0]),
    async open(...given) {
      const fits = (container: ContainerDetails) => browserPorts(container).length > 0;
      return openPort(workbench, await one({ title: t('Open in Browser'), fits, unfit: noPort }, given));
    },
    copyName: async (...given) =>
      copy((await many({ title: t('Copy Name') }, given))?.map(({ name }) => name)),
    copyId: async (...given) => copy((await many({ title: t('Copy Id') }, given))?.map(({ id }) => id)),
    async copyAddress(...given) {
      return copyAddress(workbench, await one(active(t('Copy Address')), given));
    },
    async copyRun(...given) {
      const container = await one({ title: t('Copy Run Command') }, given);
      return copyRunLine(workbench, container, (given[0] ?? {}) as CopyRunRequest);
    },
    async inspect(...given) {
      const containers = (await many({ title: t('Inspect Container') }, given)) ?? [];
      for (const { name, raw } of containers) await showRawJson(name, raw, containers.length > 1);
      return containers.length > 1 ? containers.map(({ raw }) => raw) : containers[0]?.raw;
    },
  };
  const { logs, start: startEach, stop, restart, remove: removeEach } = handlers;
  const ofAll: Handlers<OfAll> = {
    logsAll: logs,
    startAll: startEach,
    stopAll: stop,
    restartAll: restart,
    removeAll: removeEach,
  };
  registerHandlers(workbench, containerActions, tree, { ...handlers, ...ofAll });
  workbench.command('wheelhouse.containers.debug', async (...given) =>
    debug(workbench, await one(inside(t('Debug Container')), given)),
  );
  workbench.command('wheelhouse.containers.reveal', async (...given) => {
    const container = await one({ title: t('Show Container') }, given);
    await vscode.commands.executeCommand('wheelhouse.containers.focus');
    if (container) await tree.reveal(`container:${container.id}`);
  });
  workbench.command('wheelhouse.containers.refresh', () => refresh(workbench));
}

async function askName(container: ContainerDetails): Promise<string | undefined> {
  const answers = await ask(t('Rename {0}', container.name), [
    () => ({
      key: 'name',
      kind: 'input',
      title: t('New Name'),
      prompt: t('Letters, digits, and . _ - after the first.'),
      value: container.name,
      check: checkContainerName,
    }),
  ]);
  return typeof answers?.name === 'string' ? answers.name : undefined;
}

/** Through VS Code, which makes a tunnel where the containers run on another machine than the window. */
async function openPort(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const choices = browserPorts(container).map(({ host, container }) => ({
    label: `${host}`,
    description: `→ ${container}`,
    value: `${host}`,
  }));
  const [only, ...others] = choices;
  const answers =
    only && !others.length
      ? { port: only.value }
      : await ask(t('Open {0}', container.name), [
          () => ({ key: 'port', kind: 'pick', title: t('Port'), choices }),
        ]);
  if (!answers) return undefined;
  const address = `http://${await engineHost(workbench)}:${answers.port}`;
  await vscode.env.openExternal(vscode.Uri.parse(address));
  return { address };
}
