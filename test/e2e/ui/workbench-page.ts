// The workbench as a person drives it: palette, questions, notifications, by what is on the screen.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.ts';

/** Runs a command of the palette by its whole title, as "Wheelhouse: Build Wheel". */
export async function runCommand(page: Page, title: string): Promise<void> {
  await openPalette(page, title);
  await page.keyboard.press('Enter');
}

/** Titles that the palette offers for what is typed. */
export async function offeredCommands(page: Page, typed: string): Promise<string[]> {
  await typeIntoPalette(page, typed);
  const names = await eventually(async () => {
    const found = await rows(page).locator('.label-name').allInnerTexts();
    assert.ok(found.length);
    return found;
  });
  await page.keyboard.press('Escape');
  return names.map(plain);
}

async function openPalette(page: Page, title: string): Promise<void> {
  // A window that just opened does not know all commands yet, and an open palette does not learn of them.
  await eventually(async () => {
    await typeIntoPalette(page, title);
    // A row's second line is a label, too.
    const first = page.locator('.quick-input-list .monaco-list-row.focused .label-name').first();
    try {
      await eventually(
        async () => assert.equal(await textOf(first), title, 'The palette does not offer the command first.'),
        2_000,
      );
    } catch (error) {
      await page.keyboard.press('Escape');
      throw error;
    }
  }, 20_000);
}

async function typeIntoPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget .quick-input-filter input');
  await input.waitFor({ timeout: 10_000 });
  await input.fill(`>${text}`);
}

function rows(page: Page): Locator {
  return page.locator('.quick-input-list .monaco-list-row');
}

/** Waits for a question with this title and answers it with Enter, after typing or choosing if need be. */
export async function answer(
  page: Page,
  title: string | RegExp,
  how: { readonly type?: string; readonly choose?: string | RegExp } = {},
): Promise<string> {
  const widget = await question(page, title);
  const shown = await textOf(widget);
  if (how.type !== undefined) {
    const input = widget.locator('.quick-input-filter input');
    await input.fill(how.type);
    assert.equal(await input.inputValue(), how.type);
  }
  if (how.choose !== undefined) {
    await rows(page).filter({ hasText: how.choose }).first().click();
    return shown;
  }
  // A list may still be on its way; Enter on none would close nothing and answer nothing.
  if (await widget.locator('.quick-input-list').isVisible()) {
    await page.locator('.quick-input-list .monaco-list-row.focused').waitFor({ timeout: 10_000 });
  }
  await page.keyboard.press('Enter');
  return shown;
}

export async function question(page: Page, title: string | RegExp): Promise<Locator> {
  const widget = page.locator('.quick-input-widget');
  await widget
    .filter({ has: page.locator('.quick-input-title', { hasText: title }) })
    .waitFor({ timeout: 20_000 });
  return widget;
}

export async function isPasswordBox(page: Page): Promise<boolean> {
  const input = page.locator('.quick-input-widget .quick-input-filter input');
  return (await input.getAttribute('type')) === 'password';
}

/** Waits for a notification; answers with its text. */
export async function notification(page: Page, text: string | RegExp, timeout = 30_000): Promise<string> {
  const toast = toastWith(page, text);
  try {
    await toast.waitFor({ timeout });
  } catch {
    const seen = (await page.locator('.notification-list-item-message').allInnerTexts()).map(plain);
    throw new Error(`No notification says ${text}. On the screen: ${seen.join(' | ') || 'none'}`);
  }
  return textOf(toast.locator('.notification-list-item-message'));
}

export function toastWith(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
}

export async function buttonsOf(page: Page, text: string | RegExp): Promise<string[]> {
  const buttons = toastWith(page, text).locator('.notification-list-item-buttons-container .monaco-button');
  return (await buttons.allInnerTexts()).map(plain).filter(Boolean);
}

export async function pressButton(page: Page, text: string | RegExp, label: string): Promise<void> {
  await toastWith(page, text).locator('.monaco-button', { hasText: label }).click();
}

export async function clearNotifications(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await eventually(async () => {
    assert.equal(await page.locator('.notifications-toasts .notification-toast').count(), 0);
  });
}

/** What can be read of an element; empty when it is not there. */
export async function textOf(element: Locator): Promise<string> {
  return plain((await element.allInnerTexts()).join('\n'));
}

/** Text with the spaces that terminals and lists draw turned into plain ones. */
export function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ').replace(/\u200b|\u200c|\u200d|\ufeff/g, '');
}
