// The command line that made a container: run anew in a shell, it makes a container that the engine describes alike.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../parts/processes.ts';
import { execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const { created, docker, image, limits, make, name, node } = await import('./container-world.ts');

type Described = Record<
  string,
  Record<string, unknown> & { Networks?: Record<string, { Aliases?: string[] }> }
>;

/** What makes a container what it is, without what each one has of its own. */
async function described(ref: string): Promise<unknown> {
  const [{ Id, Config, HostConfig, NetworkSettings }] = JSON.parse(await docker('inspect', ref)) as [
    Described & { Id: string },
  ];
  const own = (text: unknown) => (typeof text === 'string' && Id.startsWith(text) ? '' : text);
  const networks = Object.entries(NetworkSettings?.Networks ?? {}).map(([network, settings]) => [
    network,
    (settings.Aliases ?? []).filter((alias) => !Id.startsWith(alias)),
  ]);
  return {
    // A run that goes on by itself has nobody at its input and output.
    config: {
      ...Config,
      Hostname: own(Config?.Hostname),
      Env: ((Config?.Env ?? []) as string[]).toSorted(),
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      StdinOnce: false,
    },
    host: HostConfig,
    networks,
  };
}

const nasty = `it's "$HOME" \`id\` $(id) \\ * ; & | > # ! ~ ä\tb\nc ${'\x1b'}[201~\x15echo no ${'\u009b'}31m`;

const containers: Readonly<Record<string, readonly [flags: readonly string[], ...command: string[]]>> = {
  plain: [[]],
  everything: [
    [
      ...['--publish', '127.0.0.1::8000', '--publish', '9000/udp', '--expose', '7000'],
      ...[
        '--env',
        'A=b',
        '--env',
        `NASTY=${nasty}`,
        '--env',
        'EMPTY=',
        '--env',
        'PATH=/bin:/usr/bin:/usr/local/bin',
      ],
      ...['--volume', '/tmp:/host:ro', '--volume', '/anonymous', '--tmpfs', '/scratch:size=1m'],
      ...['--mount', 'type=bind,source=/tmp,target=/other,readonly'],
      ...['--mount', '"type=tmpfs","target=/a,b",tmpfs-size=1048576,tmpfs-mode=0700'],
      ...['--user', '1000:1000', '--workdir', '/tmp', '--entrypoint', 'sh', '--restart', 'on-failure:3'],
      ...[
        '--memory',
        '100m',
        '--cpus',
        '1.5',
        '--shm-size',
        '128m',
        '--cap-add',
        'NET_ADMIN',
        '--cap-drop',
        'CHOWN',
      ],
      ...[
        '--device',
        '/dev/null:/dev/nothing',
        '--label',
        `nasty=${nasty}`,
        '--label',
        'empty=',
        '--hostname',
        'host-of',
      ],
      ...[
        '--ulimit',
        'nofile=100:200',
        '--add-host',
        'far:1.2.3.4',
        '--dns',
        '1.1.1.1',
        '--pids-limit',
        '50',
      ],
      ...[
        '--security-opt',
        'no-new-privileges',
        '--stop-signal',
        'SIGINT',
        '--stop-timeout',
        '3',
        '--interactive',
      ],
      ...[
        '--health-cmd',
        'true x',
        '--health-interval',
        '5s',
        '--log-opt',
        'max-size=1m',
        '--group-add',
        '5',
        '--tty',
      ],
    ],
    '-c',
    `trap "exit 0" INT; while :; do sleep 0.1; done # ${nasty}`,
  ],
  host: [
    ['--network', 'host', '--pid', 'host', '--init', '--read-only', '--no-healthcheck'],
    'sleep',
    '1000',
  ],
  odd: [
    ['--publish-all', '--oom-score-adj', '10', '--memory-swap', '-1', '-m', '50m', '--entrypoint', ''],
    'true',
  ],
};

for (const [suffix, [flags, ...command]] of Object.entries(containers))
  test(`the copied line makes a container as ${suffix} is`, limits, async () => {
    if (suffix === 'plain') {
      created.push(name(suffix));
      await docker('create', '--name', name(suffix), image, 'true');
    } else await make(suffix, flags, ...command);
    const before = await described(name(suffix));
    const made = await execute<{ copied: string }>('wheelhouse.containers.copyRun', {
      container: name(suffix),
      values: true,
    });
    assert.equal(screen.copied.at(-1), made.copied);
    assert.doesNotMatch(made.copied, /(?![\n\t])\p{Cc}/u);
    await docker('rm', '--force', name(suffix));
    const { code, stderr } = await run('sh', ['-c', made.copied]);
    assert.equal(code, 0, `${made.copied}\n${stderr}`);
    assert.deepEqual(await described(name(suffix)), before, made.copied);
  });

test(
  'what the image says already is left out, and the values of variables are hidden unless asked for',
  limits,
  async () => {
    const built = `${name('built')}:1`;
    const from = await docker('create', image, 'true');
    const changes = [
      'ENV A=b',
      'LABEL of=image',
      'USER 1000',
      'WORKDIR /tmp',
      'EXPOSE 80',
      'VOLUME /data',
      'CMD ["sleep", "1000"]',
    ];
    await docker('commit', ...changes.flatMap((change) => ['--change', change]), from, built);
    await docker('rm', from);
    try {
      created.push(name('of-image'));
      await docker(
        'run',
        '-d',
        '--name',
        name('of-image'),
        '--env',
        'TOKEN=hunter2',
        '--label',
        'mine=1',
        built,
      );
      const line = async (answer: string | undefined) => {
        screen.answer = ({ labels }) => labels?.find((label) => label.startsWith(answer ?? '-'));
        return execute<{ copied: string } | undefined>(
          'wheelhouse.containers.copyRun',
          await node('of-image'),
        );
      };
      const run = (flags: string) =>
        `docker container run --label mine=1 --detach --name ${name('of-image')} ${flags} ${built}`;
      assert.equal((await line('Hide'))?.copied, run("--env 'TOKEN=***'"));
      assert.match(screen.statusBar.at(-1) ?? '', /in place of \*\*\*/);
      assert.equal((await line('Copy'))?.copied, run('--env TOKEN=hunter2'));
      const copied = screen.copied.length;
      assert.equal(await line(undefined), undefined);
      assert.equal(screen.copied.length, copied);
      assert.ok(!screen.log.some((text) => text.includes('hunter2')));
      // A key or link cannot say beforehand that secrets may go to the clipboard of a person; nothing else hears of them.
      await executeFromElsewhere('wheelhouse.containers.copyRun', {
        container: name('of-image'),
        values: false,
      });
      assert.match(screen.copied.at(-1) ?? '', /TOKEN=\*\*\*/);
    } finally {
      screen.answer = () => undefined;
      await docker('rm', '--force', name('of-image'));
      await docker('rmi', built);
    }
  },
);

test('networks beside the first are connected by lines of their own', limits, async () => {
  const [one, two] = [name('one'), name('two')];
  await docker('network', 'create', one);
  await docker('network', 'create', '--subnet', '10.199.77.0/24', two);
  try {
    await make('nets', ['--network', one, '--network-alias', 'first'], 'sleep', '1000');
    await docker('network', 'connect', '--alias', 'second', '--ip', '10.199.77.7', two, name('nets'));
    const before = await described(name('nets'));
    const { copied } = await execute<{ copied: string }>('wheelhouse.containers.copyRun', {
      container: name('nets'),
    });
    await docker('rm', '--force', name('nets'));
    assert.equal((await run('sh', ['-c', copied])).code, 0, copied);
    assert.deepEqual(await described(name('nets')), before, copied);
  } finally {
    await docker('rm', '--force', name('nets'));
    await docker('network', 'rm', one, two);
  }
});
