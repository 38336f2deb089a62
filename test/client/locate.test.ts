import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { exec } from '../../client/src/runtime/exec.ts';
import { findProgram, locate, type Machine, systemProgram } from '../../client/src/runtime/locate.ts';

const windows = (files: readonly string[], env: Machine['env']): Machine => ({
  platform: 'win32',
  env,
  home: 'C:\\Users\\me',
  isProgram: (file) => files.includes(file),
});

test('on Windows a program is looked for in whole folders of PATH alone, and by what starts without a shell', () => {
  const files = [
    'docker.exe',
    '.\\docker.exe',
    'bin\\docker.exe',
    '\\docker.exe',
    'C:docker.exe',
    'C:\\b\\docker.bat',
  ];
  const env = { Path: ';.;bin;\\;C:;C:\\b', PATHEXT: '.COM;.EXE;.BAT;.CMD' };
  assert.equal(findProgram('docker', windows(files, env)), undefined);
  assert.equal(locate('docker', '', windows(files, env)), 'docker');
  const found = windows([...files, 'C:\\Program Files\\Docker\\docker.exe'], {
    PATH: '.;"C:\\Program Files\\Docker";D:\\x',
  });
  assert.equal(findProgram('docker', found), 'C:\\Program Files\\Docker\\docker.exe');
  assert.equal(findProgram('docker.exe', found), 'C:\\Program Files\\Docker\\docker.exe');
  assert.equal(locate('docker', 'docker', found), 'C:\\Program Files\\Docker\\docker.exe');
  const own = windows(['C:\\Users\\me\\.local\\bin\\uv.exe'], { PATH: '' });
  assert.equal(locate('uv', '', own), 'C:\\Users\\me\\.local\\bin\\uv.exe');
});

test('a path is taken as it is when it is whole, and leads nowhere otherwise', () => {
  const machine = windows(['tools\\docker.exe', 'C:docker.exe'], { PATH: 'C:\\' });
  assert.equal(findProgram('C:\\x\\docker.exe', machine), 'C:\\x\\docker.exe');
  assert.equal(findProgram('\\\\server\\share\\docker.exe', machine), '\\\\server\\share\\docker.exe');
  for (const file of ['', '.\\docker', 'tools\\docker', 'tools/docker', '\\docker', 'C:docker', '..\\x'])
    assert.equal(findProgram(file, machine), undefined, file);
  const posix: Machine = {
    platform: 'linux',
    env: { PATH: ':.:bin:~/bin:/usr/bin' },
    home: '/h',
    isProgram: () => true,
  };
  assert.equal(findProgram('docker', posix), '/usr/bin/docker');
  assert.equal(findProgram('./docker', posix), undefined);
  assert.equal(locate('docker', '~/bin/docker', posix), '/h/bin/docker');
});

test('programs of Windows are taken from its own folder', () => {
  assert.equal(systemProgram('taskkill.exe', { SystemRoot: 'D:\\Win' }), 'D:\\Win\\System32\\taskkill.exe');
  for (const env of [{}, { SystemRoot: '' }, { SystemRoot: '.' }, { SYSTEMROOT: '\\x' }])
    assert.equal(systemProgram('taskkill.exe', env), 'C:\\Windows\\System32\\taskkill.exe');
});

test('a program that lies in the working folder is not started', {
  skip: process.platform === 'win32',
}, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-cwd-'));
  const file = path.join(folder, 'wh-engine');
  mkdirSync(path.join(folder, 'bin'));
  writeFileSync(file, '#!/bin/sh\necho started\n');
  chmodSync(file, 0o755);
  const { PATH } = process.env;
  process.env.PATH = `.:bin::${PATH}`;
  try {
    for (const name of ['wh-engine', './wh-engine', 'bin/../wh-engine'])
      assert.equal((await exec({ file: name, args: [] }, { cwd: folder })).kind, 'not-found', name);
    assert.equal((await exec({ file, args: [] }, { cwd: folder })).stdout, 'started\n');
  } finally {
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true });
  }
});
