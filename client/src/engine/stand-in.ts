// Containers by which the files of a volume or an image are reached: made of an image that is there, never started where the engine
// makes archives of what does not run, and removed whatever happens.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { startContainers } from '../runtime/container-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { ProcessSocket } from '../runtime/exec.ts';
import { type Failure, failed, failureOf, type Pattern } from '../runtime/failures.ts';
import { inspectImages, listImageIds } from '../runtime/image-commands.ts';
import {
  createStandIn,
  leftStandIns,
  listStandIns,
  removeStandIns,
  runInStandIn,
  type StandIn,
  startStandIn,
} from '../runtime/stand-in-commands.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { loadVolumes } from './volumes.ts';

/** How many images are tried for one that has a program. */
const mostTried = 6;

export type Made = { readonly id: string; remove(): Promise<void> };

/** Without an image it is the smallest one. */
type Of = { readonly image?: string; readonly patterns?: readonly Pattern[] };

const swept = new WeakMap<Engine, Promise<void>>();

/** One that only stands there. Made of the smallest image, or of the one given. */
export async function makeStandIn(
  user: EngineUser,
  mounts: StandIn['mounts'],
  options: Of & { readonly argv?: StandIn['argv'] } = {},
): Promise<Made> {
  const engine = await user.engine.get();
  await sweepOnce(user, engine);
  const image = options.image ?? (await presentImages(user))[0];
  // Engines make those that are not there.
  const volumes = mounts.length ? await loadVolumes(user) : [];
  for (const { volume } of mounts)
    if (!volumes.some(({ name }) => name === volume)) throw failed(volumeMissing(volume));
  if (!image) throw failed(noImageFor());
  // Some engines copy the image for it.
  const facts = {
    step: reaching(mounts),
    tool: 'engine',
    timeoutMs: 180_000,
    patterns: options.patterns,
  } as const;
  const id = await user.run(createStandIn(engine, { image, mounts, argv: options.argv }), facts);
  return { id, remove: () => remove(user, engine, [id]) };
}

/** One to look into again and again; nerdctl looks into those that run. */
export async function makeLasting(
  user: EngineUser,
  mounts: StandIn['mounts'],
  { program = 'sleep', ...of }: Of & { readonly program?: string } = {},
): Promise<Made> {
  const engine = await user.engine.get();
  if (!engine.nerdctl) return makeStandIn(user, mounts, of);
  const argv = ['sleep', 'infinity'] as const;
  const image = of.image ?? (await imageWith(user, engine, program));
  const made = await makeStandIn(user, mounts, { ...of, image, argv });
  const facts = { step: reaching(mounts), tool: 'engine' } as const;
  try {
    await user.run(await startContainers(engine, [made.id]), facts);
    return made;
  } catch (error) {
    await made.remove();
    throw error;
  }
}

const reaching = (mounts: StandIn['mounts']) =>
  mounts.length ? t('Reaching the volume') : t('Reaching the files of the image');

export async function withStandIn<T>(
  user: EngineUser,
  mounts: StandIn['mounts'],
  work: (id: string) => Promise<T>,
): Promise<T> {
  const made = await makeStandIn(user, mounts);
  try {
    return await work(made.id);
  } finally {
    await made.remove();
  }
}

/** A program of an image that is there, run with volumes: what goes in and comes out is passed on. */
export async function runStandIn<T>(
  user: EngineUser,
  mounts: StandIn['mounts'],
  argv: readonly [string, ...string[]],
  work: (process: ProcessSocket) => Promise<T>,
): Promise<T> {
  const engine = await user.engine.get();
  const made = engine.nerdctl
    ? await makeLasting(user, mounts, { program: argv[0] })
    : await makeStandIn(user, mounts, { image: await imageWith(user, engine, argv[0]), argv });
  const process = new ProcessSocket(
    engine.nerdctl ? runInStandIn(engine, made.id, argv) : startStandIn(engine, made.id),
  );
  // Whoever reads it is told; without a listener an error between two reads would end everything.
  process.on('error', () => {});
  try {
    return await work(process);
  } finally {
    process.destroy();
    await made.remove();
  }
}

async function remove(user: EngineUser, engine: Engine, ids: readonly string[]): Promise<void> {
  const facts = { step: t('Removing a container of our own'), tool: 'engine', timeoutMs: 180_000 } as const;
  await user.run(removeStandIns(engine, ids), facts).catch((error) => {
    if (failureOf(error)?.id !== 'cancelled' && /no such container|no container with/i.test(String(error)))
      return;
    throw error;
  });
}

/** Removes what windows that ended left behind. */
export async function sweepOnce(user: EngineUser, engine: Engine): Promise<void> {
  const found = swept.get(engine) ?? sweep(user, engine).catch(() => {});
  swept.set(engine, found);
  await found;
}

async function sweep(user: EngineUser, engine: Engine): Promise<void> {
  const facts = { step: t('Looking for containers of our own'), tool: 'engine' } as const;
  const all = await user.run(listStandIns(engine), facts);
  const left = all.length ? await user.run(leftStandIns(engine, all), facts) : [];
  if (left.length) await remove(user, engine, left);
}

const listed = z.array(z.object({ Id: z.string(), Size: z.number().nullish() }));

/** Ids, the smallest image first. */
async function presentImages(user: EngineUser): Promise<readonly string[]> {
  const over = await overHttp(user, async (http) => listed.parse(await http.get('/images/json')));
  if (over) return over.toSorted((a, b) => (a.Size ?? 0) - (b.Size ?? 0)).map(({ Id }) => Id);
  const engine = await user.engine.get();
  const facts = { step: t('Listing the images'), tool: 'engine' } as const;
  const ids = await user.run(await listImageIds(engine), facts);
  if (!ids.length) return [];
  const images = await user.run(await inspectImages(engine, ids), facts);
  return images.toSorted((a, b) => a.bytes - b.bytes).map(({ id }) => id);
}

const known = new WeakMap<Engine, Map<string, string>>();

/** The smallest image that has a program, as a container of it can be started. */
async function imageWith(user: EngineUser, engine: Engine, program: string): Promise<string> {
  const here = known.get(engine) ?? new Map<string, string>();
  known.set(engine, here);
  const images = await presentImages(user);
  const before = here.get(program);
  if (before && images.includes(before)) return before;
  for (const image of images.slice(0, mostTried)) {
    const made = await makeStandIn(user, [], { image, argv: [program, '--help'] });
    try {
      if (!(await hasStarted(new ProcessSocket(startStandIn(engine, made.id))))) continue;
      here.set(program, image);
      return image;
    } finally {
      await made.remove();
    }
  }
  throw failed(images.length ? noImageWith(program) : noImageFor());
}

/** Whether there was a program, be it that it complains of what it was asked. */
async function hasStarted(process: ProcessSocket): Promise<boolean> {
  process.end();
  try {
    for await (const _ of process as AsyncIterable<Buffer>);
    return true;
  } catch (error) {
    return !/executable file|OCI runtime|no such file|not found|exec format|ended with 12[567]/i.test(
      String(error),
    );
  }
}

function volumeMissing(name: string): Failure {
  return {
    id: 'volume-gone',
    message: t('There is no volume {0}.', name),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: { label: t('Refresh'), command: 'wheelhouse.volumes.refresh' },
  };
}

const pullOne = () => ({
  label: t('Pull busybox'),
  command: 'wheelhouse.images.pull',
  arguments: [{ image: 'docker.io/library/busybox:latest' }],
});

export function noImageFor(): Failure {
  return {
    id: 'no-image-for-volume',
    message: t('Files of a volume are reached by way of a container, and there is no image to make one of.'),
    remedy: t('Pull a small one, such as busybox (2 MB); nothing of it is started.'),
    action: pullOne(),
  };
}

export function noImageWith(program: string): Failure {
  return {
    id: 'no-image-with-program',
    message: t(
      'This is done by the program {0}, and none of the smallest images on this engine has it.',
      program,
    ),
    remedy: t('Pull a small one that has it, such as busybox (2 MB).'),
    action: pullOne(),
  };
}
