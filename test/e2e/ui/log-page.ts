// The tab that shows logs: a page within a page of VS Code's.
import type { FrameLocator, Page } from 'playwright-core';

export function logPage(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** How high the words of its controls stand, in pixels: those beside boxes, and those in buttons. */
export async function heightsOfWords(log: Pick<FrameLocator, 'locator'>): Promise<readonly number[]> {
  const words = await log.locator('.bar > label > span, .bar > button').all();
  const places = await Promise.all(words.map((each) => each.boundingBox()));
  return places.flatMap((place) => (place ? [place.y + place.height / 2] : []));
}
