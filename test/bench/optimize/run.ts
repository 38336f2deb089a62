// `npm run optimize`: what Optimize Dockerfile brings. Builds six projects with a real engine before and after it, and writes
// docs/optimize.md. Takes about ten minutes.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFolderUri, readFileUri } from '../../../server/src/adapters/node-files.ts';
import { defaultConfiguration } from '../../../server/src/config/configuration.ts';
import { createService } from '../../../server/src/service.ts';
import { everything, setUpParts } from '../../parts/all.ts';
import { stopEverything, stopOnSignals } from '../../parts/processes.ts';
import { createLog } from '../../parts/progress.ts';
import { loadTestShellParser } from '../../server/linter.ts';
import { measure, writeProject } from './measure.ts';
import { projects } from './projects.ts';
import { type Row, renderOptimize } from './render.ts';
import { makeWorld } from './world.ts';

stopOnSignals();
const log = createLog((line) => process.stderr.write(`${line}\n`));
const wanted = process.argv.slice(2);
try {
  const parts = await setUpParts(log, { ...everything, codeServer: false, chromium: false });
  const world = await makeWorld(parts, log);
  const parseShell = await loadTestShellParser();
  const rows: Row[] = [];
  for (const project of projects) {
    if (wanted.length > 0 && !wanted.includes(project.name)) continue;
    log('optimize', `${project.name}, before`);
    const plain = await writeProject(world, project, 'before');
    const before = await measure(world, project, plain, 'before');
    const folder = await writeProject(world, project, 'after');
    const ports = { readFile: readFileUri, listFolder: listFolderUri, isLive: true, log: console.error };
    const service = createService({ ports, parseShell });
    const dockerfile = path.join(folder, 'Dockerfile');
    const context = await service.contextOf(pathToFileURL(dockerfile).href);
    const { text, ignoreLines, applied } = service.optimize(
      readFileSync(dockerfile, 'utf8'),
      defaultConfiguration,
      context,
    );
    writeFileSync(dockerfile, text);
    const ignoreFile = path.join(folder, '.dockerignore');
    if (ignoreLines.length > 0) appendFileSync(ignoreFile, `${ignoreLines.join('\n')}\n`);
    log('optimize', `${project.name}, after ${applied.map(({ id }) => id).join(', ')}`);
    const after = await measure(world, project, folder, 'after');
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
