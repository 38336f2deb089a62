// The import walls of ARCHITECTURE.md; test/architecture.test.ts runs them and proves that each one bites.
const capabilities = 'wheels|images|containers|files|registries|builders|volumes|networks|disk|project|dockerfiles';
const server = '^server/src/';
/** A package, installed or not. */
const npm = (names) => `(?:^|node_modules/)(?:${names})(?:/|$)`;

const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    wall('no-circles', 'Files that need each other are one file.', {}, { circular: true }),
    wall(
      'text-alone',
      'text/ imports nothing.',
      { path: `${server}text/` },
      { pathNot: `${server}text/` },
    ),
    wall(
      'data-alone',
      'data/ holds facts of the world, and imports nothing.',
      { path: `${server}data/` },
      { pathNot: `${server}data/` },
    ),
    wall(
      'syntax-below-facts',
      'syntax/ knows texts, not what they mean.',
      { path: `${server}syntax/` },
      { path: server, pathNot: `${server}(?:syntax|text|data)/` },
    ),
    wall(
      'facts-below-lint',
      'facts/ know nothing of rules.',
      { path: `${server}facts/` },
      { path: server, pathNot: `${server}(?:facts|syntax|text|data)/` },
    ),
    wall(
      'config-knows-the-contract',
      'config/ may import the rule contract, and nothing else of lint/.',
      { path: `${server}config/` },
      { path: server, pathNot: [`${server}(?:config|ports|syntax|text|data)/`, `${server}lint/rule\\.ts$`] },
    ),
    wall(
      'lint-knows-no-rule',
      'The runner is given its rules.',
      { path: `${server}lint/` },
      { path: server, pathNot: `${server}(?:lint|config|facts|syntax|text|data)/` },
    ),
    wall(
      'ports-alone',
      'ports/ hold types of their own.',
      { path: `${server}ports/` },
      { pathNot: `${server}ports/` },
    ),
    wall(
      'rules-alone',
      'A rule imports the contract, facts, syntax, text and data: nothing else, and no other rule.',
      { path: `${server}rules/[^/]+/` },
      { pathNot: [`${server}(?:facts|syntax|text|data)/`, `${server}lint/rule\\.ts$`] },
    ),
    wall(
      'project-below-lint',
      'project/ reads files for the facts; what is made of them is for the rules.',
      { path: `${server}project/` },
      { path: server, pathNot: `${server}(?:project|ports|facts|syntax|data|text)/` },
    ),
    wall(
      'scaffold-sources-below',
      'features/scaffold/sources/ read programs; what is made of them is for the rooms beside.',
      { path: `${server}features/scaffold/sources/` },
      { path: `${server}features/`, pathNot: `${server}features/scaffold/(?:sources/|[\\w-]+\\.ts$)` },
    ),
    wall(
      'lsp-only-in-lsp',
      'Only lsp/ knows the Language Server Protocol.',
      { path: server, pathNot: `${server}lsp/` },
      { path: npm('vscode-languageserver[^/]*|vscode-jsonrpc') },
    ),
    wall(
      'node-only-at-the-edge',
      'Only adapters/ and cli/ import node built-ins; the rest also runs in a browser worker.',
      { path: server, pathNot: `${server}(?:adapters|cli)/` },
      { dependencyTypes: ['core'] },
    ),
    wall(
      'core-knows-no-edge',
      'The core asks for I/O through its ports; only the two programs put adapters in.',
      { path: server, pathNot: `${server}(?:adapters|cli|lsp)/` },
      { path: `${server}(?:adapters|cli|lsp)/` },
    ),
    wall(
      'server-without-editor',
      'The server runs without VS Code and without the client.',
      { path: '^server/src/' },
      { path: ['(?:^|/)vscode(?:/index\\.d\\.ts)?$', '^client/'] },
    ),
    wall(
      'protocol-alone',
      'protocol/ goes into both bundles, so it brings nothing along.',
      { path: `${server}protocol/` },
      { pathNot: `${server}protocol/` },
    ),
    wall(
      'client-imports-protocol-only',
      'Of the server the client imports names of requests.',
      { path: '^client/' },
      { path: '^server/', pathNot: `${server}protocol/` },
    ),
    wall(
      'capabilities-apart',
      'Capabilities do not import each other.',
      { path: `^client/src/(${capabilities})/` },
      { path: `^client/src/(?:${capabilities})/`, pathNot: '^client/src/$1/' },
    ),
    wall(
      'engine-below-views',
      'engine/ asks and follows the engine; it knows no view and no capability.',
      { path: '^client/src/engine/' },
      { path: ['(?:^|/)vscode(?:/index\\.d\\.ts)?$', '^client/src/(?!engine/|resources/|runtime/)'] },
    ),
    wall(
      'resources-alone',
      'resources/ keeps things for whoever asks by a port that it is given.',
      { path: '^client/src/resources/' },
      { pathNot: '^client/src/resources/' },
    ),
    wall(
      'operations-without-editor',
      'operations/ tells sinks; it knows none of them, and no capability.',
      { path: '^client/src/operations/' },
      { path: ['(?:^|/)vscode(?:/index\\.d\\.ts)?$', '^client/src/(?!operations/|runtime/)'] },
    ),
    wall(
      'models-without-editor',
      'A model is pure: it is tested without VS Code.',
      { path: '^client/src/[^/]+/model\\.ts$' },
      { path: ['(?:^|/)vscode(?:/index\\.d\\.ts)?$', '^client/src/.*/(?:tree|commands)\\.ts$'] },
    ),
    wall(
      'pipeline-imports-models',
      'pipeline/ may import the models of the capabilities, nothing else of them.',
      { path: '^client/src/pipeline/' },
      { path: `^client/src/(?:${capabilities})/`, pathNot: '/model\\.ts$' },
    ),
    wall(
      'one-place-starts-processes',
      'In the client only runtime/exec.ts starts a process, in the server only what runs ShellCheck.',
      {
        path: '^(?:client|server)/src/',
        pathNot: ['^client/src/runtime/exec\\.ts$', `${server}adapters/shellcheck\\.ts$`],
      },
      { path: '^(?:node:)?child_process$' },
    ),
    wall(
      'nothing-ships-tests',
      'What ships imports neither tests nor tools.',
      { path: '^(?:client|server)/src/' },
      { path: '^(?:test|server/tools)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count: they tie rooms together as others do.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'types'] },
  },
};
