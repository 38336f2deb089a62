// The Wheelhouse sidebar and the terminal, read from the screen.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { plain, textOf } from './workbench-page.ts';

export type View =
  | 'Wheels'
  | 'Images'
  | 'Containers'
  | 'Volumes'
  | 'Networks'
  | 'Registries'
  | 'Builders'
  | 'Contexts';

export async function openSidebar(page: Page): Promise<void> {
  const icon = page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="Wheelhouse"]') });
  if (!(await icon.getAttribute('class'))?.includes('checked')) await icon.click();
  await pane(page, 'Wheels').waitFor();
}

function pane(page: Page, view: View): Locator {
  return page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${view} "]`) });
}

/** Opens a view that is closed, or closes it. */
export async function openView(page: Page, view: View, open = true): Promise<void> {
  const header = pane(page, view).locator('.pane-header');
  // On its name: what is in its middle may be a button.
  const position = { x: 40, y: 10 };
  if ((await header.getAttribute('aria-expanded')) !== `${open}`) await header.click({ position });
}

/** Chooses from the menu of a view's title. */
export async function runFromTitle(page: Page, view: View, label: string): Promise<void> {
  const header = pane(page, view).locator('.pane-header');
  await header.hover();
  await header.locator('.action-label[aria-label*="More Actions"]').click();
  await page.getByRole('menuitem', { name: label }).click();
}

/** What each row of a view says. */
export async function rowsOf(page: Page, view: View): Promise<string[]> {
  const rows = pane(page, view).locator('.monaco-list-row .monaco-icon-label-container');
  // Name and description touch each other; the space between them is drawn, not written.
  const texts = await rows.evaluateAll((labels) =>
    labels.map((label) =>
      ['.label-name', '.label-description']
        .map((part) => label.querySelector(part)?.textContent ?? '')
        .join(' '),
    ),
  );
  return texts.map((text) => plain(text).trim());
}

/** Waits until a row of the view matches; answers with it. */
export async function waitForRow(page: Page, view: View, text: RegExp, timeout = 15_000): Promise<string> {
  return eventually(async () => {
    const rows = await rowsOf(page, view);
    const row = rows.find((one) => text.test(one));
    assert.ok(row, `No row ${text} in ${view}: ${rows.join(' | ') || 'it is empty'}`);
    return row;
  }, timeout);
}

export function row(page: Page, view: View, text: string | RegExp): Locator {
  return pane(page, view).locator('.monaco-list-row', { hasText: text }).first();
}

/** Presses an inline button of a row, which shows when the pointer is over the row. */
export async function pressInline(
  page: Page,
  view: View,
  text: string | RegExp,
  label: string,
): Promise<void> {
  const target = row(page, view, text);
  await target.hover();
  await target.locator(`.action-label[aria-label^="${label}"]`).click();
}

export async function expand(page: Page, view: View, text: string | RegExp): Promise<void> {
  const target = row(page, view, text);
  await target.waitFor();
  if ((await target.getAttribute('aria-expanded')) === 'false')
    await target.locator('.monaco-tl-twistie').click();
}

/** What a view without rows says. */
export async function welcomeOf(page: Page, view: View): Promise<string> {
  const welcome = pane(page, view).locator('.welcome-view-content');
  await welcome.waitFor();
  return textOf(welcome);
}

/** The terminal that is shown, as text. Needs its DOM renderer: `terminal.integrated.gpuAcceleration` off. */
export async function terminalText(page: Page): Promise<string> {
  const lines = await page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts();
  return lines
    .map((line) => plain(line).trimEnd())
    .join('\n')
    .trimEnd();
}
