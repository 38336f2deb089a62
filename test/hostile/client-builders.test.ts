// Builders: what buildx says of them and of builds, which strangers named, may hold anything; and no data from elsewhere
// changes one without a question.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { execute, executeFromElsewhere, screen } from '../engine/fake-vscode.ts';
import { answer, called, failures, nodesOf, treeOf, workbench } from './client-world.ts';

const { registerBuilders } = await import('../../client/src/builders/commands.ts');
registerBuilders(workbench);

const view = 'wheelhouse.builders';
const farm = { Name: 'farm', Driver: 'docker-container', Nodes: [{ Name: 'farm0', Status: 'running' }] };
const told = (builders: string, builds = '', log = '') => {
  answer({
    'buildx version': { out: 'github.com/docker/buildx v0.38.2 abc' },
    'buildx ls': { out: builders },
    'buildx du': { out: 'Reclaimable:\t1.5GB\nTotal:\t2GB\n' },
    'buildx history ls': { out: builds },
    'buildx history logs': { error: log },
    'buildx inspect': { out: log },
  });
  workbench.engine.forget();
};
const changing = () =>
  called().filter((line) => /^buildx (?:create|rm|stop|prune|use|build|inspect --bootstrap)/.test(line));
beforeEach(() => told(JSON.stringify(farm)));

describe('a command with data from elsewhere', () => {
  for (const [command, data, question] of [
    ['use', { builder: 'farm' }, /Build with farm in this workspace/],
    ['create', { name: 'x' }, /Create the builder x/],
    ['prune', { builder: 'farm' }, /Prune the build cache of farm/],
    ['remove', { builder: 'farm' }, /Remove the builder farm/],
    [
      'remove',
      { context: ';builder;', value: { builder: 'farm' }, builder: 'farm' },
      /Remove the builder farm/,
    ],
  ] as const)
    it(`${command} ${JSON.stringify(data)} asks first, and takes no for an answer`, async () => {
      assert.equal(await executeFromElsewhere(`wheelhouse.builders.${command}`, data), undefined);
      const [asked] = screen.shown;
      assert.equal(asked?.kind, 'modal', JSON.stringify(failures));
      assert.match(asked?.text ?? '', question);
      assert.deepEqual(changing(), []);
    });

  it('cannot smuggle an option in the place of a name', async () => {
    for (const name of ['--driver-opt=image=x', '-D', '', 'a b', 'farm/../x']) {
      await execute('wheelhouse.builders.create', { name });
      for (const verb of ['use', 'start', 'stop', 'prune', 'remove'])
        await execute(`wheelhouse.builders.${verb}`, { builder: name });
    }
    assert.equal(failures.length, 30);
    assert.deepEqual(changing(), []);
  });
});

describe('what buildx answers', () => {
  const live = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)|\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
  for (const text of [
    '[x](command:workbench.action.quit)',
    '$(sync~spin)',
    'a\u001b[31mb\u0007',
    'exe\u202egpj',
    '`` ` ``` <img src=x>',
    'x'.repeat(600_000),
    '',
  ])
    it(`is inert: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const node = { Name: text, Endpoint: text, Status: 'running', Version: text, Platforms: [text] };
      const failing = { Name: `${text}2`, Driver: text, Err: text, Nodes: [{ ...node, Err: text }] };
      told(
        [{ Name: text, Driver: text, Nodes: [{ ...node, Name: `n${text}` }] }, failing]
          .map((each) => JSON.stringify(each))
          .join('\n'),
        JSON.stringify({
          ref: 'farm/farm0/abc',
          name: text,
          status: text,
          created_at: '2026-01-01T00:00:00Z',
        }),
      );
      const { provider } = treeOf(view);
      const look = async (nodes: Awaited<ReturnType<typeof nodesOf>>, depth: number): Promise<number> => {
        let count = 0;
        for (const each of nodes) {
          const item = provider.getTreeItem(each) as Record<string, { value: string } & string>;
          for (const part of [item.label, item.description]) {
            assert.doesNotMatch(String(part), live);
            assert.doesNotMatch(String(part), /[\p{Cc}\p{Bidi_Control}]/u);
            assert.ok(String(part).length < 5_000);
          }
          assert.doesNotMatch(item.tooltip?.value ?? '', /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
          assert.ok((item.tooltip?.value.length ?? 0) < 30_000);
          count +=
            1 + (depth ? await look((await provider.getChildren(each)) as typeof nodes, depth - 1) : 0);
        }
        return count;
      };
      // Two builders, their nodes, the group of builds of that which runs, and its build.
      assert.ok((await look(await nodesOf(view), 2)) >= 5);
    });

  for (const out of ['{"Name":', '[[[[]]]]', 'null', '1', 'Cannot say', '{"Name":1}', '{}\n'.repeat(100_000)])
    it(`that is none is said, and shows nothing: ${out.slice(0, 12)}`, async () => {
      told(out);
      for (const { context, label } of await nodesOf(view)) {
        assert.equal(context, ';failed;');
        assert.doesNotMatch(label, /SyntaxError|Zod|Unexpected|undefined|expected/);
      }
    });

  it('steers no terminal and tells no token in a log that is opened', async () => {
    const token = `ghp_${'a1'.repeat(18)}`;
    const build = {
      ref: 'farm/farm0/abc',
      name: '../../etc/x',
      status: 'Completed',
      created_at: '2026-01-01T00:00:00Z',
      completed_at: '2026-01-01T00:00:01Z',
    };
    told(JSON.stringify(farm), JSON.stringify(build), `#1 \u001b[31mred\u001b[0m ${token}\n`);
    await execute('wheelhouse.builders.openLog', { build: 'farm/farm0/abc' });
    assert.deepEqual(screen.documents, ['#1 red ***\n']);
    await execute('wheelhouse.builders.inspect', { builder: 'farm' });
    assert.ok(!screen.documents.at(-1)?.includes(token));
    assert.ok(!screen.log.join('\n').includes(token));
  });
});
