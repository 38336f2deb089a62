// Counts tests, tells what failed, and keeps a picture of the screen at that moment.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { cache } from '../parts/cache.ts';
import type { Failure } from '../parts/outcome.ts';
import type { Log } from '../parts/progress.ts';

export type Results = { passed: number; readonly failures: Failure[]; readonly log: Log };

/** Tests that build on each other: after the first failure the rest is reported as not reached. */
export type Scenario = {
  test(name: string, work: () => Promise<void>): Promise<void>;
};

export function startScenario(results: Results, name: string, page?: () => Page | undefined): Scenario {
  let broken: string | undefined;
  return {
    async test(title, work) {
      const full = `${name}: ${title}`;
      if (broken) {
        results.failures.push({ title: full, message: `Not reached, because "${broken}" failed.` });
        return;
      }
      const began = performance.now();
      try {
        await work();
        results.passed++;
        results.log('e2e', `ok   ${full} (${Math.round(performance.now() - began)} ms)`);
      } catch (error) {
        broken = title;
        const picture = await takePicture(full, page?.());
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        results.failures.push({ title: full, message: picture ? `${text}\nScreen: ${picture}` : text });
        results.log('e2e', `FAIL ${full}\n${text}${picture ? `\nScreen: ${picture}` : ''}`);
      }
    },
  };
}

async function takePicture(name: string, page: Page | undefined): Promise<string | undefined> {
  if (!page || page.isClosed()) return undefined;
  const file = path.join(cache, 'e2e/failures', `${name.replace(/[^\w-]+/g, '-').slice(0, 120)}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    await page.screenshot({ path: file, timeout: 10_000 });
    return file;
  } catch {
    return undefined;
  }
}
