// Other windows onto a container: VS Code in it, and a Jupyter server that runs in it.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { engineHost } from '../engine/host.ts';
import { containerLogs } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed } from '../runtime/failures.ts';
import type { Place } from '../runtime/place.ts';
import type { Workbench } from '../ui/workbench.ts';
import {
  attachElsewhere,
  attachMissing,
  containerPatterns,
  jupyterSilent,
  jupyterUnpublished,
} from './failures.ts';
import { attachedFolder, jupyterAddress, speaksOfJupyter, variablesOf } from './model-inside.ts';

/** Of the Dev Containers extension, and of others that do the same: github.com/microsoft/vscode-remote-release/issues/5171. */
const attachCommand = 'remote-containers.attachToRunningContainer';

export async function attachEditor(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  if (!(await vscode.commands.getCommands(true)).includes(attachCommand)) throw failed(attachMissing());
  const { kind, nerdctl, place } = await workbench.engine.get();
  const program = nerdctl ?? kind;
  const theirs = vscode.workspace.getConfiguration('dev.containers').get('dockerPath', '') || 'docker';
  if (program !== 'docker' && !theirs.includes(program)) throw failed(attachElsewhere(program));
  const settings = program === 'docker' && place && placeSettings(place);
  if (settings) {
    const uri = vscode.Uri.from(
      attachedFolder(container, settings, vscode.workspace.workspaceFolders?.[0]?.uri.authority),
    );
    await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
  } else await vscode.commands.executeCommand(attachCommand, container.id);
  return { containerId: container.id };
}

/** In its words; nothing where the engine is the one that it takes by itself. */
function placeSettings(place: Place): Readonly<Record<string, string>> | undefined {
  if ('name' in place) return { context: place.name };
  return 'address' in place ? { host: place.address } : undefined;
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
