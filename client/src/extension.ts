// The composition root: wires the capabilities together. Starts no process and reads no file.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { registerBuilders } from './builders/commands.ts';
import { registerCompose } from './compose/commands.ts';
import { registerContainers } from './containers/commands.ts';
import { registerContexts } from './contexts/commands.ts';
import { registerDevContainers } from './devcontainers/commands.ts';
import { registerDisk } from './disk/commands.ts';
import { registerDockerfiles } from './dockerfiles/commands.ts';
import { registerFiles } from './files/commands.ts';
import { registerImages } from './images/commands.ts';
import { createLanguage } from './language/client.ts';
import { registerConfigurationCompletion } from './language/configuration-completion.ts';
import { registerFixed } from './language/fixed.ts';
import { registerTurnOff } from './language/turn-off.ts';
import { registerNetworks } from './networks/commands.ts';
import { registerProject } from './project/commands.ts';
import { registerRegistries } from './registries/commands.ts';
import { openRegistry } from './registries/store.ts';
import { registerPreview } from './ui/preview.ts';
import { registerRawJson } from './ui/raw-json.ts';
import { type Api, createWorkbench } from './ui/workbench.ts';
import { registerVolumes } from './volumes/commands.ts';
import { registerWheels } from './wheels/commands.ts';

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const workbench = createWorkbench(context);
  workbench.own(registerRawJson(), registerPreview());
  const language = createLanguage(context, workbench);
  registerTurnOff(workbench, language.ask);
  registerFixed(workbench, language.ask);
  workbench.own(registerConfigurationCompletion(language.ask));

  registerWheels(workbench);
  const files = registerFiles(workbench);
  const { tryFiles } = registerImages(
    workbench,
    language.ask,
    (host, signal) => openRegistry(workbench, { host, state: 'logged-in' }, signal),
    files,
  );
  registerContainers(workbench, files, registerCompose(workbench));
  registerDevContainers(workbench);
  registerVolumes(workbench, files);
  registerNetworks(workbench);
  registerBuilders(workbench);
  registerContexts(workbench);
  registerDisk(workbench);
  registerRegistries(workbench, language.ask);
  registerDockerfiles(workbench, language.ask);
  registerProject(workbench, language.ask, tryFiles);

  workbench.registerTasks();
  stop = async () => {
    await Promise.allSettled([files.release(), language.stop()]);
  };
  return workbench.api;
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
