import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { cache } from '../parts/cache.ts';

/** Bundles the suite of the extension host; mocha and `vscode` stay outside. */
export async function bundleSuite(): Promise<string> {
  const folder = path.join(cache, 'e2e/suite');
  mkdirSync(folder, { recursive: true });
  // Without it Node would take the repository's package.json, which says that .js files are modules.
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }');
  const outfile = path.join(folder, 'index.js');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
