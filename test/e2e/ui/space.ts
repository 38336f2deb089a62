// What takes space, as a person finds it: an image taken apart in a page, the disk in a list.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { takeScreenshot } from './screenshots.ts';
import { row, runFromTitle, terminalText } from './sidebar.ts';
import { clearNotifications, question, runCommand, textOf } from './workbench-page.ts';

/** Needs the image bikes:1.2.0, and a container of it that has ended. */
export async function lookForSpace(page: Page, { test }: Scenario): Promise<void> {
  const inPage = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');

  await test('Alt+Enter on an image shows what makes it large', async () => {
    await row(page, 'Images', /^1\.2\.0/).click();
    await page.keyboard.press('Alt+Enter');
    await inPage
      .getByRole('heading', { name: /^What Makes (?:\S+\/)?bikes:1\.2\.0 Large$/ })
      .waitFor({ timeout: 60_000 });
    await clearNotifications(page);
    await inPage.getByRole('row', { name: /^Layer Instruction Size/ }).waitFor();
    await takeScreenshot(page, 'layers');
  });

  await test('the Tab key goes through its picture, and Enter leads to the row of a part', async () => {
    const first = inPage.locator('.picture a').first();
    await first.focus();
    const name = (await first.getAttribute('aria-label')) ?? '';
    await page.keyboard.press('Tab');
    const second = inPage.locator('.picture a:focus');
    const now = await eventually(async () => {
      const now = (await second.getAttribute('aria-label')) ?? '';
      assert.notEqual(now, name);
      return now;
    });
    assert.match(now, /^(?:(?:rest of )?\/.*|everything else), [\d.]+ [kMG]?B, .* %$/);
    await page.keyboard.press('Enter');
    const target = inPage.locator('#part-1');
    await eventually(async () => {
      const box = await target.boundingBox();
      const size = page.viewportSize();
      assert.ok(box && size && box.y > 0 && box.y < size.height, 'The row is not in view.');
    });
    // It has colours of the theme, so the rules of the page let its style in.
    const border = await first.evaluate((part) => {
      const window = globalThis as unknown as { getComputedStyle(of: unknown): { borderTopColor: string } };
      return window.getComputedStyle(part).borderTopColor;
    });
    assert.doesNotMatch(border, /^rgba?\(0, 0, 0/);
  });

  await test('Disk Space… says what each kind takes and would free', async () => {
    await runCommand(page, 'Wheelhouse: Show Disk Space and Prune…');
    const shown = await question(page, 'Disk Space: What to remove');
    const rows = shown.locator('.quick-input-list .monaco-list-row');
    await eventually(async () => assert.equal(await rows.count(), 5));
    const stopped = rows.filter({ hasText: 'Stopped Containers' });
    assert.match(await textOf(stopped), /\d+ of \d+ · frees /);
    await takeScreenshot(page, 'disk-space');
    await page.keyboard.press('Escape');
  });

  await test('Recent Work… is in the menu of a view, tells how work ended, and leads to its log from its row', async () => {
    await runFromTitle(page, 'Containers', 'Recent Work…');
    const shown = await question(page, 'Recent Work: What was done');
    // Its row in the view read them as well, which is no work of its own.
    const read = shown.locator('.quick-input-list .monaco-list-row', { hasText: /^Reading the layers/ });
    await eventually(async () => assert.match(await textOf(read.first()), /done · [\s\S]*of which/));
    assert.equal(await read.count(), 1);
    assert.equal(await read.locator('.codicon-pass').count(), 1);
    await takeScreenshot(page, 'recent-work');
    await read.hover();
    await read.locator('.action-label[aria-label="Show Log"]').click();
    await eventually(async () => assert.match(await terminalText(page), /of which [\d.]+ k?B are caches/));
  });
}
