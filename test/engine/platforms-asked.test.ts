// Which platforms are ticked when a build asks for several; nothing is built.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { runOrThrow } from '../parts/processes.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, enter, eventually, execute, pressing, screen, Uri } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const parts = readParts();
const skip = parts.engine?.baseImage ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 60_000 };
const workbench = createWorkbench(createContext() as never);
registerImages(workbench, async () => undefined as never);
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-platforms-'));

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
  openFolders(root);
});
after(() => rmSync(root, { recursive: true }));

function project(name: string, files: Readonly<Record<string, string>>): Uri {
  mkdirSync(path.join(root, name));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, name, file), text);
  return Uri.file(path.join(root, name, 'Dockerfile'));
}

/** What the command line of the build names where what is ticked is taken as it is; then the build is agreed to, or not. */
async function platforms(dockerfile: Uri, agreed = false): Promise<string | undefined> {
  const before = screen.asked.length;
  // Nobody listens there.
  screen.answer = ({ title, kind }) =>
    kind === 'input' ? '127.0.0.1:9/several:1' : / Platforms$/.test(title) || agreed ? enter : undefined;
  await execute('wheelhouse.images.buildPlatforms', dockerfile);
  const lines = screen.asked.slice(before).flatMap(({ details = [] }) => details);
  return /--platform (\S+)/.exec(lines.join('\n'))?.[1];
}

test(
  'several platforms are those of the bake file, else those that stages name, else that of the engine',
  limits,
  async () => {
    const bake =
      '# not linux/s390x\ntarget "default" {\n  platforms = ["linux/amd64", "linux/arm/v7"]\n  args = { X = "bin/linux/tools" }\n}\n';
    const baked = project('baked', {
      Dockerfile: 'FROM --platform=linux/arm64 scratch\n',
      'docker-bake.hcl': bake,
    });
    assert.equal(await platforms(baked), 'linux/amd64,linux/arm/v7');
    const named = 'FROM --platform=linux/arm64 scratch AS a\nFROM --platform=linux/riscv64 scratch\n';
    assert.equal(await platforms(project('named', { Dockerfile: named })), 'linux/arm64,linux/riscv64');
    const own = await runOrThrow('docker', ['version', '--format', '{{.Server.Os}}/{{.Server.Arch}}']);
    assert.equal(await platforms(project('plain', { Dockerfile: 'FROM scratch\n' })), own.stdout.trim());
    // What was built for the last time goes before.
    assert.equal(await platforms(baked, true), 'linux/amd64,linux/arm/v7');
    writeFileSync(path.join(root, 'baked', 'docker-bake.hcl'), bake.replace('arm/v7', 'ppc64le'));
    assert.equal(await platforms(baked), 'linux/amd64,linux/arm/v7');
  },
);

test('with no platform ticked it does not go on, and says why', limits, async () => {
  const before = screen.asked.length;
  screen.answer = ({ title }) => (/ Platforms$/.test(title) ? 'none of them' : undefined);
  await execute('wheelhouse.images.buildPlatforms', project('none', { Dockerfile: 'FROM scratch\n' }));
  assert.deepEqual(
    screen.asked.slice(before).map(({ complaint }) => complaint),
    ['Tick at least one platform.'],
  );
  // Of a build for one, none is that of the engine.
  const answers = ['Platforms', 'none of them', undefined];
  const again = screen.asked.length;
  screen.answer = () => answers.shift();
  await execute('wheelhouse.images.build', Uri.file(path.join(root, 'none', 'Dockerfile')));
  screen.answer = () => undefined;
  assert.equal(screen.asked.length - again, 3);
});

test('the command line is shown with paths of the folder, and copied whole', limits, async () => {
  const dockerfile = project('shown', { Dockerfile: 'FROM scratch\n' });
  const before = screen.asked.length;
  screen.copied.length = 0;
  // Copying leaves the question open.
  screen.answer = ({ labels }) => pressing(labels?.[0] ?? '', 'Copy Command Line');
  void execute('wheelhouse.images.build', dockerfile);
  await eventually(() => screen.copied.length === 1);
  screen.answer = () => undefined;
  const [shown = ''] = screen.asked[before]?.details ?? [];
  assert.match(shown, / shown\/Dockerfile\b.* shown$/);
  assert.ok(!shown.includes(root), shown);
  const copied = screen.copied.at(-1) ?? '';
  assert.ok(copied.endsWith(` ${path.join(root, 'shown')}`), copied);
  assert.ok(copied.includes(dockerfile.fsPath), copied);
});
