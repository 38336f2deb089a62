// Work as data: what goes on and what was done can be seen, stopped and read after its notification has gone.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHistory } from '../../client/src/operations/history.ts';
import { hasFailed, type Progress, startOperation } from '../../client/src/operations/operation.ts';
import { createPace } from '../../client/src/operations/pace.ts';
import { cancelledId, type Failure, failed, failureOf } from '../../client/src/runtime/failures.ts';
import { createContext, eventually, execute, pressing, screen } from '../engine/fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');

const explain = (error: unknown): Failure =>
  failureOf(error) ?? { id: String(error), message: 'It broke.', remedy: 'Mend it.' };
const about = { kind: 'test', title: 'Test' };
const start = (work: (progress: Progress) => Promise<void>, signal?: AbortSignal) =>
  startOperation(
    about,
    async (progress) => {
      await work(progress);
      return { value: 1, message: 'Made.' };
    },
    explain,
    signal,
  );
const until = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const end = () => reject(failed(explain(cancelledId)));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

describe('an operation', () => {
  it('tells each sink its steps, its output and its end', async () => {
    const heard: unknown[] = [];
    const operation = start(async ({ report, print }) => {
      report('one');
      print('output');
    });
    operation.attach({ step: ({ text }) => heard.push(text), print: (text) => heard.push(text) });
    operation.attach({ end: (outcome) => heard.push(outcome) });
    const made = { made: { value: 1, message: 'Made.' } };
    assert.deepEqual(await operation.done, made);
    assert.deepEqual(heard, ['one', 'output', made]);
    assert.deepEqual(operation.outcome(), made);
  });
  it('ends by its own cancel and by that of who began it, and what was cancelled has not failed', async () => {
    const own = start(({ signal }) => until(signal));
    own.cancel();
    await own.done;
    const outer = new AbortController();
    const given = start(({ signal }) => until(signal), outer.signal);
    outer.abort();
    await given.done;
    assert.deepEqual([own, given].map(hasFailed), [false, false]);
    const broken = start(() => Promise.reject('broken'));
    assert.deepEqual(await broken.done, { failure: explain('broken') });
    assert.equal(hasFailed(broken), true);
  });
});

describe('the history', () => {
  it('keeps the last twenty with the end of their output, and all that goes on', async () => {
    const history = createHistory(() => {});
    const running = start(({ signal }) => until(signal));
    history.add(running);
    for (let count = 0; count < 30; count++) {
      const operation = start(async ({ print }) => print(count === 29 ? 'x'.repeat(300_000) : String(count)));
      history.add(operation);
      await operation.done;
    }
    const all = history.all();
    assert.equal(all.at(-1)?.operation, running);
    assert.equal(all.length, 21);
    assert.equal(all[0]?.log().length, 200_000);
    assert.equal(all[1]?.log(), '28');
    running.cancel();
  });
  it('knows the last build, however much was done since', async () => {
    const history = createHistory(() => {});
    assert.equal(history.lastBuild(), undefined);
    for (const kind of ['images.build', 'wheels.build', ...Array(25).fill('images.pull')]) {
      const made = async ({ print }: Progress) => {
        print(kind);
        return { value: 1, message: '' };
      };
      const operation = startOperation({ kind, title: kind }, made, explain);
      history.add(operation);
      await operation.done;
    }
    assert.equal(history.lastBuild()?.log(), 'wheels.build');
    assert.equal(history.all().length, 21);
  });
  it('forgets what was only looked at for a view, but not while it goes on or where it failed', async () => {
    const history = createHistory(() => {});
    const look = (work: () => Promise<void>) => {
      const operation = start(work);
      history.add(operation, undefined, true);
      return operation;
    };
    const well = look(async () => {});
    assert.equal(history.all()[0]?.operation, well);
    await well.done;
    assert.deepEqual(history.all(), []);
    const broken = look(() => Promise.reject('broken'));
    await broken.done;
    assert.equal(history.all()[0]?.operation, broken);
  });
  it('has news from a failure on, until somebody looked', async () => {
    const history = createHistory(() => {});
    for (const reason of [cancelledId, 'broken']) {
      assert.equal(history.news(), undefined);
      const operation = start(() => Promise.reject(failed(explain(reason))));
      history.add(operation);
      await operation.done;
    }
    assert.equal(history.news(), history.all()[0]?.operation);
    history.looked();
    assert.equal(history.news(), undefined);
  });
  it('has no news of a failure once something of its kind went well that began afterwards', async () => {
    const history = createHistory(() => {});
    const begin = (kind: string, work: () => Promise<unknown>) => {
      const made = async () => ({ value: await work(), message: 'Made.' });
      const operation = startOperation({ kind, title: kind }, made, explain);
      history.add(operation);
      return operation;
    };
    let end = (_: unknown) => {};
    const beside = begin(
      'pull',
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    const failure = begin('pull', () => Promise.reject('broken'));
    await failure.done;
    end(1);
    await beside.done;
    await begin('build', async () => 1).done;
    await begin('pull', () => Promise.reject(failed(explain(cancelledId)))).done;
    assert.equal(history.news(), failure);
    const other = begin('build', () => Promise.reject('broken'));
    await other.done;
    assert.equal(history.news(), other);
    await begin('pull', async () => 1).done;
    await begin('build', async () => 1).done;
    assert.equal(history.news(), undefined);
  });
});

describe('output at the pace of its readers', () => {
  it('is handed on together after a moment, and at the end', async () => {
    const printed: string[] = [];
    const pace = createPace((text) => printed.push(text));
    pace.push('a');
    pace.push('b\n');
    await eventually(() => printed[0]);
    pace.push('c');
    pace.end();
    assert.deepEqual(printed, ['ab\n', 'c']);
  });
  it('is cut at ends of lines where it is too much, and says by how much', () => {
    let printed = '';
    const pace = createPace((text) => {
      printed += text;
    });
    const line = `${'a secret that goes on '.repeat(4)}\n`;
    for (let count = 0; count < 20_000; count++) pace.push(line);
    pace.push('the last');
    pace.end();
    const [, note = '', ...lines] = printed.split('\n');
    const leftOut = Number(/^… ([\d,]+) letters/.exec(note)?.[1]?.replaceAll(',', ''));
    assert.equal(leftOut + lines.join('\n').length, 20_000 * line.length + 'the last'.length);
    assert.ok(lines.join('\n').length < 300_000);
    assert.deepEqual(
      [...new Set(lines)],
      [line.trimEnd(), 'the last'].map((text, at) => (at ? text : `${text} `)),
    );
  });
  it('is whole where it is one line, however long', () => {
    let printed = '';
    const pace = createPace((text) => {
      printed += text;
    });
    for (let count = 0; count < 40; count++) pace.push('x'.repeat(65_536));
    pace.end();
    assert.equal(printed, 'x'.repeat(40 * 65_536));
  });
});

describe('Recent Work…', () => {
  const workbench = createWorkbench(createContext() as never);
  const item = () => screen.statusItems.get('wheelhouse.work');
  const shows = (text: string) => item()?.shown && item()?.text.includes(text);
  const choose = (...labels: string[]) => {
    screen.answer = () => labels.shift();
    return execute('wheelhouse.work.recent');
  };

  it('shows what goes on in the status bar, and can cancel it', async () => {
    const work = workbench.job({
      ...about,
      title: 'Build slow',
      work: ({ signal }) => until(signal),
    });
    assert.equal(item()?.shown ?? false, false, 'What is over at once is no news.');
    await eventually(() => (shows('Build slow') ? true : undefined));
    await choose('Build slow', 'Cancel');
    await work;
    assert.equal(item()?.shown, false);
  });
  it('says of no number of questions that may not be asked', async () => {
    await choose();
    assert.equal(screen.asked.at(-1)?.total, undefined);
  });
  it('has no row for what a view read without being asked', async () => {
    for (const isLook of [true, false])
      await workbench.job({
        ...about,
        title: 'Read it',
        isLook,
        work: async () => ({ value: 1, message: isLook ? 'For a row.' : 'For a page.' }),
      });
    await choose();
    assert.equal(screen.asked.at(-1)?.labels?.filter((label) => label === 'Read it').length, 1);
    assert.ok(screen.asked.at(-1)?.details?.includes('For a page.'));
  });
  it('keeps what a notification offered, and the log of a job whose terminal was closed', async () => {
    await workbench.job({
      ...about,
      title: 'Build quick',
      async work(job) {
        job.print('its output\n');
        return { value: 1, message: 'Built.', next: [{ label: 'Run It', command: 'test.run' }] };
      },
    });
    let ran = 0;
    screen.commands.set('test.run', async () => void ran++);
    await choose('Build quick', 'Run It');
    assert.equal(ran, 1);
    const before = screen.terminals.length;
    screen.terminals.at(-1)?.close();
    await choose('Build quick', 'Show Log');
    const terminal = await eventually(() => screen.terminals.slice(before).find(({ text }) => text));
    assert.match(terminal?.text ?? '', /its output[\s\S]*Built\./);
    assert.equal(terminal?.shown, true);
  });
  it('tells how each ended in words and by an icon, with buttons for what can be done', async () => {
    await workbench.job({
      ...about,
      title: 'Pull fine',
      repeats: true,
      work: async () => ({ value: 1, message: 'Pulled.' }),
    });
    await workbench.job({
      ...about,
      title: 'Build broken',
      work: () =>
        Promise.reject(
          failed({
            ...explain('broken'),
            action: {
              label: 'Go to Line',
              command: 'wheelhouse.images.openFile',
              arguments: ['/Dockerfile', 3],
            },
          }),
        ),
    });
    const slow = workbench.job({ ...about, title: 'Push slow', work: ({ signal }) => until(signal) });
    await choose();
    const rows = screen.asked.at(-1)?.rows?.map((row) => row.replace(/ · .*? \[/, ' · ['));
    assert.deepEqual(rows?.slice(0, 3), [
      'sync~spin Push slow running · [Show Log] [Cancel]',
      'error Build broken failed · [Go to Line] [Show Log]',
      'pass Pull fine done · [Show Log] [Run Again]',
    ]);
    assert.ok(
      rows?.some((row) => /^circle-slash Build slow cancelled · \[Show Log\]$/.test(row)),
      rows?.join(),
    );
    await choose(pressing('Push slow', 'Cancel'));
    await slow;
    const opened: unknown[][] = [];
    screen.commands.set('wheelhouse.images.openFile', async (...given) => void opened.push(given));
    await choose(pressing('Build broken', 'Go to Line'));
    assert.deepEqual(opened, [['/Dockerfile', 3]]);
  });
  it('shows the log of the last build, and says where there was none', async () => {
    const last = () => execute('wheelhouse.work.lastBuildLog');
    await last();
    assert.deepEqual(screen.shown.at(-1)?.text, 'Nothing was built in this window yet.');
    for (const [kind, title] of [
      ['images.build', 'Build bikes'],
      ['images.run', 'Run bikes'],
    ] as const)
      await workbench.job({
        kind,
        title,
        async work(job) {
          job.print(`output of ${kind}\n`);
          return { value: 1, message: 'Done.' };
        },
      });
    for (const terminal of screen.terminals) terminal.close();
    const before = screen.terminals.length;
    await last();
    const terminal = await eventually(() => screen.terminals.slice(before).find(({ text }) => text));
    assert.equal(terminal?.name, 'Build bikes');
    assert.match(terminal?.text ?? '', /output of images\.build[\s\S]*Done\./);
  });
  it('does once more what needs no question', async () => {
    let times = 0;
    const work = async () => ({ value: ++times, message: `Built ${times}.` });
    await workbench.job({ ...about, title: 'Build twice', repeats: true, work });
    await choose(pressing('Build twice', 'Run Again'));
    await eventually(() => (times === 2 ? true : undefined));
    await choose('Build twice', 'Run Again');
    await eventually(() => (times === 3 ? true : undefined));
    await choose();
    const labels = screen.asked.at(-1)?.labels ?? [];
    assert.equal(labels.filter((label) => label === 'Build twice').length, 3);
  });
  it('has in the log of what failed its line, its time, how it ended and what it said, without secrets', async () => {
    const args = ['-e', 'console.error("said hunter22"); process.exit(3)', '--', '--env', 'A=value-of-a'];
    const command = { file: process.execPath, args };
    const facts = { step: 'The step', tool: 'engine', secrets: ['hunter22'] } as const;
    const patterns = [{ id: 'known', when: [/said/], say: () => ({ message: 'Known.', remedy: '' }) }];
    const work = { quiet: workbench.run, seen: undefined };
    for (const [title, run] of Object.entries(work)) {
      await workbench.job({
        ...about,
        title,
        work: async (job) => ({
          value: await (run ?? job.run)(command, { ...facts, patterns }),
          message: '',
        }),
      });
      const before = screen.terminals.length;
      for (const terminal of screen.terminals) terminal.close();
      await choose(title, 'Show Log');
      const shown = await eventually(() => screen.terminals.slice(before).find(({ text }) => text));
      const text = shown?.text ?? '';
      assert.match(text, /> \S*node.* -e .*said .*--env 'A=\*\*\*'/, title);
      assert.equal(text.match(/^said \*\*\*\r$/gm)?.length, 1, text);
      assert.match(
        text,
        /Began at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, ended after \d+\.\d s: exit code 3/,
        title,
      );
      assert.match(text, /Known\./, title);
      assert.ok(!text.includes('hunter22') && !text.includes('value-of-a'), text);
    }
  });
  it('shows what a failure said of which nothing is known, where it is none of a job', async () => {
    const args = ['-e', 'console.error("odd words"); process.exit(3)'];
    workbench.command('test.quiet', () =>
      workbench.run({ file: process.execPath, args }, { step: 'The step', tool: 'uv' }),
    );
    screen.press = ({ buttons }) => buttons.find((label) => label === 'Show Log');
    const before = screen.terminals.length;
    await execute('test.quiet');
    screen.press = () => undefined;
    const shown = await eventually(() => screen.terminals.slice(before).find(({ text }) => text));
    assert.match(shown?.text ?? '', /> .*node[\s\S]*^odd words\r$[\s\S]*exit code 3/m);
  });
  it('offers once what begins the same again', async () => {
    const action = { label: 'Test Again', command: 'wheelhouse.test' };
    const work = () => Promise.reject(failed({ ...explain('broken'), action }));
    await workbench.job({ ...about, title: 'Test bad', repeats: true, work });
    await choose();
    const row = screen.asked.at(-1)?.rows?.find((each) => each.includes('Test bad'));
    assert.match(row ?? '', / \[Test Again\] \[Show Log\]$/);
  });
  it('tells of a failure until somebody looked', async () => {
    await workbench.job({ ...about, title: 'Build bad', work: () => Promise.reject(new Error('no')) });
    assert.ok(shows('Build bad failed'));
    await choose();
    assert.equal(item()?.shown, false);
  });
  it('does not go on telling of a failure when the same went well', async () => {
    const spec = { kind: 'test.login', title: 'Log in' };
    await workbench.job({ ...spec, work: () => Promise.reject(new Error('no')) });
    assert.ok(shows('Log in failed'));
    await workbench.job({ ...spec, work: async () => ({ value: 1, message: 'Logged in.' }) });
    assert.equal(item()?.shown, false);
  });
});
