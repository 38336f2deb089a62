// Which folders of the machine and volumes of the engine a run gets: by one choice, by a dialogue, or as they are typed.
import { homedir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { volumes } from '../engine/volumes.ts';
import type { Mount } from '../runtime/container-commands.ts';
import { ask, type Choice } from '../ui/pickers.ts';
import type { Workbench } from '../ui/workbench.ts';
import { isVolumeName, readMounts, writeMounts } from './run-options.ts';

const workspacePath = '/workspace';

const typedMark = 'typed ';
const volumeMark = 'volume ';

/** @returns all mounts that the run gets then; undefined where the person leaves */
export async function askMounts(
  workbench: Pick<Workbench, 'resources'>,
  title: string,
  mounts: readonly Mount[] = [],
): Promise<readonly Mount[] | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const read = (text: string) => readMounts(text, { home: homedir(), folder });
  const isThere = mounts.some(
    ({ source, destination }) => source === folder && destination === workspacePath,
  );
  const named = (await volumeNames(workbench)).map((name) => ({
    label: name,
    description: l10n.t('volume'),
    value: `${volumeMark}${name}`,
  }));
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
    ...named,
    ...(mounts.length ? [{ label: l10n.t('None'), value: 'none' }] : []),
  ];
  const typed = (text: string): Choice | undefined => {
    const value = `${typedMark}${text.trim()}`;
    if (!text.trim() || choices.some(({ label }) => label === text.trim())) return undefined;
    return read(text)
      ? { label: l10n.t('Mount {0}', text.trim()), value }
      : isVolumeName(text.trim())
        ? { label: l10n.t('New Volume {0}…', text.trim()), value: `${volumeMark}${text.trim()}` }
        : { label: l10n.t('Type Them: {0}…', text.trim()), value };
  };
  const answers = await ask(title, [
    () => ({ key: 'how', kind: 'pick', title: l10n.t('Mounts'), choices, typed }),
  ]);
  const how = String(answers?.how ?? '');
  if (how.startsWith(volumeMark)) {
    const name = how.slice(volumeMark.length);
    return at(title, mounts, name, name);
  }
  if (how.startsWith(typedMark)) {
    const text = how.slice(typedMark.length);
    const more = read(text);
    return more
      ? [...mounts, ...more]
      : type(title, [writeMounts(mounts), text].filter(Boolean).join(', '), read);
  }
  switch (how) {
    case 'project':
      return folder === undefined
        ? undefined
        : [...mounts, { source: folder, destination: workspacePath, readOnly: false }];
    case 'folder':
      return chooseFolder(title, mounts, folder);
    case 'type':
      return type(title, writeMounts(mounts), read);
    case 'none':
      return [];
    default:
      return undefined;
  }
}

/** Those that somebody named, as far as the engine tells. */
async function volumeNames({ resources }: Pick<Workbench, 'resources'>): Promise<readonly string[]> {
  const all = await resources.all(volumes).catch(() => []);
  return all
    .map(({ name }) => name)
    .filter((name) => !/^[0-9a-f]{64}$/.test(name))
    .toSorted((a, b) => a.localeCompare(b));
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
  return chosen && at(title, mounts, chosen.fsPath, path.basename(chosen.fsPath) || 'data');
}

async function at(title: string, mounts: readonly Mount[], source: string, name: string) {
  const answers = await ask(title, [
    () => ({
      key: 'destination',
      kind: 'input',
      title: l10n.t('Path in the Container'),
      prompt: l10n.t('Where {0} stands in the container', source),
      value: `/${name}`,
      check: (text) =>
        /^\/[^:,]*$/.test(text.trim()) ? undefined : l10n.t('A path in a container begins with a slash.'),
    }),
  ]);
  if (!answers) return undefined;
  const destination = String(answers.destination).trim();
  return [...mounts, { source, destination, readOnly: false }];
}

async function type(
  title: string,
  value: string,
  read: (text: string) => readonly Mount[] | undefined,
): Promise<readonly Mount[] | undefined> {
  const answers = await ask(title, [
    () => ({
      key: 'text',
      kind: 'input',
      title: l10n.t('Mounts'),
      prompt: l10n.t(
        'Such as .:/workspace, ./data:/data:ro or name-of-a-volume:/data, separated by commas; . is the folder that is open',
      ),
      value,
      check: (text) =>
        read(text) === undefined
          ? l10n.t('Mounts are written as ./here:/there, /here:/there or volume:/there.')
          : undefined,
    }),
  ]);
  return answers && read(String(answers.text).trim());
}
