// A token is in VS Code's secret storage and on the way to the engine's standard input, and nowhere else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { test } from 'node:test';
import { screen } from './fake-vscode.ts';
import { watchProcesses } from './process-watch.ts';
import {
  configured,
  context,
  failures,
  guarded,
  limits,
  logIn,
  password,
  prepare,
  results,
  serve,
  terminalSays,
  user,
} from './registry-world.ts';

prepare();

/** The guarded registry, but slow, so that there is time to look at the process that logs in. */
const slowly = () =>
  serve((incoming, answer) => {
    const [hostname, port] = guarded.split(':');
    setTimeout(() => {
      const { method, url, headers } = incoming;
      const onward = request({ hostname, port, method, path: url, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(answer);
      });
      incoming.pipe(onward);
    }, 300);
  });

/** All that a person, a log or another extension may get to see, and what lasts. */
function told(): string {
  const { shown, statusBar, terminals, log, asked, documents } = screen;
  const lasting = [[...context.globalState.values], [...context.workspaceState.values]];
  const texts = terminals.map(({ name, text }) => `${name} ${text}`);
  return JSON.stringify({ shown, statusBar, texts, log, asked, documents, results, failures, lasting });
}

const spellings = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(`${user}:${secret}`).toString('base64').replace(/=+$/, ''),
];

test('the look at processes finds a secret in a command line and in an environment', limits, async () => {
  const stop = watchProcesses();
  const child = spawn('sleep', ['0.3'], { argv0: 'whl_in_argv', env: { ...process.env, X: 'whl_in_env' } });
  await new Promise((resolve) => child.on('close', resolve));
  const seen = stop().join('\n');
  assert.match(seen, /whl_in_argv/);
  assert.match(seen, /whl_in_env/);
});

for (const right of [true, false]) {
  test(
    `a ${right ? 'right' : 'wrong'} token is in no argument, environment, log, message or setting`,
    limits,
    async () => {
      const registry = await slowly();
      const token = right ? password : `whl_wrong_${process.pid}_${Date.now()}`;
      const stop = watchProcesses();
      const result = await logIn(registry, token);
      const processes = stop();
      const login = processes.filter((text) => text.includes('--password-stdin') && text.includes(registry));
      assert.ok(login.length, 'the process that logs in was seen');
      for (const text of processes) {
        for (const spelling of spellings(token)) assert.ok(!text.includes(spelling), text.slice(0, 300));
      }
      await terminalSays(right ? /Logged in to/ : /does not accept/);
      const everything = told();
      assert.match(everything, /password-stdin/);
      for (const spelling of spellings(token)) assert.ok(!everything.includes(spelling));
      assert.deepEqual(result, right ? { registry, username: user } : undefined);
      assert.deepEqual([...context.kept], right ? [[`wheelhouse.registry:${registry}`, token]] : []);
      assert.equal(registry in configured(), right);
    },
  );
}
