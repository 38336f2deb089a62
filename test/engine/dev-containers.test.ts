// Add Dev Container: what is written is read, and brought up, by the reference implementation on a real engine.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ensureDevContainers } from '../parts/dev-containers.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { isMissing } from '../parts/progress.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, eventually, execute, extensions, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerDevContainers } = await import('../../client/src/devcontainers/commands.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 240_000 };
registerDevContainers(createWorkbench(createContext() as never));
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-dev-'));
const tag = `whdev${process.pid}:1`;

function project(name: string, files: Readonly<Record<string, string>>): string {
  const folder = path.join(root, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text.replaceAll('IMAGE', image));
  }
  openFolders(folder);
  return folder;
}
const written = (folder: string) =>
  JSON.parse(readFileSync(path.join(folder, '.devcontainer/devcontainer.json'), 'utf8'));

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  if (!skip) await run('docker', ['image', 'rm', '--force', tag]);
  rmSync(root, { recursive: true });
});

test(
  'a Dockerfile becomes a dev container that comes up, with its user and what it copies',
  limits,
  async () => {
    const folder = project('bikes & co', {
      'docker/Dockerfile':
        'FROM IMAGE AS base\nRUN useradd --create-home rider\nFROM base\nCOPY pyproject.toml /seen\nUSER rider\nEXPOSE 8000\n',
      'pyproject.toml': '[project]\nname = "bikes"\nversion = "1"\n',
    });
    const dockerfile = path.join(folder, 'docker/Dockerfile');
    const done = await execute('wheelhouse.devcontainers.add', { dockerfile });
    assert.deepEqual(done, { file: path.join(folder, '.devcontainer/devcontainer.json'), written: true });
    const { build, remoteUser, forwardPorts, postCreateCommand } = written(folder);
    assert.deepEqual(build, { dockerfile: '../docker/Dockerfile', context: '..' });
    assert.deepEqual([remoteUser, forwardPorts, postCreateCommand], ['rider', [8000], undefined]);

    const program = await ensureDevContainers(() => {});
    assert.ok(!isMissing(program), JSON.stringify(program));
    const up = ['up', '--workspace-folder', folder, '--buildkit', 'never'];
    const { stdout } = await runOrThrow(process.execPath, [program, ...up], { timeout: 200_000 });
    const { outcome, containerId, remoteUser: user } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    try {
      assert.deepEqual([outcome, user], ['success', 'rider']);
      const { stdout: seen } = await runOrThrow('docker', ['exec', containerId, 'cat', '/seen']);
      assert.match(seen, /name = "bikes"/);
    } finally {
      const { stdout: used } = await run('docker', ['inspect', '--format', '{{.Image}}', containerId]);
      await run('docker', ['rm', '--force', containerId]);
      await run('docker', ['image', 'rm', '--force', used.trim()]);
    }
  },
);

test('an image is asked what it is, uv is tried in it, and what is there already stays', limits, async () => {
  const context = path.join(root, 'context');
  mkdirSync(context, { recursive: true });
  writeFileSync(
    path.join(context, 'Dockerfile'),
    `FROM ${image}\nRUN printf '#!/bin/sh\\necho uv 1\\n' > /usr/local/bin/uv && chmod +x /usr/local/bin/uv\nENV CUDA_VERSION=12.8\nEXPOSE 8888 53/udp\nUSER 1000:1000\n`,
  );
  await runOrThrow('docker', ['build', '--tag', tag, context]);
  const folder = project('of-image', { 'uv.lock': '' });
  screen.answer = ({ labels }) => labels?.find((label) => label === tag);
  Object.assign(extensions, {
    getExtension: (id: string) => (id === 'ms-vscode-remote.remote-containers' ? {} : undefined),
  });
  await execute('wheelhouse.devcontainers.add');
  const content = written(folder);
  assert.equal(content.image, tag);
  assert.deepEqual(
    [content.remoteUser, content.forwardPorts, content.postCreateCommand, content.hostRequirements],
    ['1000', [8888], 'uv sync', { gpu: 'optional' }],
  );
  const said = await eventually(() => screen.shown.findLast(({ text }) => text.includes('was written')));
  assert.deepEqual(said.buttons, ['Reopen in Container']);

  const program = await ensureDevContainers(() => {});
  assert.ok(!isMissing(program), JSON.stringify(program));
  const { stdout } = await runOrThrow(process.execPath, [
    program,
    'read-configuration',
    '--workspace-folder',
    folder,
  ]);
  assert.equal(JSON.parse(stdout).configuration.image, tag);

  const file = path.join(folder, '.devcontainer/devcontainer.json');
  writeFileSync(file, '{ "image": "mine" }');
  const kept = await execute('wheelhouse.devcontainers.add', { image: tag });
  assert.deepEqual(kept, { file, written: false });
  assert.equal(readFileSync(file, 'utf8'), '{ "image": "mine" }');
  rmSync(file);
  await execute('wheelhouse.devcontainers.add', { image: 'nosuch:1' });
  assert.throws(() => readFileSync(file));
  assert.match(screen.shown.at(-1)?.text ?? '', /There is no image nosuch:1/);
});
