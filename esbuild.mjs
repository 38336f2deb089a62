// Makes one bundle per process: client (extension host), server (language server), cli (terminal).
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as esbuild from 'esbuild';
import { bundles, wasmFiles } from './bundles.mjs';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');

await mkdir('dist', { recursive: true });
for (const wasm of wasmFiles) {
  await copyFile(require.resolve(wasm), `dist/${wasm.split('/').at(-1)}`);
}
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const { program, options } of bundles) {
  // `node esbuild.mjs server cli` makes only those, and what belongs to them.
  const [group] = options.outfile.slice('dist/'.length).split(/[-.]/);
  if (wanted.length > 0 && !wanted.includes(group)) continue;
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
  // A file that is there keeps its mode, so esbuild's own care for a `#!` line is not enough.
  if (!watch && program) await chmod(options.outfile, 0o755);
}
