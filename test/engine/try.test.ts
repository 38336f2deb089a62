// Try Container Files over a real engine: what comes of projects that work and of those that do not, and that nothing of it
// stays, by the command line of the engine.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Tried } from '../../client/src/images/try-outcome.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { runOrThrow } from '../parts/processes.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, eventually, execute, executeFromElsewhere, screen, Uri } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { offerTry } = await import('../../client/src/project/offer-try.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 120_000 };
const workbench = createWorkbench(createContext() as never);
registerImages(workbench, async () => undefined as never);
const results: JobResult[] = [];
const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse try, '));

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
  openFolders(root);
});
after(() => rmSync(root, { recursive: true }));

const docker = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();
const images = () => docker('images', '--all', '--quiet', '--no-trunc');
/** All that could be left behind. */
const things = async () => [
  await docker('ps', '--all', '--quiet'),
  (await images()).split('\n').sort(),
  await docker('volume', 'ls', '--quiet'),
];
const running = () => docker('ps', '--all', '--format', '{{.Names}}', '--filter', 'name=wheelhouse-try-');

/** A project with a program and what its Dockerfile says beside that. */
function project(name: string, program: string, more = '', command = 'CMD ["python", "main.py"]'): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'main.py'), program);
  const text = `FROM ${image}\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY main.py ./\n${more}${command}\n`;
  writeFileSync(path.join(folder, 'Dockerfile'), text);
  return path.join(folder, 'Dockerfile');
}
async function tried(dockerfile: string): Promise<Tried | undefined> {
  const before = await things();
  const value = await execute<Tried | undefined>('wheelhouse.images.try', { dockerfile });
  assert.deepEqual(await things(), before);
  return value;
}
async function failing(dockerfile: string): Promise<string> {
  const known = failures.length;
  assert.equal(await tried(dockerfile), undefined);
  assert.equal(failures.length, known + 1);
  return `${failures.at(-1)?.message} ${failures.at(-1)?.remedy}`;
}
const lastResult = () => results.at(-1)?.message ?? JSON.stringify(failures.at(-1));
const serving = (host: string, port: number) =>
  `import http.server\n\n\nclass Handler(http.server.SimpleHTTPRequestHandler):\n    pass\n\n\nprint("serving")\nhttp.server.HTTPServer(("${host}", ${port}), Handler).serve_forever()\n`;

test('a service works where it listens on the port that it exposes', limits, async () => {
  const dockerfile = project('served', serving('0.0.0.0', 8000), 'EXPOSE 8000\nVOLUME /data\n');
  assert.deepEqual(await tried(dockerfile), { state: 'listens', ports: [8000] });
  assert.match(lastResult(), /^served\/Dockerfile works: .*listens on port 8000\.$/);
  const said = screen.shown.at(-1);
  assert.deepEqual([said?.kind, said?.buttons], ['info', ['Build Image', 'Show Log']]);
  assert.match(screen.terminals.at(-1)?.text ?? '', /serving/);
});

test('a health check is waited for, however seldom the Dockerfile asks', limits, async () => {
  const ask = "import urllib.request as u; u.urlopen('http://127.0.0.1:8000')";
  const check = `EXPOSE 8000\nHEALTHCHECK --interval=30m CMD python -c "${ask}"\n`;
  assert.equal((await tried(project('healthy', serving('', 8000), check)))?.state, 'healthy');
});

test('a service that nobody reaches is told with the reason', limits, async () => {
  const inside = project('inside', serving('127.0.0.1', 8000), 'EXPOSE 8000\n');
  assert.match(await failing(inside), /port 8000 of 127\.0\.0\.1.*Let the program listen on 0\.0\.0\.0/);
});

test('a program that runs to its end is told with what it said', limits, async () => {
  const dockerfile = project('ended', 'print("hello")\nprint("bikes: 7")\n');
  assert.deepEqual(await tried(dockerfile), { state: 'ended', ports: [] });
  assert.match(lastResult(), /ran to its end, and said at last: hello bikes: 7$/);
});

test('one that fails is told with the code, the last error and its place', limits, async () => {
  const missing = project('missing', 'def go():\n    import no_such_package\n\n\ngo()\n');
  assert.match(
    await failing(missing),
    /^The container of missing\/Dockerfile ended with exit code 1: ModuleNotFoundError: No module named 'no_such_package' \(\/app\/main\.py, line 2\)\. Add the package/,
  );
  const name = project('name', 'from json import no_such_name\n');
  assert.match(await failing(name), /ImportError: cannot import name 'no_such_name' from 'json'/);
  const syntax = project('syntax', 'print("x")\nprint "y"\n');
  assert.match(
    await failing(syntax),
    /SyntaxError: Missing parentheses in call to 'print'.*\(\/app\/main\.py, line 2\)/,
  );
  const variable = project('variable', 'import os\n\nprint(os.environ["API_KEY"])\n');
  assert.match(await failing(variable), /KeyError: 'API_KEY' \(.*line 3\)\. Where it asks for a variable/);
  const gone = project('gone', 'open("data.csv")\n');
  assert.match(await failing(gone), /FileNotFoundError: .*'data\.csv'/);
  const killed = project(
    'killed',
    'import os\nos.kill(os.getpid(), 6)\n',
    '',
    'ENTRYPOINT ["sh", "-c", "python main.py; exit $?"]',
  );
  assert.match(await failing(killed), /exit code 134, aborted/);
});

test('what fails before there is a container is told as of a build and a start', limits, async () => {
  assert.match(await failing(project('unbuilt', '', 'RUN echo no && exit 3\n')), /^Line 5 failed\. /);
  const unstarted = project('unstarted', '', '', 'CMD ["no-such-program"]');
  assert.match(await failing(unstarted), /no program no-such-program/);
});

test('the same image under another name, or under none, stays', limits, async () => {
  for (const flags of [['--tag=wh-try-twin:1'], []]) {
    const dockerfile = project(`twin${flags.length}`, `print(${flags.length})\n`);
    const id = await docker('build', '--quiet', ...flags, path.dirname(dockerfile));
    try {
      await tried(dockerfile);
      const tags = await docker('image', 'inspect', '--format', '{{.RepoTags}}', id);
      assert.equal(tags, flags.length ? '[wh-try-twin:1]' : '[]');
    } finally {
      await docker('image', 'rm', id);
    }
  }
});

test('cancel ends it while it builds and while it runs', limits, async () => {
  const cancelled = async (dockerfile: string, until: () => Promise<unknown>) => {
    const before = await things();
    const asked = execute('wheelhouse.images.try', { dockerfile });
    await eventually(until, 30_000);
    screen.cancel();
    assert.equal(await asked, undefined);
    assert.equal(failures.at(-1)?.id, 'cancelled');
    assert.deepEqual(await things(), before);
  };
  const sleeps = 'import time\nprint("asleep")\ntime.sleep(600)\n';
  const log = (word: string) => async () => screen.terminals.at(-1)?.text.includes(word) || undefined;
  await cancelled(project('slow', sleeps, 'RUN echo be""gun && sleep 600\n'), log('begun'));
  await cancelled(project('asleep', sleeps), log('asleep\r\n'));
  assert.equal(await running(), '');
});

test(
  'nothing is started before the person agreed, unless a button of ours said what it does',
  limits,
  async () => {
    const dockerfile = project('asked', 'print(1)\n');
    const before = [...results, ...failures].length;
    const known = screen.shown.length;
    await executeFromElsewhere('wheelhouse.images.try', { dockerfile });
    const [question] = screen.shown.slice(known);
    assert.equal(question?.kind, 'modal');
    assert.match(question?.text ?? '', /start its program/);
    assert.equal([...results, ...failures].length, before);
    screen.press = ({ buttons }) => buttons.find((label) => label === 'Try It');
    try {
      await executeFromElsewhere('wheelhouse.images.try', { dockerfile });
      assert.match(lastResult(), /said at last: 1$/);
    } finally {
      screen.press = () => undefined;
    }
  },
);

test('what cannot be removed is told, with its name', limits, async () => {
  const known = failures.length;
  const dockerfile = project('held', 'import time\nprint("asleep")\ntime.sleep(600)\n');
  const asked = execute('wheelhouse.images.try', { dockerfile });
  const name = await eventually(async () => (await running()) || undefined, 30_000);
  const holder = await docker('create', name);
  try {
    screen.cancel();
    await asked;
    const told = failures.slice(known).find(({ id }) => id === 'try-left');
    assert.ok(told?.message.startsWith(`${name}, which was made to try it, could not be removed: `));
    assert.equal(await running(), '');
  } finally {
    await docker('rm', '--force', holder);
    await docker('image', 'rm', `${name}:latest`);
  }
});

test('it is offered for what was written, with what it starts, where an engine answers', limits, async () => {
  const dockerfile = Uri.file(project('offered', 'print(2)\n')) as never;
  const offered = () => screen.shown.findLast(({ buttons }) => buttons.includes('Try It'));
  const known = screen.shown.length;
  await offerTry({ engine: { get: () => Promise.reject(new Error('none')) } } as never, dockerfile);
  assert.equal(screen.shown.length, known);
  screen.press = ({ buttons }) => buttons.find((label) => label === 'Try It');
  try {
    await offerTry(workbench, dockerfile);
  } finally {
    screen.press = () => undefined;
  }
  assert.deepEqual(offered()?.buttons, ['Try It', 'Build Image']);
  assert.match(offered()?.text ?? '', /^offered\/Dockerfile was written\. .*starts the program/);
  // The button asks nothing more.
  assert.match(lastResult(), /^The container of offered\/Dockerfile .*said at last: 2$/);
});
