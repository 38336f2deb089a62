// What a person sees of work that goes on, and of what failed before: VS Code and the program are fakes, as what they show
// of each line has to be seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, screen, ThemeIcon, window } from './fake-vscode.ts';

const { createJobs } = await import('../../client/src/ui/jobs.ts');
const { lastOfReference } = await import('../../client/src/ui/short.ts');
const { failed } = await import('../../client/src/runtime/failures.ts');
const { buildSteps } = await import('../../client/src/images/build-step.ts');

const reported: { message?: string; increment?: number }[] = [];
window.withProgress = (async (_options: unknown, work: (...given: unknown[]) => Promise<unknown>) =>
  work({ report: (step: object) => reported.push(step) }, { onCancellationRequested() {} })) as never;
let hidden = 0;
commands.executeCommand = (async (id: string) =>
  void (id === 'notifications.hideToasts' && hidden++)) as never;

const log = { debug() {}, info() {}, warn() {}, error() {} };
const nothing = { remedy: '', id: 'x', message: 'It failed.' };

function jobsOf(lines: string, seen: Promise<unknown> = new Promise(() => {})) {
  const exec = async (_: unknown, { onOutput }: { onOutput(text: string, stream: string): void }) => {
    for (const line of lines.split(/(?<=\n)/)) {
      onOutput(line, 'stderr');
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    return { kind: 'exited', code: 0, stdout: '', stderr: '' };
  };
  return createJobs(exec as never, {} as never, log as never, { finished() {}, failed: () => seen });
}

test('a build shows its step, how much is done, and a link to its log', async () => {
  const job = jobsOf('#5 [1/4] FROM x\n#6 [2/4] RUN [a](command:b)\n#8 [4/4] RUN c\n');
  await job({
    kind: 'images.build',
    title: 'Build (a) "b"',
    async work({ run }) {
      await run(
        { file: 'docker', args: [], parse: () => 0 },
        { step: 'x', tool: 'engine', progress: buildSteps() },
      );
      return { value: 1, message: '' };
    },
  });
  const link = '[Show Log](command:wheelhouse.work.showLog?%5B%22Build%20%28a%29%20%5C%22b%5C%22%22%5D)';
  assert.deepEqual(reported, [
    { message: link, increment: undefined },
    { message: `1/4 FROM x · ${link}`, increment: undefined },
    // What a Dockerfile says makes no link.
    { message: `2/4 RUN [a] (command:b) · ${link}`, increment: 25 },
    { message: `4/4 RUN c · ${link}`, increment: 50 },
  ]);
});

test('terminals of different work are told apart by their icons', async () => {
  const done = { work: async () => ({ value: 1, message: '' }) };
  for (const kind of ['wheels.build', 'images.push', 'files.rename'])
    await jobsOf('')({ ...done, kind, title: kind });
  const icons = screen.terminals.slice(-3).map(({ options }) => options.iconPath);
  assert.deepEqual(icons, [new ThemeIcon('package'), new ThemeIcon('cloud-upload'), new ThemeIcon('output')]);
});

test('the tab of a terminal begins with what its work is about', async () => {
  const work = async () => ({ value: 1, message: '' });
  await jobsOf('')({ work, kind: 'images.push', title: 'Push host/bikes:1', tab: 'bikes:1: push' });
  assert.equal(screen.terminals.at(-1)?.name, 'bikes:1: push');
  assert.equal(lastOfReference('127.0.0.1:5000/team/bikes:1.2.0'), 'bikes:1.2.0');
  assert.equal(lastOfReference(`python:3.13@sha256:${'0'.repeat(64)}`), 'python:3.13');
  assert.equal(lastOfReference('bikes'), 'bikes');
});

test('what failed before is taken away when it is begun anew, if it is still to be seen and nothing else goes on', async () => {
  const fails = { kind: 'k', title: 't', work: () => Promise.reject(failed(nothing)) };
  const job = jobsOf('');
  await job(fails);
  assert.equal(hidden, 0);
  await job({ ...fails, title: 'another' });
  assert.equal(hidden, 0);
  let end = () => {};
  const long = job({
    kind: 'k',
    title: 'long',
    work: () =>
      new Promise<{ value: number; message: string }>((resolve) => {
        end = () => resolve({ value: 1, message: '' });
      }),
  });
  await job({ ...fails, title: 'another' });
  assert.equal(hidden, 0);
  end();
  await long;
  await job(fails);
  assert.equal(hidden, 1);
  const closed = jobsOf('', Promise.resolve());
  await closed(fails);
  await closed(fails);
  assert.equal(hidden, 1);
});
