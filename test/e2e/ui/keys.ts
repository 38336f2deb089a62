// The views by keyboard alone: what a menu offers for a row, a key of that view does.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { logPage } from './log-page.ts';
import { takeScreenshot } from './screenshots.ts';
import { row, rowsOf, waitForRow } from './sidebar.ts';
import { answer, clearNotifications } from './workbench-page.ts';
import type { World } from './world.ts';

/** Needs the image bikes:1.2.0. */
export async function useKeys(world: World, page: Page, { test }: Scenario): Promise<void> {
  const created = async (name: string) =>
    (await world.docker('ps', '--all', '--format', '{{.Names}}')).stdout.split('\n').includes(name);

  await test('a container that is made outside is a row at once, without a refresh', async () => {
    await world.docker('create', '--name', 'keys-1', 'bikes:1.2.0', 'bikes', '--help');
    await waitForRow(page, 'Containers', /^keys-1 never started/, 5_000);
  });

  await test('the menu of a container offers what can be done with it', async () => {
    await row(page, 'Containers', 'keys-1').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename Container…' }).waitFor();
    await takeScreenshot(page, 'container-menu');
    await page.keyboard.press('Escape');
  });

  await test('F2 renames it', async () => {
    await row(page, 'Containers', 'keys-1').click();
    await page.keyboard.press('F2');
    await answer(page, 'Rename keys-1', { type: 'keys-2' });
    await waitForRow(page, 'Containers', /^keys-2 never started/);
    assert.ok(await created('keys-2'));
  });

  await test('Enter shows its logs', async () => {
    await world.docker('start', '--attach', 'keys-2');
    await waitForRow(page, 'Containers', /^keys-2 exited 0/);
    await row(page, 'Containers', 'keys-2').click();
    await page.keyboard.press('Enter');
    await logPage(page)
      .getByText(/usage: bikes/)
      .waitFor();
    await page.keyboard.press('Control+KeyW');
    await clearNotifications(page);
  });

  await test('Delete asks, and removes it', async () => {
    await row(page, 'Containers', 'keys-2').click();
    await page.keyboard.press('Delete');
    const question = page.locator('.monaco-dialog-box', { hasText: 'Remove the container keys-2?' });
    await question.waitFor();
    assert.ok(await created('keys-2'), 'It went before the answer.');
    await question.locator('.monaco-button', { hasText: /^Remove$/ }).click();
    await eventually(async () => {
      assert.ok(!(await rowsOf(page, 'Containers')).some((text) => text.startsWith('keys-')));
    });
    assert.ok(!(await created('keys-2')));
  });
}
