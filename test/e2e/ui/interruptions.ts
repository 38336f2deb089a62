// Builds that are broken off, by the person and by an engine that stops: each ends whole and says what became of it.
import assert from 'node:assert/strict';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startEngine } from '../../parts/engine.ts';
import { run, temporaryFolder } from '../../parts/processes.ts';
import { describeMissing, isMissing } from '../../parts/progress.ts';
import { eventually } from '../eventually.ts';
import { makeFolder } from '../fixtures.ts';
import { startScenario } from '../results.ts';
import { openSidebar, terminalText } from './sidebar.ts';
import {
  answer,
  buttonsOf,
  clearNotifications,
  notification,
  pressButton,
  runCommand,
  toastWith,
} from './workbench-page.ts';
import type { World } from './world.ts';

/** A sleep of ours alone, to be found among the processes of this machine. */
const step = `sleep 600.${process.pid}`;

export async function brokenOffBuilds(world: World): Promise<void> {
  await cancelledBuilds(world);
  await stoppedEngine(world);
}

async function cancelledBuilds(world: World): Promise<void> {
  const image = 'cancelled:1';
  const idOf = () => world.docker('image', 'inspect', '--format', '{{.Id}}', image);
  const folder = makeProject(world, 'cancelled');
  const page = await world.open(folder);
  const { test } = startScenario(world.results, `ui, ${world.artifact.name}, Cancel`, () => page);
  const buildAndCancel = async (meanwhile = async () => {}) => {
    await startBuild(page, image);
    assert.notDeepEqual(await clientsOf(folder), []);
    await meanwhile();
    await pressButton(page, `Build ${image}`, 'Cancel');
    await expectMessage(
      page,
      `The build of ${image} was cancelled. Nothing new was made; what existed before is as it was.`,
      ['Show Log'],
    );
    await eventually(async () => {
      assert.deepEqual(await clientsOf(folder), [], 'The client goes on.');
      assert.deepEqual(await processesOf(step), [], 'The step goes on.');
    });
  };
  try {
    await world.docker('image', 'rm', '--force', image);
    await openSidebar(page);

    await test('ends all processes of the build, and there is no image', async () => {
      await buildAndCancel();
      assert.notEqual((await idOf()).code, 0, 'There is an image.');
    });

    await test('comes after a look at the log, by the link beside how far the build is', async () => {
      await buildAndCancel(async () => {
        const toast = toastWith(page, `Build ${image}`);
        // One of two steps is done.
        assert.equal(await toast.locator('.monaco-progress-container.discrete').count(), 1);
        await notification(page, /2\/2 RUN sleep .* s · Show Log/, 10_000);
        await toast.locator('a', { hasText: 'Show Log' }).click();
        await eventually(async () => assert.match(await terminalText(page), /\[2\/2\] RUN sleep/));
      });
    });

    await test('leaves the image that was there', async () => {
      await world.docker('image', 'tag', world.parts.engine.baseImage ?? '', image);
      const before = await idOf();
      assert.equal(before.code, 0, before.stderr);
      await buildAndCancel();
      assert.equal((await idOf()).stdout, before.stdout);
    });
  } finally {
    await world.docker('image', 'rm', '--force', image);
    await page.context().close();
  }
}

async function stoppedEngine(world: World): Promise<void> {
  let page: Page | undefined;
  const { test } = startScenario(world.results, `ui, ${world.artifact.name}, engine`, () => page);
  await test('that stops while it builds', async () => {
    const engine = await startEngine(world.results.log);
    if (isMissing(engine)) throw new Error(describeMissing(engine));
    try {
      await copyBaseImage(world, engine.host);
      const folder = makeProject(world, 'stopped', {
        'wheelhouse.engine': 'docker',
        'wheelhouse.dockerPath': dockerOf(engine.host),
      });
      page = await world.open(folder);
      await openSidebar(page);
      await startBuild(page, 'stopped:1');
      await engine.stop();
      await expectMessage(
        page,
        'The build of stopped:1 ended because the container engine stopped answering. Start the engine again, then repeat the step; nothing half-made was kept.',
        ['Refresh', 'Build Again', 'Show Log'],
      );
      assert.deepEqual(await clientsOf(folder), [], 'The client goes on.');
    } finally {
      await engine.stop();
    }
  });
  await page?.context().close();
}

/** A project whose image takes longer to build than any test waits. */
function makeProject(world: World, name: string, settings: Readonly<Record<string, unknown>> = {}): string {
  return makeFolder(name, {
    '.vscode/settings.json': JSON.stringify(settings),
    'pyproject.toml': `[project]\nname = "${name}"\nversion = "1"\n`,
    Dockerfile: `FROM ${world.parts.engine.baseImage}\nRUN ${step}\n`,
  });
}

/** Until the step is seen to run, in the notification and among the processes. */
async function startBuild(page: Page, image: string): Promise<void> {
  await runCommand(page, 'Wheelhouse: Build Image…');
  await answer(page, `Build Image: ${image}`);
  await notification(page, `Build ${image}: 2/2 RUN ${step}`, 60_000);
  await eventually(async () => assert.notDeepEqual(await processesOf(step), [], 'The step does not run.'));
}

async function expectMessage(page: Page, text: string, buttons: readonly string[]): Promise<void> {
  assert.equal(await notification(page, text, 60_000), text);
  assert.deepEqual(await buttonsOf(page, text), buttons);
  await clearNotifications(page);
}

/** The engine's command line and what it started, by the folder that is built. */
function clientsOf(folder: string): Promise<string[]> {
  return processesOf(`buildx build .*${folder}`);
}

async function processesOf(pattern: string): Promise<string[]> {
  const { stdout } = await run('pgrep', ['--full', '--list-full', '--', pattern]);
  return stdout.split('\n').filter(Boolean);
}

async function copyBaseImage(world: World, host: string): Promise<void> {
  const file = path.join(temporaryFolder('image'), 'base.tar');
  const saved = await world.docker('save', '--output', file, world.parts.engine.baseImage ?? '');
  assert.equal(saved.code, 0, saved.stderr);
  const loaded = await world.docker('--host', host, 'load', '--input', file);
  assert.equal(loaded.code, 0, loaded.stderr);
  rmSync(file);
}

/** A `docker` that talks to this engine. */
function dockerOf(host: string): string {
  const file = path.join(temporaryFolder('bin'), 'docker');
  writeFileSync(file, `#!/bin/sh\nDOCKER_HOST='${host}' exec docker "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}
