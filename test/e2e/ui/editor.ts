// Editing as a person does it: open, point, Ctrl+., save.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { plain } from './workbench-page.ts';

export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+KeyP');
  const input = page.locator('.quick-input-widget .quick-input-filter input');
  await input.waitFor();
  await input.fill(name);
  await page
    .locator('.quick-input-list .monaco-list-row.focused .label-name', { hasText: name.split('/').at(-1) })
    .waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name.split('/').at(-1) }).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

export function squiggles(page: Page): Locator {
  return page.locator('.editor-instance .cdr[class*="squiggly-"]');
}

/** The piece of text on the screen; a token of its own in the coloured text. */
export function token(page: Page, text: string): Locator {
  return page.locator('.editor-instance .view-line span span', { hasText: text }).last();
}

export async function hover(page: Page, text: string): Promise<Locator> {
  const shown = page.locator('.monaco-hover:not(.hidden) .hover-row').first();
  // A layout that still moves takes the text from under the pointer; a person would point again.
  await eventually(async () => {
    await page.mouse.move(5, 5);
    await token(page, text).hover();
    await shown.waitFor({ timeout: 3_000 });
  }, 20_000);
  return page.locator('.monaco-hover:not(.hidden)').first();
}

/** Opens the menu of quick fixes at a token; answers with its entries. */
export async function openQuickFixes(page: Page, text: string, first: string): Promise<string[]> {
  await token(page, text).click();
  // Opened before the server has answered, the menu says that there is nothing; a person would press again.
  return eventually(async () => {
    await page.keyboard.press('Control+Period');
    const entries = page.locator('.action-widget .monaco-list-row.action');
    try {
      await entries.filter({ hasText: first }).first().waitFor({ timeout: 2_000 });
    } catch (error) {
      await page.keyboard.press('Escape');
      throw error;
    }
    return (await entries.allInnerTexts()).map(plain);
  });
}

export async function chooseQuickFix(page: Page, title: string): Promise<void> {
  await page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
}

/** Saves, and waits until the file on disk is what the check wants. */
export async function save(page: Page, check: () => void): Promise<void> {
  await page.keyboard.press('Control+KeyS');
  await eventually(check);
  await eventually(async () => assert.equal(await page.locator('.tab.active.dirty').count(), 0));
}
