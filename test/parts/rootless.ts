import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logFile } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { onExit, run, startService, temporaryFolder, unmountBelow, waitUntil } from './processes.ts';
import type { Missing } from './progress.ts';

const script = '/usr/share/docker.io/contrib/dockerd-rootless.sh';
const user = 21_000;

/** The files that name users are others in its namespace alone, so that the machine gets no user. */
const enter = `set -e
cd "$1"
cp /etc/passwd passwd; echo "rootless:x:${user}:${user}::$1/home:/bin/sh" >> passwd
echo "rootless:300000:65536" > subuid; cp subuid subgid
for file in passwd subuid subgid; do mount --bind "$file" "/etc/$file"; done
mknod -m 666 tun c 10 200; mount --bind tun /dev/net/tun
exec setpriv --reuid ${user} --regid ${user} --clear-groups sh ${script} --data-root "$1/home/data"
`;

/** Docker as somebody runs it who is not root: the folder for XDG_RUNTIME_DIR, with its socket. */
export async function startRootless(): Promise<string | Missing> {
  const missing = (why: string): Missing => ({
    missing: 'rootless Docker',
    why,
    install: installCommand(['docker.io', 'rootlesskit', 'slirp4netns', 'uidmap']),
  });
  const needed = ['rootlesskit', 'slirp4netns', 'newuidmap', 'unshare', 'setpriv'];
  const absent = [
    ...needed.filter((name) => !onPath(name)),
    ...[script, '/dev/net/tun', '/etc/subuid', '/etc/subgid'].filter((file) => !existsSync(file)),
  ];
  if (process.getuid?.() !== 0 || absent.length) return missing(`it needs root and ${absent.join(', ')}`);
  const folder = temporaryFolder('rootless');
  chmodSync(folder, 0o755);
  for (const name of ['home', 'run']) mkdirSync(path.join(folder, name));
  await run('chown', [String(user), path.join(folder, 'home'), path.join(folder, 'run')]);
  writeFileSync(path.join(folder, 'enter'), enter);
  const env = {
    HOME: path.join(folder, 'home'),
    XDG_RUNTIME_DIR: path.join(folder, 'run'),
    PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
  };
  const args = ['--mount', '--propagation', 'private', 'sh', path.join(folder, 'enter'), folder];
  const service = startService('unshare', args, logFile(`rootless-${process.pid}`), { env });
  onExit(async () => {
    await service.stop(15_000);
    await unmountBelow(folder);
  });
  const host = `unix://${folder}/run/docker.sock`;
  const answers = async () => (await run('docker', ['--host', host, 'version'])).code === 0;
  if (!(await waitUntil(answers, { timeout: 60_000, while: service.running })))
    return missing(`it did not become ready: ${service.tail().split('\n').at(-1)}`);
  return path.join(folder, 'run');
}
