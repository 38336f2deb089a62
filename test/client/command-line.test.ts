import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { commandLine, inSequence } from '../../client/src/runtime/command-line.ts';
import { redact } from '../../client/src/runtime/redact.ts';

test('what a shell would change is quoted, so that the line can be pasted', {
  skip: process.platform === 'win32',
}, () => {
  const args = ['build', '--tag', 'bikes:1.0', "/home/me/it's ünï", 'dist/*.whl', ''];
  assert.equal(
    commandLine({ file: 'docker', args }),
    `docker build --tag bikes:1.0 '/home/me/it'\\''s ünï' 'dist/*.whl' ''`,
  );
});

test('values of all variables and build arguments are hidden, however they are given', () => {
  const args = ['run', '--env', 'HF_TOKEN=abc', '-e', 'MODE=fast', '--build-arg', 'PIP_PASSWORD=x', '-eA=yy'];
  assert.equal(
    commandLine(
      { file: 'docker', args: [...args, '--env=B=zz', '-e', 'ONLY', '--entrypoint=sh', 'i'] },
      'linux',
    ),
    "docker run --env 'HF_TOKEN=***' -e 'MODE=***' --build-arg 'PIP_PASSWORD=***' '-eA=***' '--env=B=***' -e ONLY --entrypoint=sh i",
  );
  assert.doesNotMatch(commandLine({ file: 'docker', args: ['-e', 'A=one\ntwo'] }), /one|two/);
});

test('a program is named as PATH leads to it, and with its folder where another one would be started', {
  skip: process.platform === 'win32',
}, () => {
  const before = process.env.PATH;
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse programs '));
  const program = path.join(folder, 'docker');
  const args = ['ps'];
  try {
    writeFileSync(program, '', { mode: 0o755 });
    process.env.PATH = folder;
    assert.equal(commandLine({ file: program, args }), 'docker ps');
    const flags = ['--context', 'far'];
    assert.equal(commandLine({ file: { path: program, flags }, args }), 'docker --context far ps');
    assert.equal(commandLine({ file: '/opt/other/docker', args }), '/opt/other/docker ps');
    process.env.PATH = '/nowhere';
    assert.equal(commandLine({ file: program, args }), `'${program}' ps`);
  } finally {
    process.env.PATH = before;
    rmSync(folder, { recursive: true });
  }
});

test('on Windows the line is one for PowerShell', () => {
  const line = (file: string, ...args: string[]) => commandLine({ file, args }, 'win32');
  assert.equal(line('C:\\bin\\docker.exe', 'image', 'ls', '--all'), 'C:\\bin\\docker.exe image ls --all');
  assert.equal(line('C:\\Program Files\\docker.exe', 'ps'), "& 'C:\\Program Files\\docker.exe' ps");
  assert.equal(
    line('docker', "it's", '$env:X', 'a`b', 'a,b', '-a.b', '--%', '@x', ''),
    "docker 'it''s' '$env:X' 'a`b' 'a,b' '-a.b' '--%' '@x' ''",
  );
  assert.equal(line('docker', 'a\u2019; calc'), "docker 'a\u2019\u2019; calc'");
  assert.equal(line('docker', 'a\nb', '"q"', '#x', ';', '|', '&'), `docker 'a\nb' '"q"' '#x' ';' '|' '&'`);
  assert.equal(inSequence(['a', 'b', 'c'], 'win32'), 'a; if ($?) { b; if ($?) { c } }');
  assert.equal(inSequence(['a', 'b'], 'linux'), 'a && b');
});

test('secrets and passwords in addresses are hidden in output', () => {
  assert.equal(redact('login s3cr3t ok', ['s3cr3t\n']), 'login *** ok');
  assert.equal(
    redact('GET https://me:pw@host/x and http://host:80/y'),
    'GET https://me:***@host/x and http://host:80/y',
  );
  assert.equal(redact('nothing', ['']), 'nothing');
});
