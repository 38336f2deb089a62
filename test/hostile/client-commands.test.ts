// Values of variables are in nothing that is kept or shown, and no data from elsewhere makes a command mount, remove, push or
// log in without a question.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import { execute, executeFromElsewhere, screen } from '../engine/fake-vscode.ts';
import { answer, called, calls, context, failures, id, kept, nodesOf, record } from './client-world.ts';

describe('values of variables', () => {
  const secret = 'a value of 1 word';
  it('typed for a run are in no memory, log, terminal or command line', async () => {
    const asked: (string | undefined)[] = ['Environment', `MODE=${secret}`, '\r'];
    const labels: string[] = [];
    answer({ 'container run': { out: `${id}\n`, error: `bad variable ${secret}\n`, code: 1 } });
    screen.answer = ({ labels: all = [] }) => {
      labels.push(...all);
      return asked.shift();
    };
    await execute('wheelhouse.images.run', { ref: 'bikes:1' });
    const run = called().find((line) => line.startsWith('container run')) ?? '';
    assert.match(run, /--env-file \S+wheelhouse-env-/);
    assert.equal(failures.length, 1);
    assert.deepEqual(kept('run:bikes')?.constructor, Object);
    assert.deepEqual((kept('run:bikes') as { envNames: string[] }).envNames, ['MODE']);
    const seen = JSON.stringify([
      [...context.workspaceState.values],
      [...context.globalState.values],
      [...context.kept],
      screen.log,
      screen.shown,
      screen.terminals.map(({ text }) => text),
      failures,
      labels,
      run,
    ]);
    assert.ok(!seen.includes(secret));
    assert.match(seen, /MODE/);
  });

  it('kept by earlier versions are gone', () => {
    assert.deepEqual(kept('run:old'), { gpu: true, envNames: ['PASSWORD'] });
  });

  it('are hidden in what inspect shows, with their names', async () => {
    const Env = ['MODE=fast', 'HF_TOKEN=hf_abcdefghijklmnop', 'EMPTY='];
    const CreateCommand = [
      'podman',
      'run',
      '--env',
      'A=1x',
      '-eB=2x',
      '--env=C=3x',
      'img',
      'ghp_0123456789abcdef',
    ];
    answer({
      'container inspect': { out: JSON.stringify(record({ Config: { Image: 'b', Env, CreateCommand } })) },
    });
    await execute('wheelhouse.containers.inspect', { container: id });
    const text = screen.documents.at(-1) ?? '';
    assert.match(text, /MODE=\*\*\*/);
    assert.doesNotMatch(text, /fast|hf_abc|1x|2x|3x|ghp_0/);
    assert.match(text, /"-eB=\*\*\*"/);
  });
});

describe('a command with data from elsewhere', () => {
  const cases: readonly (readonly [command: string, data: object, question: RegExp, touched: RegExp])[] = [
    [
      'images.run',
      { image: 'bikes:1', mounts: [{ source: '/', destination: '/h' }] },
      /Run bikes:1/,
      /^container run/,
    ],
    ['images.run', { image: 'bikes:1', envFile: '/etc/passwd' }, /Run bikes:1/, /^container run/],
    ['images.remove', { image: 'bikes:1' }, /Remove the image bikes:1/, /^image rm|^rmi|^image remove/],
    ['images.push', { image: 'bikes:1', target: 'evil.example/x:1' }, /to evil\.example\/x:1/, /push|tag/],
    ['containers.remove', { container: id }, /Remove the container x/, /^container rm/],
    ['containers.remove', { container: id, force: true }, /Remove the container x/, /^container rm/],
    // As much like a node of ours as data can be.
    [
      'containers.remove',
      { container: id, id: 'a', icon: 'b', context: ';container;', value: { container: id } },
      /Remove the container x/,
      /^container rm/,
    ],
    ['registries.login', { registry: 'evil.example' }, /Log in to evil\.example/, /login/],
    ['registries.logout', { registry: 'ghcr.io' }, /Log out of ghcr\.io/, /logout/],
  ];
  for (const [command, data, question, touched] of cases) {
    it(`${command} ${JSON.stringify(data).slice(0, 60)} asks first, and takes no for an answer`, async () => {
      assert.equal(await executeFromElsewhere(`wheelhouse.${command}`, data), undefined);
      const [asked] = screen.shown;
      assert.equal(asked?.kind, 'modal');
      assert.match(asked?.text ?? '', question);
      assert.deepEqual(
        called().filter((line) => touched.test(line)),
        [],
      );
    });
  }

  it('goes on once the person has agreed', async () => {
    screen.press = ({ buttons }) => buttons[0];
    await executeFromElsewhere('wheelhouse.containers.remove', { container: id });
    assert.ok(called().some((line) => line.startsWith('container rm')));
  });

  it('a node of a view is removed after a question, which data from elsewhere does not get around', async () => {
    const [node] = await nodesOf('wheelhouse.containers');
    const handler = screen.commands.get('wheelhouse.containers.remove');
    await handler?.(node);
    assert.ok(!called().some((line) => line.startsWith('container rm')), 'It went before the answer.');
    screen.press = ({ buttons }) => buttons[0];
    await handler?.(node);
    assert.ok(called().some((line) => line.startsWith('container rm')));
    assert.equal(screen.shown.length, 2);
    // The same node as data is not ours.
    screen.press = () => undefined;
    screen.shown.length = 0;
    rmSync(calls);
    await executeFromElsewhere('wheelhouse.containers.remove', {
      ...node,
      details: undefined,
      container: id,
    });
    assert.deepEqual(
      screen.shown.map(({ kind }) => kind),
      ['modal'],
    );
  });

  it('cannot smuggle an option in the place of an image', async () => {
    for (const image of ['--volume=/:/host', '-v', '--privileged']) {
      for (const command of ['run', 'push', 'remove', 'tag', 'inspect'])
        await execute(`wheelhouse.images.${command}`, { image, command: ['alpine'] });
    }
    assert.ok(failures.every(({ id }) => id === 'invalid-reference') && failures.length === 15);
    assert.deepEqual(
      called().filter((line) => !/^(?:info|buildx)/.test(line)),
      [],
    );
  });
});
