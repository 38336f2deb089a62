// What is done with containers and images, of a real Podman: by its service and without it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import { run } from '../parts/processes.ts';
import { createContext, execute, screen, workspace } from './fake-vscode.ts';
import { base, limits, podman, podmanEnvironment } from './podman-world.ts';

workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) =>
    key === 'engine' ? ('podman' as T) : ((screen.settings.get(key) as T | undefined) ?? fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');

const workbench = createWorkbench(createContext() as never);
registerContainers(workbench);
registerImages(workbench, async () => undefined as never);
registerRawJson();
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));
const last = () => JSON.stringify(failures.at(-1));

/** What makes a container what it is, without what each one has of its own. */
async function described(ref: string): Promise<unknown> {
  const [{ Id, Config, HostConfig, Mounts, NetworkSettings }] = JSON.parse(await podman('inspect', ref));
  const { CreateCommand: _, ...config } = Config;
  return JSON.parse(
    JSON.stringify({
      config: { ...config, Env: config.Env.toSorted() },
      host: { ...HostConfig, LogConfig: HostConfig.LogConfig.Type, Binds: HostConfig.Binds.toSorted() },
      mounts: Mounts.map(({ Destination, RW, Type }: Record<string, unknown>) => [
        Destination,
        RW,
        Type,
      ]).sort(),
      networks: Object.keys(NetworkSettings.Networks),
      aliases: Object.values(NetworkSettings.Networks as Record<string, { Aliases: string[] }>).map(
        ({ Aliases }) => Aliases,
      ),
    }).replaceAll(Id.slice(0, 12), 'ID'),
  );
}

const flags = [
  ...[
    '--publish',
    '127.0.0.1:48231:80',
    '--env',
    'A=b',
    '--env',
    'S=x y',
    '--volume',
    'named:/d',
    '--volume',
    '/tmp:/h:ro',
  ],
  ...[
    '--mount',
    'type=bind,source=/tmp,target=/m',
    '--user',
    '1000:1000',
    '--workdir',
    '/tmp',
    '--restart',
    'on-failure:3',
  ],
  ...[
    '--shm-size',
    '128m',
    '--cap-add',
    'NET_ADMIN',
    '--cap-drop',
    'CHOWN',
    '--label',
    `a="b' $(c)`,
    '--hostname',
    'host-of',
  ],
  ...[
    '--add-host',
    'far:1.2.3.4',
    '--dns',
    '1.1.1.1',
    '--read-only',
    '--stop-signal',
    'SIGINT',
    '--stop-timeout',
    '3',
  ],
  ...[
    '--entrypoint',
    '["sh","-c"]',
    '--tty',
    '--interactive',
    '--network',
    'lan',
    '--network-alias',
    'other',
    '--group-add',
    '5',
  ],
];

for (const service of [true, false]) {
  const way = service ? 'by its service' : 'without its service';
  test(`run line, recreation, image, processes and files ${way}`, {
    ...limits,
    timeout: 240_000,
  }, async () => {
    if (!service) {
      delete process.env.CONTAINER_HOST;
      workbench.engine.forget();
    }
    await run('podman', ['network', 'create', 'lan'], { env: podmanEnvironment() });
    const name = `acts-${service}`;
    const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse podman '));
    try {
      await podman('create', '--name', name, ...flags, base, 'echo hi; sleep 1000');
      const before = await described(name);
      const made = await execute<{ copied: string }>('wheelhouse.containers.copyRun', {
        container: name,
        values: true,
      });
      assert.ok(made, last());
      await podman('rm', '--force', name);
      const line = made.copied
        .replace('podman container run --', 'podman container create --')
        .replace(' --detach', '');
      const { code, stderr } = await run('sh', ['-c', line], { env: podmanEnvironment() });
      assert.equal(code, 0, `${line}\n${stderr}`);
      assert.deepEqual(await described(name), before, line);
      await podman('rm', '--force', name);

      await podman(
        'run',
        '--detach',
        '--name',
        name,
        '--env',
        'A=b',
        '--stop-timeout=1',
        '--network=none',
        base,
        'sh',
        '-c',
        'echo x > /made; while :; do sleep 1; done',
      );
      const id = await podman('inspect', '--format', '{{.Id}}', name);
      const table = await execute<{ processes: number }>('wheelhouse.containers.processes', {
        container: name,
      });
      assert.ok(table?.processes >= 1, last());
      const failing = { container: name, command: ['sh', '-c', 'exit 3'] };
      assert.equal(await execute('wheelhouse.images.recreate', failing), undefined);
      assert.equal(failures.at(-1)?.id, 'container-exited', last());
      assert.equal(await podman('inspect', '--format', '{{.Id}} {{.State.Status}}', name), `${id} running`);
      const anew = await execute<{ containerId: string }>('wheelhouse.images.recreate', {
        container: name,
        shmSize: '128m',
      });
      assert.ok(anew, last());
      assert.equal(
        await podman('inspect', '--format', '{{.Id}} {{.HostConfig.ShmSize}}', name),
        `${anew.containerId} 134217728`,
      );

      const ref = `localhost/committed-${service}:1`;
      const image = await execute<{ imageId: string }>('wheelhouse.containers.commit', {
        container: name,
        image: ref,
      });
      assert.ok(image, last());
      assert.equal(
        await podman('image', 'inspect', '--format', '{{.Id}}', ref),
        image.imageId.replace('sha256:', ''),
      );
      const { containers } = await execute<{ containers: string[] }>('wheelhouse.images.uses', {
        image: base,
      });
      assert.ok(containers.includes(name));
      await podman('rm', '--force', '--time=0', name);

      const file = path.join(folder, 'two.tar');
      assert.ok(await execute('wheelhouse.images.save', { images: [ref, base], file }), last());
      await podman('rmi', ref);
      const loaded = await execute<{ refs: string[] }>('wheelhouse.images.load', { file });
      assert.deepEqual([...(loaded?.refs ?? [])].sort(), [base, ref].sort(), last());
      await podman('rmi', ref);
    } finally {
      rmSync(folder, { recursive: true });
      await run('podman', ['rm', '--force', '--time=0', name], { env: podmanEnvironment() });
      Object.assign(process.env, podmanEnvironment());
      workbench.engine.forget();
      screen.press = () => undefined;
    }
  });
}

test(
  'VS Code is attached where Dev Containers asks Podman, and else it is said what to set',
  limits,
  async () => {
    const id = await podman('run', '--detach', '--name', 'wh-attach', base, 'sleep', '600');
    const given: unknown[] = [];
    screen.commands.set(
      'remote-containers.attachToRunningContainer',
      async (...args) => void given.push(args),
    );
    try {
      await execute('wheelhouse.containers.attachEditor', { container: 'wh-attach' });
      assert.equal(failures.at(-1)?.id, 'dev-containers-elsewhere', last());
      assert.match(failures.at(-1)?.remedy ?? '', /dev\.containers\.dockerPath to podman/);
      assert.deepEqual(given, []);
      screen.settings.set('dockerPath', '/usr/bin/podman');
      await execute('wheelhouse.containers.attachEditor', { container: 'wh-attach' });
      assert.deepEqual(given, [[id.trim()]]);
    } finally {
      screen.settings.delete('dockerPath');
      await podman('rm', '--force', '--time', '0', 'wh-attach');
    }
  },
);
