// `npm run optimize`: what Optimize Dockerfile brings. Builds six projects with a real engine before and after it, and writes
// docs/optimize.md. Takes about ten minutes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { everything, setUpParts } from '../../parts/all.ts';
import { stopEverything, stopOnSignals } from '../../parts/processes.ts';
import { createLog } from '../../parts/progress.ts';
import { createFolderService, optimizeFolder } from '../../server/folder-service.ts';
import { measure } from './measure.ts';
import { writeProject } from './project-folder.ts';
import { bases, projects } from './projects.ts';
import { type Row, renderOptimize } from './render.ts';
import { noiseWheels } from './wheels.ts';
import { makeWorld } from './world.ts';

stopOnSignals();
const log = createLog((line) => process.stderr.write(`${line}\n`));
const wanted = process.argv.slice(2);
try {
  const parts = await setUpParts(log, { ...everything, codeServer: false, chromium: false });
  const world = await makeWorld(parts, log, noiseWheels);
  for (const [name, megabytes] of Object.entries(bases)) await world.bases.make(name, megabytes);
  const service = await createFolderService();
  const rows: Row[] = [];
  for (const project of projects) {
    if (wanted.length > 0 && !wanted.includes(project.name)) continue;
    log('optimize', `${project.name}, before`);
    const plain = await writeProject(world, project, 'before');
    const before = await measure(world, project, plain, 'before');
    const folder = await writeProject(world, project, 'after');
    const { text, applied } = await optimizeFolder(service, folder);
    log('optimize', `${project.name}, after ${applied.map(({ id }) => id).join(', ')}`);
    const after = await measure(world, project, folder, 'after');
    const ignoreFile = path.join(folder, '.dockerignore');
    const ignored = existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : undefined;
    rows.push({ project, before, after, applied: applied.map(({ title }) => title), text, ignored });
    log('optimize', JSON.stringify({ before, after }));
  }
  await world.stop();
  const page = renderOptimize(rows);
  if (wanted.length > 0) console.log(page);
  else writeFileSync(path.resolve(import.meta.dirname, '../../../docs/optimize.md'), page);
} finally {
  await stopEverything();
}
