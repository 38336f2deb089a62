// `npm run bench:explorer -- 1000`: what the view of containers costs with so many of them (created, not running),
// beside the engine's own command line and the way over two processes. Needs some minutes to create them.
import '../client/register-vscode.ts';
import { createWatch } from '../../client/src/engine/watch.ts';
import { createResources } from '../../client/src/resources/store.ts';
import { exec } from '../../client/src/runtime/exec.ts';
import { everything, setUpParts } from '../parts/all.ts';
import { partsToEnvironment, toolEnvironment } from '../parts/environment.ts';
import { run, stopEverything, stopOnSignals } from '../parts/processes.ts';
import { createLog } from '../parts/progress.ts';

const { containerNodes } = await import('../../client/src/containers/tree.ts');
const { containers, containersByCommandLine, loadContainers } = await import(
  '../../client/src/engine/containers.ts'
);
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');

const count = Number(process.argv[2] ?? 1000);
const rounds = 9;
const prefix = `wh-x-${process.pid}`;

stopOnSignals();
const log = createLog((line) => process.stderr.write(`${line}\n`));
try {
  const parts = await setUpParts(log, { ...everything, codeServer: false, chromium: false });
  Object.assign(process.env, toolEnvironment(parts), partsToEnvironment(parts));
  if (!parts.engine?.baseImage) throw new Error('No engine could be had.');
  await measure(parts.engine.baseImage);
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

type Told = Parameters<typeof createWatch>[2];

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}
