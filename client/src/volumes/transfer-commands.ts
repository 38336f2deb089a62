// What is asked before a volume is copied, exported or made from an archive.
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { loadUses } from '../engine/uses.ts';
import { loadVolumes } from '../engine/volumes.ts';
import { failed } from '../runtime/failures.ts';
import { localPlace, wentTo } from '../ui/local-place.ts';
import { ask } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { confirm } from '../ui/say.ts';
import { isNode } from '../ui/tree.ts';
import { isAgreed } from '../ui/vouched.ts';
import { listNames, shortId } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { badVolumeName, volumeExists } from './failures.ts';
import { checkVolumeName, type Volume } from './model.ts';
import { clone, exportTo, importFrom } from './transfer.ts';

type Request = {
  readonly to?: unknown;
  readonly from?: unknown;
  readonly name?: unknown;
  /** Of an import: the volume may be there, and files of the same name go. */
  readonly into?: unknown;
};

export async function cloneCommand(workbench: Workbench, volume: Volume, argument: unknown) {
  const { to } = (argument ?? {}) as Request;
  const name =
    typeof to === 'string'
      ? to
      : await askVolumeName(
          t('Clone Volume {0}', volume.name),
          `${short(volume)}-copy`,
          await takenNames(workbench),
        );
  if (name === undefined) return undefined;
  assertName(name);
  return (await mayRead(volume, argument, t('Clone'))) ? clone(workbench, volume.name, name) : undefined;
}

export async function exportCommand(workbench: Workbench, volume: Volume, argument: unknown) {
  const { to } = (argument ?? {}) as Request;
  const given = typeof to === 'string' ? to : undefined;
  const file = given ?? (await askTarget(short(volume)));
  if (file === undefined) return undefined;
  // The dialogue of the system asks by itself.
  if (given && !isAgreed(argument) && !(await mayReplace(file))) return undefined;
  return (await mayRead(volume, argument, t('Export'))) ? exportTo(workbench, volume.name, file) : undefined;
}

/** @param known the volume that it shall go into, where one was meant */
export async function importCommand(workbench: Workbench, argument: unknown, known?: string) {
  const { from, name = known, into } = (isNode(argument) ? {} : (argument ?? {})) as Request;
  const file = typeof from === 'string' ? from : await askSource();
  if (file === undefined) return undefined;
  const proposed = path
    .basename(file)
    .replace(/\.(?:tar|tgz|tar\.gz)$/i, '')
    .replace(/[^\w.-]/g, '_');
  const volume = typeof name === 'string' ? name : await askVolumeName(t('Import Volume'), proposed);
  if (volume === undefined) return undefined;
  assertName(volume);
  const isThere = (await takenNames(workbench)).has(volume);
  if (isThere && !(into === true && isAgreed(argument)) && !(await mayOverwrite(workbench, volume, known)))
    return undefined;
  return importFrom(workbench, file, volume, isThere);
}

/** Nothing brings back what was overwritten. */
async function mayOverwrite(workbench: Workbench, volume: string, known?: string): Promise<boolean> {
  const users = (await loadUses(workbench)).filter(
    (use) => use.active && use.volumes.some(({ name }) => name === volume),
  );
  const running = users.length ? t('Running with it: {0}', listNames(users.map(({ name }) => name))) : '';
  const fate = t(
    'Files of the archive replace those of the same name in it, which are lost then. All others in it stay.',
  );
  const detail = [fate, running].filter(Boolean).join('\n\n');
  const question = known
    ? t('Import the archive into the volume {0}?', volume)
    : t('There is a volume {0} already. Import into it?', volume);
  return confirm(question, detail, t('Import'));
}

export async function takenNames(workbench: Workbench): Promise<ReadonlySet<string>> {
  return new Set((await loadVolumes(workbench)).map(({ name }) => name));
}

const short = ({ name }: Volume) => shortId(name);

function assertName(name: string): void {
  const complaint = checkVolumeName(name);
  if (complaint) throw failed(badVolumeName(complaint));
}

/** What is written while it is read may come in halves. */
async function mayRead({ name, users }: Volume, argument: unknown, yes: string): Promise<boolean> {
  const running = users.filter(({ active }) => active).map((user) => user.name);
  if (!running.length || isAgreed(argument)) return true;
  const detail = t(
    'Running: {0}\n\nWhat they write meanwhile may be missing or half there. Stop them first to have all of it as it is.',
    listNames(running),
  );
  const question =
    running.length === 1
      ? t('A running container uses the volume {0}.', name)
      : t('{0} running containers use the volume {1}.', running.length, name);
  return confirm(question, detail, yes);
}

async function mayReplace(file: string): Promise<boolean> {
  if (!(await fs.lstat(file).catch(() => undefined))) return true;
  return confirm(
    t('{0} exists already. Replace it?', file),
    t('What is in this file is lost.'),
    t('Replace'),
  );
}

/** @param taken names that no other volume can get */
export async function askVolumeName(
  title: string,
  value = '',
  taken: ReadonlySet<string> = new Set(),
): Promise<string | undefined> {
  const answers = await ask(title, [
    () => ({
      key: 'name',
      kind: 'input',
      title: t('Name'),
      prompt: t('Letters, digits, and . _ - after the first.'),
      value,
      check: (text) => checkVolumeName(text) ?? (taken.has(text) ? volumeExists(text).message : undefined),
    }),
  ]);
  return typeof answers?.name === 'string' ? answers.name : undefined;
}

async function askTarget(name: string): Promise<string | undefined> {
  const chosen = await vscode.window.showSaveDialog({
    title: t('Export Volume {0}', asText(name)),
    defaultUri: await localPlace(`${name}.tar.gz`),
    // The dialogue of remote and web windows holds only the last extension of a name against these, and adds the first.
    filters: { [t('Archives')]: ['gz', 'tgz', 'tar'] },
  });
  return wentTo(chosen)?.fsPath;
}

async function askSource(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: t('Archive to Import'),
    openLabel: t('Import'),
    defaultUri: await localPlace(),
    filters: { [t('Archives')]: ['tar', 'gz', 'tgz'], [t('All Files')]: ['*'] },
  });
  return wentTo(chosen?.[0])?.fsPath;
}
