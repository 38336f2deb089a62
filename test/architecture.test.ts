// The invariants of ARCHITECTURE.md that can be read off the tree, and that what is generated is not stale.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

const repository = path.resolve(import.meta.dirname, '..');
const config = path.join(repository, '.dependency-cruiser.cjs');
const cruiser = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const manifest = readJson('package.json');

describe('import walls', () => {
  const temporary = mkdtempSync(path.join(tmpdir(), 'wheelhouse-walls-'));
  after(() => rmSync(temporary, { recursive: true }));

  it('stand', () => {
    const { modules, summary } = cruise(repository);
    const ours = modules.filter(({ source }) => /^(?:client|server)\/src\//.test(source));
    // With a compiler that it cannot load, dependency-cruiser finds nothing and is content.
    assert.ok(ours.length > 120, `only ${ours.length} modules were looked at`);
    assert.deepEqual(
      summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
      [],
    );
  });

  it('bite, each of them', () => {
    writeTree(temporary, brokenTree);
    const { summary } = cruise(temporary);
    const broken = new Set(summary.violations.map(({ rule }) => rule.name));
    const rules = summary.ruleSetUsed.forbidden.map(({ name }) => name);
    assert.deepEqual(
      rules.filter((name) => !broken.has(name)),
      [],
    );
  });
});

/** Imports that each break a wall; every wall needs one. */
const brokenTree: Readonly<Record<string, string>> = {
  'tsconfig.json':
    '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true } }',
  'server/src/text/a.ts': "import '../data/a.ts'; import 'node:fs'; export const a = 1;",
  'server/src/data/a.ts': "import '../text/b.ts';",
  'server/src/text/b.ts': "import './c.ts'; export {};",
  'server/src/text/c.ts': "import './b.ts'; export {};",
  'server/src/syntax/a.ts': "import '../facts/a.ts';",
  'server/src/facts/a.ts': "import '../lint/run.ts';",
  'server/src/lint/run.ts': "import '../rules/one/a.ts';",
  'server/src/rules/one/a.ts': "import '../two/b.ts'; import 'vscode';",
  'server/src/rules/two/b.ts': 'export {};',
  'server/src/features/a.ts': "import '../lsp/a.ts'; import 'vscode-languageserver';",
  'server/src/lsp/a.ts': 'export {};',
  'server/src/config/a.ts': "import '../lint/run.ts';",
  'server/src/ports/a.ts': "import '../text/b.ts';",
  'server/src/protocol/a.ts': "import '../text/b.ts';",
  'server/src/service.ts': "import './lsp/a.ts'; import 'node:child_process';",
  'client/src/language/a.ts':
    "import '../../../server/src/service.ts'; import 'node:child_process'; import '../wheels/tree.ts';",
  'client/src/wheels/tree.ts': "import '../images/tree.ts';",
  'client/src/images/tree.ts': 'export {};',
  'client/src/wheels/model.ts': "import 'vscode';",
  'client/src/pipeline/a.ts': "import '../wheels/tree.ts';",
};

describe('files', () => {
  const sources = globSync('{client,server,test}/**/*.{ts,mjs}', { cwd: repository }).filter(
    (file) => !file.includes('node_modules'),
  );

  it('are of readable length', () => {
    const lines = (file: string) => readFileSync(path.join(repository, file), 'utf8').split('\n').length - 1;
    const limit = (file: string) => (/^server\/src\/rules\/[^/]+\//.test(file) ? 200 : 400);
    assert.deepEqual(
      sources.filter((file) => lines(file) > limit(file)),
      [],
    );
    assert.ok(lines('client/src/extension.ts') < 100);
  });

  it('lie in rooms that say what they hold', () => {
    assert.deepEqual(
      sources.filter((file) => /\/(?:shared|utils?|helpers?|common)\//.test(file)),
      [],
    );
    assert.deepEqual(
      sources.filter((file) => !/^[a-z0-9.-]+$/.test(path.basename(file))),
      [],
    );
  });

  it('that are generated are not stale', () => {
    const result = spawnSync(process.execPath, ['server/tools/generate.ts', '--check'], {
      cwd: repository,
      encoding: 'utf8',
    });
    assert.equal(result.status, 0, result.stdout + result.stderr);
  });

  it('hold no code that nothing uses', () => {
    const result = spawnSync(process.execPath, ['node_modules/knip/bin/knip.js'], {
      cwd: repository,
      encoding: 'utf8',
    });
    assert.equal(result.status, 0, result.stdout + result.stderr);
  });
});

describe('manifest', () => {
  it('names each string in package.nls.json, and no other is there', () => {
    const used = new Set(
      [...readFileSync(path.join(repository, 'package.json'), 'utf8').matchAll(/"%([^%"]+)%"/g)].map(
        ([, key]) => key,
      ),
    );
    const known = new Set(Object.keys(readJson('package.nls.json')));
    assert.ok(used.size > 40);
    assert.deepEqual(
      [...used].filter((key) => !known.has(key as string)),
      [],
      'missing',
    );
    assert.deepEqual(
      [...known].filter((key) => !used.has(key)),
      [],
      'unused',
    );
  });

  it('declares each command once, and shows none that is not declared', () => {
    const { commands, menus, viewsWelcome } = manifest.contributes;
    const declared: string[] = commands.map(({ command }: { command: string }) => command);
    assert.equal(new Set(declared).size, declared.length);
    const shown = Object.values(menus as Record<string, { command?: string }[]>).flatMap((items) =>
      items.flatMap(({ command }) => command ?? []),
    );
    assert.ok(shown.length > 20 && viewsWelcome.length > 0);
    assert.deepEqual(
      shown.filter((command) => command.startsWith('wheelhouse.') && !declared.includes(command)),
      [],
    );
  });

  it('pins every dependency exactly, and the lock file holds no addresses', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }) as [
      string,
      string,
    ][];
    assert.deepEqual(
      all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
    assert.doesNotMatch(readFileSync(path.join(repository, 'package-lock.json'), 'utf8'), /"resolved":/);
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('packs what was agreed on, and nothing else', () => {
    const listed = execFileSync(
      process.execPath,
      ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'],
      { cwd: repository, encoding: 'utf8' },
    );
    const files = listed.split('\n').filter(Boolean).sort();
    assert.deepEqual(files, readJson('test/package-files.json'));
  });
});

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

function cruise(folder: string): Cruise {
  const result = spawnSync(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', 'client', 'server'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  assert.ok(result.stdout, result.stderr);
  return JSON.parse(result.stdout) as Cruise;
}

function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

function readJson(file: string) {
  return JSON.parse(readFileSync(path.join(repository, file), 'utf8'));
}
