// What only a person can run into: a wrong token typed, a registry that is down, no folder, a folder not trusted; and that
// no secret is found anywhere afterwards.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { example, makeFolder } from '../fixtures.ts';
import { type Scenario, startScenario } from '../results.ts';
import { openFile, squiggles } from './editor.ts';
import { openSidebar, rowsOf, welcomeOf } from './sidebar.ts';
import {
  answer,
  buttonsOf,
  clearNotifications,
  notification,
  offeredCommands,
  question,
  runCommand,
} from './workbench-page.ts';
import { makeWorld, type World } from './world.ts';

const wrongToken = 'wr0ng-t0ken-8f3a';

export async function refusedLogins(world: World, { test }: Scenario, folder: string): Promise<void> {
  const { address, user, password } = world.parts.protectedRegistry;

  await test('a wrong token, and a registry that is down', async () => {
    const page = await world.open(folder);
    await openSidebar(page);
    const logIn = async (registry: string) => {
      await runCommand(page, 'Wheelhouse: Log In to Registry…');
      await answer(page, 'Log In: Registry', { choose: 'Another Registry…' });
      await answer(page, 'Log In: Registry (2/4)', { type: registry });
      // The steps have one title but for their number; without it the token may be typed as the user.
      await answer(page, `Log In: ${registry} (3/4)`, { type: user });
      await answer(page, `Log In: ${registry} (4/4)`, { type: wrongToken });
    };
    const before = readFileSync(path.join(world.dockerConfig, 'config.json'), 'utf8');
    await logIn(address);
    const refused = await notification(page, `${address} does not accept this user name and token.`);
    assert.ok(!refused.includes(wrongToken), refused);
    assert.deepEqual(await buttonsOf(page, refused), ['Try Again', 'Show Log']);
    assert.equal(
      readFileSync(path.join(world.dockerConfig, 'config.json'), 'utf8'),
      before,
      'The login that worked is gone.',
    );
    await clearNotifications(page);
    await logIn('127.0.0.1:9');
    await notification(page, 'The registry 127.0.0.1:9 does not answer');
    await page.context().close();
  });

  await test('no folder is open', async () => {
    const page = await world.open(undefined);
    await openSidebar(page);
    await runCommand(page, 'Wheelhouse: Build Wheel');
    await notification(page, 'No folder is open. Open the folder of the project first.');
    assert.deepEqual((await buttonsOf(page, 'No folder is open')).slice(0, 1), ['Open Folder']);
    await page.context().close();
  });

  await test('no secret in arguments, environments, settings and logs', async () => {
    const calls = readFileSync(world.dockerCalls, 'utf8');
    assert.match(calls, /--password-stdin/, 'The calls were not recorded.');
    const places = [world.dockerCalls, ...filesBelow(world.host.userData)];
    assert.ok(
      places.some((file) => file.endsWith('.log')),
      'There are no logs to search.',
    );
    for (const secret of [password, wrongToken]) {
      const found = places.filter((file) => readFileSync(file).includes(secret));
      assert.deepEqual(found, []);
    }
  });
}

export async function untrustedFolder(...given: Parameters<typeof makeWorld>): Promise<void> {
  const [parts, artifact, browser, results] = given;
  const world = await makeWorld(parts, artifact, browser, results, {
    workspaceTrust: true,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });
  const { test } = startScenario(results, `ui, ${artifact.name}, untrusted`);
  try {
    await test('linting works, and nothing else does', async () => {
      const page = await world.open(makeFolder('untrusted', {}, example));
      await openFile(page, 'Dockerfile');
      await squiggles(page).first().waitFor({ timeout: 20_000 });
      await openSidebar(page);
      assert.match(await welcomeOf(page, 'Wheels'), /Linting works; building needs a trusted folder/);
      assert.deepEqual(await rowsOf(page, 'Images'), []);
      const offered = await offeredCommands(page, 'Wheelhouse: Build');
      assert.ok(!offered.some((title) => title.startsWith('Wheelhouse: Build')), offered.join(', '));
      await eventually(async () => assert.throws(() => statSync(world.dockerCalls), /ENOENT/));
      await page.context().close();
    });

    await test('a project without a Dockerfile gets its files by two answers, and nothing runs', async () => {
      const manifest =
        '[project]\nname = "rides"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["fastapi", "uvicorn"]\n';
      const folder = makeFolder('without a Dockerfile', {
        'pyproject.toml': manifest,
        'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
      });
      const page = await world.open(folder);
      await openSidebar(page);
      await eventually(async () => assert.match(await welcomeOf(page, 'Images'), /no Dockerfile yet/));
      await runCommand(page, 'Wheelhouse: Add Container Files…');
      const kinds = await answer(page, 'Image');
      assert.match(kinds, /Service.*fits: fastapi.*Multi-stage/s);
      await writeAll(page);
      await page.locator('.tab.active', { hasText: 'Dockerfile' }).waitFor({ timeout: 10_000 });
      assert.match(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), /"uvicorn", "main:app"/);
      assert.match(readFileSync(path.join(folder, '.dockerignore'), 'utf8'), /^\.venv$/m);
      assert.match(readFileSync(path.join(folder, '.vscode/tasks.json'), 'utf8'), /"Build image of rides"/);
      assert.throws(() => statSync(world.dockerCalls), /ENOENT/);

      await runCommand(page, 'Wheelhouse: Add Container Files…');
      await answer(page, 'Image', { choose: 'Training' });
      await answer(page, 'The Project Has a Dockerfile', { choose: 'Write New Files' });
      // The Dockerfile that is there by now starts the service.
      await answer(page, 'What the Image Starts', { choose: 'python main.py' });
      await writeAll(page);
      await answer(page, 'Dockerfile is there already', { choose: 'Write Another Beside It' });
      await page.locator('.tab.active', { hasText: 'Dockerfile.training' }).waitFor({ timeout: 10_000 });
      await page.context().close();
    });
  } finally {
    await world.host.stop();
  }
}

/** In a list of several choices nothing is in focus; Enter takes those that are ticked. */
async function writeAll(page: Page): Promise<void> {
  const files = await question(page, 'Files to Write');
  await files.locator('.monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
