// Runs the host suite in a desktop VS Code, where one can be had: node test/parts/with.ts node_modules/.bin/node
// test/e2e/desktop.ts [EXECUTABLE]. Without an executable the current release is downloaded.
import { runTests } from '@vscode/test-electron';
import { repository } from '../parts/cache.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { stopEverything, temporaryFolder } from '../parts/processes.ts';
import { bundleSuite } from './bundle-suite.ts';
import { example, makeFolder } from './fixtures.ts';

const parts = readParts();
try {
  process.exitCode = await runTests({
    vscodeExecutablePath: process.argv[2],
    extensionDevelopmentPath: repository,
    extensionTestsPath: await bundleSuite(),
    launchArgs: [makeFolder('suite', {}, example), '--disable-workspace-trust', '--no-sandbox'],
    extensionTestsEnv: {
      ...toolEnvironment(parts),
      WHEELHOUSE_SUITE_BASE: parts.engine?.baseImage ?? '',
      WHEELHOUSE_SUITE_REGISTRY: parts.registry ?? '',
      WHEELHOUSE_SUITE_PROTECTED_REGISTRY: parts.protectedRegistry?.address ?? '',
      WHEELHOUSE_SUITE_REPORT: `${temporaryFolder('report')}/report.json`,
    },
  });
} finally {
  await stopEverything();
}
