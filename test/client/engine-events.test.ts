// The events here are lines as the engines print them; engines that fail on purpose are fakes.
import './register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventReader } from '../../client/src/engine/events.ts';
import type { Engine, EngineState } from '../../client/src/runtime/engine.ts';
import type { Exec } from '../../client/src/runtime/exec.ts';

const { createWatch } = await import('../../client/src/engine/watch.ts');
const { DockerClient } = await import('@microsoft/vscode-container-client');

const kinds = ['image', 'container', 'volume', 'network'];
const died = {
  Type: 'container',
  Action: 'die',
  Actor: { ID: 'c1', Attributes: { exitCode: '137', name: 'bikes-1' } },
  time: 1764221400,
  timeNano: 1764221400250000000,
};
const podmanTag = {
  ID: 'i1',
  Name: 'localhost/bikes:1',
  Status: 'tag',
  Time: '2025-11-27T05:30:00Z',
  Type: 'image',
};
const asLine = (event: unknown) => `${JSON.stringify(event)}\n`;

test('an event says of what it is, what happened and when, from Docker and from Podman', () => {
  assert.deepEqual(createEventReader(kinds)(asLine(died) + asLine(podmanTag)), [
    {
      kind: 'container',
      action: 'die',
      id: 'c1',
      name: 'bikes-1',
      at: new Date(1764221400250),
      exitCode: 137,
    },
    {
      kind: 'image',
      action: 'tag',
      id: 'i1',
      name: 'localhost/bikes:1',
      at: new Date('2025-11-27T05:30:00Z'),
    },
  ]);
});

test('volumes and networks are told by what engines call them', () => {
  const lines = [
    { Type: 'volume', Action: 'create', Actor: { ID: 'data', Attributes: { driver: 'local' } }, time: 1 },
    { Type: 'network', Action: 'connect', Actor: { ID: 'n1', Attributes: { container: 'c1', name: 'nn' } } },
    { Name: 'data', Status: 'remove', Time: '2025-11-27T05:30:00Z', Type: 'volume' },
    { ID: 'c1', Name: 'bikes', Status: 'disconnect', Time: '2025-11-27T05:30:00Z', Type: 'network' },
  ];
  const events = createEventReader(kinds)(lines.map(asLine).join(''));
  assert.deepEqual(
    events.map(({ kind, action, id }) => [kind, action, id]),
    [
      ['volume', 'create', 'data'],
      ['network', 'connect', 'n1'],
      ['volume', 'remove', 'data'],
      ['network', 'disconnect', 'c1'],
    ],
  );
});

test('a command that runs in a container, as each health check does, is no event of it; what a check comes to is', () => {
  const at = '2025-11-27T05:30:00Z';
  const lines = [
    { ID: 'c1', Name: 'bikes', Status: 'exec', Time: at, Type: 'container' },
    { ID: 'c1', Name: 'bikes', Status: 'exec_died', Time: at, Type: 'container' },
    { ...died, Action: 'exec_create: sh -c true' },
    { ID: 'c1', Name: 'bikes', Status: 'health_status', Time: at, Type: 'container' },
    { ...died, Action: 'health_status: unhealthy' },
  ];
  assert.deepEqual(
    createEventReader(kinds)(lines.map(asLine).join('')).map(({ action }) => action),
    ['health_status', 'health_status: unhealthy'],
  );
});

test('events come whole, wherever the output is cut', () => {
  const text = asLine(died) + asLine(podmanTag);
  for (let cut = 0; cut <= text.length; cut++) {
    const read = createEventReader(kinds);
    const events = [...read(text.slice(0, cut)), ...read(text.slice(cut))];
    assert.deepEqual(
      events.map(({ id }) => id),
      ['c1', 'i1'],
    );
  }
});

test('what is no event is left out, and those after it are read', () => {
  const read = createEventReader(kinds);
  const garbage = [
    '{',
    'null',
    '[]',
    '"container"',
    '{"Type":"container"}',
    '{"Type":7,"Actor":{"ID":"x"}}',
    '',
  ];
  const other = asLine({ ...died, Type: 'plugin' });
  assert.deepEqual(
    read(`${garbage.join('\n')}\n${other}${asLine(died)}`).map(({ id }) => id),
    ['c1'],
  );
  // A label of megabytes is not kept, and does not swallow its neighbour.
  const long = asLine({ ...died, Actor: { ID: 'long', Attributes: { label: 'x'.repeat(3_000_000) } } });
  const told = long.match(/.{1,65536}\n?/gs)?.flatMap((part) => read(part));
  assert.deepEqual(told, []);
  assert.equal(read(asLine(died)).length, 1);
});

/** An engine whose every process is played by `play`, and what was asked of it. */
function fakeEngine(play: (number: number) => { says?: string; stays?: boolean }) {
  const asked: { args: readonly string[]; at: number }[] = [];
  let listener: (state: EngineState) => void = () => {};
  const exec: Exec = ({ args }, { signal, onOutput } = {}) =>
    new Promise((resolve) => {
      asked.push({ args, at: Date.now() });
      const { says, stays } = play(asked.length);
      if (says) onOutput?.(says, 'stdout');
      const end = () => resolve({ kind: 'exited', code: 1, file: 'docker', stdout: '', stderr: '' });
      if (stays) signal?.addEventListener('abort', end);
      else end();
    });
  const access = {
    get: async () => ({ kind: 'docker', client: new DockerClient('docker') }) as unknown as Engine,
    forget() {},
    stillAnswers: async () => true,
    onDidChange: (told: typeof listener) => {
      listener = told;
    },
  };
  return { asked, exec, access, tell: (state: EngineState) => listener(state) };
}
const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

test('an engine that stops telling is asked again, less often each time, from the last that it told', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const engine = fakeEngine((number) => (number === 1 ? { says: asLine(died) } : {}));
  const release = createWatch(engine.exec, engine.access, () => {}).retain(['container']);
  for (let second = 0; second < 300; second++) {
    await turns();
    t.mock.timers.tick(1000);
  }
  release();
  const pauses = engine.asked.slice(1).map(({ at }, index) => at - (engine.asked[index]?.at ?? 0));
  assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  // At first from when somebody began to look: what happens before the process listens is not missed.
  const since = engine.asked.map(({ args }) => args[args.indexOf('--since') + 1]);
  assert.deepEqual(new Set(since), new Set(['0', '1764221400']));
  assert.equal(since[0], '0');
});

test('who finds the engine again is told at once, and nothing runs when nobody looks', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const engine = fakeEngine((number) => ({ stays: number > 1 }));
  const watch = createWatch(engine.exec, engine.access, () => {});
  const release = watch.retain(['image']);
  await turns();
  engine.tell('ready');
  await turns();
  assert.equal(engine.asked.length, 2);
  const other = watch.retain(['image']);
  await turns();
  assert.equal(engine.asked.length, 2);
  release();
  other();
  await turns();
  t.mock.timers.tick(600_000);
  await turns();
  assert.equal(engine.asked.length, 2);
});

test('the first thing is told at once, and a stream of them now and then', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let say = (_text: string) => {};
  const told: { count: number; at: number }[] = [];
  const engine = fakeEngine(() => ({ stays: true }));
  const exec: Exec = (command, options) => {
    say = (text) => options?.onOutput?.(text, 'stdout');
    return engine.exec(command, options);
  };
  const watch = createWatch(exec, engine.access, ({ length }) =>
    told.push({ count: length, at: Date.now() }),
  );
  const release = watch.retain(['container']);
  await turns();
  for (let ms = 0; ms < 1000; ms += 10) {
    if (ms < 500) for (let each = 0; each < 10; each++) say(asLine(died));
    t.mock.timers.tick(10);
  }
  release();
  assert.equal(
    told.reduce((sum, { count }) => sum + count, 0),
    500,
  );
  assert.deepEqual(
    told.map(({ at }) => at),
    [50, 450, 850],
  );
});
