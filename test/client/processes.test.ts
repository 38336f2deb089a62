// What the page of a container's processes shows of what engines print.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processTable, shownProcesses } from '../../client/src/containers/model-inside.ts';

const shown = (...lines: string[]) => shownProcesses(processTable(lines.join('\n')));
const aligned = (...lines: string[]) => {
  const { heads, numbers } = shown(...lines);
  return numbers.map((at) => heads[at]);
};

test('numbers are told as such, and neither users nor commands are, whatever they are called', () => {
  assert.deepEqual(
    aligned(
      'PID      USER     RSS      %CPU    ELAPSED     COMMAND',
      '4711     1000     20480    12.5    01:02:03    2048',
    ),
    ['PID', 'Memory', '%CPU', 'ELAPSED'],
    'of ps, with the columns that are asked for',
  );
  assert.deepEqual(
    aligned(
      'UID      PID     PPID    C     STIME    TTY     TIME        CMD',
      'root     4711    4690    0     11:02    ?       00:00:00    sleep 1',
    ),
    ['PID', 'PPID', 'C', 'TIME'],
    'of ps, with its own',
  );
  assert.deepEqual(
    aligned(
      'USER     PID     PPID    %CPU     ELAPSED    TTY     TIME    COMMAND',
      'root     1       0       0.000    2m3s       ?       0s      sleep 1',
    ),
    ['PID', 'PPID', '%CPU', 'ELAPSED', 'TIME'],
    'of Podman',
  );
});

test('the largest comes first, with its memory in words', () => {
  const { rows } = shown('PID      RSS      COMMAND', '1        100      a  b', '2        20480    c');
  assert.deepEqual(rows, [
    ['2', '20 MiB', 'c'],
    ['1', '100 KiB', 'a  b'],
  ]);
});
