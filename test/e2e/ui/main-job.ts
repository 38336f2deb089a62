// The whole job, from a uv project to an image in a registry, by what a person sees and presses.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { heightsOfWords, logPage } from './log-page.ts';
import { fetchManifest } from './registry-http.ts';
import { takeScreenshot } from './screenshots.ts';
import { expand, openSidebar, pressInline, terminalText, waitForRow } from './sidebar.ts';
import {
  answer,
  buttonsOf,
  clearNotifications,
  isPasswordBox,
  notification,
  question,
  runCommand,
} from './workbench-page.ts';
import type { World } from './world.ts';

export async function doMainJob(world: World, page: Page, folder: string, scenario: Scenario): Promise<void> {
  const { test } = scenario;
  const { protectedRegistry: registry } = world.parts;
  // A path of its own for each run: what an earlier one pushed proves nothing.
  const target = `${registry.address}/team-${Date.now().toString(36)}/bikes:1.2.0`;

  await test('the sidebar says that the wheel is missing', async () => {
    await openSidebar(page);
    await waitForRow(page, 'Wheels', /bikes 1\.2\.0.*wheel missing/);
  });

  await test('Build Wheel makes the wheel and says so', async () => {
    await runCommand(page, 'Wheelhouse: Build Wheel');
    const said = await notification(page, 'was built', 60_000);
    assert.match(said, /^bikes-1\.2\.0-py3-none-any\.whl was built, [\d.]+ kB\.$/);
    assert.ok(existsSync(path.join(folder, 'dist/bikes-1.2.0-py3-none-any.whl')));
    assert.deepEqual(await buttonsOf(page, said), ['Build Image']);
    await waitForRow(page, 'Wheels', /bikes 1\.2\.0.*wheel fresh/);
    await clearNotifications(page);
  });

  await test('Build Image… takes the derived answers by Enter', async () => {
    await runCommand(page, 'Wheelhouse: Build Image…');
    const shown = await answer(page, /^Build Image: /);
    assert.match(shown, /bikes:1\.2\.0/);
    assert.match(shown, /docker buildx build/, 'The command line is not shown before it runs.');
    const said = await notification(page, /bikes:1\.2\.0 was built/, 120_000);
    assert.match(said, /^bikes:1\.2\.0 was built, \d+ MB, linux\/\w+\.$/);
    const { stdout } = await world.docker('image', 'inspect', '--format', '{{.Id}}', 'bikes:1.2.0');
    assert.match(stdout, /^sha256:/);
    await waitForRow(page, 'Images', /^1\.2\.0 .*MB/);
    await clearNotifications(page);
  });

  await test('Run Container… runs it to its end', async () => {
    await runCommand(page, 'Wheelhouse: Run Container…');
    await answer(page, 'Run Container: Image', { choose: /^bikes:1\.2\.0/ });
    const shown = await answer(page, /^Run Container: bikes/);
    assert.match(shown, /docker container run/);
    await notification(page, 'bikes-1 ran to its end.', 60_000);
    await waitForRow(page, 'Containers', /^bikes-1 exited 0/);
  });

  await test("View Logs shows the container's output", async () => {
    await pressInline(page, 'Containers', /^bikes-1/, 'View Logs');
    const log = logPage(page);
    await log.getByText(/\d+ bikes at 21 degrees and 8 o'clock/).waitFor();
    await log.getByText(/bikes-1: exited 0/).waitFor();
    const [height = 0, ...others] = await heightsOfWords(log);
    assert.deepEqual(
      others.filter((other) => Math.abs(other - height) > 0.5),
      [],
      'The words of the controls stand in one line.',
    );
    await log.getByLabel('Filter').fill('no such line');
    await log.getByText(/bikes at 21 degrees/).waitFor({ state: 'detached' });
    await log.getByText(/^0 of 1 line$/).waitFor();
    await log.getByLabel('Filter').fill('BIKES');
    await log.locator('mark').first().waitFor();
    await log.getByLabel('Filter').fill('bikes (');
    await log
      .getByRole('alert')
      .getByText(/Unterminated group/)
      .waitFor();
    assert.equal(await log.getByLabel('Filter').getAttribute('aria-invalid'), 'true');
    await log.getByText(/bikes at 21 degrees/).waitFor();
    await log.getByLabel('Filter').fill('BIKES');
    await log
      .getByRole('alert')
      .getByText(/Unterminated group/)
      .waitFor({ state: 'detached' });
    await log.getByLabel('Read Aloud').waitFor({ state: 'hidden' });
    await log.getByRole('button', { name: 'More' }).click();
    await log.getByLabel('Read Aloud').waitFor();
    await page.keyboard.press('Escape');
    await log.getByLabel('Read Aloud').waitFor({ state: 'hidden' });
    await log.getByLabel('Match Case').focus();
    await page.keyboard.press('Space');
    await log.getByLabel('Times').check();
    await log.getByText(/bikes at 21 degrees/).waitFor({ state: 'detached' });
    await log.getByLabel('Filter').fill('bikes at');
    await log.getByText(/bikes at 21 degrees/).waitFor();
    await takeScreenshot(page, 'logs');
    await page.keyboard.press('Control+KeyW');
    await runCommand(page, 'Wheelhouse: View Logs in Terminal');
    await eventually(async () => assert.match(await terminalText(page), /\d+ bikes at 21 degrees/));
    await clearNotifications(page);
  });

  await test('Log In to Registry… asks for host, user and token', async () => {
    await runCommand(page, 'Wheelhouse: Log In to Registry…');
    await answer(page, 'Log In: Registry', { type: registry.address });
    await answer(page, `Log In: ${registry.address} (2/3)`, { type: registry.user });
    await question(page, `Log In: ${registry.address} (3/3)`);
    assert.equal(await isPasswordBox(page), true, 'The token can be read while it is typed.');
    await answer(page, `Log In: ${registry.address} (3/3)`, { type: registry.password });
    await notification(page, `Logged in to ${registry.address} as ${registry.user}.`);
    await waitForRow(page, 'Registries', new RegExp(`^${registry.address} .*logged in`));
    await clearNotifications(page);
  });

  await test('Push Image… pushes, and the registry has the very manifest', async () => {
    assert.equal(await fetchManifest(registry, target), undefined, 'It was there before the push.');
    await runCommand(page, 'Wheelhouse: Push Image…');
    await answer(page, 'Push Image: Image', { choose: /^bikes:1\.2\.0/ });
    // Where one has just logged in comes first.
    const offered = `Push Image: Push to ${registry.address}/bikes:1.2.0`;
    await answer(page, offered, { choose: 'To Another Name…' });
    await answer(page, 'Push Image: Name', { type: target });
    await question(page, `Push Image: Push to ${target}`);
    await answer(page, `Push Image: Push to ${target}`);
    const said = await notification(page, `${target} was pushed`, 120_000);
    const digest = /digest ([0-9a-f]{12})\b/.exec(said)?.[1];
    assert.ok(digest, said);
    const manifest = await fetchManifest(registry, target);
    assert.ok(manifest, 'The registry has no such manifest.');
    assert.ok(manifest.digest.startsWith(`sha256:${digest}`), `${manifest.digest} is not ${digest}`);
    await clearNotifications(page);
  });

  await test('the sidebar shows wheel, image, container and registry after the push', async () => {
    await waitForRow(page, 'Wheels', /bikes 1\.2\.0.*wheel fresh/);
    await waitForRow(page, 'Images', /^127\.0\.0\.1:.*bikes 1 image/);
    await waitForRow(page, 'Images', /digest [0-9a-f]{12}/);
    await waitForRow(page, 'Containers', /^bikes-1 exited 0/);
    await expand(page, 'Registries', registry.address);
    await waitForRow(page, 'Registries', /bikes 1 tag/);
    await takeScreenshot(page, 'sidebar');
  });
}
