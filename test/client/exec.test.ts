import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { exec, ProcessSocket } from '../../client/src/runtime/exec.ts';
import { isAlive } from '../parts/processes.ts';

const node = (script: string, ...args: string[]) => ({
  file: process.execPath,
  args: ['-e', script, ...args],
});

test('an argument reaches the program as it is, whatever a shell would make of it', async () => {
  const strange = ['a b', '$(id)', "it's", '"q"', '*', ';ls', 'naïve ünï', ''];
  const exit = await exec(node('console.log(JSON.stringify(process.argv.slice(1)))', ...strange));
  assert.equal(exit.kind, 'exited');
  assert.deepEqual(JSON.parse(exit.stdout), strange);
});

test('output on stderr is no failure', async () => {
  const exit = await exec(node('console.error("WARNING! stored unencrypted")'));
  assert.deepEqual([exit.kind, exit.kind === 'exited' && exit.code], ['exited', 0]);
  assert.match(exit.stderr, /WARNING/);
});

test('an exit code is told as it is', async () => {
  const exit = await exec(node('process.exitCode = 125'));
  assert.deepEqual([exit.kind, exit.kind === 'exited' && exit.code], ['exited', 125]);
});

test('a program that does not exist is not found, a folder that does not exist is named', async () => {
  assert.equal((await exec({ file: '/nowhere/uv', args: [] })).kind, 'not-found');
  const exit = await exec(node(''), { cwd: '/nowhere/at/all' });
  assert.equal(exit.kind, 'exited');
  assert.match(exit.stderr, /No such folder: \/nowhere\/at\/all/);
});

test('stdin is given as data and closed', async () => {
  const exit = await exec(node('process.stdin.pipe(process.stdout)'), { stdin: 'tøken' });
  assert.equal(exit.stdout, 'tøken');
});

test('a program that ignores its stdin does no harm', async () => {
  const exit = await exec(node('process.exit(3)'), { stdin: 'x'.repeat(1_000_000) });
  assert.equal(exit.kind === 'exited' && exit.code, 3);
});

test('cancelling ends the whole process tree', {
  timeout: 60_000,
  skip: process.platform === 'win32',
}, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse exec '));
  const file = path.join(folder, 'pid');
  const child = `require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
  const controller = new AbortController();
  const running = exec(node(parent), { signal: controller.signal });
  let pid = 0;
  while (!pid) {
    await sleep(20);
    try {
      pid = Number(readFileSync(file, 'utf8'));
    } catch {}
  }
  assert.ok(pid > 0 && process.kill(pid, 0), 'the grandchild runs');
  controller.abort();
  assert.equal((await running).kind, 'cancelled');
  while (isRunning(pid)) await sleep(20);
});

test('what is cancelled before it starts never starts', async () => {
  const controller = new AbortController();
  controller.abort();
  const exit = await exec(node('console.log("ran")'), { signal: controller.signal });
  assert.deepEqual([exit.kind, exit.stdout], ['cancelled', '']);
});

test('a program that ignores SIGTERM is ended all the same, and a time limit is told from a cancel', async () => {
  const stubborn = node('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)');
  const exit = await exec(stubborn, { timeoutMs: 300 });
  assert.equal(exit.kind, 'timed-out');
});

test('output is seen as it comes', async () => {
  const seen: string[] = [];
  await exec(node('process.stdout.write("eins "); setTimeout(() => process.stderr.write("zwei"), 50)'), {
    onOutput: (text, stream) => seen.push(`${stream}:${text}`),
  });
  assert.deepEqual(seen, ['stdout:eins ', 'stderr:zwei']);
});

/** A process that ended and that nobody has waited for still has its number. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test('a connection that nobody reads any more ends its process, even one that does not listen to its signal', async () => {
  const script = `process.on('SIGTERM', () => {});
    process.stdout.write(process.pid + '\\n');
    const write = () => { while (process.stdout.write('x'.repeat(65536))); process.stdout.once('drain', write); };
    write();`;
  const socket = new ProcessSocket(node(script));
  const [first] = (await once(socket, 'data')) as [Buffer];
  socket.pause();
  const pid = Number.parseInt(first.toString(), 10);
  assert.ok(pid > 0 && isAlive(pid));
  await sleep(200);
  socket.destroy();
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await sleep(50);
  assert.equal(isAlive(pid), false);
});

test('a connection may let its process end what it does, for as long as was said', async () => {
  const script = (ms: number) => `process.stdout.write(process.pid + '\\n');
    const on = setInterval(() => process.stdout.write('x'.repeat(65536)), 5);
    setTimeout(() => { clearInterval(on); require('fs').writeFileSync(process.argv[1], 'done'); }, ${ms});`;
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse exec '));
  for (const [name, ms] of [
    ['soon', 300],
    ['never', 60_000],
  ] as const) {
    const file = path.join(folder, name);
    const socket = new ProcessSocket(node(script(ms), file), 1_500);
    const [first] = (await once(socket, 'data')) as [Buffer];
    const pid = Number.parseInt(first.toString(), 10);
    socket.destroy();
    for (let tries = 0; isAlive(pid) && tries < 200; tries++) await sleep(50);
    assert.equal(isAlive(pid), false, name);
    assert.equal(existsSync(file), name === 'soon', name);
  }
  rmSync(folder, { recursive: true });
});

test('a connection by a process that reads no further than it needs ends as its exit code says', async () => {
  const ended = async (script: string) => {
    const socket = new ProcessSocket(node(script));
    // More than a pipe holds, so that the process is gone before all of it is written.
    socket.end(Buffer.alloc(4_000_000));
    return text(socket);
  };
  const enough = 'process.stdin.once("data", () => { process.stdin.destroy(); console.log("enough"); END });';
  assert.equal(await ended(enough.replace('END', '')), 'enough\n');
  assert.equal(await ended(enough.replace('END', 'setTimeout(() => {}, 300)')), 'enough\n');
  await assert.rejects(
    ended(enough.replace('END', 'console.error("no"); process.exitCode = 2')),
    /^Error: no$/,
  );
});
