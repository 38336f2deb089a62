// Where an archive is proposed to go: not into the open folder, which is the context of its builds.
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

export async function archivePlace(name: string, home = homedir()): Promise<vscode.Uri> {
  const downloads = path.join(home, 'Downloads');
  const found = await fs.stat(downloads).catch(() => undefined);
  return vscode.Uri.file(path.join(found?.isDirectory() ? downloads : home, name));
}
