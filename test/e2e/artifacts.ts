// What the suites run against: the working copy, and the package that people install.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, repository } from '../parts/cache.ts';
import { runOrThrow, temporaryFolder } from '../parts/processes.ts';

export type Artifact = {
  readonly name: 'working copy' | 'package';
  /** For a suite in the extension host, which VS Code runs only with an extension in development. */
  readonly development: string;
  /** To be installed before the start. */
  readonly vsix: readonly string[];
};

export async function makeArtifacts(): Promise<readonly Artifact[]> {
  await runOrThrow(process.execPath, ['esbuild.mjs'], { cwd: repository });
  const file = path.join(cache, 'e2e/wheelhouse.vsix');
  mkdirSync(path.dirname(file), { recursive: true });
  const vsce = path.join(repository, 'node_modules/@vscode/vsce/vsce');
  const args = [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ];
  await runOrThrow(process.execPath, args, { cwd: repository, timeout: 120_000 });
  if (!existsSync(file)) throw new Error(`vsce ended without an error and wrote no ${file}.`);
  return [
    { name: 'working copy', development: repository, vsix: [] },
    { name: 'package', development: emptyExtension(), vsix: [file] },
  ];
}

/** With the package installed, the extension in development must not be Wheelhouse again. */
function emptyExtension(): string {
  const folder = temporaryFolder('empty-extension');
  const manifest = { name: 'empty', publisher: 'tests', version: '0.0.1', engines: { vscode: '^1.90.0' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
