// `npm run bench:explorer -- 1000`: what the views cost with so many containers (created, not running), half as many images,
// a fifth of volumes, and some networks, beside the engine's own command line and the way over two processes. Needs some
// minutes to create them. `npm run bench:explorer -- states 150 350 500` has so many that run, that ended and that were created.
import type { Workbench } from '../../client/src/ui/workbench.ts';
import '../client/register-vscode.ts';
import type { EngineUser } from '../../client/src/engine/connection.ts';
import { createWatch } from '../../client/src/engine/watch.ts';
import type { ResourceKind } from '../../client/src/resources/kind.ts';
import { createResources } from '../../client/src/resources/store.ts';
import { exec } from '../../client/src/runtime/exec.ts';
import { everything, setUpParts } from '../parts/all.ts';
import { partsToEnvironment, toolEnvironment } from '../parts/environment.ts';
import { run, stopEverything, stopOnSignals } from '../parts/processes.ts';
import { createLog } from '../parts/progress.ts';
import { elapsed, heapOver, processorMs } from './cost.ts';
import { measureStates } from './explorer-states.ts';
import { allViews, type Docker } from './explorer-views.ts';
import { median, quantile } from './figures.ts';

const { containerNodes } = await import('../../client/src/containers/tree.ts');
const { containers, containersByCommandLine, loadContainers } = await import(
  '../../client/src/engine/containers.ts'
);
const { images } = await import('../../client/src/engine/images.ts');
const { networks } = await import('../../client/src/engine/networks.ts');
const { uses } = await import('../../client/src/engine/uses.ts');
const { volumes } = await import('../../client/src/engine/volumes.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');

const count = Number(process.argv[2] ?? 1000);
const rounds = 9;
/** An engine has room for some thirty; where the firewall is shared with other engines, it may refuse some. */
const networkCount = Math.min(count, 15);
const prefix = `wh-x-${process.pid}`;

stopOnSignals();
const log = createLog((line) => process.stderr.write(`${line}\n`));
try {
  const parts = await setUpParts(log, { ...everything, codeServer: false, chromium: false });
  Object.assign(process.env, toolEnvironment(parts), partsToEnvironment(parts));
  if (!parts.engine?.baseImage) throw new Error('No engine could be had.');
  if (process.argv[2] === 'states') await measureStates(parts.engine.baseImage, process.argv.slice(3), log);
  else await measure(parts.engine.baseImage);
} finally {
  await stopEverything();
}

async function measure(image: string): Promise<void> {
  const docker = async (...args: string[]) => {
    const { code, stderr } = await run('docker', args);
    if (code !== 0) throw new Error(stderr);
  };
  log('explorer', `creating ${count} containers`);
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const create = async () => {
    for (let name = names.pop(); name; name = names.pop())
      await docker('create', `--name=${name}`, image, 'true');
  };
  await Promise.all([create(), create(), create()]);
  await ofEachKind(docker);

  const access = createEngineAccess(exec, () => ({ engine: 'docker', dockerPath: '', podmanPath: '' }));
  const user = {
    engine: access,
    run: async <T>(command: Parameters<typeof exec>[0]) => {
      const { stdout, stderr } = await exec(command);
      return (await command.parse?.(stdout, stderr)) as T;
    },
  };
  const resources = createResources(user, { limitMs: 120_000, tooLate: () => new Error('too late') });
  await loadContainers(user);
  await allViews(user, docker);
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'docker ps --all': () => docker('ps', '--all', '--no-trunc', '--format={{json .}}'),
    'two processes': () => containersByCommandLine(user),
    'the API': () => loadContainers(user),
  };
  const times = new Map(Object.keys(ways).map((way) => [way, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (const [way, look] of Object.entries(ways)) times.get(way)?.push(await elapsed(look));
  const [plain = 1] = [...times.values()].map(median);
  console.log(`\nAll of ${count} containers, ${rounds} rounds by turns`);
  for (const [way, taken] of times)
    console.log(
      `${way.padEnd(20)}${`${Math.round(median(taken))} ms`.padStart(10)}${`${(median(taken) / plain).toFixed(2)}×`.padStart(10)}`,
    );

  console.log('\nFrom a command’s end to the node, p50 and p95 of 40');
  for (const [way, load] of [
    ['two processes', () => containersByCommandLine(user).then((all) => all.map(({ name }) => name))],
    ['the API', labels()],
  ] as const) {
    const taken = await eventToNode(load);
    console.log(
      `${way.padEnd(20)}${[0.5, 0.95].map((share) => `${Math.round(quantile(taken, share))} ms`.padStart(10)).join('')}`,
    );
  }

  await atRest(user);

  function labels() {
    const load = containerNodes({ ...user, resources });
    resources.retain(containers);
    return async (events?: Parameters<Told>[0]) => {
      if (events) resources.changed([], events);
      return (await load(events)).map(({ label }) => label);
    };
  }

  /** As a view does: loads once, and again with what each change tells. */
  async function eventToNode(
    load: (events?: Parameters<Told>[0]) => Promise<readonly string[]>,
  ): Promise<number[]> {
    let waiting: { name: string; found: (at: number) => void } | undefined;
    await load();
    const watch = createWatch(exec, access, async (events) => {
      const shown = await load(events);
      if (waiting && shown.includes(waiting.name)) waiting.found(performance.now());
    });
    const release = watch.retain(['container']);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const taken: number[] = [];
    for (let each = 0; each < 40; each++) {
      const name = `${prefix}-new-${each}-${Math.random().toString(36).slice(2)}`;
      const found = new Promise<number>((resolve) => {
        waiting = { name, found: resolve };
      });
      await docker('create', `--name=${name}`, image, 'true');
      const made = performance.now();
      taken.push(Math.max(0, (await found) - made));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    release();
    return taken;
  }
}

async function ofEachKind(docker: Docker): Promise<void> {
  for (let each = 0; each < networkCount; each++)
    await docker('network', 'create', `${prefix}-${each}`).catch(() => {});
  for (let each = 0; each < count / 5; each++) await docker('volume', 'create', `${prefix}-${each}`);
  for (let each = 0; each < count / 2; each++)
    await docker('commit', '--change', `LABEL of=${each}`, `${prefix}-0`, `${prefix}:${each}`);
}

/** What four views that follow the engine cost while nothing happens, and what stays of ten thousand events. */
async function atRest(user: EngineUser & Pick<Workbench, 'engine'>): Promise<void> {
  const resources = createResources(user, { limitMs: 120_000, tooLate: () => new Error('too late') });
  const watch = createWatch(exec, user.engine, async (events) => resources.changed([], events));
  const follow = () => {
    const ends = [resources.retain(...kinds), watch.retain(['container', 'image', 'volume', 'network'])];
    return () => ends.forEach((end) => void end());
  };
  const kinds: readonly ResourceKind<unknown, EngineUser>[] = [containers, images, volumes, networks, uses];
  const load = () => Promise.all(kinds.map((kind) => resources.all(kind)));
  console.log('\nProcessor time in a minute at rest');
  let end = follow();
  await load();
  console.log(`${'visible'.padEnd(20)}${`${await processorMs()} ms`.padStart(10)}`);
  end();
  console.log(`${'hidden'.padEnd(20)}${`${await processorMs()} ms`.padStart(10)}`);
  end = follow();
  const [first] = await resources.all(containers);
  await load();
  const heap = await heapOver(10_000, async (each) => {
    resources.changed([], [{ kind: 'container', action: 'update', id: first?.id ?? '' }]);
    if (each % 50 === 0) await load();
  });
  end();
  console.log(`\nHeap, after each 2,500 of 10,000 events: ${heap}`);
}

type Told = Parameters<typeof createWatch>[2];
