// A log that comes as fast as a socket carries it, which no engine of a test's machine does: the engine is a fake.
import './register-vscode.ts';
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { LogUser } from '../../client/src/containers/logs/follow.ts';
import type { ShownLine } from '../../client/src/containers/logs/messages.ts';
import type { ContainerDetails } from '../../client/src/runtime/container-details.ts';
import type { Command } from '../../client/src/runtime/exec.ts';

const { createLogSession } = await import('../../client/src/containers/logs/session.ts');
const { createShownLog } = await import('../../client/src/containers/logs/shown.ts');

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-fast-'));
const socket = path.join(folder, 'engine.sock');
const engine = fork(path.join(import.meta.dirname, 'fast-engine.ts'), [socket]);
after(() => {
  engine.kill();
  rmSync(folder, { recursive: true });
});

const user = {
  engine: { get: async () => known },
  run: async <T>(command: Command<T>): Promise<T> =>
    command.parse?.(JSON.stringify(`unix://${socket}`), '') as T,
  stream: () => Promise.reject(new Error('not asked')),
  watch: () => () => {},
} as unknown as LogUser;
const known = { kind: 'docker', file: 'docker' };
const container = {
  id: 'c',
  name: 'fast',
  hasTerminal: false,
  started: new Date('2026-01-01T00:00:00Z'),
} as ContainerDetails;

/** What is read in one go: a megabyte of lines of 299 letters, and what is told of those that are missing. */
const mostInOneGo = 5_000;

test('a hundred megabytes in a second: little at a time, bounded memory, the newest lines, and a word for the others', async () => {
  await new Promise((resolve) => engine.once('message', resolve));
  let drawn = 0;
  let left = 0;
  let mostDrawn = 0;
  let last: ShownLine | undefined;
  let reads = 0;
  let mostRead = 0;
  let read = 0;
  const session = createLogSession(user, [container], (what) => {
    mostRead = Math.max(mostRead, session.lines.last - read);
    read = session.lines.last;
    reads++;
    return what === 'begun' ? void shown.restart() : shown.goOn();
  });
  const shown = createShownLog(
    session.lines,
    ['fast'],
    (lines, _replace, missing) => {
      drawn += lines.length;
      mostDrawn = Math.max(mostDrawn, lines.length);
      left += missing;
      last = lines.at(-1) ?? last;
      setTimeout(() => shown.goOn(true), 30);
    },
    (error) => assert.fail(String(error)),
  );
  session.load({ tail: 10 });
  while (drawn < 10) await new Promise((resolve) => setTimeout(resolve, 10));
  global.gc?.();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let longest = 0;
  let before = process.cpuUsage();
  const clock = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1_000);
    before = process.cpuUsage();
  }, 5);
  while (reads < 40) await new Promise((resolve) => setTimeout(resolve, 10));
  clearInterval(clock);
  const used = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1_000;
  const sent = await new Promise<{ bytes: number; lines: number }>((resolve) => {
    engine.once('message', (message) => resolve(message as never));
    engine.send('how much');
  });
  const share = (used.user + used.system) / 1e6 / seconds;
  const missing = [...session.lines.after(0)].flatMap(([, { isNote, text }]) =>
    isNote ? [Number.parseInt(text, 10)] : [],
  );
  console.log(
    `${(sent.bytes / 1e6 / seconds).toFixed(0)} MB/s in ${(sent.lines / seconds / 1_000).toFixed(0)}k lines/s: ` +
      `${(share * 100).toFixed(0)}% of a processor, ${longest.toFixed(0)} ms at most in one go, ` +
      `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB; drawn ${drawn}, not drawn ${left}`,
  );
  // Counted, for how long that takes is a matter of what else the machine does.
  assert.ok(mostRead < mostInOneGo, `${mostRead} lines read in one go`);
  assert.ok(mostDrawn <= 1_000, `${mostDrawn} lines drawn in one go`);
  assert.ok(
    missing.length > 10 && missing.every((count) => count > 0),
    'what is missing is told where it is missing',
  );
  assert.ok(session.lines.length <= 100_000);
  const lastNumber = Number(/line (\d+)/.exec(last?.pieces[0]?.text ?? '')?.[1]);
  assert.ok(lastNumber > sent.lines * 0.8, `the newest is seen: ${lastNumber} of ${sent.lines}`);
  session.dispose();
});
