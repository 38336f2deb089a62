// Builders in words, and the commands on them. The output is what buildx 0.38 wrote, shortened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './register-vscode.ts';
import {
  type Builder,
  builderFlags,
  buildersOf,
  builderWords,
  buildWords,
  checkBuilderName,
  describeBuilder,
  describeNode,
  freeName,
  nodeWords,
} from '../../client/src/builders/model.ts';
import { builderPatterns } from '../../client/src/builders/patterns.ts';
import {
  buildLog,
  hasHistory,
  inspectBuild,
  listBuilds,
} from '../../client/src/runtime/build-history-commands.ts';
import { type BuilderRecord, builderCache, listBuilders } from '../../client/src/runtime/builder-commands.ts';
import type { Engine } from '../../client/src/runtime/engine.ts';
import { explainFailure } from '../../client/src/runtime/failures.ts';
import { buildImage } from '../../client/src/runtime/image-commands.ts';
import { chooseBuilder, chosenBuilder } from '../../client/src/ui/chosen-builder.ts';
import { withoutValues } from '../../client/src/ui/hidden-values.ts';
import { formatDuration } from '../../client/src/ui/words.ts';

const engine = { file: 'docker' } as Engine;
const lines = (...records: readonly object[]) => records.map((each) => JSON.stringify(each)).join('\n');
const node = (Name: string, Status: string, more: object = {}) => ({
  Name,
  Endpoint: `unix:///${Name}`,
  Status,
  ...more,
});
const told = lines(
  {
    Name: 'farm',
    Driver: 'docker-container',
    Current: false,
    Nodes: [node('farm0', 'running'), node('farm1', 'stopped')],
  },
  {
    Name: 'far',
    Driver: 'remote',
    Current: true,
    Nodes: [
      node('far0', 'running', {
        Version: 'v0.23.1',
        Platforms: ['linux/amd64', 'linux/amd64/v2', 'linux/arm64'],
        GCPolicy: [{ all: true }],
        Files: { 'buildkitd.toml': 'eA==' },
      }),
    ],
  },
  { Name: 'idle', Driver: 'docker-container', Current: false, Nodes: [node('idle0', 'inactive')] },
  {
    Name: 'pods',
    Driver: 'kubernetes',
    Current: false,
    Nodes: [node('pods0', 'error', { Err: 'no configuration' })],
  },
  { Name: 'default', Driver: 'docker', Current: false, Nodes: [node('default', 'running')] },
  { Name: 'other', Driver: 'docker', Current: false, Nodes: [node('other', 'running')] },
  { Name: 'down', Driver: '', Current: false, Err: 'Cannot connect', Nodes: [{ Endpoint: '', Name: '' }] },
);
const read = async () => (await listBuilders(engine).parse?.(told, '')) as readonly BuilderRecord[];
const builders = async (chosen?: string, environment?: string) =>
  buildersOf(await read(), { chosen, own: 'default', environment });
const words = (all: readonly Builder[]) => all.map((each) => [each.name, builderWords(each)]);

test('state, driver and who chose it stand beside each', async () => {
  assert.deepEqual(words(await builders()), [
    ['farm', '1 of 2 nodes running · docker-container'],
    ['far', 'in use · running · remote'],
    ['idle', 'inactive · docker-container'],
    ['pods', 'error: no configuration · kubernetes'],
    ['default', 'running · docker'],
    ['other', 'running · docker'],
    ['down', 'error: Cannot connect'],
  ]);
  const chosen = words(await builders('idle'));
  assert.deepEqual(chosen[2], ['idle', 'in use, chosen here · inactive · docker-container']);
  assert.match(chosen[1]?.[1] ?? '', /^the choice of the machine, not used here · /);
  const named = words(await builders(undefined, 'farm'));
  assert.match(named[0]?.[1] ?? '', /^in use, by BUILDX_BUILDER of the environment · /);
  assert.deepEqual(named[1], ['far', 'running · remote']);
});

test('one that was chosen and is gone can be let go', async () => {
  const [gone, ...others] = await builders('was');
  assert.ok(gone);
  assert.deepEqual(words([gone]), [['was', 'in use, chosen here · error: It was removed.']]);
  assert.equal(builderFlags(gone), ';builder;chosen;');
  assert.ok(!others.some(({ inUse }) => inUse));
});

test('menus offer what can be done', async () => {
  assert.deepEqual((await builders('far')).map(builderFlags), [
    ';builder;usable;startable;stoppable;running;removable;',
    ';builder;chosen;running;removable;',
    ';builder;usable;startable;removable;',
    ';builder;usable;startable;removable;',
    ';builder;usable;running;',
    ';builder;running;',
    ';builder;',
  ]);
});

test('platforms and version stand beside the nodes, and text of strangers is no Markdown', async () => {
  const [, far] = await builders();
  assert.ok(far?.nodes[0]);
  assert.equal(nodeWords(far.nodes[0]), 'running · linux/amd64, linux/arm64 · BuildKit v0.23.1');
  assert.match(describeNode(far.nodes[0]), /linux\/amd64\/v2/);
  const bad = { ...far, name: '`x`', error: '[a](command:b)\n# c' };
  assert.doesNotMatch(describeBuilder(bad), /[^\\]\]\(command|^# c/m);
});

test('sums are read off below the table', async () => {
  const table =
    'ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED\nTotal\ttrue\t1B\nReclaimable:\t24.58kB\nTotal:\t\t1.5GB\n';
  assert.deepEqual(await builderCache(engine, 'x').parse?.(table, ''), {
    own: 1_500_000_000,
    freed: 24_580,
    shared: 0,
    reclaimable: 24_580,
  });
  const sharing = (reclaimable: string) =>
    builderCache(engine, 'x').parse?.(
      `Shared:\t\t126MB\nPrivate:\t57.64MB\nReclaimable:\t${reclaimable}\nTotal:\t\t183.7MB\n`,
      '',
    );
  assert.deepEqual(await sharing('183.7MB'), {
    own: 57_640_000,
    freed: 57_640_000,
    shared: 126_000_000,
    reclaimable: 183_700_000,
  });
  assert.equal((await sharing('136MB'))?.freed, 10_000_000);
  assert.equal((await sharing('100MB'))?.freed, 0);
});

test('builds are read, said and named', async () => {
  const builds = await listBuilds(engine, 'far').parse?.(
    lines(
      {
        ref: 'far/far0/abc',
        name: 'ctx/bad',
        status: 'Error',
        created_at: '2026-11-27T17:22:25.1Z',
        completed_at: '2026-11-27T17:22:25.2Z',
        total_steps: 4,
        cached_steps: 1,
      },
      { ref: 'far/far0/def', name: '', status: 'Running', created_at: '2026-11-27T17:22:00Z' },
    ),
    '',
  );
  const now = new Date('2026-11-27T17:25:30Z');
  assert.deepEqual(
    builds?.map((build) => buildWords(build, now)),
    ['failed · 0.1 s · 3 min ago', 'running · 3 min · 3 min ago'],
  );
  assert.deepEqual(buildLog(engine, 'far/far0/abc').args, [
    'buildx',
    'history',
    'logs',
    '--builder',
    'far',
    'abc',
  ]);
  assert.deepEqual(inspectBuild(engine, 'far/far0/abc').args.slice(-2), ['--format', 'json']);
  assert.deepEqual(
    [0.5, 11.6, 61].map((seconds) => formatDuration(seconds * 1000)),
    ['0.5 s', '12 s', '1 min'],
  );
  assert.deepEqual(
    ['0.19.3', '0.20.0', '0.38.2', '1.0.0', '0.0.0+unknown', undefined].map((buildx) =>
      hasHistory({ buildx }),
    ),
    [false, true, true, true, true, false],
  );
});

test('values of build arguments are hidden', () => {
  const shown = withoutValues({
    BuildArgs: [{ Name: 'TOKEN', Value: 'hunter2' }],
    Labels: [{ Name: 'a', Value: 'b' }],
  });
  assert.deepEqual(shown, {
    BuildArgs: [{ Name: 'TOKEN', Value: '***' }],
    Labels: [{ Name: 'a', Value: 'b' }],
  });
});

test('a name is as buildx takes it', () => {
  assert.deepEqual(['wheelhouse', 'A.b_c-1'].map(checkBuilderName), [undefined, undefined]);
  for (const name of ['', '1a', '-x', 'a b', 'a/b', 'ü']) assert.ok(checkBuilderName(name), name);
  assert.equal(freeName([]), 'wheelhouse');
  assert.equal(freeName(['wheelhouse', 'wheelhouse-2']), 'wheelhouse-3');
});

test('a choice counts for one engine, and goes to buildx with each build', async () => {
  const values = new Map<string, unknown>();
  const memory = {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
  const workbench = { memory } as never;
  const here = { kind: 'docker', buildx: '0.38.2', place: { kind: 'docker', name: 'here' } } as const;
  const there = { ...here, place: { kind: 'docker', name: 'there' } } as const;
  await chooseBuilder(workbench, here, 'far');
  await chooseBuilder(workbench, there, 'farm');
  assert.deepEqual(
    [here, there].map((each) => chosenBuilder(workbench, each)),
    ['far', 'farm'],
  );
  assert.equal(chosenBuilder(workbench, { ...here, buildx: undefined }), undefined);
  await chooseBuilder(workbench, here, undefined);
  assert.deepEqual(
    [here, there].map((each) => chosenBuilder(workbench, each)),
    [undefined, 'farm'],
  );
  // Whatever writes into the memory, no flag comes of it.
  values.set('builders.chosen', { '--context here': '--push' });
  assert.equal(chosenBuilder(workbench, here), undefined);

  const { DockerClient } = await import('@microsoft/vscode-container-client');
  const built = { ...engine, buildx: '0.38.2', client: new DockerClient('docker') } as Engine;
  const options = { context: '/c', dockerfile: '/c/Dockerfile', tag: 'x:1' };
  const { args } = await buildImage(built, { ...options, builder: 'far' });
  assert.deepEqual(args.slice(0, 4), ['buildx', 'build', '--builder', 'far']);
  assert.ok(!(await buildImage(built, options)).args.includes('--builder'));
});

test('what buildx says is told in sentences', () => {
  const said = {
    'ERROR: no builder "x" found': 'builder-gone',
    'ERROR: existing instance for "x" but no append mode, specify the node name': 'builder-exists',
    'ERROR: driver not running': 'builder-stopped',
    'ERROR: rpc error: code = Unimplemented desc = unknown method ListenBuildHistory for service moby.buildkit.v1.Control':
      'no-build-history',
    'unknown flag: --format': 'buildx-old',
    '#1 pulling image moby/buildkit:buildx-stable-1 done\nERROR: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host':
      'builder-image',
    '#1 [internal] waiting for connection\nERROR: context deadline exceeded': 'builder-silent',
    'ERROR: failed to call prune: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /nowhere/x.sock: connect: no such file or directory"':
      'builder-silent',
  };
  for (const [stderr, id] of Object.entries(said)) {
    const exit = { kind: 'exited', code: 1, file: 'docker', stdout: '', stderr } as const;
    assert.equal(explainFailure(exit, { step: 'It', tool: 'engine' }, builderPatterns).id, id, stderr);
  }
});
