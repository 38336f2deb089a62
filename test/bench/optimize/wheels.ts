// The packages of the two worlds, each made once: large ones of noise to measure with, and small ones that do something.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeOnce } from '../../parts/cache.ts';
import { runOrThrow } from '../../parts/processes.ts';
import type { Log } from '../../parts/progress.ts';
import type { Python } from '../../parts/python.ts';
import { packages } from './projects.ts';
import { backends, smallPackages } from './small-packages.ts';

const standIns = path.join(import.meta.dirname, 'stand-ins');

/** A folder of wheels as large as the real ones. */
export function noiseWheels(python: Python, log: Log): Promise<string> {
  const backend = backends.filter((one) => one.startsWith('uv_build'));
  const recipe = [...packages, ...backend, 'compressed'].join(' ');
  return makeOnce('stand-in-wheels', recipe, log, async (folder) => {
    await runOrThrow(python.python, [path.join(standIns, 'noise.py'), folder, ...packages]);
    await download(python, folder, backend);
  });
}

/** A folder of small packages and of the real backends that projects are built with. */
export function smallWheels(python: Python, log: Log): Promise<string> {
  const script = path.join(standIns, 'distributions.py');
  const input = JSON.stringify(smallPackages);
  const recipe = [readFileSync(script, 'utf8'), input, ...backends].join('\n');
  return makeOnce('small-wheels', recipe, log, async (folder) => {
    await runOrThrow(python.python, [script, folder], { input });
    await download(python, folder, backends);
  });
}

const download = (python: Python, folder: string, pins: readonly string[]) =>
  runOrThrow(python.python, [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    `--dest=${folder}`,
    ...pins,
  ]);
