// The views by keyboard alone: what a menu offers for a row, a key of that view does.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { logPage } from './log-page.ts';
import { takeScreenshot } from './screenshots.ts';
import { row, rowsOf, runFromTitle, waitForRow } from './sidebar.ts';
import { answer, clearNotifications, question } from './workbench-page.ts';
import type { World } from './world.ts';

const nameIn = (row: string) => row.split(' ')[0] ?? row;

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
    await page.getByRole('menuitem', { name: 'Manage' }).click();
    await page.getByRole('menuitem', { name: 'Rename Container…' }).waitFor();
    await takeScreenshot(page, 'container-menu');
    await page.keyboard.press('Escape');
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

  await test('keys mean the row with the focus, which the arrows move, and not the one that was clicked', async () => {
    await world.docker('create', '--name', 'keys-other', 'bikes:1.2.0', 'bikes', '--help');
    await waitForRow(page, 'Containers', /^keys-other never started/);
    const [first = ''] = await rowsOf(page, 'Containers');
    await row(page, 'Containers', nameIn(first)).click();
    await page.keyboard.press('ArrowDown');
    const [, second = ''] = await rowsOf(page, 'Containers');
    await page.keyboard.press('Delete');
    const question = page.locator('.monaco-dialog-box', { hasText: nameIn(second) });
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await row(page, 'Containers', 'keys-other').click();
    await row(page, 'Containers', 'keys-2').click({ modifiers: ['Control'] });
    await page.keyboard.press('Delete');
    const both = page.locator('.monaco-dialog-box', { hasText: 'Remove 2 containers?' });
    await both.waitFor();
    await page.keyboard.press('Escape');
    await both.waitFor({ state: 'detached' });
    // Clicks open no row, so all from one to the other are containers, which share a menu.
    const rows = await rowsOf(page, 'Containers');
    await row(page, 'Containers', nameIn(rows[0] ?? '')).click();
    await row(page, 'Containers', nameIn(rows.at(-1) ?? '')).click({ modifiers: ['Shift'] });
    assert.deepEqual(await rowsOf(page, 'Containers'), rows);
    await row(page, 'Containers', nameIn(rows.at(-1) ?? '')).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove Container' }).waitFor();
    await page.keyboard.press('Escape');
    await world.docker('rm', 'keys-other');
  });

  await test('Disk Space… in the title of a view does not take the selected row for an answer', async () => {
    await row(page, 'Containers', 'keys-2').click();
    await runFromTitle(page, 'Containers', 'Disk Space…');
    await question(page, 'Disk Space: What to remove');
    await page.keyboard.press('Escape');
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
