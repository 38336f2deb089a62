// Asks where a file or folder of a container shall go, and brings it there.

import * as fs from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { failed, leaving } from '../runtime/failures.ts';
import { localPlace, wentTo } from '../ui/local-place.ts';
import { asText } from '../ui/plain-text.ts';
import { confirm } from '../ui/say.ts';
import { formatBytes, listNames } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { download, localName } from './download.ts';
import { explain, fileGone, noFile, notDownloaded, sameNames } from './failures.ts';
import { follow } from './follow.ts';
import { nameOf } from './model.ts';
import type { Place } from './uri.ts';

export type BroughtOut = { readonly file: string; readonly files: number; readonly bytes: number };

const reportMs = 300;

/** What is to be brought out, and whose files it is of. */
export type Wanted = { readonly tree: FileTree; readonly place: Place };
type Planned = Wanted & Awaited<ReturnType<typeof look>> & { readonly to: string };

/** @param given where it shall go, with its name, or the folder for several; asked for where it is not given */
export async function bringOut(
  workbench: Workbench,
  wanted: readonly Wanted[],
  given?: string,
): Promise<BroughtOut | undefined> {
  const found = await Promise.all(wanted.map(async (one) => ({ ...one, ...(await look(one)) })));
  const [only, ...others] = found;
  if (!only) return undefined;
  if (!others.length) {
    const to = given ?? (await (only.kind === 'file' ? askFile(only.name) : askIntoFolder(only.name)));
    if (to === undefined || !(await mayReplace(to, given !== undefined || only.kind === 'folder')))
      return undefined;
    return fetch(workbench, [{ ...only, to }], to);
  }
  const folder = given ?? (await askFolder(t('Folder to Download {0} Files Into', found.length)));
  if (folder === undefined) return undefined;
  const planned: Planned[] = [];
  for (const one of found) {
    const to = path.join(folder, one.name);
    const isTaken = planned.some((other) => other.to === to);
    if (isTaken) throw failed(sameNames(one.name));
    if (await mayReplace(to, true)) planned.push({ ...one, to });
  }
  return planned.length ? fetch(workbench, planned, folder) : undefined;
}

async function look({ tree, place }: Wanted) {
  const meant = await follow(tree, place.path);
  if (!meant) throw failed(fileGone(place.path));
  const { kind, size } = meant.stat;
  if (kind !== 'file' && kind !== 'folder') throw failed(noFile(place.path));
  const name = localName(nameOf(place.path) || place.container.replace(/^volume:/, '').slice(0, 64));
  return { from: meant.path, kind, size, name };
}

function fetch(workbench: Workbench, planned: readonly Planned[], into: string) {
  const [{ place, kind, size } = {} as Planned, ...others] = planned;
  const shown = others.length ? t('{0} files and folders', planned.length) : shownName(place.path);
  const step = t('Downloading {0}', shown);
  return workbench.job<BroughtOut>({
    kind: 'files.download',
    title: step,
    tab: t('{0}: download', shown),
    async work({ signal, report }) {
      let last = 0;
      let [files, bytes] = [0, 0];
      const leftOut: string[] = [];
      const progress = (now: number) => {
        if (Date.now() - last < reportMs) return;
        last = Date.now();
        const all = formatBytes(bytes + now);
        report(!others.length && kind === 'file' && size ? t('{0} of {1}', all, formatBytes(size)) : all);
      };
      for (const { tree, from, to } of planned) {
        try {
          const made = await download(tree, from, to, signal, progress);
          files += made.files;
          bytes += made.bytes;
          leftOut.push(...made.leftOut);
        } catch (error) {
          const { code, path: at } = error as NodeJS.ErrnoException;
          if (code && at && !signal.aborted) throw failed(notDownloaded(to, (error as Error).message));
          throw leavingSome(explain(step, error, signal.aborted), planned, to);
        }
      }
      const done =
        files === 1
          ? t('{0} ({1}) is in {2} now.', shown, formatBytes(bytes), into)
          : t('{0} ({1} files, {2}) is in {3} now.', shown, files, formatBytes(bytes), into);
      const some = `${leftOut.slice(0, 3).join(', ')}${leftOut.length > 3 ? ', …' : ''}`;
      const rest = leftOut.length ? t('Left out, as there is no content to bring along: {0}.', some) : '';
      return { value: { file: into, files, bytes }, message: [done, rest].filter(Boolean).join(' ') };
    },
  });
}

/** Of several, those before the one that was cancelled are there. */
function leavingSome(error: unknown, planned: readonly Planned[], at: string): unknown {
  const before = planned.slice(
    0,
    planned.findIndex(({ to }) => to === at),
  );
  if (!before.length) return error;
  return leaving(error, t('These are there: {0}.', listNames(before.map(({ name }) => name))));
}

/** The dialogue of the system asks by itself before a file is replaced. */
async function askFile(name: string): Promise<string | undefined> {
  const defaultUri = await localPlace(name);
  const chosen = await vscode.window.showSaveDialog({ title: t('Download {0}', asText(name)), defaultUri });
  return wentTo(chosen)?.fsPath;
}

async function askFolder(title: string): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: t('Download Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: await localPlace(),
    })) ?? [];
  // What comes into it stands for the place that is remembered.
  if (folder) wentTo(vscode.Uri.file(path.join(folder.fsPath, 'file')));
  return folder?.fsPath;
}

async function askIntoFolder(name: string): Promise<string | undefined> {
  const folder = await askFolder(t('Folder to Download {0} Into', asText(name)));
  return folder && path.join(folder, name);
}

async function mayReplace(to: string, asks: boolean): Promise<boolean> {
  const there = asks && (await fs.lstat(to).catch(() => undefined));
  if (!there) return true;
  const detail = there.isDirectory()
    ? t('All that is in this folder is lost.')
    : t('What is in this file is lost.');
  return confirm(t('{0} exists already. Replace it?', to), detail, t('Replace'));
}
