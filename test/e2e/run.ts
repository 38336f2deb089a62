// The end-to-end suites, in a real VS Code, for the working copy and for the package.
// By hand: node test/parts/with.ts node_modules/.bin/node test/e2e/run.ts [filter]
// The filter is a part of "host working copy", "ui working copy", "host package", "ui package". Without one the UI is tried as
// people install it alone, as that of the working copy is the same and takes minutes.
import { pathToFileURL } from 'node:url';
import { type Parts, readParts } from '../parts/environment.ts';
import type { Outcome } from '../parts/outcome.ts';
import { stopEverything, stopOnSignals } from '../parts/processes.ts';
import { createLog, describeMissing, type Log } from '../parts/progress.ts';
import { makeArtifacts } from './artifacts.ts';
import { bundleSuite } from './bundle-suite.ts';
import { openBrowser } from './host.ts';
import { runHostSuite } from './host-suite.ts';
import type { Results } from './results.ts';
import { runUi } from './ui/run-ui.ts';

export async function runE2e(parts: Parts, filter = '', log: Log = createLog()): Promise<Outcome> {
  const results: Results = { passed: 0, failures: [], log };
  const attempt = async (name: string, work: () => Promise<void>) => {
    if (!name.includes(filter) || (!filter && name === 'ui working copy')) return;
    const began = performance.now();
    try {
      await work();
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      results.failures.push({ title: name, message: text });
      log('e2e', `FAIL ${name}\n${text}`);
    }
    log('e2e', `${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  };
  await attempt(filter, async () => {
    const { browser: browserParts } = parts;
    if (!browserParts) throw new Error(`No browser VS Code. ${parts.missing.map(describeMissing).join(' ')}`);
    const [artifacts, suite] = [await makeArtifacts(), await bundleSuite()];
    const browser = await openBrowser(browserParts);
    try {
      for (const artifact of artifacts) {
        const ready = { ...parts, browser: browserParts };
        await attempt(`host ${artifact.name}`, () => runHostSuite(ready, artifact, browser, suite, results));
        await attempt(`ui ${artifact.name}`, () => runUi(ready, artifact, browser, results));
      }
    } finally {
      await browser.close();
    }
  });
  return { passed: results.passed, failed: results.failures.length, failures: results.failures };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  stopOnSignals();
  const { passed, failed, failures } = await runE2e(readParts(), process.argv[2]);
  for (const { title, message } of failures) console.log(`\n${title}\n${message}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed || !passed ? 1 : 0;
  await stopEverything();
}
