import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

type Entry = { command?: string; submenu?: string; when?: string; group?: string };

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const menus: Record<string, Entry[]> = manifest.contributes.menus;

/** What a menu shows for a row with these flags, however many are selected. */
function shown(menu: string, view: string, flags: string): Entry[] {
  const holds = (condition: string): boolean => {
    const [, not] = /^!\((.+)\)$/.exec(condition) ?? [];
    if (not) return !holds(not);
    const [, name, operator, value] = /^(\w+) (==|=~) (.+)$/.exec(condition) ?? [];
    const is = name === 'view' ? `wheelhouse.${view}` : flags;
    return operator === '==' ? is === value : new RegExp(value?.slice(1, -1) ?? '$.').test(is);
  };
  return (menus[menu] ?? []).filter(
    ({ when = '', group = '' }) => !group.startsWith('inline') && when.split(' && ').every(holds),
  );
}

const rows: [string, string, string, number][] = [
  ['a container that runs', 'containers', ';container;running;shell;port;compose;', 12],
  ['one with Jupyter', 'containers', ';container;running;shell;port;jupyter;compose;', 13],
  ['a container that has ended', 'containers', ';container;stopped;compose;', 9],
  ['a Compose project', 'containers', ';group;somestopped;somerunning;composeproject;', 6],
  ['an image', 'images', ';image;tagged;', 10],
];

for (const [what, view, flags, most] of rows) {
  test(`the menu of ${what} can be read at a glance, and its submenus hold something`, () => {
    const top = shown('view/item/context', view, flags);
    assert.ok(top.length > 4 && top.length <= most, `${top.length} entries`);
    for (const { submenu } of top) if (submenu) assert.ok(shown(submenu, view, flags).length > 1, submenu);
  });
}

test('a submenu is opened at every row for which one of its entries is meant', () => {
  const below = menus['view/item/context']?.flatMap(({ submenu }) => submenu ?? []) ?? [];
  assert.ok(below.length > 4);
  for (const [, view, flags] of [...rows, ['', 'images', ';image;', 0] as const]) {
    const opened = shown('view/item/context', view, flags).map(({ submenu }) => submenu);
    for (const submenu of below)
      if (shown(submenu, view, flags).length) assert.ok(opened.includes(submenu), `${submenu} at ${flags}`);
  }
});

test('what is not up has what it is for in its menu itself', () => {
  for (const flags of [';composefile;', ';composeservice;'])
    assert.deepEqual(
      shown('view/item/context', 'containers', flags).map(({ command, submenu }) => command ?? submenu),
      ['up', 'pull', 'build', 'openFile'].map((name) => `wheelhouse.compose.${name}`),
    );
});

test('what Compose does with a project is in no two menus of its row', () => {
  const flags = ';group;somestopped;somerunning;';
  const titlesOf = (of: string) =>
    shown('view/item/context', 'containers', of).map(({ command, submenu }) => command ?? submenu);
  assert.deepEqual(
    titlesOf(flags),
    ['logsAll', 'startAll', 'stopAll', 'restartAll', 'removeAll'].map(
      (name) => `wheelhouse.containers.${name}`,
    ),
  );
  assert.deepEqual(
    titlesOf(`${flags}composeproject;`).toSorted(),
    [
      ...['logs', 'stop', 'up'].map((name) => `wheelhouse.compose.${name}`),
      ...['composeMenu', 'removeAll', 'startAll'].map((name) => `wheelhouse.containers.${name}`),
    ].toSorted(),
  );
});

test('an entry is in one menu of a row alone', () => {
  for (const [, view, flags] of rows) {
    const all = shown('view/item/context', view, flags).flatMap(({ command, submenu }) =>
      submenu ? shown(submenu, view, flags).map((entry) => entry.command) : command,
    );
    assert.deepEqual(
      all.filter((command, at) => all.indexOf(command) !== at),
      [],
    );
  }
});

/** What the palette offers, by its titles there, with what a command is offered under. */
const titles: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../package.nls.json', import.meta.url), 'utf8'),
);
const hidden = new Map((menus.commandPalette ?? []).map(({ command, when }) => [command, when]));
const offered = (manifest.contributes.commands as { command: string; title: string }[])
  .filter(({ command }) => hidden.get(command) !== 'false')
  .map(({ command, title }) => ({ command, title: titles[title.replaceAll('%', '')] ?? title }));

test('a title says in the palette, where no row says it, what it does something with', () => {
  assert.ok(offered.length > 90);
  // What Wheelhouse knows in VS Code, and nothing else has there.
  const things =
    /\b(?:Images?|Containers?|Volumes?|Networks?|Builders?|Contexts?|Registr(?:y|ies)|Wheels?|Python Project|Dockerfile|Container Files|Files?|Folder|Inside|Builds?|Platforms|Compose|Lock File|Logs|Shell|Browser|Jupyter|Command|VS Code|Run Command|Processes|Environment|Disk Space|Recent Work|Changes|Language Server)\b/;
  assert.deepEqual(
    offered.filter(({ title }) => !things.test(title.replace('…', ''))).map(({ title }) => title),
    [],
  );
  // Two rooms name a thing differently, or one could not tell their commands apart.
  const all = offered.map(({ title }) => title);
  assert.deepEqual(
    all.filter((title, at) => all.indexOf(title) !== at),
    [],
  );
  assert.ok(all.some((title) => /\bPrune\b/.test(title) && /\bDisk Space\b/.test(title)));
});

test('Clear Filter is in the palette where a filter is set', () => {
  const rooms = offered.flatMap(({ command }) => /^wheelhouse\.(\w+)\.clearFilter$/.exec(command)?.[1] ?? []);
  assert.equal(rooms.length, 4);
  // The context that a view tells (test/client/arranged.test.ts).
  for (const room of rooms)
    assert.equal(hidden.get(`wheelhouse.${room}.clearFilter`), `wheelhouse.filtered.${room}`);
});

test('no entry is missing at a row because others are selected', () => {
  const all = Object.values(menus).flat();
  assert.ok(all.length > 50);
  assert.deepEqual(
    all.filter(({ when }) => when?.includes('listMultiSelection')),
    [],
  );
});

test('the palette has nothing that means only a row, and one Refresh for all that the engine has', () => {
  const ids = offered.map(({ command }) => command);
  const ofRows = /\.(?:copy(?:Name|Id|Digest|Path|Reference)|newFile|newFolder|rename|uploadFolder)$/;
  assert.deepEqual(
    ids.filter((id) => ofRows.test(id)),
    ['wheelhouse.containers.rename'],
  );
  assert.deepEqual(ids.flatMap((id) => /^wheelhouse\.(\w+)\.refresh$/.exec(id)?.[1] ?? []).sort(), [
    'containers',
    'contexts',
    'registries',
    'wheels',
  ]);
  assert.ok(ids.includes('wheelhouse.containers.copyRun') && ids.includes('wheelhouse.files.download'));
});
