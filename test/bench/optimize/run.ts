// `npm run optimize`: what Optimize Dockerfile brings, and whether projects behave the same after it and run after Add
// Container Files. Builds with a real engine, and writes docs/optimize.md; takes about twenty minutes. With `figures` or
// `behaviour` it writes that part only, with names of projects it prints what it finds of them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { everything, setUpParts } from '../../parts/all.ts';
import type { Parts } from '../../parts/environment.ts';
import { stopEverything, stopOnSignals } from '../../parts/processes.ts';
import { createLog } from '../../parts/progress.ts';
import { createFolderService, optimizeFolder } from '../../server/folder-service.ts';
import { judgeAll, type Verdicts } from './behaviour/all.ts';
import { heading, renderBehaviour } from './behaviour/render.ts';
import { measure } from './measure.ts';
import { writeProject } from './project-folder.ts';
import { bases, projects } from './projects.ts';
import { type Row, renderOptimize } from './render.ts';
import { noiseWheels, smallWheels } from './wheels.ts';
import { makeWorld } from './world.ts';

const page = path.resolve(import.meta.dirname, '../../../docs/optimize.md');
const parts = ['figures', 'behaviour'];

stopOnSignals();
const log = createLog((line) => process.stderr.write(`${line}\n`));
const words = process.argv.slice(2);
const names = words.filter((word) => !parts.includes(word));
const isWanted = (name: string) => names.length === 0 || names.includes(name);
const isAsked = (part: string) => !parts.some((one) => words.includes(one)) || words.includes(part);
try {
  const set = await setUpParts(log, { ...everything, codeServer: false, chromium: false });
  const [figures = '', behaviour = ''] = readFileSync(page, 'utf8').split(heading);
  const rows = isAsked('figures') ? await measureAll(set) : [];
  const verdicts = isAsked('behaviour') ? await judge(set) : undefined;
  const [first, second] = [
    rows.length > 0 ? `${renderOptimize(rows)}\n` : figures,
    verdicts ? renderBehaviour(verdicts) : behaviour && `${heading}${behaviour}`,
  ];
  if (names.length > 0) console.log(`${rows.length > 0 ? first : ''}${verdicts ? second : ''}`);
  else writeFileSync(page, `${first.trimEnd()}\n\n${second}`);
  const all = [...(verdicts?.optimized ?? []), ...(verdicts?.scaffolded ?? [])];
  if (all.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
} finally {
  await stopEverything();
}

async function measureAll(set: Parts): Promise<Row[]> {
  const wanted = projects.filter(({ name }) => isWanted(name));
  if (wanted.length === 0) return [];
  const world = await makeWorld(set, log, noiseWheels);
  for (const [name, megabytes] of Object.entries(bases)) await world.bases.make(name, megabytes);
  const service = await createFolderService();
  const rows: Row[] = [];
  for (const project of wanted) {
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
  return rows;
}

async function judge(set: Parts): Promise<Verdicts> {
  const world = await makeWorld(set, log, smallWheels);
  const verdicts = await judgeAll(world, log, isWanted);
  await world.stop();
  return verdicts;
}
