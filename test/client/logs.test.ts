// What a log is read by: frames, lines, levels, colours, what is kept of them and what is shown.
import './register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloured, withoutColours, withoutOverwritten } from '../../client/src/containers/logs/ansi.ts';
import { withoutLevel } from '../../client/src/containers/logs/badges.ts';
import { createFilter, type Span, TooSlow } from '../../client/src/containers/logs/filter.ts';
import { createIntake } from '../../client/src/containers/logs/intake.ts';
import { createLevelReader, levelOf } from '../../client/src/containers/logs/levels.ts';
import { createLineReader, longestLine } from '../../client/src/containers/logs/lines.ts';
import { marked, textOf } from '../../client/src/containers/logs/marks.ts';
import type { ShownLine } from '../../client/src/containers/logs/messages.ts';
import { createRing } from '../../client/src/containers/logs/ring.ts';
import type { LogLine } from '../../client/src/containers/logs/session.ts';
import { createShownLog } from '../../client/src/containers/logs/shown.ts';
import { pageTitle } from '../../client/src/containers/logs/texts.ts';
import { createFrameReader } from '../../client/src/engine/log-frames.ts';
import { containerDetails } from '../../client/src/runtime/container-details.ts';

const frame = (stream: number, text: string | Buffer) => {
  const body = Buffer.from(text as string);
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
};
const at = (n: number) => `2026-01-02T03:04:05.${String(n).padStart(9, '0')}Z`;
const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);

test('frames are found wherever the connection cuts them', () => {
  const all = Buffer.concat([
    frame(1, 'out\n'),
    frame(2, 'ünten\n'),
    frame(1, ''),
    frame(0, 'x'),
    frame(3, '!'),
  ]);
  const expected = ['stdout out\n', 'stderr ünten\n', 'stdout ', 'stdout x', 'stderr !'];
  for (const size of [1, 2, 7, 8, 9, all.length]) {
    const read = createFrameReader();
    const found = [];
    for (let from = 0; from < all.length; from += size) found.push(...read(all.subarray(from, from + size)));
    assert.deepEqual(
      found.map(({ stream, bytes }) => `${stream} ${bytes}`),
      expected,
      `portions of ${size}`,
    );
  }
});

test('what is no frame is told as such, and not taken for one of gigabytes', () => {
  for (const bytes of [
    'plain text of a terminal',
    '\x01\0\0\0\xff\xff\xff\xff',
    '\x05\0\0\0\0\0\0\0',
    '\x01\0\0\x01\0\0\0\0',
  ])
    assert.throws(() => createFrameReader()(Buffer.from(bytes, 'latin1')), /no frames/, bytes);
});

test('lines lose their time, which is told beside them; a long one goes on in the next frame', () => {
  const reader = createLineReader();
  const push = (text: string, stream: 'stdout' | 'stderr' = 'stdout') =>
    reader.push(stream, Buffer.from(text), true);
  assert.deepEqual(push(`${at(1)} one\n`), [{ stream: 'stdout', at: at(1), text: 'one' }]);
  assert.deepEqual(push(`${at(2)} be`), []);
  assert.deepEqual(push(`${at(3)} beside\n`, 'stderr'), [{ stream: 'stderr', at: at(3), text: 'beside' }]);
  assert.deepEqual(push(`${at(4)} gun\n`), [{ stream: 'stdout', at: at(2), text: 'begun' }]);
  assert.deepEqual(push(`${at(5)} \n`), [{ stream: 'stdout', at: at(5), text: '' }]);
  assert.deepEqual(push('no time\n'), [{ stream: 'stdout', at: '', text: 'no time' }]);
  push(`${at(6)} without an end`);
  assert.deepEqual(reader.end(), [{ stream: 'stdout', at: at(6), text: 'without an end' }]);
  assert.deepEqual(reader.end(), []);
});

test('the text of a terminal has a time before each line, and letters that are cut in two', () => {
  const whole = Buffer.from(`${at(1)} ä€😀\r\n2026-01-02T03:04:06.5+01:00 two\r\nthree`);
  for (const size of [1, 3, whole.length]) {
    const reader = createLineReader();
    const found = [];
    for (let from = 0; from < whole.length; from += size)
      found.push(...reader.push('stdout', whole.subarray(from, from + size), false));
    found.push(...reader.end());
    assert.deepEqual(texts(found), ['ä€😀\r', 'two\r', 'three']);
    assert.deepEqual(
      found.map((line) => line.at),
      [at(1), '2026-01-02T03:04:06.5+01:00', ''],
    );
  }
});

test('a line that a program wrote to a terminal in pieces has one time', () => {
  const reader = createLineReader();
  const push = (text: string) => reader.push('stdout', Buffer.from(text), false);
  assert.deepEqual(push(`${at(1)} 10%`), []);
  assert.deepEqual(push(`${at(2)} , 20%`), []);
  assert.deepEqual(push(`${at(3)} \r\n`), [{ stream: 'stdout', at: at(1), text: '10%, 20%\r' }]);
  // A time of the program's own stays.
  assert.deepEqual(push(`${at(4)} ${at(5)} own\n`), [{ stream: 'stdout', at: at(4), text: `${at(5)} own` }]);
});

test('a line of megabytes is clipped, and the next one is whole', () => {
  const reader = createLineReader();
  const found = [];
  for (let n = 0; n < 300; n++) found.push(...reader.push('stdout', Buffer.alloc(16_384, 'x'), false));
  found.push(...reader.push('stdout', Buffer.from('\nnext\n'), false));
  assert.equal(found.length, 2);
  assert.equal(found[0]?.text, `${'x'.repeat(longestLine)}…`);
  assert.equal(found[1]?.text, 'next');
});

test('a container that writes faster than one reads: the newest lines are kept, the others counted', () => {
  const intake = createIntake(1_000, 50);
  for (let n = 1; n <= 1_000; n++) intake.push('stdout', Buffer.from(`${at(n)} ${n}\n`), true);
  const { lines, dropped } = intake.take();
  assert.equal(lines.at(-1)?.text, '1000');
  assert.ok(lines.length > 5 && lines.length <= 50, `${lines.length}`);
  assert.equal(lines.length + dropped, 1_000);
  assert.deepEqual(intake.take(), { lines: [], dropped: 0 });

  const raw = createIntake(100, 50);
  for (let n = 0; n < 100; n++) raw.push('stdout', Buffer.from('half\nwhole\nha'), false);
  const taken = raw.take();
  assert.ok(taken.lines.length > 4 && taken.dropped > 150);
  assert.ok(
    taken.lines.every(({ text }) => ['whole', 'hahalf'].includes(text)),
    'none begins in the middle',
  );
  intake.push('stdout', Buffer.from('last'), true);
  assert.deepEqual(texts(intake.end().lines), ['last']);
});

const leveled: readonly (readonly [string | undefined, string])[] = [
  ['error', 'ERROR:root:no such file'],
  ['warning', 'WARNING:root:careful'],
  ['info', '2026-01-02 03:04:05,678 - bikes.train - INFO - epoch 1'],
  ['debug', '2026-01-02 03:04:05.678 | DEBUG    | train:main:12 - loguru'],
  ['info', '2026-01-02 03:04:05.678 | SUCCESS  | train:main:12 - loguru'],
  ['error', '[2026-01-02 03:04:05 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)'],
  ['info', 'INFO:     127.0.0.1:5123 - "GET / HTTP/1.1" 500 Internal Server Error'],
  ['warning', '2026-01-02 03:04:05 [warning  ] structlog says          key=1'],
  ['error', 'time="2026-01-02T03:04:05Z" level=error msg="no"'],
  ['warning', 'E0102'.replace('E', 'W').concat(' 03:04:05.678901    1 cuda.cc:12] no device')],
  ['error', 'error: no matching files'],
  ['warning', '/app/train.py:12: FutureWarning: this goes'],
  ['error', '{"level": "ERROR", "message": "INFO is not meant"}'],
  ['warning', '{"severity":"WARNING","message":"x"}'],
  ['info', '{"level":30,"msg":"pino"}'],
  ['debug', '{"levelno":10}'],
  ['info', '{"log":{"level":"info"},"message":"ecs"}'],
  ['warning', '{"text":"x","record":{"level":{"name":"WARNING","no":30}}}'],
  ['error', '{"levelname": "ERROR", cut off'],
  ['error', 'ValueError: lr is NaN'],
  ['error', 'torch.cuda.OutOfMemoryError: CUDA out of memory.'],
  ['error', '/bin/sh: 1: train: not found'],
  ['error', 'fatal: not a git repository'],
  [undefined, 'E:12 loss 0.3'],
  [undefined, 'ValueErrors: 3'],
  [undefined, '{"level":"constructor","__proto__":{}}'],
  [undefined, 'There was no error in the information'],
  [undefined, 'my-ERROR-file and ERROR.txt'],
  [undefined, 'LOG_LEVEL=ERROR INFO=1'],
  [undefined, `${' '.repeat(200)}ERROR`],
  [undefined, ''],
];
for (const [level, text] of leveled)
  test(`the level of ${JSON.stringify(text).slice(0, 60)} is ${level}`, () =>
    assert.equal(levelOf(text), level));

test('a traceback is an error up to its last line, and indented lines are of the level above', () => {
  const read = createLevelReader();
  const said = `INFO:root:go
  and on
plain
  indented
Traceback (most recent call last):
  File "x.py", line 1, in <module>

ValueError: no
after it
ERROR:root:with
Traceback (most recent call last):
  File "x.py"
KeyboardInterrupt
INFO:root:end`.split('\n');
  assert.deepEqual(
    said.map((line) => read(line)?.[0] ?? '-'),
    ['i', 'i', '-', '-', 'e', 'e', 'e', 'e', '-', 'e', 'e', 'e', 'e', 'i'],
  );
});

const badged: readonly (readonly [string, string])[] = [
  ['INFO epoch 0', 'epoch 0'],
  ['INFO:root:begun', 'root:begun'],
  ['INFO:     127.0.0.1 - "GET /"', '127.0.0.1 - "GET /"'],
  ['\x1b[32mINFO\x1b[0m:     started', 'started'],
  ['\x1b[1;33mWARN\x1b[0m | \x1b[4mcareful\x1b[0m', 'careful'],
  ['[warning  ] structlog', 'structlog'],
  ['error: no matching files', 'no matching files'],
  ['ERROR - no', 'no'],
  // What the badge does not say stays, and so does what is no level.
  ['CRITICAL:root:down', 'CRITICAL:root:down'],
  ['Error opening x: ERROR 3', 'Error opening x: ERROR 3'],
  ['2026-01-02 03:04:05 - INFO - epoch 1', '2026-01-02 03:04:05 - INFO - epoch 1'],
  ['INFOS: 3', 'INFOS: 3'],
  ['INFO', 'INFO'],
  ['ValueError: no', 'ValueError: no'],
];
for (const [text, shown] of badged)
  test(`beside its badge ${JSON.stringify(text)} reads ${shown}`, () => {
    const pieces = withoutLevel(coloured(text), levelOf(withoutColours(text)));
    assert.equal(pieces.map(({ text }) => text).join(''), shown);
    if (shown === 'careful') assert.deepEqual(pieces.at(-1), { text: 'careful', underline: true });
  });

test('colours are pieces of text, and nothing else steers a terminal', () => {
  assert.deepEqual(coloured('\x1b[1;31mred\x1b[0m plain \x1b[92;44mbright\x1b[39m\x1b[49;22m'), [
    { text: 'red', bold: true, fg: 1 },
    { text: ' plain ' },
    { text: 'bright', fg: 10, bg: 4 },
  ]);
  assert.deepEqual(coloured('\x1b[38;5;208mx\x1b[48;2;1;2;300my\x1b[38:5:4mz\x1b[mw'), [
    { text: 'x', fg: '#ff8700' },
    { text: 'y', fg: '#ff8700', bg: undefined },
    { text: 'z', fg: 4, bg: undefined },
    { text: 'w' },
  ]);
  const hostile = 'a\x1b]8;;http://x\x07b\x1b]52;c;eA==\x1b\\c\x1b[2Jd\x1bce\x1b(0f\x9b31mg\x1b]open';
  assert.equal(withoutColours(hostile), 'abcdef\ufffd31mg');
  assert.equal(
    coloured(hostile)
      .map(({ text }) => text)
      .join(''),
    'abcdef\ufffd31mg',
  );
  assert.equal(withoutColours('a\u202eb\0c\td'), 'a\ufffdb\ufffdc\td');
  assert.deepEqual(coloured(''), []);
  assert.equal(withoutOverwritten('10%\r50%\r100%\r'), '100%');
  assert.equal(withoutOverwritten('\r\r'), '');
});

test('the ring keeps the last, by number and by letters, and its places go on', () => {
  const ring = createRing<string>(3, 10, ({ length }) => length);
  const kept = (place = 0) => [...ring.after(place)].map(([place, item]) => `${place}${item}`);
  for (const item of ['a', 'b', 'c', 'd', 'e']) ring.push(item);
  assert.deepEqual(kept(), ['3c', '4d', '5e']);
  assert.deepEqual(kept(4), ['5e']);
  assert.deepEqual(kept(5), []);
  assert.deepEqual([ring.left, ring.length, ring.last], [2, 3, 5]);
  ring.push('ninenines');
  assert.deepEqual(kept(), ['5e', '6ninenines']);
  ring.push('longer than all');
  assert.deepEqual(kept(), ['7longer than all']);
  ring.clear();
  assert.deepEqual([kept().length, ring.left, ring.last], [0, 0, 7]);
  for (let n = 0; n < 1_000; n++) ring.push('x');
  assert.deepEqual(kept(0), ['1005x', '1006x', '1007x']);
});

test('a filter takes a pattern and a level; what was added by us is always shown', () => {
  const lines = [
    { plain: 'ERROR no', level: 'error' },
    { plain: 'warn', level: 'warning' },
    { plain: 'error-free' },
    { plain: 'ended', isNote: true },
    { plain: 'Killed', stream: 'stderr' },
    { plain: 'epoch 3', stream: 'stderr', level: 'info' },
  ] as const;
  const shown = (pattern: string, level?: 'warning' | 'error', matchCase = false) =>
    createFilter({ pattern, level, matchCase })?.passes(lines).map(Number).join('');
  assert.equal(shown(''), undefined);
  assert.equal(shown('error'), '101100');
  assert.equal(shown('ERR'), '101100');
  assert.equal(shown('ERR', undefined, true), '100100');
  assert.equal(shown('^\\S+$'), '011110');
  // What stderr has without a level may be why it ended.
  assert.equal(shown('', 'warning'), '110110');
  assert.equal(shown('', 'error'), '100100');
  assert.equal(shown('no$', 'warning'), '100100');
  assert.throws(() => createFilter({ pattern: '(' }), SyntaxError);
});

test('a pattern that would take for ever is broken off', () => {
  const filter = createFilter({ pattern: '^(a+)+$' });
  assert.deepEqual([...(filter?.passes([{ plain: 'aaa' }]) ?? [])], [true]);
  const begun = Date.now();
  assert.throws(() => filter?.passes([{ plain: `${'a'.repeat(60)}!` }]), TooSlow);
  assert.throws(() => filter?.spans([`${'a'.repeat(60)}!`]), TooSlow);
  assert.ok(Date.now() - begun < 2_000);
});

test('what a pattern matches is marked, over colours and within them', () => {
  const pieces = coloured('\x1b[31mred er\x1b[0mror, and Error');
  const spans = (pattern: string, matchCase = false) => {
    const [found] = createFilter({ pattern, matchCase })?.spans([textOf(pieces)]) ?? [];
    // What comes out of a script of its own has arrays of its own.
    return Array.from(found ?? [], ([from, to]): Span => [from, to]);
  };
  assert.deepEqual(spans('error'), [
    [4, 9],
    [15, 20],
  ]);
  assert.deepEqual(spans('Error', true), [[15, 20]]);
  assert.deepEqual(spans('x*'), [], 'what matches nothing everywhere marks nothing');
  assert.equal(spans('.').length, textOf(pieces).length);
  assert.deepEqual(marked(pieces, spans('error')), [
    { text: 'red ', fg: 1 },
    { text: 'er', fg: 1, mark: true },
    { text: 'ror', mark: true },
    { text: ', and ' },
    { text: 'Error', mark: true },
  ]);
  assert.equal(textOf(marked(pieces, [[0, 20]])), textOf(pieces));
  assert.deepEqual(createFilter({ pattern: '', level: 'error' })?.spans(['x']), []);
});

test('how many lines pass is counted over all that are kept, as they come and go', async () => {
  const ring = createRing<LogLine>(6_000, 1_000_000, () => 1);
  const push = (text: string, isNote?: true) =>
    ring.push({ source: 0, stream: 'stdout', at: '', text, plain: text, isNote });
  for (let n = 1; n <= 5_500; n++) push(n % 10 ? 'no' : 'yes');
  push('a note', true);
  const sent: ShownLine[] = [];
  const shown = createShownLog(
    ring,
    ['web'],
    (lines) => void sent.push(...lines),
    (error) => assert.fail(String(error)),
  );
  await shown.restart();
  assert.equal(shown.found, undefined, 'without a filter there is nothing to count');
  await shown.filter(createFilter({ pattern: 'es' }));
  assert.equal(shown.found, 550);
  assert.deepEqual(sent.at(-2)?.pieces, [{ text: 'y' }, { text: 'es', mark: true }]);
  push('yes');
  shown.goOn(true);
  assert.equal(shown.found, 551);
  // While somebody reads it goes on being counted.
  shown.pause(true);
  push('yes');
  shown.goOn(true);
  assert.equal(shown.found, 552);
  for (let n = 0; n < 1_000; n++) push('no');
  shown.goOn();
  const kept = [...ring.after(0)].filter(([, { plain }]) => plain === 'yes').length;
  assert.ok(kept < 552);
  assert.equal(shown.found, kept);
  await shown.filter(createFilter({ pattern: 'no|yes' }));
  assert.equal(shown.found, 5_999, 'more than a page holds are counted as well, and no note');
  await shown.filter(undefined);
  assert.equal(shown.found, undefined);
});

test('the title of a tab names its containers, or the project of many', () => {
  const of = (project: string | undefined, ...names: string[]) =>
    pageTitle(
      names.map((name) => ({
        ...containerDetails({ Id: name, Name: `/${name}`, State: { Status: 'running' } }),
        labels: project ? { 'com.docker.compose.project': project } : undefined,
      })),
    );
  assert.equal(of(undefined, 'bikes'), 'Logs of bikes');
  assert.equal(of('p', 'hungry', 'modest'), 'Logs of hungry, modest');
  assert.equal(of(undefined, 'a', 'b', 'c', 'd', 'e'), 'Logs of a, b and 3 more');
  assert.equal(of('bikes', 'a', 'b', 'c', 'd'), 'Logs of bikes (4 containers)');
});

test('of several containers each line names its own, once', async () => {
  const ring = createRing<LogLine>(10, 1_000, () => 1);
  const line = (source: number, text: string, isNote?: true) =>
    ring.push({ source, stream: 'stdout', at: '', text, plain: text, isNote });
  line(0, 'web: it said itself');
  line(1, 'db: exited 1.', true);
  line(1, 'The engine answers again.', true);
  const sent: ShownLine[] = [];
  const shown = createShownLog(
    ring,
    ['web', 'db'],
    (lines) => sent.push(...lines),
    (error) => assert.fail(String(error)),
  );
  const said = ['web | web: it said itself', '--- db: exited 1.', 'db | --- The engine answers again.', ''];
  assert.equal(await shown.text(false), said.join('\n'));
  await shown.restart();
  assert.deepEqual(
    sent.map(({ saysName }) => saysName),
    [undefined, true, undefined],
  );
});
