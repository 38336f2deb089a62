import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logFile } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import {
  onExit,
  run,
  type Service,
  startService,
  temporaryFolder,
  unmountBelow,
  waitUntil,
} from './processes.ts';
import { isMissing, type Missing } from './progress.ts';

const script = '/usr/share/docker.io/contrib/dockerd-rootless.sh';
const user = 21_000;

/** The files that name users are others in its namespace alone, so that the machine gets no user. */
const enter = (start: string) => `set -e
cd "$1"
cp /etc/passwd passwd; echo "rootless:x:${user}:${user}::$1/home:/bin/sh" >> passwd
echo "rootless:300000:65536" > subuid; cp subuid subgid
for file in passwd subuid subgid; do mount --bind "$file" "/etc/$file"; done
mknod -m 666 tun c 10 200; mount --bind tun /dev/net/tun
exec setpriv --reuid ${user} --regid ${user} --clear-groups ${start}
`;

/** Docker as somebody runs it who is not root: the folder for XDG_RUNTIME_DIR, with its socket. */
export async function startRootless(): Promise<string | Missing> {
  const begun = await begin('Docker', ['docker.io', 'rootlesskit'], {
    programs: ['rootlesskit'],
    files: [script],
    start: `sh ${script} --data-root "$1/home/data"`,
  });
  if (isMissing(begun)) return begun;
  const { folder, service, without } = begun;
  onExit(async () => {
    await service.stop(15_000);
    await unmountBelow(folder);
  });
  const host = `unix://${folder}/run/docker.sock`;
  const answers = async () => (await run('docker', ['--host', host, 'version'])).code === 0;
  if (!(await waitUntil(answers, { timeout: 60_000, while: service.running })))
    return without(`it did not become ready: ${service.tail().split('\n').at(-1)}`);
  return path.join(folder, 'run');
}

export type RootlessPodman = {
  /** The folder for XDG_RUNTIME_DIR, with its socket. */
  readonly running: string;
  /** The command line of its user, whoever starts it. */
  readonly program: string;
};

/** Podman as somebody runs it who is not root. */
export async function startRootlessPodman(): Promise<RootlessPodman | Missing> {
  const begun = await begin('Podman', ['podman'], {
    programs: ['podman', 'nsenter'],
    files: [],
    start: 'podman system service --time=0 "unix://$1/run/podman/podman.sock"',
  });
  if (isMissing(begun)) return begun;
  const { folder, env, service, without } = begun;
  const program = path.join(folder, 'podman');
  const variables = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
  const within = `nsenter --target ${service.pid} --mount --wd="$PWD" setpriv --reuid ${user} --regid ${user} --clear-groups`;
  const line = `exec ${within} env --ignore-environment ${variables.join(' ')} ${onPath('podman')} "$@"`;
  writeFileSync(program, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  onExit(async () => {
    await run(program, ['rm', '--all', '--force', '--time=0'], { timeout: 20_000 });
    // Ends what keeps its namespace.
    await run(program, ['system', 'migrate'], { timeout: 20_000 });
    await service.stop(15_000);
    await unmountBelow(folder);
  });
  const answers = async () =>
    (await run('podman', ['--url', `unix://${folder}/run/podman/podman.sock`, 'info'])).code === 0;
  if (!(await waitUntil(answers, { timeout: 60_000, while: service.running })))
    return without(`it did not become ready: ${service.tail().split('\n').at(-1)}`);
  return { running: path.join(folder, 'run'), program };
}

type Begun = {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly service: Service;
  readonly without: (why: string) => Missing;
};
type Wanted = {
  readonly programs: readonly string[];
  readonly files: readonly string[];
  /** A line of a shell, with the folder as its first argument. */
  readonly start: string;
};

async function begin(what: string, packages: readonly string[], wanted: Wanted): Promise<Begun | Missing> {
  const missing = (why: string): Missing => ({
    missing: `rootless ${what}`,
    why,
    install: installCommand([...packages, 'slirp4netns', 'uidmap']),
  });
  const needed = [...wanted.programs, 'slirp4netns', 'newuidmap', 'unshare', 'setpriv'];
  const files = [...wanted.files, '/dev/net/tun', '/etc/subuid', '/etc/subgid'];
  const absent = [...needed.filter((name) => !onPath(name)), ...files.filter((file) => !existsSync(file))];
  if (process.getuid?.() !== 0 || absent.length) return missing(`it needs root and ${absent.join(', ')}`);
  const folder = temporaryFolder('rootless');
  chmodSync(folder, 0o755);
  for (const name of ['home', 'run', 'run/podman']) mkdirSync(path.join(folder, name));
  await run('chown', ['--recursive', String(user), path.join(folder, 'home'), path.join(folder, 'run')]);
  writeFileSync(path.join(folder, 'enter'), enter(wanted.start));
  const env = {
    HOME: path.join(folder, 'home'),
    XDG_RUNTIME_DIR: path.join(folder, 'run'),
    PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
  };
  const args = ['--mount', '--propagation', 'private', 'sh', path.join(folder, 'enter'), folder];
  const service = startService('unshare', args, logFile(`rootless-${path.basename(folder)}`), { env });
  return { folder, env, service, without: missing };
}
