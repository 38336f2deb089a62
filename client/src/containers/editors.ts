// Other windows onto a container: VS Code in it, and a Jupyter server that runs in it.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { engineHost } from '../engine/host.ts';
import { containerLogs } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed } from '../runtime/failures.ts';
import type { Workbench } from '../ui/workbench.ts';
import { attachMissing, containerPatterns, jupyterSilent, jupyterUnpublished } from './failures.ts';
import { jupyterAddress, speaksOfJupyter, variablesOf } from './model-inside.ts';

/** Of the Dev Containers extension, and of others that do the same. */
const attachCommand = 'remote-containers.attachToRunningContainer';

export async function attachEditor(container: ContainerDetails | undefined) {
  if (!container) return undefined;
  if (!(await vscode.commands.getCommands(true)).includes(attachCommand)) throw failed(attachMissing());
  await vscode.commands.executeCommand(attachCommand, container.id);
  return { containerId: container.id };
}

/** The first lines have the address; a long log has them no longer. */
const lines = 20_000;
const keptLetters = 4_000_000;

/** The token is in the address that the browser gets, and nowhere else. */
export async function openJupyter(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const { id, name, ports, raw } = container;
  const engine = await workbench.engine.get();
  const step = t('Reading the logs of {0}', name);
  const logs = await containerLogs(engine, id, { tail: lines });
  const facts = { step, tool: 'engine', tail: keptLetters, patterns: containerPatterns } as const;
  const told = jupyterAddress(await workbench.run(logs, facts));
  if (!told && !speaksOfJupyter(container)) throw failed(jupyterSilent(name));
  const inside = told?.port ?? 8888;
  const host = ports.find((port) => port.container === String(inside))?.host;
  if (!host) throw failed(jupyterUnpublished(name, id, inside));
  const scheme = told?.secure ? 'https' : 'http';
  const address = `${scheme}://${await engineHost(workbench)}:${host}${told?.path ?? '/'}`;
  const token = told?.token ?? variablesOf(raw).JUPYTER_TOKEN;
  const query = token ? `?token=${encodeURIComponent(token)}` : '';
  await vscode.env.openExternal(vscode.Uri.parse(address + query));
  return { address };
}
