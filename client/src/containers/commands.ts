import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { engineHost } from '../engine/host.ts';
import { containerShell, tryShell } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { argv } from '../runtime/exec.ts';
import { failed } from '../runtime/failures.ts';
import { onLiveFiguresSetting, showsLiveFigures, showsLogsInTerminal } from '../settings/settings.ts';
import { copy } from '../ui/copy.ts';
import { ask } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import { isNode, type Node, type Tree } from '../ui/tree.ts';
import { isVouched } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { ContainerAction } from './actions.ts';
import { bring, remove, rename, start } from './changes.ts';
import { chooseContainer, chooseContainers, type Wanted } from './choose.ts';
import { noPort, notPaused, notRunning, runningAlready, shellPatterns, tooManyLogs } from './failures.ts';
import { createLiveFigures } from './live.ts';
import { type LogRequest, logPanels, openLogPanel } from './logs/panel.ts';
import { followInTerminal } from './logs/terminal.ts';
import { browserPorts, checkContainerName, isActive, takesShell } from './model.ts';
import { type Below, containerNodes, liveChanges } from './tree.ts';

/** Each is a connection, and a name that one tells from the others. */
const mostLogs = 20;

/** What another room shows below each container. */
export type BelowContainers = {
  readonly below: Below;
  shownIn(tree: Tree): void;
  drop(node: Node, files: readonly string[]): unknown;
};

export function registerContainers(workbench: Workbench, files?: BelowContainers): void {
  const live = createLiveFigures(workbench, showsLiveFigures, (changed) =>
    tree.patch(liveChanges(changed, live)),
  );
  const nodes = containerNodes(workbench, live, files?.below);
  const tree = workbench.tree('wheelhouse.containers', ['container'], nodes, {
    selectMany: true,
    tellsAges: true,
    whileVisible: live.begin,
    drop: files?.drop,
  });
  files?.shownIn(tree);
  workbench.own(
    logPanels,
    onLiveFiguresSetting(() => workbench.changed('container')),
  );
  type Given = readonly [argument?: unknown, selection?: unknown];
  const many = (wanted: Wanted, given: Given) => chooseContainers(workbench, wanted, ...tree.meant(...given));
  const one = (wanted: Wanted, given: Given) => chooseContainer(workbench, wanted, ...tree.meant(...given));
  const inTerminal = async (containers: readonly ContainerDetails[], argument: unknown) => {
    const { follow = true } = (argument ?? {}) as { follow?: boolean };
    const [first] = await Promise.all(containers.map((one) => followInTerminal(workbench, one, follow)));
    return first;
  };
  const active = (title: string): Wanted => ({ title, fits: isActive, unfit: notRunning });

  const handlers: Readonly<Record<ContainerAction, (...given: Given) => Promise<unknown>>> = {
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
      const { force = false } = (given[0] ?? {}) as { force?: boolean };
      const isOurs = isVouched(given[0]);
      const containers = await many({ title: t('Remove Container'), always: true }, given);
      return remove(workbench, containers, isOurs, isOurs && force);
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
      const wanted = { title: t('Attach Shell'), fits: takesShell, unfit: notRunning };
      return attachShell(workbench, await one(wanted, given));
    },
    async open(...given) {
      const fits = (container: ContainerDetails) => browserPorts(container).length > 0;
      return openPort(workbench, await one({ title: t('Open in Browser'), fits, unfit: noPort }, given));
    },
    copyName: async (...given) =>
      copy((await many({ title: t('Copy Name') }, given))?.map(({ name }) => name)),
    copyId: async (...given) => copy((await many({ title: t('Copy Id') }, given))?.map(({ id }) => id)),
    async inspect(...given) {
      const container = await one({ title: t('Inspect Container') }, given);
      if (container) await showRawJson(container.name, container.raw);
      return container?.raw;
    },
  };
  for (const [name, handler] of Object.entries(handlers))
    workbench.command(`wheelhouse.containers.${name}`, (...given) => {
      const [node] = tree.meant(...given);
      const other = isNode(node) ? node.keys?.[name] : undefined;
      return other ? vscode.commands.executeCommand(other, ...given) : handler(...given);
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

async function attachShell(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const { id, name } = container;
  const engine = await workbench.engine.get();
  const step = t('The shell in {0}', name);
  await workbench.run(await tryShell(engine, id), { step, tool: 'engine', patterns: shellPatterns });
  const { path, args } = argv(await containerShell(engine, id));
  const terminal = vscode.window.createTerminal({
    name: asText(name, 100),
    shellPath: path,
    shellArgs: [...args],
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
  });
  terminal.show();
  return { containerId: id, terminal: terminal.name };
}
