// Terminals in containers: a shell, or one command. Without a shell inside, what else there is.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { wholeCommandLine } from '../runtime/command-line.ts';
import {
  containerShell,
  debugShell,
  execInContainer,
  hasDebug,
  sidecarShell,
  tryShell,
} from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { argv, type Command } from '../runtime/exec.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { copy } from '../ui/copy.ts';
import { ask } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { agreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { noShell, shellPatterns } from './failures.ts';

/** As the container's user, in its folder: what `exec` does by itself. */
export async function attachShell(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  await requireShell(workbench, container, t('The shell in {0}', container.name));
  const engine = await workbench.engine.get();
  return openTerminal(container, t('shell'), await containerShell(engine, container.id));
}

/** @param argument may have the command line beforehand */
export async function execute(
  workbench: Workbench,
  container: ContainerDetails | undefined,
  argument: unknown,
) {
  if (!container) return undefined;
  const { command: given } = (argument ?? {}) as { command?: unknown };
  const line = typeof given === 'string' ? given : await askLine(container.name);
  if (!line?.trim()) return undefined;
  const question = t('Run this in {0}?', container.name);
  if (!(await agreed(argument, question, asText(line), t('Run')))) return undefined;
  await requireShell(workbench, container, t('The command in {0}', container.name));
  const engine = await workbench.engine.get();
  const ended = t('Ended with exit code {0}. Enter closes this.', '%s');
  return openTerminal(container, line, await execInContainer(engine, container.id, line, ended));
}

async function askLine(name: string): Promise<string | undefined> {
  const answers = await ask(t('Execute in {0}', name), [
    () => ({
      key: 'line',
      kind: 'input',
      title: t('Command'),
      prompt: t('As in a shell, such as: python -m pip list'),
    }),
  ]);
  return typeof answers?.line === 'string' ? answers.line : undefined;
}

async function requireShell(
  workbench: Workbench,
  { id, name }: ContainerDetails,
  step: string,
): Promise<void> {
  const engine = await workbench.engine.get();
  try {
    await workbench.run(await tryShell(engine, id), { step, tool: 'engine', patterns: shellPatterns });
  } catch (error) {
    if (failureOf(error)?.id !== 'no-shell') throw error;
    throw failed(noShell(name, id, await canDebug(workbench)));
  }
}

async function canDebug(workbench: Workbench): Promise<boolean> {
  const engine = await workbench.engine.get();
  if (engine.kind !== 'docker' || engine.nerdctl) return false;
  const step = t('Looking for docker debug');
  return workbench.run(hasDebug(engine), { step, tool: 'engine' }).catch(() => false);
}

/** `docker debug` where the command line has it; else a line to copy, which runs another image beside the container. */
export async function debug(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const engine = await workbench.engine.get();
  if (await canDebug(workbench)) return openTerminal(container, t('debug'), debugShell(engine, container.id));
  return copy([wholeCommandLine(sidecarShell(engine, container.name))]);
}

/** @param what beside the name of the container, with which the tab begins as those of logs and of other work do */
function openTerminal({ id, name }: ContainerDetails, what: string, command: Command<unknown>) {
  const { path, args } = argv(command);
  const terminal = vscode.window.createTerminal({
    name: asText(t('{0}: {1}', name, what), 100),
    shellPath: path,
    shellArgs: [...args],
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
  });
  terminal.show();
  return { containerId: id, terminal: terminal.name };
}
