// What can be seen of an image and of its containers.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world.ts';
import type { Start } from './case.ts';

export interface Configuration {
  readonly env: readonly string[];
  readonly user: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly healthcheck: readonly string[] | undefined;
}

export interface Ran {
  /** Undefined where it still runs. */
  readonly code: number | undefined;
  readonly output: string;
  /** What it wrote on its other stream, to be read by people. */
  readonly errors: string;
  /** What a service answered, and what its health check said. */
  readonly answer: string | undefined;
  readonly health: 'healthy' | 'unhealthy' | undefined;
  /** Paths of what it has left, with `~` for the home of its user. */
  readonly left: readonly string[];
}

/** The part of an image's configuration that a container starts from; the command is seen by what it does. */
export async function configurationOf(world: World, image: string): Promise<Configuration> {
  const [{ Config: config }] = JSON.parse(await world.docker(['image', 'inspect', image]));
  const { ExposedPorts, Volumes, Labels, StopSignal, OnBuild } = config;
  return {
    env: config.Env ?? [],
    user: config.User ?? '',
    settings: { WorkingDir: config.WorkingDir || '/', ExposedPorts, Volumes, Labels, StopSignal, OnBuild },
    healthcheck: config.Healthcheck?.Test,
  };
}

/** Folders of the system and of environments, which two images may fill in different ways. */
const pruned =
  '/usr /etc /var /bin /sbin /lib /lib64 /proc /sys /dev /run /tmp /root /home /opt/venv /opt/python'.split(
    ' ',
  );
const unimportant = ['__pycache__', '.venv', '*.dist-info', '*.egg-info'];

/** The files of an image that are not the system's, with their digests. */
export async function filesOf(world: World, image: string): Promise<ReadonlyMap<string, string>> {
  const skip = [...pruned.map((name) => `-path ${name}`), ...unimportant.map((name) => `-name '${name}'`)];
  const script = `find / -xdev \\( ${skip.join(' -o ')} \\) -prune -o -type f -exec md5sum {} +`;
  const run = ['run', '--rm', '--network=none', '--user=0', '--entrypoint=sh', image, '-c', script];
  const { stdout } = await world.tryDocker(run, 60_000);
  return new Map(
    stdout.split('\n').flatMap((line) => {
      const [digest = '', file] = line.split('  ');
      return file === undefined || file === '/.dockerenv' ? [] : [[file, digest] as const];
    }),
  );
}

/** Starts a container and looks on until it has ended, or has answered. */
export async function watch(
  world: World,
  image: string,
  start: Start,
  options: readonly string[] = [],
): Promise<Ran> {
  const mounts = Object.entries(start.mounts ?? {}).map(([name, target]) => {
    const folder = path.join(world.folder, 'mounts', name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return { folder, target };
  });
  const volumes = mounts.map(({ folder, target }) => `--volume=${folder}:${target}`);
  const network = start.asks ? [] : ['--network=none'];
  const all = [...network, ...volumes, ...(start.options ?? []), ...options];
  const started = await world.tryDocker(['run', '--detach', ...all, image, ...(start.command ?? [])]);
  const container = started.stdout.trim();
  if (started.code !== 0) {
    if (container) await world.tryDocker(['rm', '--force', container]);
    return {
      code: started.code,
      output: '',
      errors: started.stderr,
      answer: undefined,
      health: undefined,
      left: [],
    };
  }
  try {
    const answer = start.asks && (await askUntilItAnswers(world, container, start.asks));
    const health = start.asks && (await healthOf(world, container, start.health));
    const ended = start.asks
      ? await world.tryDocker([
          'inspect',
          '--format={{if not .State.Running}}{{.State.ExitCode}}{{end}}',
          container,
        ])
      : await world.tryDocker(['wait', container], 60_000);
    const { stdout, stderr } = await world.tryDocker(['logs', container]);
    const left = await leftBy(world, container);
    const outside = mounts.flatMap(({ folder, target }) =>
      readdirSync(folder, { recursive: true }).map((name) => `${target}/${name}`),
    );
    const code = ended.stdout.trim() === '' ? undefined : Number(ended.stdout);
    return { code, output: stdout, errors: stderr, answer, health, left: [...left, ...outside].sort() };
  } finally {
    await world.tryDocker(['rm', '--force', '--volumes', container]);
  }
}

async function askUntilItAnswers(
  world: World,
  container: string,
  { port, path }: NonNullable<Start['asks']>,
): Promise<string | undefined> {
  const format = '{{.State.Running}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  for (let left = 60; left > 0; left--) {
    const { stdout } = await world.tryDocker(['inspect', `--format=${format}`, container]);
    const [running, address] = stdout.trim().split(' ');
    if (running !== 'true') return undefined;
    const answer = await fetch(`http://${address}:${port}${path}`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
    if (answer) return `${answer.status} ${await answer.text()}`;
    await sleep(250);
  }
  return undefined;
}

async function healthOf(
  world: World,
  container: string,
  ofCompose: readonly string[] | undefined,
): Promise<Ran['health']> {
  const inspected = await world.tryDocker(['inspect', '--format={{json .Config.Healthcheck}}', container]);
  const [form, ...words]: string[] = ofCompose ?? JSON.parse(inspected.stdout || 'null')?.Test ?? [];
  if (form === undefined || form === 'NONE') return undefined;
  const command = form === 'CMD-SHELL' ? ['sh', '-c', ...words] : words;
  const { code } = await world.tryDocker(['exec', container, ...command], 20_000);
  return code === 0 ? 'healthy' : 'unhealthy';
}

/** Bytecode, and what uv downloads and installs, are no work of the program. */
const byTheWay = /__pycache__|\/\.cache\/uv(?:\/|$)|\/\.venv(?:\/|$)|^\/dev\/|^\/run\//;

async function leftBy(world: World, container: string): Promise<string[]> {
  const { stdout } = await world.tryDocker(['diff', container]);
  const format = '{{range .Mounts}}{{.Destination}}\n{{end}}';
  // The engine makes the place of a volume where the image has none.
  const mounted = (await world.tryDocker(['inspect', `--format=${format}`, container])).stdout.split('\n');
  const added = stdout.split('\n').flatMap((line) => (line.startsWith('A ') ? [line.slice(2)] : []));
  const seen = added.filter((file) => !byTheWay.test(file) && !mounted.includes(file));
  // A folder may have been made for it in the image already.
  return seen
    .filter((file) => !seen.some((other) => other.startsWith(`${file}/`)))
    .map((file) => file.replace(/^(?:\/root|\/home\/[\w-]+)(?=\/)/, '~'))
    .filter((file) => file !== '~/.cache');
}
