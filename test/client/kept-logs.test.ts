// Logs that are shown again after a reload of the window, before an engine that is made up.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { KeptLog } from '../../client/src/containers/kept.ts';
import type { LogUser } from '../../client/src/containers/logs/follow.ts';
import { type Failure, failed } from '../../client/src/runtime/failures.ts';
import { createFakePanel, serializers } from '../engine/fake-page.ts';
import { createContext, eventually, screen, workspace } from '../engine/fake-vscode.ts';

const { keptLogs } = await import('../../client/src/containers/kept.ts');
const { createLogSession } = await import('../../client/src/containers/logs/session.ts');
const { restoreLogPanels, logPanels } = await import('../../client/src/containers/logs/panel.ts');
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-kept-'));
const socket = path.join(folder, 'engine.sock');
const id = 'ab'.repeat(32);
const anew = 'cd'.repeat(32);
/** By what they are asked for: whether they are there, and as what. */
const there = new Map<string, string>();
const server = createServer((request, response) => {
  const asked = /\/containers\/([^/]+)\//.exec(request.url ?? '')?.[1] ?? '';
  const found = there.get(asked);
  if (!found) {
    response.statusCode = 404;
    return response.end(JSON.stringify({ message: `No such container: ${asked}` }));
  }
  if (!request.url?.includes('/logs')) {
    const State = { Status: 'exited', ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z' };
    return response.end(JSON.stringify({ Id: found, Name: '/bikes', State }));
  }
  const text = Buffer.from(`2026-01-01T00:00:01.000000000Z said by ${found.slice(0, 2)}\n`);
  const head = Buffer.alloc(8);
  head[0] = 1;
  head.writeUInt32BE(text.length, 4);
  response.end(Buffer.concat([head, text]));
});
await new Promise<void>((resolve) => server.listen(socket, resolve));
after(() => {
  logPanels.dispose();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
const user = {
  engine: {
    get: async () => ({
      kind: 'docker',
      file: 'docker',
      client: { logsForContainer: async () => ({ command: 'docker', args: [] }) },
    }),
  },
  run: async <T>(command: { parse?: (out: string, error: string) => T }): Promise<T> =>
    command.parse?.(JSON.stringify(`unix://${socket}`), '') as T,
  // Asked where the API knows no such container.
  stream: () => Promise.reject(failed({ id: 'container-gone', message: '', remedy: '' })),
  watch: () => () => {},
} as unknown as LogUser;

const kept: KeptLog = {
  title: 'Logs of bikes',
  sources: [{ id, name: 'bikes', hasTerminal: false }],
  chosen: { pattern: 'GET', matchCase: true, level: 'error', since: '60', tail: '100' },
};

for (const [what, known, said] of [
  ['is there', { [id]: id }, ['said by ab', 'bikes: exited 0.']],
  ['is gone', {}, ['The engine has no bikes any more; one that is made under its name is followed.']],
  [
    'was made anew',
    { bikes: anew, [anew]: anew },
    [
      'The engine has no bikes any more; one that is made under its name is followed.',
      'bikes was made anew; its log goes on here.',
      'said by cd',
      'bikes: exited 0.',
    ],
  ],
] as const)
  test(`the log of a container that ${what} after the reload`, { timeout: 20_000 }, async () => {
    there.clear();
    for (const [asked, found] of Object.entries(known)) there.set(asked, found);
    const sources = kept.sources.map((source) => ({ ...source, isKept: true }) as const);
    const session = createLogSession(user, sources, () => {});
    session.load({ tail: 10 });
    try {
      const lines = () => [...session.lines.after(0)].map(([, { plain }]) => plain);
      await eventually(() => (lines().length >= said.length ? true : undefined));
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.deepEqual(lines(), said);
    } finally {
      session.dispose();
    }
  });

test('what was kept is found by its title, the last ones alone, and read as what anybody may have written', async () => {
  const { memory } = createWorkbench(createContext() as never);
  const names = Array.from({ length: 25 }, (_, at) => `Logs of ${at}`);
  for (const title of ['Logs of bikes', ...names, 'Logs of 24'])
    await keptLogs.keep(memory, { ...kept, title });
  assert.equal(keptLogs.find(memory, 'Logs of bikes'), undefined);
  assert.deepEqual(keptLogs.find(memory, 'Logs of 5'), { ...kept, title: 'Logs of 5' });
  assert.equal(keptLogs.find(memory, 'Logs of 4'), undefined);
  const [source] = kept.sources;
  for (const odd of [
    { ...kept, sources: [] },
    { ...kept, sources: [{ ...source, name: '--help' }] },
    { ...kept, sources: [{ ...source, id: 'bikes' }] },
    { ...kept, chosen: { ...kept.chosen, tail: 'all' } },
  ]) {
    await memory.update('containers.logs', [null, odd]);
    assert.equal(keptLogs.find(memory, kept.title), undefined, JSON.stringify(odd));
  }
  await memory.update('containers.logs', 'odd');
  await keptLogs.keep(memory, kept);
  assert.deepEqual(keptLogs.find(memory, kept.title), kept);
});

test('a window wakes up for each page that it can show again', async () => {
  const { registerContainers } = await import('../../client/src/containers/commands.ts');
  registerContainers(createWorkbench(createContext() as never));
  const { activationEvents } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { activationEvents: string[] };
  assert.deepEqual(
    activationEvents.filter((event) => event.startsWith('onWebviewPanel:')).sort(),
    [...serializers.keys()].map((type) => `onWebviewPanel:${type}`).sort(),
  );
});

test('a page is shown again in its own tab with its filter, also where no engine answers', async () => {
  screen.settings.set('dockerPath', path.join(folder, 'none'));
  const workbench = createWorkbench(createContext() as never);
  const failures: Failure[] = [];
  workbench.api.onDidFail((failure) => failures.push(failure));
  workbench.own(restoreLogPanels(workbench));
  const restored = async (title: string) => {
    const { page, panel } = createFakePanel(title, {});
    await serializers.get('wheelhouse.logs')?.deserializeWebviewPanel(panel, undefined);
    return page;
  };
  await keptLogs.keep(workbench.memory, kept);
  const before = screen.pages.length;
  const page = await restored(kept.title);
  assert.match(page.html(), /logs-page\.js/);
  page.answer = ({ type }) => type === 'lines' && page.say({ type: 'drawn' });
  page.say({ type: 'ready' });
  assert.equal(screen.pages.length, before, 'no second tab');
  const posted = (type: string) => page.posted.filter((message) => message.type === type);
  assert.deepEqual(posted('begin')[0]?.chosen, kept.chosen);
  // What is no note is left out by the filter, and the notes say what is wrong.
  await eventually(() => (JSON.stringify(posted('lines')).includes('isNote') ? true : undefined));
  page.say({ type: 'filter', pattern: '', matchCase: false, level: '' });
  page.say({ type: 'range', since: '', tail: '1000' });
  assert.deepEqual(keptLogs.find(workbench.memory, kept.title)?.chosen, {
    pattern: '',
    matchCase: false,
    level: '',
    since: '',
    tail: '1000',
  });
  page.close();

  assert.equal((await restored('Logs of others')).isClosed, true);
  assert.deepEqual(
    failures.map(({ id }) => id),
    ['logs-not-kept'],
  );
  workspace.isTrusted = false;
  try {
    assert.equal((await restored(kept.title)).isClosed, true);
    assert.equal(failures.length, 2);
  } finally {
    workspace.isTrusted = true;
  }
});
