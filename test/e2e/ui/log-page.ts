// The tab that shows logs: a page within a page of VS Code's.
import type { FrameLocator, Page } from 'playwright-core';

export function logPage(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
