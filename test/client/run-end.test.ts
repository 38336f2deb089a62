// What is told of a container that ended as soon as it ran.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runEnded } from '../../client/src/images/run-end.ts';

const logs = { label: 'View Container Logs', command: 'wheelhouse.containers.logs' };
const told = (exitCode: number, said?: string, outOfMemory = false, secrets: readonly string[] = []) => {
  const { message, remedy } = runEnded('bikes-1', { exitCode, outOfMemory }, said, secrets, logs);
  return `${message} | ${remedy}`;
};

test('the cause comes first: what the code means, and what the program said at last', () => {
  assert.equal(
    told(127, 'sh: 1: pip: not found\n'),
    'bikes-1 started and ended with exit code 127, command not found: sh: 1: pip: not found | Its logs have all that it said.',
  );
  assert.match(
    told(
      1,
      'Traceback (most recent call last):\n  File "/app/main.py", line 2, in <module>\n    import torchh\nModuleNotFoundError: No module named \'torchh\'\n',
    ),
    /exit code 1: ModuleNotFoundError: No module named 'torchh' \(\/app\/main\.py, line 2\) \|/,
  );
  assert.match(told(137, 'loading\n', true), /exit code 137, out of memory: loading \|/);
  assert.match(told(137, 'loading\n'), /exit code 137, killed: loading \|/);
});

test('where it said nothing, or its log cannot be read, that is not made up', () => {
  assert.equal(
    told(3, '\n'),
    'bikes-1 started and ended with exit code 3. | It said nothing; see what it was started with.',
  );
  assert.equal(told(3), 'bikes-1 started and ended with exit code 3. | Its logs say why.');
});

test('values of its variables are not told', () => {
  assert.doesNotMatch(told(1, 'bad key hunter22', false, ['hunter22']), /hunter22/);
});
