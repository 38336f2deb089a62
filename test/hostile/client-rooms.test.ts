// Volumes and networks: what an engine says of them may hold anything, and no data from elsewhere makes a command change them
// without a question.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { execute, executeFromElsewhere, screen } from '../engine/fake-vscode.ts';
import { answer, called, failures, id, nodesOf, record, treeOf, workbench } from './client-world.ts';

const { registerVolumes } = await import('../../client/src/volumes/commands.ts');
const { registerNetworks } = await import('../../client/src/networks/commands.ts');
registerVolumes(workbench);
registerNetworks(workbench);

const volume = { Name: 'data', Driver: 'local', Mountpoint: '/m' };
const network = { Id: id, Name: 'lan', Driver: 'bridge' };
const inNetwork = { State: { Status: 'running' }, NetworkSettings: { Networks: { lan: {} } } };
const told = (volumes: string, networks: string, container: object = {}) =>
  answer({
    'volume ls': { out: volumes },
    'network ls': { out: id },
    'network inspect': { out: networks },
    'container inspect': { out: JSON.stringify(record(container)) },
  });
beforeEach(() => told(JSON.stringify(volume), JSON.stringify(network)));

describe('a command with data from elsewhere', () => {
  const cases: readonly (readonly [command: string, data: object, container: object, question: RegExp])[] = [
    ['volumes.remove', { volume: 'data' }, {}, /Remove the volume data/],
    [
      'volumes.remove',
      { id: 'a', context: ';volume;', value: { volume: 'data' }, volume: 'data' },
      {},
      /data/,
    ],
    ['volumes.prune', { anonymous: false }, {}, /Remove the volume data/],
    ['networks.remove', { network: 'lan' }, {}, /Remove the network lan/],
    ['networks.prune', {}, {}, /Remove the network lan/],
    [
      'networks.disconnect',
      { network: 'lan', container: 'x' },
      inNetwork,
      /x is running\. Disconnect it from lan/,
    ],
  ];
  for (const [command, data, container, question] of cases) {
    it(`${command} ${JSON.stringify(data)} asks first, and takes no for an answer`, async () => {
      told(JSON.stringify(volume), JSON.stringify(network), container);
      assert.equal(await executeFromElsewhere(`wheelhouse.${command}`, data), undefined);
      const [asked] = screen.shown;
      assert.equal(asked?.kind, 'modal', JSON.stringify(failures));
      assert.match(asked?.text ?? '', question);
      assert.deepEqual(
        called().filter((line) => /^(?:volume rm|network (?:rm|disconnect))/.test(line)),
        [],
      );
    });
  }

  it('cannot smuggle an option in the place of a name', async () => {
    for (const name of ['--opt=device=/', '-d', '']) {
      for (const room of ['volumes', 'networks']) await execute(`wheelhouse.${room}.create`, { name });
      await execute('wheelhouse.volumes.remove', { volume: name });
      await execute('wheelhouse.networks.connect', { network: name, container: name });
    }
    assert.equal(failures.length, 12);
    assert.deepEqual(
      called().filter((line) => /^(?:volume|network) (?!ls|inspect)/.test(line)),
      [],
    );
  });
});

describe('what an engine answers', () => {
  const texts = [
    '[x](command:workbench.action.quit)',
    '$(sync~spin)',
    'a\u001b[31mb\u0007',
    'exe\u202egpj',
    '`` ` ``` <img src=x>',
    'x'.repeat(600_000),
    '',
  ];
  const live = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)|\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
  for (const text of texts) {
    it(`is inert in both views: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      told(
        JSON.stringify({ Name: text, Driver: text, Mountpoint: text, Labels: { [text]: text } }),
        JSON.stringify({
          Id: text,
          Name: text,
          Driver: text,
          Labels: { [text]: text },
          IPAM: { Config: [{ Subnet: text }] },
        }),
        {
          Name: `/${text}`,
          Mounts: [{ Type: 'volume', Name: text, Destination: text }],
          NetworkSettings: { Networks: { [text]: { IPAddress: text } } },
        },
      );
      for (const view of ['wheelhouse.volumes', 'wheelhouse.networks']) {
        const { provider } = treeOf(view);
        const [node] = await nodesOf(view);
        assert.ok(node);
        for (const each of [node, ...((await provider.getChildren(node)) as (typeof node)[])]) {
          const item = provider.getTreeItem(each) as Record<string, { value: string } & string>;
          for (const part of [item.label, item.description]) {
            assert.doesNotMatch(String(part), live);
            assert.doesNotMatch(String(part), /[\p{Cc}\p{Bidi_Control}]/u);
            assert.ok(String(part).length < 5_000);
          }
          assert.doesNotMatch(item.tooltip?.value ?? '', /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
          assert.ok((item.tooltip?.value.length ?? 0) < 30_000);
        }
      }
    });
  }

  for (const out of [
    '{"Name":',
    '[[[[]]]]',
    'null',
    '1',
    'Cannot say',
    '{"Name":1}',
    '{}\n'.repeat(100_000),
  ]) {
    it(`that is none is said, and shows nothing: ${out.slice(0, 12)}`, async () => {
      told(out, out);
      for (const view of ['wheelhouse.volumes', 'wheelhouse.networks']) {
        for (const { context, label } of await nodesOf(view)) {
          assert.equal(context, ';failed;');
          assert.doesNotMatch(label, /SyntaxError|Zod|Unexpected|undefined|expected/);
        }
      }
    });
  }
});
