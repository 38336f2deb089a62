// What a build says at its end, of pip, apt, Python, uv and a shell; the forms are those of BuildKit 0.34 and of Docker 20.10.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedReason } from '../../client/src/images/failed-reason.ts';

const buildkit = (...said: string[]) =>
  [
    ...said.map((line, at) => `#7 ${at}.512 ${line}`),
    '#7 ERROR: process "/bin/sh -c x" did not complete successfully: exit code: 1',
    '------',
    ' > [2/2] RUN x:',
    ...said.slice(-10).map((line, at) => `${at}.512 ${line}`),
    '------',
    'ERROR: failed to build: failed to solve: process "/bin/sh -c x" did not complete successfully: exit code: 1',
  ].join('\n');

const pip = [
  'Collecting nope',
  'ERROR: Could not find a version that satisfies the requirement nope (from versions: none)',
  'ERROR: No matching distribution found for nope',
  '',
  '[notice] A new release of pip is available: 25.0 -> 26.0',
];

test('the reason is the last line that tells it', () => {
  const why = (...said: string[]) => failedReason(buildkit(...said));
  assert.equal(
    why(
      'Traceback (most recent call last):',
      '  File "<string>", line 1',
      "ModuleNotFoundError: No module named 'torchh'",
    ),
    "ModuleNotFoundError: No module named 'torchh'",
  );
  assert.equal(why(...pip), pip[1]);
  assert.equal(
    why('Reading package lists...', 'E: Unable to locate package libgl1x'),
    'E: Unable to locate package libgl1x',
  );
  assert.equal(
    why(
      "      ModuleNotFoundError: No module named 'torch'",
      '      [end of output]',
      'error: metadata-generation-failed',
    ),
    "ModuleNotFoundError: No module named 'torch'",
  );
  assert.equal(
    why('error: Unable to find lockfile at `uv.lock`.'),
    'error: Unable to find lockfile at `uv.lock`.',
  );
  assert.equal(why('/bin/sh: 1: gcc: not found'), '/bin/sh: 1: gcc: not found');
  assert.equal(
    why('a.c:1:10: fatal error: Python.h: No such file or directory', '1 error generated.'),
    'a.c:1:10: fatal error: Python.h: No such file or directory',
  );
});

test('where no line tells, none is made up; a builder without BuildKit has its lines as they are', () => {
  assert.equal(failedReason(buildkit('all is well', '0 errors')), undefined);
  assert.equal(failedReason(buildkit()), undefined);
  assert.equal(
    failedReason(
      `Step 2/2 : RUN x\n${pip.join('\n')}\nThe command '/bin/sh -c x' returned a non-zero code: 1`,
    ),
    pip[1],
  );
  assert.equal(failedReason(`#7 0.1 Error: ${'x'.repeat(1_000)}`)?.length, 201);
});
