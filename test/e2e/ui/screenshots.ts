// Pictures for the README, made by the run itself.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { cache, repository } from '../../parts/cache.ts';

/** Where an ordinary run puts them, so that it leaves the working tree as it was. */
const folder = process.env.WHEELHOUSE_UPDATE_SCREENSHOTS
  ? path.join(repository, 'media/screenshots')
  : path.join(cache, 'e2e/screenshots');

export type Screenshot =
  | 'quick-fix'
  | 'sidebar'
  | 'optimize'
  | 'container-menu'
  | 'volumes'
  | 'networks'
  | 'layers'
  | 'disk-space'
  | 'recent-work'
  | 'logs'
  | 'container-files'
  | 'compose-group'
  | 'filtered'
  | 'by-image'
  | 'group-menu';

export async function takeScreenshot(page: Page, name: Screenshot): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // Menus and toasts slide and fade in.
  await sleep(500);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
