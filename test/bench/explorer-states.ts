// The view of containers where many run and many ended: what is drawn of each state, what follows their events and figures.
import { createWatch } from '../../client/src/engine/watch.ts';
import { createResources } from '../../client/src/resources/store.ts';
import { exec } from '../../client/src/runtime/exec.ts';
import type { Workbench } from '../../client/src/ui/workbench.ts';
import { run } from '../parts/processes.ts';
import type { Log } from '../parts/progress.ts';
import '../client/register-vscode.ts';
import { heapOver, processorMs } from './cost.ts';
import { allViews, type Docker } from './explorer-views.ts';
import { milliseconds, quantile, row } from './figures.ts';

const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');
const { containerNodes } = await import('../../client/src/containers/tree.ts');
const { createLiveFigures } = await import('../../client/src/containers/live.ts');
const { containers } = await import('../../client/src/engine/containers.ts');

const rounds = 10;
const prefix = `wh-s-${process.pid}`;
const exits = ['true', 'exit 1', 'exit 2', 'exit 126', 'exit 127', 'kill -9 $$', 'kill -15 $$', 'exit 255'];
/** Each as a process of its own shim; it ends when it is asked to. */
const forever = ['--stop-signal=KILL', '--no-healthcheck'];

/** The one among them to which everything happens. */
const one = `${prefix}-one`;
const check = ['--health-cmd=test ! -e /ill', '--health-interval=1s', '--health-retries=1'];

export async function measureStates(image: string, counts: readonly string[], log: Log): Promise<void> {
  const [running = 150, ended = 350, created = 500] = counts.map(Number);
  const docker: Docker = async (...args) => {
    const { code, stderr } = await run('docker', args);
    if (code !== 0) throw new Error(stderr);
  };
  const of = (state: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${prefix}-${state}-${at}`);
  log('explorer', `making ${running} that run, ${ended} that ended, ${created} that never started`);
  await fewAtATime(of('created', created), (name) => docker('create', `--name=${name}`, image, 'true'));
  await fewAtATime(of('ended', ended), async (name, at) => {
    await docker('create', `--name=${name}`, image, 'sh', '-c', exits[at % exits.length] ?? '');
    await docker('start', name);
  });
  const runs = [...of('running', running - 1), one];
  try {
    await fewAtATime(runs, (name) =>
      docker('run', '-d', ...(name === one ? check : forever), `--name=${name}`, image, 'sleep', 'infinity'),
    );
    await measure(docker);
  } finally {
    // Their shims would outlive an engine that is stopped in haste.
    for (let at = 0; at < runs.length; at += 50) await docker('rm', '-f', ...runs.slice(at, at + 50));
  }
}

async function measure(docker: Docker): Promise<void> {
  const access = createEngineAccess(exec, () => ({ engine: 'docker', dockerPath: '', podmanPath: '' }));
  const user = {
    engine: access,
    run: async <T>(command: Parameters<typeof exec>[0]) => {
      const { stdout, stderr } = await exec(command);
      return (await command.parse?.(stdout, stderr)) as T;
    },
    stream: () => Promise.reject(new Error('Docker has figures over its API.')),
  } satisfies Pick<Workbench, 'engine' | 'run' | 'stream'>;
  await allViews(user, docker);

  const resources = createResources(user, { limitMs: 120_000, tooLate: () => new Error('too late') });
  let drawn = 0;
  const live = createLiveFigures(
    user,
    () => true,
    (changed) => {
      drawn += changed.length;
    },
  );
  const load = containerNodes({ ...user, resources }, live);
  let told = () => {};
  const watch = createWatch(exec, access, (events) => {
    resources.changed([], events);
    told();
  });
  const show = () => {
    const ends = [resources.retain(containers), watch.retain(['container']), live.begin()];
    return () => ends.forEach((end) => void end());
  };

  let hide = show();
  await load();
  await toNode();
  console.log('\nProcessor time in a minute');
  const streams = async () => {
    const ids = (await resources.all(containers)).map(({ id }) => id);
    return ids.filter((id) => live.latest(id)).length;
  };
  drawn = 0;
  const visible = await processorMs();
  row('visible, with figures', `${visible} ms`, `${await streams()} followed`, `${drawn} rows drawn`);
  row('sockets, and pipes', `${sockets()}`);
  hide();
  row('hidden', `${await processorMs()} ms`, `${await followedWhileHidden()} followed`);
  row('sockets, and pipes', `${sockets()}`);
  hide = show();
  await load();
  const first = (await resources.all(containers)).find(({ running }) => running)?.id ?? '';
  const heap = await heapOver(10_000, async (each) => {
    resources.changed([], [{ kind: 'container', action: each % 2 ? 'die' : 'start', id: first }]);
    if (each % 50 === 0) await load();
  });
  hide();
  console.log(`\nHeap, before and after each 2,500 of 10,000 events of one that runs: ${heap}`);

  async function followedWhileHidden() {
    const { length } = await resources.all(containers).then((all) => all.filter(({ id }) => live.latest(id)));
    return length;
  }

  /** From a command's end to its row, the row told as a view is: each event loads what it names. */
  async function toNode(): Promise<void> {
    const happens: readonly (readonly [
      string,
      readonly string[],
      (label: string, words: string) => boolean,
    ])[] = [
      ['kill', ['kill', one], (label, words) => label === one && /^(?:exited|stopped)/.test(words)],
      ['start', ['start', one], (label, words) => label === one && /^running/.test(words)],
      ['rename', ['rename', one, `${one}-new`], (label) => label === `${one}-new`],
      ['rename back', ['rename', `${one}-new`, one], (label) => label === one],
      ['ill', ['exec', one, 'touch', '/ill'], (label, words) => label === one && /unhealthy/.test(words)],
      [
        'well',
        ['exec', one, 'rm', '/ill'],
        (label, words) => label === one && !/unhealthy|not known/.test(words),
      ],
    ];
    console.log(
      `\nFrom a command’s end to the row, p50 and p95 of ${rounds} (a health check runs each second)`,
    );
    const times = new Map(happens.map(([name]) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round++)
      for (const [name, command, isSo] of happens) {
        const shown = seen(isSo);
        await docker(...command);
        const done = performance.now();
        times.get(name)?.push(Math.max(0, (await shown) - done));
        // A check that comes after a start is an event of its own, and the next is told no sooner than 400 ms after it.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
      }
    for (const [name, taken] of times)
      row(name, ...[0.5, 0.95].map((share) => milliseconds(quantile(taken, share))));
  }

  function seen(isSo: (label: string, words: string) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('It never came to the row.')), 60_000);
      told = () =>
        void load().then((nodes) => {
          if (!nodes.some(({ label, description }) => isSo(label, description ?? ''))) return;
          clearTimeout(late);
          told = () => {};
          resolve(performance.now());
        }, reject);
    });
  }
}

const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;

async function fewAtATime(names: readonly string[], make: (name: string, at: number) => Promise<void>) {
  const rest = names.entries();
  const worker = async () => {
    for (const [at, name] of rest) await make(name, at);
  };
  await Promise.all([worker(), worker(), worker()]);
}
