// Which words of a container that failed say why, and what of them its row and its tooltip have.
import './register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { wordsOf } = await import('../../client/src/containers/last-words.ts');
const { containerDetails } = await import('../../client/src/runtime/container-details.ts');
const { describeContainer, stateWords } = await import('../../client/src/containers/model.ts');

const to = (stream: 'stdout' | 'stderr', ...texts: string[]) => texts.map((text) => ({ stream, text }));
const traceback = [
  'Traceback (most recent call last):',
  '  File "/app/train.py", line 9, in <module>',
  '    main()',
  '  File "/app/train.py", line 5, in main',
  '    raise ValueError("lr is NaN")',
];

const reasons: readonly (readonly [string | undefined, ...ReturnType<typeof to>])[] = [
  // A program that keeps stdout back writes it after its exception.
  [
    'ValueError: lr is NaN',
    ...to('stderr', ...traceback, 'ValueError: lr is NaN'),
    ...to('stdout', ...Array.from({ length: 40 }, (_, at) => `INFO epoch ${at}`)),
  ],
  ['AssertionError', ...to('stderr', ...traceback, 'AssertionError')],
  ['queue.Empty', ...to('stdout', ...traceback, 'queue.Empty')],
  [
    'sqlalchemy.exc.OperationalError: (psycopg2) no',
    ...to('stderr', 'sqlalchemy.exc.OperationalError: (psycopg2) no', '[SQL: SELECT 1]'),
  ],
  [
    'ModuleNotFoundError: No module named app',
    ...to(
      'stderr',
      'ERROR:    Traceback (most recent call last):',
      '  File "x"',
      'ModuleNotFoundError: No module named app',
      'ERROR:    Application startup failed. Exiting.',
    ),
  ],
  [
    '2026-01-02 03:04:05 ERROR train: no data',
    ...to('stdout', '2026-01-02 03:04:05 ERROR train: no data', 'bye'),
  ],
  [
    'panic: runtime error: index out of range',
    ...to('stderr', 'panic: runtime error: index out of range', '', 'goroutine 1'),
  ],
  ['Error: Cannot find module', ...to('stderr', '\u001b[31mError: Cannot find module\u001b[0m', '    at x')],
  // What stands far from the end was survived.
  [
    undefined,
    ...to('stdout', 'ValueError: survived', ...Array.from({ length: 30 }, (_, at) => `step ${at}`)),
  ],
  ['sh: 1: pip: not found', ...to('stderr', 'sh: 1: pip: not found')],
  ['bash: line 1: pip: command not found', ...to('stderr', 'bash: line 1: pip: command not found')],
  [undefined, ...to('stdout', 'all is well')],
  [undefined],
];
for (const [reason, ...lines] of reasons)
  test(`the reason is ${reason}, of ${lines.at(-1)?.text}`, () => {
    const words = wordsOf(lines);
    assert.equal(words.reason, reason);
    // Whoever sees the end of them sees the reason.
    if (reason) assert.equal(words.lines.at(-1)?.replace('\u001b', ''), reason);
    assert.ok(words.lines.length <= 5);
  });

test('without a reason the last of both streams are shown', () => {
  const six = ['1', '2', '3', '4', '5', '6'];
  assert.deepEqual(wordsOf(to('stdout', ...six)).lines, ['2', '3', '4', '5', '6']);
  assert.deepEqual(wordsOf([...to('stderr', 'warning'), ...to('stdout', ...six)]).lines, [
    '5',
    '6',
    'warning',
  ]);
  assert.deepEqual(wordsOf([...to('stdout', 'out'), ...to('stderr', ...six)]).lines, [
    '2',
    '3',
    '4',
    '5',
    '6',
  ]);
});

test('its row and the head of its tooltip say it, where its exit code says nothing', () => {
  const now = new Date('2026-11-23T22:15:00Z');
  const of = (exitCode: number, said: string, more = {}) => ({
    ...containerDetails({
      Id: 'a'.repeat(64),
      Name: '/trained',
      State: { Status: 'exited', ExitCode: exitCode, FinishedAt: '2026-11-23T22:10:00Z' },
    }),
    said,
    ...more,
  });
  assert.equal(
    stateWords(of(1, 'ValueError: lr is NaN'), now),
    'exited 1 · ValueError: lr is NaN · 5 min ago',
  );
  const cuda =
    'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 GiB (GPU 0; 24 GiB in all)';
  assert.equal(
    stateWords(of(1, cuda), now),
    'exited 1 · OutOfMemoryError: CUDA out of memory. Tried to allocate 20.0… · 5 min ago',
  );
  assert.equal(
    stateWords(of(1, 'no file data.csv: look there'), now),
    'exited 1 · no file data.csv: look there · 5 min ago',
  );
  assert.equal(
    stateWords(of(1, 'KeyError: hf_abcdefghijklmnop'), now),
    'exited 1 · KeyError: *** · 5 min ago',
  );
  assert.equal(stateWords(of(137, 'ValueError: x'), now), 'exited 137 · killed · 5 min ago');
  assert.equal(
    stateWords(of(127, '/bin/sh: 1: pip: not found'), now),
    'exited 127 · pip: not found · 5 min ago',
  );
  assert.equal(
    stateWords(of(127, 'bash: line 1: pip: command not found'), now),
    'exited 127 · pip: command not found · 5 min ago',
  );
  assert.equal(stateWords(of(127, ''), now), 'exited 127 · command not found · 5 min ago');
  assert.equal(stateWords(of(143, 'ValueError: x'), now), 'stopped · 5 min ago');
  assert.equal(
    stateWords(of(1, 'ValueError: x', { status: 'restarting', restarts: 3 }), now),
    'restarting · exited 1 · ValueError: x · 3 restarts',
  );
  assert.match(
    describeContainer(of(1, 'ValueError: `x`'), ['a', 'ValueError: x'], now),
    /^` trained ` exited 1 · ValueError: \\`x\\` · [\s\S]*\nValueError: x\n```$/,
  );
});
