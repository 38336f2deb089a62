import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from './cache.ts';
import { onPath } from './debian.ts';
import { onExit, run, startService, temporaryFolder, unmountBelow, waitUntil } from './processes.ts';

/**
 * Not set up as the other parts are: Debian has no nerdctl and no containerd 2, and both together take a Go of two cores ten
 * minutes. Who has them says so by these variables; the shim lies beside containerd.
 */
export const nerdctlProgram = process.env.WHEELHOUSE_TEST_NERDCTL;
const containerd = process.env.WHEELHOUSE_TEST_CONTAINERD;

export const whyNoNerdctl =
  nerdctlProgram && containerd && process.getuid?.() === 0
    ? false
    : 'by hand and as root: WHEELHOUSE_TEST_NERDCTL and WHEELHOUSE_TEST_CONTAINERD name nerdctl 2 and containerd 2';

/** A containerd of its own, empty; for a process that shall find it with nerdctl. */
export async function startContainerd(): Promise<Readonly<Record<string, string>>> {
  const folder = temporaryFolder('containerd');
  const file = (name: string, lines: readonly string[]) => {
    writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`);
    return path.join(folder, name);
  };
  const address = path.join(folder, 'sock');
  mkdirSync(path.join(folder, 'networks'));
  const configuration = file('containerd.toml', [
    'version = 3',
    `root = "${folder}/root"`,
    `state = "${folder}/state"`,
    'disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime"]',
    `grpc.address = "${address}"`,
  ]);
  const NERDCTL_TOML = file('nerdctl.toml', [
    `address = "${address}"`,
    `data_root = "${folder}/nerdctl"`,
    `cni_netconfpath = "${folder}/networks"`,
    'cni_path = "/usr/lib/cni"',
  ]);
  const program = containerd ?? '';
  // Its shim beside it, and runc of Debian in sbin.
  const PATH = [path.dirname(program), process.env.PATH, '/usr/sbin', '/sbin'].join(path.delimiter);
  const service = startService(
    onPath(program) ?? program,
    ['--config', configuration],
    path.join(cache, 'log', `containerd-${process.pid}.log`),
    { env: { ...process.env, PATH } },
  );
  const env = { NERDCTL_TOML, PATH };
  const nerdctl = nerdctlProgram ?? '';
  onExit(async () => {
    const { stdout } = await run(nerdctl, ['ps', '--all', '--quiet'], { env, timeout: 20_000 });
    const left = stdout.split('\n').filter(Boolean);
    if (left.length) await run(nerdctl, ['rm', '--force', ...left], { env, timeout: 20_000 });
    await service.stop();
    await unmountBelow(folder);
  });
  const answers = async () => (await run(nerdctl, ['info'], { env })).code === 0;
  if (!(await waitUntil(answers, { timeout: 30_000, while: service.running })))
    throw new Error(`containerd did not start: ${service.tail()}`);
  return env;
}
