// The UI suite: the main job in one window, then everything that may go wrong.
import type { Browser } from 'playwright-core';
import type { Parts } from '../../parts/environment.ts';
import type { Artifact } from '../artifacts.ts';
import { example, makeFolder, presentableName } from '../fixtures.ts';
import { type Results, startScenario } from '../results.ts';
import { arrangeViews } from './arrange.ts';
import { useFiles } from './files.ts';
import { brokenOffBuilds } from './interruptions.ts';
import { useKeys } from './keys.ts';
import { lintAndFix } from './lint.ts';
import { doMainJob } from './main-job.ts';
import { beginAnew } from './new-window.ts';
import { optimizeDockerfile } from './optimize.ts';
import { refusedLogins, untrustedFolder } from './refusals.ts';
import { useRooms } from './rooms.ts';
import { lookForSpace } from './space.ts';
import { makeWorld } from './world.ts';

export async function runUi(
  parts: Parts,
  artifact: Artifact,
  browser: Browser,
  results: Results,
): Promise<void> {
  const world = await makeWorld(parts, artifact, browser, results);
  try {
    await world.docker('container', 'rm', '--force', 'bikes-1');
    await world.docker('image', 'rm', '--force', 'bikes:1.2.0');
    const folder = makeFolder(presentableName, {}, example);
    const page = await world.open(folder);
    await lintAndFix(
      page,
      folder,
      startScenario(results, `ui, ${artifact.name}, lint`, () => page),
    );
    await doMainJob(
      world,
      page,
      folder,
      startScenario(results, `ui, ${artifact.name}, main job`, () => page),
    );
    await useKeys(
      world,
      page,
      startScenario(results, `ui, ${artifact.name}, keys`, () => page),
    );
    await arrangeViews(
      world,
      page,
      startScenario(results, `ui, ${artifact.name}, arrange`, () => page),
    );
    await useRooms(
      world,
      page,
      startScenario(results, `ui, ${artifact.name}, rooms`, () => page),
    );
    await lookForSpace(
      page,
      startScenario(results, `ui, ${artifact.name}, space`, () => page),
    );
    await useFiles(
      world,
      page,
      'bikes:1.2.0',
      startScenario(results, `ui, ${artifact.name}, files`, () => page),
    );
    await page.context().close();
    await beginAnew(world);
    await optimizeDockerfile(world);
    await brokenOffBuilds(world);
    await refusedLogins(world, startScenario(results, `ui, ${artifact.name}, refusals`), folder);
  } finally {
    await world.host.stop();
  }
  await untrustedFolder(parts, artifact, browser, results);
}
