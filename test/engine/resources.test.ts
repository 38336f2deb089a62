// The store before a real engine: what it holds after events is what the command line lists, and each event asks for no more.
import '../client/register-vscode.ts';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EngineUser } from '../../client/src/engine/connection.ts';
import type { EngineEvent } from '../../client/src/engine/events.ts';
import { followedBy, type ResourceKind } from '../../client/src/resources/kind.ts';
import { createResources } from '../../client/src/resources/store.ts';
import { type Command, exec } from '../../client/src/runtime/exec.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { eventually } from './fake-vscode.ts';

const { createWatch } = await import('../../client/src/engine/watch.ts');
const { containers } = await import('../../client/src/engine/containers.ts');
const { images } = await import('../../client/src/engine/images.ts');
const { networks } = await import('../../client/src/engine/networks.ts');
const { uses } = await import('../../client/src/engine/uses.ts');
const { volumes } = await import('../../client/src/engine/volumes.ts');
const { createEngineAccess } = await import('../../client/src/runtime/engine.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const prefix = `wh-s-${process.pid}`;
let release = () => {};

const engine = createEngineAccess(exec, () => ({ engine: 'docker', dockerPath: '', podmanPath: '' }));
const user: EngineUser = {
  engine,
  async run<T>(command: Command<T>): Promise<T> {
    const exit = await exec(command);
    assert.ok(exit.kind === 'exited' && exit.code === 0, exit.stderr);
    return (await command.parse?.(exit.stdout, exit.stderr)) as T;
  },
};
const asked: string[] = [];
/** The same, noting what is asked for. */
const noted = <T>(kind: ResourceKind<T, EngineUser>): ResourceKind<T, EngineUser> => ({
  ...kind,
  all(port, known) {
    asked.push(`${kind.name}: ${known ? 'list' : 'all'}`);
    return kind.all(port, known);
  },
  ...(kind.some && {
    some(port, ids) {
      for (const id of ids) asked.push(`${kind.name}: ${id}`);
      return kind.some?.(port, ids) as Promise<readonly T[]>;
    },
  }),
});
const kinds = {
  containers: noted(containers),
  images: noted(images),
  networks: noted(networks),
  uses: noted(uses),
  volumes: noted(volumes),
};

async function docker(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('docker', args);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}
const lines = async (...args: string[]) => new Set((await docker(...args)).split('\n').filter(Boolean));

before(() => {
  if (parts.engine) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  release();
  if (skip) return;
  for (const [list, remove] of [
    [
      ['ps', '--all', '--quiet', '--filter', `name=${prefix}`],
      ['rm', '--force', '--volumes'],
    ],
    [
      ['volume', 'ls', '--quiet', '--filter', `name=${prefix}`],
      ['volume', 'rm'],
    ],
    [
      ['network', 'ls', '--quiet', '--filter', `name=${prefix}`],
      ['network', 'rm'],
    ],
    [['images', '--format', '{{.Repository}}:{{.Tag}}', prefix], ['rmi']],
  ] as const) {
    const left = await lines(...list);
    if (left.size) await docker(...remove, ...left);
  }
});

test(
  'what is known after events is what the command line lists, and each asks for its thing alone',
  limits,
  async () => {
    const resources = createResources(user, { limitMs: 60_000, tooLate: () => new Error('too late') });
    resources.retain(...Object.values(kinds));
    let told: EngineEvent[] = [];
    const watch = createWatch(exec, engine, (events) => {
      told.push(...events);
      resources.changed([], events);
    });
    release = watch.retain(Object.values(kinds).flatMap(followedBy));
    const heard = async (...wanted: string[]) => {
      for (const each of wanted)
        await eventually(() => told.find(({ kind, action }) => `${kind} ${action}` === each));
      told = [];
      asked.length = 0;
    };
    const isSo = async () => {
      // Others may use the engine at the same time.
      const ours = (name: string) => name.startsWith(prefix);
      const mine = (await resources.all(kinds.containers)).filter(({ name }) => ours(name));
      const users = (await resources.all(kinds.uses)).filter(({ name }) => ours(name));
      const tags = (await resources.all(kinds.images)).flatMap(({ id, tags }) =>
        tags.flatMap((tag) => (ours(tag) ? `${id} ${tag}` : [])),
      );
      const known = {
        containers: new Set(mine.map(({ id, status }) => `${id} ${status}`)),
        tags: new Set(tags),
        volumes: new Set((await resources.all(kinds.volumes)).map(({ name }) => name).filter(ours)),
        networks: new Set(
          (await resources.all(kinds.networks)).flatMap(({ id, name }) => (ours(name) ? id : [])),
        ),
        uses: new Set(
          users.flatMap(({ id, networks, volumes }) =>
            [...networks, ...volumes].map(({ name }) => `${id} ${name}`),
          ),
        ),
      };
      const filter = `--filter=name=${prefix}`;
      const ids = await lines('ps', '--all', '--quiet', '--no-trunc', filter);
      const used =
        '{{range $k, $v := .NetworkSettings.Networks}}{{$.Id}} {{$k}}\n{{end}}{{range .Mounts}}{{if .Name}}{{$.Id}} {{.Name}}\n{{end}}{{end}}';
      const each = async (format: string) =>
        ids.size ? lines('inspect', '--format', format, ...ids) : new Set();
      assert.deepEqual(known, {
        containers: await each('{{.Id}} {{.State.Status}}'),
        tags: await lines('images', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}', prefix),
        volumes: await lines('volume', 'ls', '--quiet', filter),
        networks: await lines('network', 'ls', '--quiet', '--no-trunc', filter),
        uses: await each(used),
      });
    };
    const asksFor = (kind: string, id: string) => {
      assert.ok(asked.includes(`${kind}: ${id}`), asked.join());
      assert.deepEqual(
        asked.filter((each) => /^(?:container|image): all$/.test(each)),
        [],
      );
    };
    await isSo();
    assert.deepEqual(asked.sort(), [
      'container: all',
      'image: all',
      'network: all',
      'use: all',
      'volume: all',
    ]);

    await docker('volume', 'create', `${prefix}-data`);
    await heard('volume create');
    await isSo();
    asksFor('volume', `${prefix}-data`);

    const network = await docker('network', 'create', `${prefix}-lan`);
    await heard('network create');
    await isSo();
    asksFor('network', network);

    const id = await docker(
      'create',
      `--name=${prefix}-one`,
      `--volume=${prefix}-data:/data`,
      image,
      'sleep',
      '100',
    );
    await heard('container create');
    await isSo();
    asksFor('container', id);
    asksFor('use', id);

    await docker('start', id);
    await heard('container start');
    await isSo();
    // Of one that does not run Docker tells nothing.
    await docker('network', 'connect', network, id);
    await heard('network connect');
    await isSo();
    asksFor('use', id);
    await docker('kill', id);
    await heard('container die');
    await isSo();
    await docker('rm', id);
    await heard('container destroy');
    await isSo();

    // A name that moves from one image to another is told of one of them.
    const [one, other] = ['one', 'other'].map((tag) => `${prefix}:${tag}`) as [string, string];
    const made = await docker('create', `--name=${prefix}-commit`, image, 'true');
    await heard('container create');
    await docker('tag', image, one);
    await heard('image tag');
    await docker('commit', made, other);
    await heard('image tag');
    await isSo();
    asked.length = 0;
    await docker('tag', other, one);
    await heard('image tag');
    await isSo();
    assert.ok(asked.includes('image: list'));
  },
);
