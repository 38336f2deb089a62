// Brings files and folders of this machine into a folder of a container, and looks that they are there.

import * as fs from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { asText } from '../ui/plain-text.ts';
import { confirm } from '../ui/say.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { explain, notFolder, notUploaded, partLeft } from './failures.ts';
import { follow } from './follow.ts';
import { joinPath } from './model.ts';
import { localEntries, type Packed } from './upload.ts';

export type BroughtIn = { readonly folder: string; readonly files: number; readonly bytes: number };

const reportMs = 300;

/** @param given files and folders; asked for where they are not given */
export async function bringIn(
  workbench: Workbench,
  tree: FileTree,
  folder: string,
  asked: 'files' | 'folder' | readonly string[],
): Promise<BroughtIn | undefined> {
  const meant = await follow(tree, folder);
  if (meant?.stat.kind !== 'folder') throw failed(notFolder(folder));
  const shown = shownName(folder);
  const from = typeof asked === 'string' ? await askLocal(asked, shown) : asked;
  if (!from?.length) return undefined;
  const names = from.map((file) => path.basename(file));
  const there: string[] = [];
  for (const name of names) if (await tree.stat(joinPath(meant.path, name))) there.push(name);
  if (there.length && !(await mayReplace(there, shown))) return undefined;
  const step = t('Uploading to {0}', shown);
  return workbench.job<BroughtIn>({
    kind: 'files.upload',
    title: step,
    tab: t('{0}: upload', shown),
    async work({ signal, report }) {
      const packed: Packed = { files: 0, bytes: 0, leftOut: [] };
      let last = 0;
      const progress = () => {
        if (Date.now() - last < reportMs) return;
        last = Date.now();
        report(formatBytes(packed.bytes));
      };
      try {
        await tree.put(meant.path, (owner) => localEntries(from, owner, packed, progress), signal);
        for (const file of from) await assertThere(tree, file, joinPath(meant.path, path.basename(file)));
      } catch (error) {
        // What was not there before goes again where that is possible; what was replaced is lost either way.
        const left = packed.files ? [...there] : [];
        for (const name of names.filter((name) => !there.includes(name))) {
          const at = joinPath(meant.path, name);
          await tree.remove(at).catch(() => {});
          if (await tree.stat(at).catch(() => undefined)) left.push(name);
        }
        const explained = explain(step, error, signal.aborted);
        const failure = failureOf(explained);
        throw failure && left.length ? failed(partLeft(failure, left, shown)) : explained;
      }
      const { files, bytes, leftOut } = packed;
      const done =
        names.length === 1
          ? t('{0} ({1}) is in {2} now.', names[0] ?? '', formatBytes(bytes), shown)
          : t('{0} things ({1}) are in {2} now.', names.length, formatBytes(bytes), shown);
      const rest = leftOut.length
        ? t('Left out, as there is no content to bring along: {0}.', leftOut.slice(0, 3).join(', '))
        : '';
      return { value: { folder, files, bytes }, message: [done, rest].filter(Boolean).join(' ') };
    },
  });
}

async function assertThere(tree: FileTree, file: string, at: string): Promise<void> {
  const [here, there] = [await fs.stat(file), await tree.stat(at)];
  if (!there || (here.isFile() && there.size !== here.size)) throw failed(notUploaded(at));
}

async function askLocal(what: 'files' | 'folder', folder: string): Promise<readonly string[] | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: t('Upload to {0}', asText(folder)),
    openLabel: t('Upload'),
    canSelectFiles: what === 'files',
    canSelectFolders: what === 'folder',
    canSelectMany: true,
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  });
  return chosen?.map(({ fsPath }) => fsPath);
}

async function mayReplace(names: readonly string[], folder: string): Promise<boolean> {
  const [first = ''] = names;
  const question =
    names.length === 1
      ? t('{0} is in {1} already. Replace it?', first, folder)
      : t('{0} names are in {1} already. Replace what has them?', names.length, folder);
  const detail = t(
    '{0}\n\nFiles of the same name are lost; folders get what is new beside what they have.',
    names
      .slice(0, 20)
      .map((name) => asText(name))
      .join(', '),
  );
  return confirm(question, detail, t('Replace'));
}
