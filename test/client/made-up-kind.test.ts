// A kind of things that engines do not have: what it takes to follow, keep and show it is all in this file, which stands
// for the folder of a capability and for its line in extension.ts.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { EngineUser } from '../../client/src/engine/connection.ts';
import type { ResourceKind } from '../../client/src/resources/kind.ts';
import type { Workbench } from '../../client/src/ui/workbench.ts';
import { createContext, eventually, screen } from '../engine/fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');

type Shelf = { readonly id: string; readonly books: number };

const shelves: ResourceKind<Shelf, EngineUser> = {
  name: 'shelf',
  idOf: ({ id }) => id,
  all: (user) => ask(user, []),
  some: (user, ids) => ask(user, ids),
};

async function ask(user: EngineUser, ids: readonly string[]): Promise<readonly Shelf[]> {
  const { file } = await user.engine.get();
  const parse = (stdout: string) => JSON.parse(stdout) as readonly Shelf[];
  return user.run({ file, args: ['shelf', 'ls', ...ids], parse }, { step: 'Listing', tool: 'engine' });
}

function registerShelves(workbench: Workbench): void {
  workbench.tree('wheelhouse.shelves', [shelves], async () =>
    (await workbench.resources.all(shelves)).map(({ id, books }) => ({
      id: `shelf:${id}`,
      label: id,
      description: `${books}`,
      icon: 'library',
      context: ';shelf;',
    })),
  );
}

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-shelves-'));
const [things, calls, told] = ['things', 'calls', 'told'].map((name) => path.join(folder, name)) as [
  string,
  string,
  string,
];
const info = JSON.stringify({ ServerVersion: '28', OSType: 'linux', Architecture: 'x86_64' });
/** An engine that has shelves, and tells of them once a file is there that says so. */
const program = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, rmSync } = require('node:fs');
const [verb, ...args] = process.argv.slice(2);
appendFileSync(${JSON.stringify(calls)}, [verb, ...args].join(' ') + '\\n');
if (verb === 'info') console.log(${JSON.stringify(info)});
if (verb === 'shelf') {
  const all = JSON.parse(readFileSync(${JSON.stringify(things)}, 'utf8'));
  console.log(JSON.stringify(all.filter(({ id }) => args.length < 2 || args.includes(id))));
}
if (verb === 'events')
  setInterval(() => {
    if (!existsSync(${JSON.stringify(told)})) return;
    process.stdout.write(readFileSync(${JSON.stringify(told)}, 'utf8'));
    rmSync(${JSON.stringify(told)});
  }, 20);
`;
writeFileSync(path.join(folder, 'docker'), program);
chmodSync(path.join(folder, 'docker'), 0o755);
process.env.PATH = `${folder}${path.delimiter}${process.env.PATH}`;

const workbench = createWorkbench(createContext() as never);
registerShelves(workbench);
const view = () => screen.trees.get('wheelhouse.shelves') ?? assert.fail();
after(() => {
  view().see(false);
  rmSync(folder, { recursive: true });
});

test('a new kind is followed, kept and shown with no edit of ui/, engine/ or resources/', async () => {
  const be = (...now: readonly Shelf[]) => writeFileSync(things, JSON.stringify(now));
  const shown = async () =>
    ((await view().provider.getChildren()) as { label: string; description: string }[]).map(
      ({ label, description }) => `${label} ${description}`,
    );
  const asked = () =>
    readFileSync(calls, 'utf8')
      .split('\n')
      .filter((call) => call.startsWith('shelf'));
  be({ id: 'a', books: 1 }, { id: 'b', books: 1 });
  view().see(true);
  assert.deepEqual(await shown(), ['a 1', 'b 1']);
  assert.deepEqual(await shown(), ['a 1', 'b 1']);
  assert.deepEqual(asked(), ['shelf ls']);
  await eventually(() => (readFileSync(calls, 'utf8').includes('type=shelf') ? true : undefined));

  be({ id: 'a', books: 2 }, { id: 'b', books: 2 });
  const drawn = view().redrawn.length;
  writeFileSync(
    told,
    `${JSON.stringify({ Type: 'shelf', Action: 'update', Actor: { ID: 'b' }, time: 1 })}\n`,
  );
  await eventually(() => (view().redrawn.length > drawn ? true : undefined));
  assert.deepEqual(new Set(await shown()), new Set(['a 1', 'b 2']));
  assert.deepEqual(asked(), ['shelf ls', 'shelf ls b']);

  workbench.changed('shelf');
  assert.deepEqual(await shown(), ['a 2', 'b 2']);
  view().see(false);
  const before = asked().length;
  await workbench.resources.all(shelves);
  await workbench.resources.all(shelves);
  assert.equal(asked().length, before + 2, 'kept while nobody looks');
});
