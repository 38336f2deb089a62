import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import {
  isAlive,
  onExit,
  run,
  runOrThrow,
  type Service,
  startService,
  temporaryFolder,
  unmountBelow,
  waitUntil,
} from './processes.ts';
import type { Log, Missing } from './progress.ts';
import { privilegedRunc } from './runc.ts';

const engines = path.join(cache, 'engines');

export type Engine = {
  /** For DOCKER_HOST; empty when the machine's default engine answers. */
  readonly host: string;
  /** True when it was started here and ends with the tests: then a test may stop it. */
  readonly own: boolean;
  readonly stop: () => Promise<void>;
};

/** The engine that answers already, or one of our own. */
export async function ensureEngine(log: Log): Promise<Engine | Missing> {
  const answering = await run('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 });
  if (answering.code === 0) {
    log('engine', `using the one that answers, ${answering.stdout.trim()}`);
    return { host: await currentHost(), own: false, stop: async () => {} };
  }
  if (!onPath('dockerd') || process.getuid?.() !== 0) {
    return {
      missing: 'docker engine',
      why: 'none answers, and only root can start one',
      install: installCommand(['docker.io']),
    };
  }
  return startEngine(log);
}

/** By its address, for the context that names it is in the user's DOCKER_CONFIG, which the tests do not use. */
async function currentHost(): Promise<string> {
  if (process.env.DOCKER_HOST) return process.env.DOCKER_HOST;
  const context = await run('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
  return context.code === 0 ? context.stdout.trim() : '';
}

/** Starts an engine with its own data, socket and bridge, so that several can run on one machine. */
export async function startEngine(log: Log): Promise<Engine | Missing> {
  await sweepDeadEngines();
  const sockets = temporaryFolder('engine');
  const folder = path.join(engines, `${process.pid}-${Date.now()}`);
  const data = path.join(folder, 'data');
  mkdirSync(data, { recursive: true });
  onExit(async () => {
    await unmountBelow(folder);
    rmSync(folder, { recursive: true, force: true });
  });
  const network = await makeBridge();
  const host = `unix://${sockets}/docker.sock`;
  // The machine's own /etc/docker/daemon.json is not ours to obey.
  writeFileSync(path.join(sockets, 'daemon.json'), '{}');
  const service = startService(
    onPath('dockerd') ?? 'dockerd',
    [
      ...['--config-file', path.join(sockets, 'daemon.json'), '--data-root', data, '--host', host],
      ...['--exec-root', path.join(sockets, 'exec'), '--pidfile', path.join(sockets, 'pid')],
      ...['--shutdown-timeout', '3', ...network],
    ],
    path.join(cache, 'log', `dockerd-${path.basename(folder)}.log`),
    // Its helpers (docker-proxy, iptables) are in sbin.
    {
      env: {
        ...process.env,
        PATH: `${privilegedRunc(sockets)}:${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`,
      },
    },
  );
  const stop = onExit(async () => {
    await stopEngine(host, service);
    endWhatRunsIn(data);
    await unmountBelow(sockets);
  });
  const ready = await waitUntil(
    async () => (await run('docker', ['version'], { env: { DOCKER_HOST: host } })).code === 0,
    { timeout: 60_000, while: service.running },
  );
  if (!ready) {
    await stop();
    const why = `dockerd did not become ready: ${service.tail().split('\n').at(-1)}`;
    return { missing: 'docker engine', why, install: `nothing; read ${service.logFile}` };
  }
  log('engine', `started our own at ${host}`);
  return { host, own: true, stop };
}

async function stopEngine(host: string, service: Service): Promise<void> {
  if (service.running()) {
    const env = { DOCKER_HOST: host };
    // Killed first, a container cannot make the engine wait for it to end politely.
    const { stdout } = await run('docker', ['ps', '--quiet'], { env, timeout: 5_000 });
    const containers = stdout.split('\n').filter(Boolean);
    if (containers.length) await run('docker', ['kill', ...containers], { env, timeout: 10_000 });
    // Their bridges would outlive the engine, and hold the addresses of all engines of the machine.
    await run('docker', ['network', 'prune', '--force'], { env, timeout: 10_000 });
  }
  await service.stop(15_000);
}

/** Leaves an engine of our own as it began: one suite must not find what another has made. */
export async function emptyEngine(host: string, kept: readonly string[]): Promise<void> {
  const env = { DOCKER_HOST: host };
  const list = async (...args: string[]) =>
    (await run('docker', args, { env })).stdout.split('\n').filter(Boolean);
  const containers = await list('ps', '--all', '--quiet');
  if (containers.length) await run('docker', ['rm', '--force', '--volumes', ...containers], { env });
  const images = await list('images', '--all', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}');
  const keptIds = new Set(images.filter((line) => kept.includes(line.split(' ')[0] ?? '')).map(idOf));
  const useless = images.flatMap((line) => {
    const name = line.split(' ')[0] ?? '';
    if (kept.includes(name)) return [];
    // A second name of a kept image goes by its name, everything else by its id, with all its names.
    return [keptIds.has(idOf(line)) ? name : idOf(line)];
  });
  if (useless.length) await run('docker', ['rmi', '--force', ...new Set(useless)], { env });
}

function idOf(line: string): string {
  return line.split(' ')[1] ?? '';
}

/** A bridge of our own: engines that share docker0 hand out the same addresses. */
async function makeBridge(): Promise<readonly string[]> {
  if (!onPath('ip')) return [];
  const name = `wh${process.pid}x${Math.floor(Math.random() * 900 + 100)}`;
  const inUse = (await run('ip', ['-o', '-4', 'addr'])).stdout;
  const second = Array.from({ length: 200 }, (_, i) => ((process.pid + i) % 200) + 30).find(
    (n) => !inUse.includes(` 10.213.${n}.`),
  );
  await runOrThrow('ip', ['link', 'add', 'name', name, 'type', 'bridge']);
  onExit(async () => {
    await run('ip', ['link', 'del', name]);
  });
  await runOrThrow('ip', ['addr', 'add', `10.213.${second}.1/24`, 'dev', name]);
  await runOrThrow('ip', ['link', 'set', name, 'up']);
  return ['--bridge', name];
}

/** What is left of runs that were killed before they could clean up: engine, bridge and data. */
async function sweepDeadEngines(): Promise<void> {
  for (const name of listOr(engines)) {
    if (isAlive(Number.parseInt(name, 10))) continue;
    const folder = path.join(engines, name);
    const { stdout } = await run('pgrep', ['--full', '--', `--data-root ${folder}/`]);
    for (const pid of stdout.split('\n').map(Number).filter(Boolean)) {
      try {
        // The engine leads its group.
        process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    endWhatRunsIn(folder);
    await unmountBelow(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  const { stdout } = await run('ip', ['-brief', 'link', 'show', 'type', 'bridge']);
  for (const [, bridge = '', pid] of stdout.matchAll(/^(wh(\d+)x\d+)\s/gm)) {
    if (!isAlive(Number(pid))) await run('ip', ['link', 'del', bridge]);
  }
}

/** A step of a build outlives its engine, in a session of its own; but its root is a mount of the engine's data. */
function endWhatRunsIn(folder: string): void {
  for (const pid of listOr('/proc').map(Number).filter(Boolean)) {
    try {
      const mounts = readFileSync(`/proc/${pid}/mountinfo`, 'utf8').split('\n');
      const root = mounts.find((line) => line.split(' ')[4] === '/');
      if (root?.includes(`${folder}/`)) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function listOr(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
