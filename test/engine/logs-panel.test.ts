// The panel of logs against a real engine; the page is a fake that says that it has drawn what it got.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownLine } from '../../client/src/containers/logs/messages.ts';
import { openDoor } from './engine-door.ts';
import { createFakePanel, serializers, type WebPage } from './fake-page.ts';
import { eventually, execute, screen } from './fake-vscode.ts';

const { created, docker, ended, failures, forever, image, limits, make, name, node, nodes, workbench } =
  await import('./container-world.ts');

/** What the page shows. */
function open(page: WebPage) {
  const seen = { lines: [] as ShownLine[], left: 0, wrong: '', messages: 0, said: '' };
  const take = (message: WebPage['posted'][number]) => {
    if (message.type === 'status' && message.aloud) seen.said = String(message.text);
    if (message.type === 'wrong') seen.wrong = String(message.text);
    if (message.type !== 'lines') return;
    const lines = message.lines as ShownLine[];
    seen.lines = message.replace ? lines : [...seen.lines.slice(-5_000), ...lines];
    seen.left += Number(message.left);
    seen.messages++;
    page.say({ type: 'drawn' });
  };
  page.answer = take;
  page.say({ type: 'ready' });
  return seen;
}
async function logsOf(...suffixes: string[]) {
  const nodes = await Promise.all(suffixes.map(node));
  await execute('wheelhouse.containers.logs', nodes[0], nodes);
  const page = screen.pages.at(-1) ?? assert.fail('no page');
  assert.equal(page.isClosed, false, JSON.stringify(failures.at(-1)));
  return { page, seen: open(page) };
}
const sizeOf = ({ lines }: WebPage['posted'][number]) => (lines as ShownLine[]).length;
const text = ({ pieces }: ShownLine) => pieces.map((piece) => piece.text).join('');
const texts = (lines: readonly ShownLine[]) => lines.map(text);
const until = (seen: { lines: readonly ShownLine[] }, word: string | RegExp) =>
  eventually(() =>
    texts(seen.lines).find((line) => (typeof word === 'string' ? line === word : word.test(line))),
  );

test('the log of a container: both streams, levels, colours, and how it ended', limits, async () => {
  const said = [
    'echo INFO:root:begun',
    'printf "\\033[31mred\\033[0m <b>&amp;\\n"',
    'echo wärning: $(printf "\\rover") >&2',
    'echo Traceback \\(most recent call last\\): >&2',
    'echo "ValueError: no" >&2',
    'exit 4',
  ];
  await make('said', [], 'sh', '-c', said.join('; sleep 0.1; '));
  await ended(name('said'));
  const { page, seen } = await logsOf('said');
  await until(seen, /exited 4\.$/);
  assert.equal(page.title, `Logs of ${name('said')}`);
  assert.deepEqual(
    seen.lines.map((line) => [text(line), line.level, line.isError]),
    [
      ['root:begun', 'info', undefined],
      ['red <b>&amp;', undefined, undefined],
      ['over', undefined, true],
      ['Traceback (most recent call last):', 'error', true],
      ['ValueError: no', 'error', true],
      [`${name('said')}: exited 4.`, undefined, undefined],
    ],
  );
  assert.deepEqual(seen.lines[1]?.pieces, [{ text: 'red', fg: 1 }, { text: ' <b>&amp;' }]);
  assert.match(seen.lines[0]?.at ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
  // Its page loads what is ours, and runs nothing else.
  assert.match(
    page.html(),
    /default-src 'none'; style-src https:\/\/page\.test; script-src 'nonce-[0-9a-f]{32}'"/,
  );
  assert.doesNotMatch(page.html(), /unsafe|said/);
  // The same containers once more: no second page.
  await execute('wheelhouse.containers.logs', { container: name('said') });
  assert.equal(screen.pages.at(-1), page);
  page.close();
});

test('it follows over a restart, says so, and loses and repeats no line', limits, async () => {
  const script = 'n=0; while :; do n=$((n+1)); echo $(cat /proc/uptime | cut -d" " -f1) $n; sleep 0.05; done';
  await make('again', ['--tty'], 'sh', '-c', script);
  await make('framed', [], 'sh', '-c', script);
  for (const suffix of ['again', 'framed']) {
    const { page, seen } = await logsOf(suffix);
    await until(seen, / 8$/);
    await docker('restart', '--time', '0', name(suffix));
    await until(seen, /started again/);
    const restarted = () =>
      seen.lines.slice(seen.lines.findIndex((line) => /started again/.test(text(line))));
    await eventually(() => (texts(restarted()).some((line) => / 8$/.test(line)) ? true : undefined));
    await docker('stop', '--time', '0', name(suffix));
    await until(seen, /exited 137 · killed\.$/);
    const all = (await docker('logs', name(suffix))).split(/\r?\n/);
    assert.deepEqual(texts(seen.lines.filter(({ isNote }) => !isNote)), all, suffix);
    await docker('start', name(suffix));
    const count = () => seen.lines.filter((line) => /started again/.test(text(line))).length;
    await eventually(() => (count() === 2 ? true : undefined));
    await docker('rm', '--force', name(suffix));
    await until(seen, /was removed/);
    page.close();
  }
});

test(
  'after a reload of the window it goes on in the same tab, and says that a container is gone',
  limits,
  async () => {
    await make('reloaded', [], 'sh', '-c', 'echo before; sleep 100');
    const { page, seen } = await logsOf('reloaded');
    await until(seen, 'before');
    page.close();
    const reloaded = async () => {
      const made = createFakePanel(page.title, {});
      const serializer = serializers.get('wheelhouse.logs');
      await serializer?.deserializeWebviewPanel(made.panel, undefined);
      return { page: made.page, seen: open(made.page) };
    };
    const again = await reloaded();
    await until(again.seen, 'before');
    await docker('rm', '--force', name('reloaded'));
    await until(again.seen, /was removed/);
    assert.ok(!texts(again.seen.lines).some((line) => line.includes('started again')));
    again.page.close();
    const gone = await reloaded();
    await until(gone.seen, new RegExp(`The engine has no ${name('reloaded')} any more`));
    await make('reloaded', [], 'sh', '-c', 'echo anew; sleep 100');
    await until(gone.seen, 'anew');
    gone.page.close();
  },
);

test('several containers stand together in the order of time', limits, async () => {
  for (const suffix of ['odd', 'even'])
    await make(
      suffix,
      [],
      'sh',
      '-c',
      `sleep ${suffix === 'odd' ? 0 : 0.4}; for i in 1 2 3; do echo ${suffix} $i; sleep 0.8; done`,
    );
  await ended(name('odd'), name('even'));
  const { page, seen } = await logsOf('odd', 'even');
  await until(seen, new RegExp(`${name('even')}: exited 0`));
  await until(seen, new RegExp(`${name('odd')}: exited 0`));
  assert.equal(page.title, `Logs of ${name('odd')}, ${name('even')}`);
  const own = seen.lines.filter(({ isNote }) => !isNote);
  assert.deepEqual(
    own.map(({ at }) => at),
    own.map(({ at }) => at).toSorted(),
  );
  assert.deepEqual(own.map((line) => `${line.source} ${text(line)}`).toSorted(), [
    '0 odd 1',
    '0 odd 2',
    '0 odd 3',
    '1 even 1',
    '1 even 2',
    '1 even 3',
  ]);
  page.close();
});

test('a filter, a level, the number of lines, Clear, Copy and Save', limits, async () => {
  const script =
    'for i in $(seq 1 3000); do echo "INFO:root:line $i"; done; echo "ERROR:root:bad hf_abcdefghijklmnop"; sleep 100';
  await make('many', [], 'sh', '-c', script);
  // What comes while the page is open is shown beside the last thousand.
  await eventually(async () => (await docker('logs', name('many'))).includes('bad') || undefined, 30_000);
  const { page, seen } = await logsOf('many');
  await until(seen, /bad/);
  assert.equal(seen.lines.length, 1_000, 'the last thousand at first');
  page.say({ type: 'range', since: '', tail: '10000' });
  await eventually(() => (seen.lines.length === 3_001 ? true : undefined));
  assert.equal(text(seen.lines.at(-1) as ShownLine), 'root:bad ***', 'a token is hidden');
  page.say({ type: 'filter', pattern: 'line 29\\d\\d$', level: '' });
  await eventually(() => (seen.lines.length === 100 ? true : undefined));
  await eventually(() => (seen.said === '100 of 3,001 lines' ? true : undefined));
  assert.deepEqual(seen.lines[0]?.pieces, [{ text: 'root:' }, { text: 'line 2900', mark: true }]);
  page.say({ type: 'filter', pattern: 'LINE 29\\d\\d$', matchCase: true, level: '' });
  await eventually(() => (seen.said === '0 of 3,001 lines' ? true : undefined));
  page.say({ type: 'filter', pattern: 'LINE 29\\d\\d$', matchCase: false, level: '' });
  await eventually(() => (seen.said === '100 of 3,001 lines' ? true : undefined));
  page.say({ type: 'copy', withTimes: false });
  await eventually(() => (screen.copied.at(-1)?.split('\n').length === 101 ? true : undefined));
  assert.match(screen.copied.at(-1) ?? '', /^INFO:root:line 2900\n/);
  page.say({ type: 'filter', pattern: '(', level: '' });
  await eventually(() => seen.wrong || undefined);
  assert.match(seen.wrong, /no regular expression: Unterminated group\. /);
  assert.equal(seen.lines.length, 100, 'what was shown stays');
  page.see(false);
  page.see(true);
  seen.wrong = '';
  page.say({ type: 'ready' });
  await eventually(() => /Unterminated group/.test(seen.wrong) || undefined);
  page.say({ type: 'filter', pattern: '', level: 'error' });
  await eventually(() => (seen.lines.length === 1 ? true : undefined));
  screen.choose = () => '/x.log';
  page.say({ type: 'save', withTimes: true });
  await eventually(() => screen.written.get('file:///x.log'));
  assert.match(screen.written.get('file:///x.log') ?? '', /^\d{4}-\d\d-\d\dT\S+Z ERROR:root:bad \*\*\*\n$/);
  page.say({ type: 'filter', pattern: '', level: '' });
  await eventually(() => (seen.lines.length === 3_001 ? true : undefined));
  page.say({ type: 'clear' });
  await eventually(() => (seen.lines.length === 0 ? true : undefined));
  page.say({ type: 'range', since: 'x', tail: '-1' });
  page.say({ type: 'nonsense' });
  page.say(null);
  await docker('rm', '--force', name('many'));
  await until(seen, /was removed/);
  page.say({ type: 'clear' });
  await eventually(() => (seen.lines.length === 0 ? true : undefined));
  page.say({ type: 'range', since: '', tail: '100' });
  await until(seen, /was removed/);
  assert.deepEqual(texts(seen.lines), [
    `${name('many')} was removed; one that is made anew under its name is followed.`,
  ]);
  page.close();
});

test(
  'a page that is hidden or read is sent nothing, and everything once it is seen again',
  limits,
  async () => {
    await make('hides', [], 'sh', '-c', 'n=0; while :; do n=$((n+1)); echo $n; sleep 0.05; done');
    const { page, seen } = await logsOf('hides');
    await until(seen, '5');
    const last = async () => Number(await docker('logs', '--tail', '1', name('hides')));
    /** The container has written more meanwhile, enough for several messages. */
    const wroteMore = async () => {
      const now = await last();
      await eventually(async () => (await last()) > now + 10 || undefined);
    };
    const sent = () => page.posted.filter(({ type }) => type === 'lines').length;
    page.say({ type: 'pause', paused: true });
    const before = sent();
    await wroteMore();
    assert.equal(sent(), before);
    const { messages } = seen;
    page.say({ type: 'pause', paused: false });
    await eventually(() => (seen.messages > messages + 2 ? true : undefined));
    page.see(false);
    const posted = page.posted.length;
    await wroteMore();
    assert.equal(page.posted.length, posted);
    page.see(true);
    page.say({ type: 'ready' });
    await eventually(() => (page.posted.length > posted + 3 ? true : undefined));
    const numbers = seen.lines.map((line) => Number(text(line)));
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
    );
    page.close();
  },
);

test('an engine that goes away is told in words, and the log goes on when it is back', limits, async () => {
  const before = process.env.DOCKER_HOST;
  const door = await openDoor(before ?? '');
  await make('elsewhere', [], 'sh', '-c', 'n=0; while :; do n=$((n+1)); echo $n; sleep 0.05; done');
  process.env.DOCKER_HOST = door.host;
  workbench.engine.forget();
  try {
    const { page, seen } = await logsOf('elsewhere');
    await until(seen, '8');
    await door.slam();
    await until(seen, /engine/i);
    process.env.DOCKER_HOST = before;
    workbench.engine.forget();
    await until(seen, 'The engine answers again.');
    const numbers = () => seen.lines.filter(({ isNote }) => !isNote).map((line) => Number(text(line)));
    const count = numbers().length;
    await eventually(() => (numbers().length > count + 5 ? true : undefined));
    assert.deepEqual(
      numbers(),
      numbers().map((_, index) => index + 1),
    );
    page.close();
  } finally {
    process.env.DOCKER_HOST = before;
    workbench.engine.forget();
    await door.slam();
  }
});

test(
  'a container that writes as fast as it can costs this process little, and what is missing is told',
  limits,
  async () => {
    await make(
      'fast',
      ['--log-opt', 'max-size=50m'],
      'sh',
      '-c',
      'yes "INFO:root:a line of a program that writes without an end"',
    );
    const { page, seen } = await logsOf('fast');
    await until(seen, /a line/);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const drawn = seen.messages;
    // Counted in time of this process, as others are at work on this machine.
    let longest = 0;
    let last = process.cpuUsage();
    const ticks = setInterval(() => {
      const { user, system } = process.cpuUsage(last);
      longest = Math.max(longest, (user + system) / 1_000);
      last = process.cpuUsage();
    }, 5);
    await eventually(() => (seen.left > 1_000 && seen.messages - drawn > 20) || undefined, 60_000);
    clearInterval(ticks);
    const { user, system } = process.cpuUsage(cpu);
    const passed = performance.now() - begun;
    const messages = seen.messages - drawn;
    const share = (user + system) / 1_000 / passed;
    const memory = process.memoryUsage().rss / 1e6;
    console.log(
      `${(share * 100).toFixed(0)}% of a processor, ${longest.toFixed(0)} ms at most without a turn, ` +
        `${memory.toFixed(0)} MB; in ${(passed / 1_000).toFixed(0)} s ${seen.lines.length} lines drawn, ${seen.left} told as left out`,
    );
    // Counted, for how long that takes is a matter of what else the machine does.
    const sizes = page.posted.filter(({ type, replace }) => type === 'lines' && !replace).map(sizeOf);
    assert.ok(Math.max(...sizes) <= 1_000, `${Math.max(...sizes)} lines at once`);
    assert.ok(messages <= passed / 100 + 2, `${messages} times in ${passed} ms`);
    await docker('rm', '--force', name('fast'));
    await until(seen, /was removed/);
    page.close();
  },
);

test('so many containers that nobody could follow them are refused', limits, async () => {
  for (let count = 0; count < 21; count++) {
    created.push(name(`many-${count}`));
    await docker('create', '--name', name(`many-${count}`), image, 'true');
  }
  const many = (await nodes()).filter(({ label }) => label.includes('-many-'));
  assert.equal(many.length, 21);
  const pages = screen.pages.length;
  await execute('wheelhouse.containers.logs', many[0], many);
  assert.equal(failures.at(-1)?.id, 'too-many-logs');
  assert.equal(screen.pages.length, pages);
});

test('a driver that keeps no log is told with what to do, and is not asked for ever', limits, async () => {
  await make('silent', ['--log-driver', 'none'], ...forever);
  const { page, seen } = await logsOf('silent');
  await until(seen, /logging driver of this container keeps nothing/);
  page.close();
});
