// Makes one bundle per process: client (extension host), server (language server), cli (terminal).
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');

/** Of package.json, which declares every setting, only the version goes into a bundle. @type {esbuild.Plugin} */
const onlyVersion = {
  name: 'only-version',
  setup(build) {
    const manifest = fileURLToPath(new URL('package.json', import.meta.url));
    build.onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      if (path !== manifest) return undefined;
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * dockerfile-language-service asks Docker Hub by itself, without a limit of time or size, and what is no JSON ends the
 * process. adapters/docker-hub.ts asks instead, so that nothing of that client may come along. @type {esbuild.Plugin}
 */
const noRegistryClient = {
  name: 'no-registry-client',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]dockerfile-language-service[\\/]lib[\\/]dockerRegistryClient\.js$/ },
      () => ({
        contents: 'exports.DockerRegistryClient = class { async getTags() { return []; } };',
      }),
    );
  },
};

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Libraries ship UMD beside ESM; only the ESM builds can be bundled.
  mainFields: ['module', 'main'],
  // Identifiers stay, for stack traces; esbuild's `keepNames` does that at run time and takes an eighth of it.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [onlyVersion, noRegistryClient],
  // web-tree-sitter locates its wasm through import.meta.url; in a CJS bundle that is the bundle's own file.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const bundles = [
  { entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.cjs', program: true },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.cjs', program: true },
];

await mkdir('dist', { recursive: true });
for (const wasm of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-bash/tree-sitter-bash.wasm']) {
  await copyFile(require.resolve(wasm), `dist/${wasm.split('/').at(-1)}`);
}
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const { program, ...bundle } of bundles) {
  // `node esbuild.mjs server cli` makes only those.
  if (wanted.length > 0 && !wanted.some((name) => bundle.outfile === `dist/${name}.cjs`)) continue;
  const options = { ...shared, ...bundle };
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
  // A file that is there keeps its mode, so esbuild's own care for a `#!` line is not enough.
  if (!watch && program) await chmod(bundle.outfile, 0o755);
}
