// Folders with a Dockerfile that are linted and built by the engine's BuildKit without a network.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { createFolderService } from '../server/folder-service.ts';

/** Texts by their paths below a folder. */
export type Tree = Readonly<Record<string, string>>;

/** @param purpose part of the names of images and folders, which are gone when the tests of the file end */
export async function createFolderBuilds(purpose: string) {
  const parts = readParts();
  const from = parts.engine?.baseImage;
  const env = { ...process.env, ...toolEnvironment(parts), DOCKER_BUILDKIT: '1' };
  const root = mkdtempSync(path.join(tmpdir(), `wheelhouse-${purpose}-builds-`));
  const made = new Set<string>();
  after(async () => {
    rmSync(root, { recursive: true });
    if (made.size > 0) await run('docker', ['image', 'rm', '--force', ...made], { env });
  });
  const tagOf = (folder: string) => `wheelhouse-${purpose}-${folder}:1`;
  return {
    from,
    env,
    root,
    tagOf,
    write(folder: string, files: Tree): void {
      for (const [file, text] of Object.entries(files)) {
        const full = path.join(root, folder, file);
        mkdirSync(path.dirname(full), { recursive: true });
        writeFileSync(full, text);
      }
    },
    async build(folder: string) {
      made.add(tagOf(folder));
      const args = ['build', '--network=none', `--tag=${tagOf(folder)}`, path.join(root, folder)];
      return run('docker', args, { env });
    },
    async lint(folder: string, text: string) {
      const service = await createFolderService();
      const context = await service.contextOf(pathToFileURL(path.join(root, folder, 'Dockerfile')).href);
      return service.lint(text, defaultConfiguration, context);
    },
  };
}
