import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { listFolderUri, readFileUri, readUnpackedUri } from '../../server/src/adapters/node-files.ts';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { Optimized } from '../../server/src/features/refactorings/optimize.ts';
import { createService, type Service } from '../../server/src/service.ts';
import { appendLines } from '../../server/src/text/edit.ts';
import { loadTestShellParser } from './linter.ts';

/** The service over the real file system; what it has to log fails the test. */
export async function createFolderService(): Promise<Service> {
  return createService({
    ports: {
      readFile: readFileUri,
      readUnpacked: readUnpackedUri,
      listFolder: listFolderUri,
      isLive: true,
      log: (_level, message) => assert.fail(message),
    },
    parseShell: await loadTestShellParser(),
  });
}

/**
 * Applies what Optimize Dockerfile proposes to the Dockerfile of a folder, and writes what it makes.
 * @param ids those that are wanted; all where left out
 */
export async function optimizeFolder(
  service: Service,
  folder: string,
  ids?: readonly string[],
): Promise<Optimized> {
  // Docker takes the one in small letters as well.
  const dockerfile = ['Dockerfile', 'dockerfile']
    .map((name) => path.join(folder, name))
    .find((file) => existsSync(file));
  assert.ok(dockerfile !== undefined, `no Dockerfile in ${folder}`);
  service.forgetFiles();
  const { href } = pathToFileURL(dockerfile);
  const [context, sources] = await Promise.all([service.contextOf(href), service.sourcesOf(href)]);
  const optimized = service.optimize(readFileSync(dockerfile, 'utf8'), defaultConfiguration, context, {
    sources,
    ids,
  });
  writeFileSync(dockerfile, optimized.text);
  const { ignoreLines } = optimized;
  const ignoreFile = context && fileURLToPath(context.ignoreFileUri);
  if (ignoreFile && ignoreLines.length > 0)
    writeFileSync(
      ignoreFile,
      appendLines(existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '', ignoreLines),
    );
  return optimized;
}
