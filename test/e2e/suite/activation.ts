// Activation has to cost nothing: no process, no file, until there is something to do.
import assert from 'node:assert/strict';
import child_process from 'node:child_process';
import fs, { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { eventually, extension, openText } from './wheelhouse.ts';

/** Command lines of all that this extension host has started. */
function children(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        if (Number(parent) !== process.pid) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()];
      } catch {
        // It ended while being read.
        return [];
      }
    });
}

const ofWheelhouse = (line: string) => /server\.cjs|docker|podman|\buv\b/.test(line);

type Callable = (...args: unknown[]) => unknown;

/** Notes the calls to a module's functions that come from our bundle; undone by the answer. */
function watchCalls(module: object, name: string, calls: string[]): () => void {
  const functions = module as Record<string, Callable>;
  const original = functions[name];
  if (typeof original !== 'function') return () => {};
  functions[name] = function (this: unknown, ...args: unknown[]) {
    if (/client\.cjs/.test(new Error().stack ?? '') && !/client\.cjs/.test(String(args[0]))) {
      calls.push(`${name}(${String(args[0])})`);
    }
    return original.apply(this, args);
  };
  return () => {
    functions[name] = original;
  };
}

suite('activation', () => {
  test('starts no process and reads no file', async () => {
    assert.equal(extension().isActive, false, 'It was active before anybody asked for it.');
    const calls: string[] = [];
    const undo = [
      ...['spawn', 'fork', 'exec', 'execFile', 'spawnSync', 'execFileSync', 'execSync'].map((name) =>
        watchCalls(child_process, name, calls),
      ),
      ...['readFile', 'readFileSync', 'existsSync', 'stat', 'statSync', 'readdir', 'readdirSync', 'open'].map(
        (name) => watchCalls(fs, name, calls),
      ),
      ...['readFile', 'stat', 'readdir', 'open', 'access'].map((name) =>
        watchCalls(fs.promises, name, calls),
      ),
      ...['openSync', 'access', 'accessSync'].map((name) => watchCalls(fs, name, calls)),
    ];
    try {
      const before = process.cpuUsage();
      await extension().activate();
      const { user, system } = process.cpuUsage(before);
      // What it might have put off to just after activation.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.deepEqual(calls, []);
      assert.deepEqual(children().filter(ofWheelhouse), []);
      // Of the processor: what else goes on beside it makes the clock say more.
      const took = (user + system) / 1_000;
      console.log(`activation took ${Math.round(took)} ms of the processor`);
      assert.ok(took < 1_000, `Activation took ${Math.round(took)} ms of the processor.`);
    } finally {
      for (const undone of undo) undone();
    }
  });

  test('starts the language server with the first Dockerfile, once', async () => {
    await openText('plain', 'plaintext');
    assert.deepEqual(children().filter(ofWheelhouse), []);
    await openText('FROM debian:12\n');
    await openText('FROM debian:12\n');
    await eventually(() => assert.equal(children().filter(ofWheelhouse).length, 1));
    assert.match(children().filter(ofWheelhouse).join(), /server\.cjs/);
  });

  test('registers every command of its manifest', async () => {
    const contributed: { command: string }[] = extension().packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(contributed.length >= 18, `Only ${contributed.length} commands are contributed.`);
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  test('names in menus and buttons only commands that exist', async () => {
    const { menus, submenus, viewsWelcome } = extension().packageJSON.contributes;
    const registered = new Set(await vscode.commands.getCommands(true));
    const entries = Object.values(menus as Record<string, { command?: string; submenu?: string }[]>).flat();
    const inMenus = entries.flatMap(({ command }) => command ?? []);
    const opened = entries.flatMap(({ submenu }) => submenu ?? []).toSorted();
    assert.deepEqual([...new Set(opened)], (submenus as { id: string }[]).map(({ id }) => id).toSorted());
    assert.ok(entries.every(({ command, submenu }) => command ?? submenu));
    const inTexts = JSON.stringify(viewsWelcome).matchAll(/command:([\w.]+)/g);
    const named = [...inMenus, ...[...inTexts].map(([, command]) => command ?? '')];
    assert.ok(named.length > 20);
    assert.deepEqual(
      [...new Set(named)].filter((command) => !registered.has(command)),
      [],
    );
  });
});
