// Which folders of the machine a run gets, by one choice for the usual one, by a dialogue, or as they are typed.
import { homedir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Mount } from '../runtime/container-commands.ts';
import { ask, type Choice } from '../ui/pickers.ts';
import { readMounts, writeMounts } from './run-options.ts';

const workspacePath = '/workspace';

/** @returns all mounts that the run gets then; undefined where the person leaves */
export async function askMounts(
  title: string,
  mounts: readonly Mount[] = [],
): Promise<readonly Mount[] | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const isThere = mounts.some(
    ({ source, destination }) => source === folder && destination === workspacePath,
  );
  const choices: Choice[] = [
    ...(folder && !isThere
      ? [
          {
            label: l10n.t('This Project as {0}', workspacePath),
            description: folder,
            value: 'project',
          },
        ]
      : []),
    { label: l10n.t('Choose a Folder…'), value: 'folder' },
    { label: l10n.t('Type Them…'), description: writeMounts(mounts), value: 'type' },
    ...(mounts.length ? [{ label: l10n.t('None'), value: 'none' }] : []),
  ];
  const answers = await ask(title, [() => ({ key: 'how', kind: 'pick', title: l10n.t('Mounts'), choices })]);
  switch (answers?.how) {
    case 'project':
      return folder === undefined
        ? undefined
        : [...mounts, { source: folder, destination: workspacePath, readOnly: false }];
    case 'folder':
      return chooseFolder(title, mounts, folder);
    case 'type':
      return type(title, writeMounts(mounts), folder);
    case 'none':
      return [];
    default:
      return undefined;
  }
}

async function chooseFolder(title: string, mounts: readonly Mount[], folder: string | undefined) {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Folder to Mount'),
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t('Mount'),
      ...(folder && { defaultUri: vscode.Uri.file(folder) }),
    })) ?? [];
  if (!chosen) return undefined;
  const answers = await ask(title, [
    () => ({
      key: 'destination',
      kind: 'input',
      title: l10n.t('Path in the Container'),
      prompt: l10n.t('Where {0} stands in the container', chosen.fsPath),
      value: `/${path.basename(chosen.fsPath) || 'data'}`,
      check: (text) =>
        /^\/[^:,]*$/.test(text.trim()) ? undefined : l10n.t('A path in a container begins with a slash.'),
    }),
  ]);
  if (!answers) return undefined;
  const destination = String(answers.destination).trim();
  return [...mounts, { source: chosen.fsPath, destination, readOnly: false }];
}

async function type(title: string, value: string, folder: string | undefined) {
  const read = (text: string) => readMounts(text, { home: homedir(), folder });
  const answers = await ask(title, [
    () => ({
      key: 'text',
      kind: 'input',
      title: l10n.t('Mounts'),
      prompt: l10n.t(
        'Such as .:/workspace or ./data:/data:ro, separated by commas; . is the folder that is open',
      ),
      value,
      check: (text) =>
        read(text) === undefined ? l10n.t('Mounts are written as ./here:/there or /here:/there.') : undefined,
    }),
  ]);
  return answers && read(String(answers.text).trim());
}
