// The import walls of ARCHITECTURE.md, each proven to bite on a small tree that breaks it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { cruise, type ICruiseResult } from 'dependency-cruiser';

const root = new URL('../', import.meta.url).pathname;
const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
  options: Record<string, unknown>;
};

async function violationsIn(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { tsConfig: _, ...others } = options;
  const { output } = await cruise(folders, {
    ...others,
    baseDir,
    ruleSet: { forbidden: forbidden as never },
    validate: true,
  });
  return output as ICruiseResult;
}

/** Two files for each wall: the first breaks it by importing what it must not. */
const breaches: Readonly<Record<string, readonly (readonly [file: string, imported: string])[]>> = {
  'no-circles': [['server/src/facts/a.ts', '../facts/b.ts']],
  'text-alone': [
    ['server/src/text/a.ts', '../syntax/b.ts'],
    ['server/src/text/a.ts', 'yaml'],
    ['server/src/text/a.ts', 'node:fs'],
  ],
  'data-alone': [
    ['server/src/data/a.ts', '../facts/b.ts'],
    ['server/src/data/a.ts', 'zod'],
    ['server/src/data/a.ts', 'dockerfile-utils'],
  ],
  'syntax-below-facts': [
    ['server/src/syntax/a.ts', '../facts/b.ts'],
    ['server/src/syntax/a.ts', '../lint/b.ts'],
  ],
  'facts-below-lint': [
    ['server/src/facts/a.ts', '../lint/rule.ts'],
    ['server/src/facts/a.ts', '../rules/x/b.ts'],
  ],
  'rules-alone': [
    ['server/src/rules/x/a.ts', './b.ts'],
    ['server/src/rules/x/a.ts', '../y/b.ts'],
    ['server/src/rules/x/a.ts', '../../lint/run.ts'],
    ['server/src/rules/x/a.ts', '../../config/b.ts'],
    ['server/src/rules/x/a.ts', 'zod'],
  ],
  'config-knows-the-contract': [
    ['server/src/config/a.ts', '../lint/run.ts'],
    ['server/src/config/a.ts', '../facts/b.ts'],
  ],
  'lint-knows-no-rule': [
    ['server/src/lint/a.ts', '../rules/index.ts'],
    ['server/src/lint/a.ts', '../service.ts'],
  ],
  'ports-alone': [['server/src/ports/a.ts', '../text/b.ts']],
  'project-below-lint': [
    ['server/src/project/a.ts', '../lint/rule.ts'],
    ['server/src/project/a.ts', '../config/b.ts'],
  ],
  'scaffold-sources-below': [['server/src/features/scaffold/sources/a.ts', '../starts/b.ts']],
  'engine-below-views': [
    ['client/src/engine/a.ts', 'vscode'],
    ['client/src/engine/a.ts', '../ui/b.ts'],
    ['client/src/engine/a.ts', '../containers/b.ts'],
  ],
  'operations-without-editor': [
    ['client/src/operations/a.ts', 'vscode'],
    ['client/src/operations/a.ts', '../ui/b.ts'],
    ['client/src/operations/a.ts', '../images/b.ts'],
  ],
  'resources-alone': [
    ['client/src/resources/a.ts', '../engine/b.ts'],
    ['client/src/resources/a.ts', 'vscode'],
    ['client/src/resources/a.ts', 'node:util'],
  ],
  'models-without-editor': [
    ['client/src/wheels/model.ts', 'vscode'],
    ['client/src/wheels/model.ts', './tree.ts'],
  ],
  'lsp-only-in-lsp': [
    ['server/src/service.ts', 'vscode-languageserver'],
    ['server/src/features/a.ts', 'vscode-languageserver-types'],
    ['server/src/adapters/a.ts', 'vscode-languageserver/node'],
  ],
  'node-only-at-the-edge': [
    ['server/src/lint/a.ts', 'node:fs'],
    ['server/src/lsp/a.ts', 'node:timers/promises'],
    ['server/src/config/a.ts', 'path'],
  ],
  'core-knows-no-edge': [
    ['server/src/lint/a.ts', '../adapters/b.ts'],
    ['server/src/service.ts', './lsp/b.ts'],
  ],
  'server-without-editor': [
    ['server/src/lsp/a.ts', 'vscode'],
    ['server/src/lint/a.ts', '../../../client/src/ui/b.ts'],
  ],
  'protocol-alone': [['server/src/protocol/a.ts', '../text/b.ts']],
  'client-imports-protocol-only': [
    ['client/src/ui/a.ts', '../../../server/src/text/b.ts'],
    ['client/src/ui/a.ts', '../../../server/tools/b.ts'],
  ],
  'capabilities-apart': [
    ['client/src/images/a.ts', '../wheels/model.ts'],
    ['client/src/wheels/a.ts', '../registries/b.ts'],
  ],
  'pipeline-imports-models': [['client/src/pipeline/a.ts', '../images/tree.ts']],
  'one-place-starts-processes': [
    ['client/src/images/a.ts', 'node:child_process'],
    ['client/src/runtime/a.ts', 'child_process'],
    ['server/src/adapters/a.ts', 'node:child_process'],
  ],
  'nothing-ships-tests': [
    ['server/src/lint/a.ts', '../../tools/b.ts'],
    ['client/src/ui/a.ts', '../../../test/b.ts'],
  ],
};

/** What the walls allow, so that none forbids too much. */
const allowed: readonly (readonly [file: string, imported: string])[] = [
  ['server/src/rules/x/a.ts', '../../lint/rule.ts'],
  ['server/src/rules/x/a.ts', '../../facts/b.ts'],
  ['server/src/config/a.ts', '../lint/rule.ts'],
  ['server/src/project/a.ts', '../ports/b.ts'],
  ['server/src/lsp/a.ts', 'vscode-languageserver/node'],
  ['server/src/cli/a.ts', 'node:fs'],
  ['server/src/adapters/a.ts', 'node:fs/promises'],
  ['client/src/language/a.ts', '../../../server/src/protocol/b.ts'],
  ['client/src/pipeline/a.ts', '../images/model.ts'],
  ['client/src/images/a.ts', './b.ts'],
  ['client/src/engine/a.ts', '../resources/kind.ts'],
  ['client/src/runtime/exec.ts', 'node:child_process'],
  ['server/src/adapters/shellcheck.ts', 'node:child_process'],
];

/** Cruises a tree of two files, of which the first imports the other, or a package. */
async function cruiseBreach(file: string, imported: string, back = false): Promise<string[]> {
  const folder = mkdtempSync(`${tmpdir()}/wheelhouse-walls-`);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  try {
    write(`${folder}/${file}`, `import type { X } from '${imported}';\nexport type Y = X;\n`);
    if (imported.startsWith('.')) {
      const path = new URL(imported, `file://${folder}/${file}`).pathname;
      const text = back
        ? `import type { Y } from './${file.split('/').at(-1)}';\nexport type X = Y;\n`
        : 'export type X = 1;\n';
      write(path, text);
    }
    const { summary } = await violationsIn(folder, [file.split('/')[0] as string]);
    return [...new Set(summary.violations.map(({ rule }) => rule.name))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the import walls', () => {
  it('stand', async () => {
    const { summary, modules } = await violationsIn(root.replace(/\/$/, ''), ['client/src', 'server/src']);
    const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    assert.deepEqual(broken, []);
    // With an unsuitable compiler dependency-cruiser sees no module at all, and finds nothing wrong.
    const own = modules.filter(({ source }) => /^(?:client|server)\/src\//.test(source));
    assert.ok(own.length > 140, `${own.length} modules were looked at`);
    const reached = modules.flatMap(({ dependencies }) => dependencies).length;
    assert.ok(reached > 400, `${reached} imports were looked at`);
  });

  it('are each broken by a fixture below', () => {
    assert.deepEqual(Object.keys(breaches).sort(), forbidden.map(({ name }) => name).sort());
  });

  for (const [name, cases] of Object.entries(breaches)) {
    for (const [file, imported] of cases) {
      it(`${name} forbids ${file} to import ${imported}`, async () => {
        assert.ok((await cruiseBreach(file, imported, name === 'no-circles')).includes(name));
      });
    }
  }
  for (const [file, imported] of allowed) {
    it(`allow ${file} to import ${imported}`, async () => {
      assert.deepEqual(await cruiseBreach(file, imported), []);
    });
  }
});
