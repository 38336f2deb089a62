// What the bundles are made of: read by esbuild.mjs, which makes them, and by the tool that lists whose code is in them.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Of package.json, which declares every setting, only the version goes into a bundle. @type {import('esbuild').Plugin} */
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
 * process. adapters/docker-hub.ts asks instead, so that nothing of that client may come along. @type {import('esbuild').Plugin}
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

/**
 * web-tree-sitter asks for a module of Node while it runs, which a program that is loaded with its compiled code cannot do,
 * and hides `require` where it does so. @type {import('esbuild').Plugin}
 */
const nodeModuleAtOnce = {
  name: 'node-module-at-once',
  setup(build) {
    build.onLoad({ filter: /[\\/]web-tree-sitter[\\/]web-tree-sitter\.js$/ }, async ({ path }) => {
      const asked = 'await import("module")';
      const text = await readFile(path, 'utf8');
      if (!text.includes(asked)) throw new Error(`${path} does not hold ${asked} any more.`);
      return {
        contents: `import * as nodeModule from 'node:module';\n${text.replaceAll(asked, 'nodeModule')}`,
      };
    });
  },
};

/**
 * What judges, and what checks configuration files, are files of their own, loaded where they are needed: a program that
 * reads its arguments, or passes messages on, starts in half the time without them.
 * @param {Record<string, string>} files by what is imported
 * @returns {import('esbuild').Plugin}
 */
const apart = (files) => ({
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path, namespace }) => {
      if (namespace === 'apart') return path.endsWith('.cjs') ? { path, external: true } : undefined;
      const file = kind === 'dynamic-import' && files[path];
      return file ? { path: file, namespace: 'apart' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'apart' }, ({ path }) => ({
      contents: `const { loadProgram } = require('./server/src/adapters/compiled-code.ts');
        module.exports = loadProgram(require.resolve(${JSON.stringify(path)}));`,
      resolveDir: import.meta.dirname,
    }));
  },
});
const cliApart = apart({
  './judge.ts': './cli-judge.cjs',
  '../config/hadolint-yaml.ts': './cli-config.cjs',
  './hadolint-yaml.ts': './cli-config.cjs',
});

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // `require` instead, for the same reason as with web-tree-sitter.
  supported: { 'dynamic-import': false },
  format: 'cjs',
  // Libraries ship UMD beside ESM; only the ESM builds can be bundled.
  mainFields: ['module', 'main'],
  // Identifiers stay, for stack traces; esbuild's `keepNames` does that at run time and takes an eighth of it.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [onlyVersion, noRegistryClient, nodeModuleAtOnce],
  // web-tree-sitter locates its wasm through import.meta.url; in a CJS bundle that is the bundle's own file.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const own = [
  { entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  {
    entryPoints: ['server/src/lsp/main.ts'],
    outfile: 'dist/server.cjs',
    program: true,
    plugins: [
      apart({ './serve-thread.ts': './server-judge.cjs', './serve-client.ts': './server-front.cjs' }),
    ],
  },
  {
    entryPoints: ['server/src/lsp/serve-thread.ts'],
    outfile: 'dist/server-judge.cjs',
    // Its connection over ports alone.
    conditions: ['browser'],
  },
  { entryPoints: ['server/src/lsp/serve-client.ts'], outfile: 'dist/server-front.cjs' },
  {
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    program: true,
    plugins: [cliApart],
  },
  { entryPoints: ['server/src/cli/judge.ts'], outfile: 'dist/cli-judge.cjs', plugins: [cliApart] },
  { entryPoints: ['server/src/config/hadolint-yaml.ts'], outfile: 'dist/cli-config.cjs' },
];
/** Of pages in an editor tab: a script, and a sheet beside it. */
const pages = ['logs', 'processes'].flatMap((name) =>
  ['ts', 'css'].map((end) => ({
    program: false,
    options: {
      entryPoints: [`client/pages/${name}.${end}`],
      outfile: `dist/${name}-page.${end === 'ts' ? 'js' : end}`,
      bundle: true,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      minify: true,
      logLevel: 'warning',
    },
  })),
);
const programs = own.map(({ program = false, plugins = [], ...options }) => ({
  program,
  options: { ...shared, ...options, plugins: [...shared.plugins, ...plugins] },
}));

export const bundles = [...programs, ...pages];

/** Lie beside the bundles. */
export const wasmFiles = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-bash/tree-sitter-bash.wasm'];
