// The suite in the extension host: everything that needs no eyes.
import type { Browser } from 'playwright-core';
import { type Parts, toolEnvironment } from '../parts/environment.ts';
import type { Artifact } from './artifacts.ts';
import { awkwardName, example, makeFolder } from './fixtures.ts';
import { runSuite, startHost } from './host.ts';
import { withoutTestSecrets } from './processes.ts';
import type { Results } from './results.ts';

export async function runHostSuite(
  parts: Parts & Required<Pick<Parts, 'browser'>>,
  artifact: Artifact,
  browser: Browser,
  suite: string,
  results: Results,
): Promise<void> {
  const env = withoutTestSecrets(toolEnvironment(parts));
  const host = await startHost(parts.browser, { testDriver: true, env, vsix: artifact.vsix });
  try {
    const folder = makeFolder(awkwardName, {}, example);
    const report = await runSuite(browser, host, {
      folder,
      suite,
      extension: artifact.development,
      environment: {
        WHEELHOUSE_SUITE_BASE: parts.engine?.baseImage ?? '',
        WHEELHOUSE_SUITE_REGISTRY: parts.registry ?? '',
        WHEELHOUSE_SUITE_PROTECTED_REGISTRY: parts.protectedRegistry?.address ?? '',
      },
      timeout: 180_000,
      log: (line) => results.log(`host suite, ${artifact.name}`, line),
    });
    results.passed += report.passes;
    const name = (title: string) => `host suite, ${artifact.name}: ${title}`;
    for (const { title, message } of report.failures) {
      results.failures.push({ title: name(title), message: `${message}\nLog: ${host.service.logFile}` });
    }
    for (const title of report.pending)
      results.failures.push({ title: name(title), message: 'It was skipped.' });
  } finally {
    await host.stop();
  }
}
