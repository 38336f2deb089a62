// The invariants of ARCHITECTURE.md that can be read off the tree, and that what is generated is not stale. The import walls
// are in import-walls.test.ts.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

const repository = path.resolve(import.meta.dirname, '..');
const manifest = readJson('package.json');

describe('files', () => {
  const sources = globSync('{client,server,test}/**/*.{ts,mjs}', { cwd: repository }).filter(
    (file) => !file.includes('node_modules'),
  );

  it('are of readable length', () => {
    const lines = (file: string) => readFileSync(path.join(repository, file), 'utf8').split('\n').length - 1;
    // The index of the rules is generated.
    const written = sources.filter((file) => file !== 'server/src/rules/index.ts');
    const limit = (file: string) => (/^server\/src\/rules\/[^/]+\//.test(file) ? 200 : 400);
    assert.deepEqual(
      written.filter((file) => lines(file) > limit(file)),
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

describe('the client', () => {
  const client = globSync('client/src/**/*.ts', { cwd: repository }).map(
    (file) => [file, readFileSync(path.join(repository, file), 'utf8')] as const,
  );

  it('names terminals by what its work is about, not by what is done', () => {
    // Of work whose title names one thing; that with none is told from other work by its title.
    const unnamed = ['client/src/disk/commands.ts', 'client/src/registries/pin.ts'];
    const jobs = client.flatMap(([file, text]) =>
      [...text.matchAll(/\b(?:workbench\.job(?:<[^(]*>)?\(|JobSpec<\w+> =)\s*\{(.*?)\bwork\b/gs)].map(
        ([, about = '']) => ({ file, hasTab: /\btab:|\.\.\.(?:about|spec)\b/.test(about) }),
      ),
    );
    assert.ok(jobs.length > 20);
    assert.deepEqual(jobs.flatMap(({ file, hasTab }) => (hasTab ? [] : [file])).sort(), unnamed);
    const tabs = client.flatMap(([, text]) => [...text.matchAll(/\btab: (?:l10n\.)?t?\(?['`](.)/g)]);
    assert.deepEqual(
      tabs.filter(([, first]) => first !== '{' && first !== '$').map(([tab]) => tab),
      [],
    );
  });

  const others = (pattern: RegExp, allowed: readonly string[]) =>
    client.filter(([file, text]) => pattern.test(text) && !allowed.includes(file)).map(([file]) => file);

  it('puts text into messages, tooltips and the status bar in one place, which escapes it', () => {
    const speaks = /\.show(?:Information|Warning|Error)Message\b|MarkdownString\(|setStatusBarMessage\(/;
    assert.ok(client.some(([file, text]) => file === 'client/src/ui/say.ts' && speaks.test(text)));
    assert.deepEqual(others(speaks, ['client/src/ui/say.ts']), []);
    assert.deepEqual(others(/isTrusted = true|supportHtml = true|supportThemeIcons = true/, []), []);
  });

  it('makes labels where their text is escaped', () => {
    assert.deepEqual(others(/new vscode\.TreeItem\(/, ['client/src/ui/tree.ts']), []);
    assert.deepEqual(others(/create(?:QuickPick|InputBox)\b/, ['client/src/ui/pickers.ts']), []);
    assert.deepEqual(others(/\bas Markdown\b/, ['client/src/ui/plain-text.ts']), []);
    const bars = ['client/src/ui/say.ts', 'client/src/ui/quiet-job.ts'];
    assert.deepEqual(others(/\bwithProgress\(/, bars), []);
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
      all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
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

  it('ships the notices of all that is bundled, beside the programs for a terminal too', () => {
    const notices = readFileSync(path.join(repository, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const table = readFileSync(path.join(repository, 'ARCHITECTURE.md'), 'utf8').split(
      '## Bundled libraries',
    )[1];
    const bundled = [...(table ?? '').matchAll(/^\| ([@\w][^|]*) \| (?!why)/gm)].flatMap(([, names]) =>
      (names as string).split(', '),
    );
    assert.ok(bundled.length > 12 && bundled.includes('tree-sitter-bash'));
    const locked = readJson('package-lock.json').packages;
    for (const name of bundled)
      assert.ok(notices.includes(`\n${name} ${locked[`node_modules/${name}`].version}\nLicense: `), name);
    assert.equal(
      notices.split('\nLicense: ').length,
      notices.split(/\n={80}\n\n(?!\n|=)/).length,
      'each has a text',
    );

    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    assert.ok(files.some((file) => file.path === 'THIRD-PARTY-NOTICES.txt'));
  });
});

function readJson(file: string) {
  return JSON.parse(readFileSync(path.join(repository, file), 'utf8'));
}
