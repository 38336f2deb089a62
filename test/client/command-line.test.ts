import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandLine, looksSecret, redact } from '../../client/src/runtime/command-line.ts';

test('what a shell would change is quoted, so that the line can be pasted', {
  skip: process.platform === 'win32',
}, () => {
  const args = ['build', '--tag', 'bikes:1.0', "/home/me/it's ünï", 'dist/*.whl', ''];
  assert.equal(
    commandLine({ file: 'docker', args }),
    `docker build --tag bikes:1.0 '/home/me/it'\\''s ünï' 'dist/*.whl' ''`,
  );
});

test('values with secret names are hidden from people, all values of the environment from the log', () => {
  const command = {
    file: 'docker',
    args: ['run', '--env', 'HF_TOKEN=abc', '--env', 'MODE=fast', '--build-arg', 'PIP_PASSWORD=x', 'i'],
  };
  assert.equal(
    commandLine(command),
    "docker run --env 'HF_TOKEN=***' --env MODE=fast --build-arg 'PIP_PASSWORD=***' i",
  );
  assert.doesNotMatch(commandLine(command, 'log'), /abc|fast|=x/);
});

test('secrets and passwords in addresses are hidden in output', () => {
  assert.equal(redact('login s3cr3t ok', ['s3cr3t\n']), 'login *** ok');
  assert.equal(
    redact('GET https://me:pw@host/x and http://host:80/y'),
    'GET https://me:***@host/x and http://host:80/y',
  );
  assert.equal(redact('nothing', ['']), 'nothing');
});

test('names that look secret', () => {
  const names = ['HF_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'db_password', 'API_KEY', 'MODE', 'MONKEY', 'PATH'];
  assert.deepEqual(names.filter(looksSecret), [
    'HF_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'db_password',
    'API_KEY',
  ]);
});
