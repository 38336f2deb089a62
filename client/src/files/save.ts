// Asks where a file or folder of a container shall go, and brings it there.

import * as fs from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { failed } from '../runtime/failures.ts';
import { localPlace, wentTo } from '../ui/local-place.ts';
import { asText } from '../ui/plain-text.ts';
import { confirm } from '../ui/say.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { download, localName } from './download.ts';
import { explain, fileGone, noFile, notDownloaded } from './failures.ts';
import { follow } from './follow.ts';
import { nameOf } from './model.ts';
import type { Place } from './uri.ts';

export type BroughtOut = { readonly file: string; readonly files: number; readonly bytes: number };

const reportMs = 300;

/** @param given where it shall go, with its name; asked for where it is not given */
export async function bringOut(
  workbench: Workbench,
  tree: FileTree,
  place: Place,
  given?: string,
): Promise<BroughtOut | undefined> {
  const meant = await follow(tree, place.path);
  if (!meant) throw failed(fileGone(place.path));
  const { kind, size } = meant.stat;
  if (kind !== 'file' && kind !== 'folder') throw failed(noFile(place.path));
  const name = localName(nameOf(place.path) || place.container.replace(/^volume:/, '').slice(0, 64));
  const to = given ?? (await (kind === 'file' ? askFile(name) : askFolder(name)));
  if (to === undefined) return undefined;
  if (!(await mayReplace(to, given !== undefined || kind === 'folder'))) return undefined;
  const shown = shownName(place.path);
  const step = t('Downloading {0}', shown);
  return workbench.job<BroughtOut>({
    kind: 'files.download',
    title: step,
    async work({ signal, report }) {
      let last = 0;
      const progress = (bytes: number) => {
        if (Date.now() - last < reportMs) return;
        last = Date.now();
        report(
          kind === 'file' && size
            ? t('{0} of {1}', formatBytes(bytes), formatBytes(size))
            : formatBytes(bytes),
        );
      };
      try {
        const { files, bytes, leftOut } = await download(tree, meant.path, to, signal, progress);
        const done =
          files === 1
            ? t('{0} ({1}) is in {2} now.', shown, formatBytes(bytes), to)
            : t('{0} ({1} files, {2}) is in {3} now.', shown, files, formatBytes(bytes), to);
        const some = `${leftOut.slice(0, 3).join(', ')}${leftOut.length > 3 ? ', …' : ''}`;
        const rest = leftOut.length ? t('Left out, as there is no content to bring along: {0}.', some) : '';
        return { value: { file: to, files, bytes }, message: [done, rest].filter(Boolean).join(' ') };
      } catch (error) {
        const { code, path: at } = error as NodeJS.ErrnoException;
        if (code && at && !signal.aborted) throw failed(notDownloaded(to, (error as Error).message));
        throw explain(step, error, signal.aborted);
      }
    },
  });
}

/** The dialogue of the system asks by itself before a file is replaced. */
async function askFile(name: string): Promise<string | undefined> {
  const defaultUri = await localPlace(name);
  const chosen = await vscode.window.showSaveDialog({ title: t('Download {0}', asText(name)), defaultUri });
  return wentTo(chosen)?.fsPath;
}

async function askFolder(name: string): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t('Folder to Download {0} Into', asText(name)),
      openLabel: t('Download Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: await localPlace(),
    })) ?? [];
  return folder && wentTo(vscode.Uri.file(path.join(folder.fsPath, name)))?.fsPath;
}

async function mayReplace(to: string, asks: boolean): Promise<boolean> {
  const there = asks && (await fs.lstat(to).catch(() => undefined));
  if (!there) return true;
  const detail = there.isDirectory()
    ? t('All that is in this folder is lost.')
    : t('What is in this file is lost.');
  return confirm(t('{0} exists already. Replace it?', to), detail, t('Replace'));
}
