// Filter and group of a view, by keyboard and by its title bar.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { takeScreenshot } from './screenshots.ts';
import { expand, row, rowsOf, waitForRow } from './sidebar.ts';
import { answer, runCommand } from './workbench-page.ts';
import type { World } from './world.ts';

/** Needs the image bikes:1.2.0. */
export async function arrangeViews(world: World, page: Page, { test }: Scenario): Promise<void> {
  const { docker } = world;
  const make = (name: string, ...flags: string[]) =>
    docker('create', '--name', name, ...flags, 'bikes:1.2.0', 'bikes');
  const project = ['--label', 'com.docker.compose.project=shop'];

  await test('containers of a Compose project stand together, and stay open when another one comes', async () => {
    await make('shop-web-1', ...project);
    await make('shop-db-1', ...project);
    await waitForRow(page, 'Containers', /^shop 2 containers/);
    await expand(page, 'Containers', /^shop/);
    await waitForRow(page, 'Containers', /^shop-web-1 never started/);
    await row(page, 'Containers', 'shop-web-1').click();
    await make('shop-cache-1', ...project);
    await waitForRow(page, 'Containers', /^shop 3 containers/, 5_000);
    await waitForRow(page, 'Containers', /^shop-cache-1 never started/);
    assert.equal(await row(page, 'Containers', 'shop-web-1').getAttribute('aria-selected'), 'true');
    await takeScreenshot(page, 'compose-group');
  });

  await test('Ctrl+F filters the view, which says so, and its title bar shows all again', async () => {
    await page.keyboard.press('Control+KeyF');
    await answer(page, 'Containers: Filter', { type: 'shop DB' });
    await eventually(async () => {
      assert.deepEqual(
        (await rowsOf(page, 'Containers')).map((text) => text.replace(/ never started.*$/, '')),
        ['shop 1 container', 'shop-db-1'],
      );
    });
    await page.getByText(/^1 of \d+ match “shop DB”\.$/).waitFor();
    await takeScreenshot(page, 'filtered');
    await row(page, 'Containers', 'shop-db-1').hover();
    await page.locator('.action-label[aria-label^="Clear Filter of Containers"]').click();
    await waitForRow(page, 'Containers', /^shop 3 containers/);
  });

  await test('Arrange groups by image, and back', async () => {
    await runCommand(page, 'Wheelhouse: Arrange Containers…');
    await answer(page, 'Containers: Arrange', { choose: 'Group by Image' });
    await waitForRow(page, 'Containers', /^bikes:1\.2\.0 \d+ containers/);
    await takeScreenshot(page, 'by-image');
    await runCommand(page, 'Wheelhouse: Arrange Containers…');
    await answer(page, 'Containers: Arrange', { choose: 'Group by Compose Project' });
    await waitForRow(page, 'Containers', /^shop 3 containers/);
  });

  await test('Remove All of a project asks with their number', async () => {
    await row(page, 'Containers', /^shop/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove All…' }).waitFor();
    await takeScreenshot(page, 'group-menu');
    await page.getByRole('menuitem', { name: 'Remove All…' }).click();
    const question = page.locator('.monaco-dialog-box', { hasText: 'Remove 3 containers' });
    await question.locator('.monaco-button', { hasText: 'Remove' }).click();
    await eventually(async () => {
      assert.ok(!(await rowsOf(page, 'Containers')).some((text) => text.startsWith('shop')));
    });
  });
}
