// Pictures for the README and docs/explorer.md, made by the run itself.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { cache, repository } from '../../parts/cache.ts';

/** Where an ordinary run puts them, so that it leaves the working tree as it was. */
const folderOf = (name: Screenshot) => {
  if (!process.env.WHEELHOUSE_UPDATE_SCREENSHOTS) return path.join(cache, 'e2e/screenshots');
  // The README is shown where extensions are offered too, and what it shows is kept beside the icon.
  const isReadme = name === 'quick-fix' || name === 'sidebar';
  return path.join(repository, isReadme ? 'media/screenshots' : 'docs/screenshots');
};
/** The last line of the window names the test's own engine. */
const statusBar = 32;

export type Screenshot =
  | 'quick-fix'
  | 'sidebar'
  | 'optimize'
  | 'container-menu'
  | 'volumes'
  | 'networks'
  | 'builders'
  | 'contexts'
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
  const folder = folderOf(name);
  mkdirSync(folder, { recursive: true });
  // Where nothing tells of itself under the pointer; menus and toasts slide and fade in.
  await page.mouse.move(300, 5);
  await sleep(500);
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const clip = { x: 0, y: 0, width, height: height - statusBar };
  await page.screenshot({ path: path.join(folder, `${name}.png`), ...(width && { clip }) });
}
