// The store before an engine that answers as told: what is asked, how often, and what is kept of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResourceKind, Told } from '../../client/src/resources/kind.ts';
import { createResources } from '../../client/src/resources/store.ts';

type Thing = { readonly id: string; readonly state: string };

/** Things that change, and what was asked for. Each answer comes when `answer` is called, where it is held back. */
function scriptedEngine() {
  const things = new Map<string, string>();
  const asked: string[] = [];
  let waiting: (() => void)[] = [];
  let held = false;
  let fails = false;
  const say = async <T>(what: string, tell: () => T): Promise<T> => {
    asked.push(what);
    const answer = tell();
    if (held) await new Promise<void>((resolve) => waiting.push(resolve));
    if (fails) throw new Error('no engine');
    return answer;
  };
  const thing = (id: string): readonly Thing[] =>
    things.has(id) ? [{ id, state: things.get(id) ?? '' }] : [];
  return {
    things,
    asked,
    hold() {
      held = true;
    },
    fail(now: boolean) {
      fails = now;
    },
    answer() {
      held = false;
      for (const go of waiting) go();
      waiting = [];
    },
    /** Answers nothing that was asked until now, ever. */
    lose() {
      waiting = [];
    },
    all: () => say('all', () => [...things.keys()].flatMap(thing)),
    some: (ids: readonly string[]) => say(ids.join(), () => ids.flatMap(thing)),
    take: () => asked.splice(0),
  };
}
type Engine = ReturnType<typeof scriptedEngine>;

const shelf: ResourceKind<Thing, Engine> = {
  name: 'shelf',
  idOf: ({ id }) => id,
  all: (engine) => engine.all(),
  some: (engine, ids) => engine.some(ids),
};
const event = (id: string, kind = 'shelf'): Told => ({ kind, action: 'update', id });

function world(limitMs = 60_000) {
  const engine = scriptedEngine();
  for (const id of ['a', 'b', 'c']) engine.things.set(id, 'new');
  const resources = createResources(engine, { limitMs, tooLate: () => new Error('too late') });
  const states = async () => (await resources.all(shelf)).map(({ id, state }) => `${id} ${state}`).join();
  const happens = (id: string, state?: string) => {
    if (state === undefined) engine.things.delete(id);
    else engine.things.set(id, state);
    resources.changed(['shelf'], [event(id)]);
  };
  return { engine, resources, states, happens };
}
const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

test('while somebody retains it all is asked for once, then what events name, and nothing without them', async () => {
  const { engine, resources, states, happens } = world();
  resources.retain(shelf);
  assert.equal(await states(), 'a new,b new,c new');
  assert.equal(await states(), 'a new,b new,c new');
  assert.deepEqual(engine.take(), ['all']);
  happens('b', 'old');
  happens('a');
  happens('d', 'new');
  happens('b', 'older');
  assert.deepEqual(engine.take(), [], 'nobody reads');
  assert.equal(await states(), 'c new,b older,d new');
  assert.deepEqual(engine.take(), ['b,a,d']);
  resources.changed(['other'], [event('b', 'other')]);
  resources.changed(['other']);
  await states();
  assert.deepEqual(engine.take(), []);
  resources.changed(['shelf']);
  await states();
  assert.deepEqual(engine.take(), ['all']);
});

test('what nobody retains is not kept, nor what was read while nobody was told of changes', async () => {
  const { engine, resources, states } = world();
  await states();
  await states();
  assert.deepEqual(engine.take(), ['all', 'all']);
  const [one, other] = [resources.retain(shelf), resources.retain(shelf)];
  await states();
  one();
  one();
  engine.things.set('a', 'old');
  assert.equal(await states(), 'a new,b new,c new');
  other();
  assert.equal(await states(), 'a old,b new,c new');
  assert.deepEqual(engine.take(), ['all', 'all']);

  engine.hold();
  const again = resources.retain(shelf);
  const early = states();
  again();
  engine.things.set('a', 'unseen');
  resources.retain(shelf);
  engine.answer();
  await early;
  assert.equal(await states(), 'a unseen,b new,c new');
});

test('those who read at once share a load, and who comes after a change waits for one that tells of it', async () => {
  const { engine, resources, states, happens } = world();
  resources.retain(shelf);
  engine.hold();
  const before = [states(), states()];
  happens('a', 'old');
  const after = [states(), states()];
  happens('b', 'old');
  after.push(states());
  engine.answer();
  assert.deepEqual(await Promise.all(before), Array(2).fill('a new,b new,c new'));
  assert.deepEqual(new Set(await Promise.all(after)), new Set(['c new,a old,b old']));
  assert.deepEqual(engine.take(), ['all', 'a,b']);
});

test('a stream of events keeps nobody waiting for its end', async () => {
  const { engine, resources, states, happens } = world();
  resources.retain(shelf);
  await states();
  for (let round = 0; round < 5; round++) {
    happens('a', `${round}`);
    engine.hold();
    const read = states();
    await turns();
    happens('b', `${round}`);
    engine.answer();
    assert.match(await read, new RegExp(`a ${round}`));
  }
});

test('a load that fails forgets, so that what changed meanwhile is asked for as well', async () => {
  const { engine, resources, states, happens } = world();
  resources.retain(shelf);
  await states();
  engine.fail(true);
  happens('a', 'old');
  await assert.rejects(Promise.all([states(), states()]), /no engine/);
  engine.fail(false);
  engine.things.set('b', 'untold');
  happens('c', 'old');
  engine.take();
  assert.equal(await states(), 'a old,b untold,c old');
  assert.deepEqual(engine.take(), ['all']);
});

test('a load that hangs ends in time, and what it says later is not kept', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { engine, resources, states, happens } = world(1_000);
  resources.retain(shelf);
  engine.hold();
  const hangs = assert.rejects(states(), /too late/);
  happens('a', 'old');
  const waits = states();
  await turns();
  t.mock.timers.tick(1_000);
  await hangs;
  await turns();
  engine.things.set('b', 'newest');
  resources.invalidate(shelf);
  engine.answer();
  assert.equal(await waits, 'a old,b newest,c new');
  assert.equal(await states(), 'a old,b newest,c new');
});

test('who looks anew waits for no load that hangs, and those who wait for it get what is asked anew', async () => {
  const { engine, resources, states } = world();
  resources.retain(shelf);
  engine.hold();
  const first = states();
  await turns();
  engine.lose();
  engine.things.set('a', 'old');
  resources.changed(['shelf']);
  const second = states();
  await turns();
  engine.answer();
  assert.deepEqual(await Promise.all([first, second]), Array(2).fill('a old,b new,c new'));
});

test('of another engine nothing is told that the one before said', async () => {
  const { engine, resources, states, happens } = world();
  const changes: unknown[] = [];
  resources.onDidChange(shelf, (change) => changes.push(change));
  resources.retain(shelf);
  await states();
  engine.hold();
  happens('a', 'old');
  const read = states();
  await turns();
  engine.things.clear();
  engine.things.set('x', 'of another');
  resources.forget();
  resources.changed(['engine']);
  await turns();
  engine.answer();
  assert.equal(await read, 'x of another');
  assert.equal(await states(), 'x of another');
  assert.deepEqual(changes, ['all', 'all', 'all']);

  engine.hold();
  resources.changed(['shelf']);
  const late = states();
  engine.things.set('y', 'of a third');
  resources.forget();
  engine.answer();
  await late;
  assert.equal(await states(), 'x of another,y of a third');
});

test('an engine that is found gone while it is asked is not asked without end', async () => {
  const { engine, resources } = world();
  const gone: ResourceKind<Thing, Engine> = {
    ...shelf,
    async all() {
      engine.asked.push('all');
      resources.forget();
      throw new Error('no engine');
    },
  };
  resources.retain(gone);
  await assert.rejects(resources.all(gone), /no engine/);
  assert.deepEqual(engine.take(), ['all']);
});

test('listeners are told what was added, changed and removed, until they leave', async () => {
  const { resources, states, happens } = world();
  const changes: unknown[] = [];
  const leave = resources.onDidChange(shelf, (change) => changes.push(change));
  resources.retain(shelf);
  await states();
  happens('a', 'old');
  happens('b');
  happens('d', 'new');
  happens('never there');
  await states();
  leave();
  happens('a', 'older');
  await states();
  assert.deepEqual(changes, ['all', { added: ['d'], changed: ['a'], removed: ['b'] }]);
});

test('one is asked for by itself where nothing is known, and as it is now where a command names it', async () => {
  const { engine, resources, states, happens } = world();
  assert.deepEqual(await resources.one(shelf, 'a'), { id: 'a', state: 'new' });
  assert.equal(await resources.one(shelf, 'z'), undefined);
  assert.deepEqual(engine.take(), ['a', 'z']);
  resources.retain(shelf);
  await states();
  engine.take();
  engine.things.set('a', 'untold');
  assert.deepEqual(await resources.one(shelf, 'a'), { id: 'a', state: 'new' });
  const named = (id: string) => resources.now(shelf, (all) => [all.find((thing) => thing.id === id)]);
  assert.deepEqual(await named('a'), [{ id: 'a', state: 'untold' }]);
  assert.deepEqual(engine.take(), ['a']);
  engine.things.set('fresh', 'untold');
  assert.deepEqual(await named('fresh'), [{ id: 'fresh', state: 'untold' }]);
  engine.things.delete('fresh');
  assert.deepEqual(await named('fresh'), [undefined]);
  assert.deepEqual(await named('never'), [undefined]);
  happens('b', 'old');
  assert.deepEqual(await resources.one(shelf, 'b'), { id: 'b', state: 'old' });
});

test('kinds say what else changes them, and may know of no way but to ask for all', async () => {
  const { engine, resources } = world();
  let given: ReadonlyMap<string, Thing> | undefined;
  const board: ResourceKind<Thing, Engine> = {
    name: 'board',
    idOf: ({ id }) => id,
    all: async (engine, known) => {
      given = known;
      return engine.all();
    },
    some: async () => undefined,
    follows: ['shelf', 'wall'],
    touched: ({ kind, id, container }) => (kind === 'shelf' ? [id] : container ? [container] : []),
  };
  resources.retain(board);
  await resources.all(board);
  engine.take();
  resources.changed(['wall'], [event('w', 'wall')]);
  await resources.all(board);
  assert.deepEqual(engine.take(), []);
  resources.changed(['wall'], [{ ...event('w', 'wall'), container: 'a' }]);
  await resources.all(board);
  assert.deepEqual(engine.take(), ['all']);
  assert.equal(given?.size, 3, 'what is known need not be asked for');
  resources.changed(['wall']);
  await resources.all(board);
  assert.equal(given, undefined, 'anything may have changed');
});

test('who draws gets what a list tells before all is asked for, once; then all, and what is known afterwards', async () => {
  const { engine, resources, happens } = world();
  let lists = 0;
  const listing: ResourceKind<Thing, Engine> = {
    ...shelf,
    async all(port, _known, soon) {
      if (soon) lists++;
      soon?.([...port.things.keys()].map((id) => ({ id, state: 'listed' })));
      return port.all();
    },
  };
  const words = (things: readonly Thing[]) => things.map(({ id, state }) => `${id} ${state}`).join();
  await resources.all(listing);
  resources.retain(listing);
  engine.take();
  engine.hold();
  const [first, again] = await Promise.all([resources.first(listing), resources.first(listing)]);
  assert.deepEqual([words(first.things), words(again.things)], Array(2).fill('a listed,b listed,c listed'));
  // Whoever decides by it waits for all.
  const whole = resources.all(listing);
  engine.answer();
  assert.equal(words((await first.rest) ?? []), 'a new,b new,c new');
  assert.equal(words(await whole), 'a new,b new,c new');
  assert.deepEqual(engine.take(), ['all']);
  assert.equal(lists, 1, 'who draws nothing needs no list');
  happens('a', 'old');
  const later = await resources.first(listing);
  assert.deepEqual([words(later.things), later.rest], ['b new,c new,a old', undefined]);

  // What was listed before something happened does not tell of it.
  resources.forget();
  engine.hold();
  const early = await resources.first(listing);
  happens('b', 'older');
  const late = resources.first(listing);
  await turns();
  engine.answer();
  assert.equal(words((await late).things), 'a old,c new,b older');
  await early.rest;

  resources.forget();
  engine.fail(true);
  const listed = await resources.first(listing);
  assert.equal(listed.things.length, 3);
  await assert.rejects(listed.rest ?? assert.fail(), /no engine/);
});

test('who draws gets all at once where no list tells more, and is told what failed', async () => {
  const { engine, resources } = world();
  const first = await resources.first(shelf);
  assert.deepEqual([first.things.length, first.rest], [3, undefined]);
  engine.fail(true);
  await assert.rejects(resources.first(shelf), /no engine/);
});
