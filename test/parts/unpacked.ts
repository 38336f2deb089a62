import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Puts an unpackaged extension where VS Code looks for installed ones: the files that its package would hold,
 * and no others. The browser VS Code takes a development path only from its test driver.
 */
export async function installUnpacked(folder: string, extensions: string): Promise<void> {
  const { listFiles, PackageManager } = (await import('@vscode/vsce')).default;
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const target = path.join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  mkdirSync(target, { recursive: true });
  // What is bundled needs no node_modules.
  for (const file of await listFiles({ cwd: folder, packageManager: PackageManager.None })) {
    cpSync(path.join(folder, file), path.join(target, file));
  }
}
