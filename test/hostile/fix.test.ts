// `lint --fix` beside others who save, and on files that it must leave alone.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { replaceFile } from '../../server/src/cli/replace-file.ts';
import { createCommandLine, flawed } from '../server/cli-run.ts';

const { cli, folder, run, runProgram, write } = await createCommandLine();
const at = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
const fixed = flawed
  .replace('install', 'install --no-cache-dir')
  .replace('MAINTAINER Ada', 'LABEL org.opencontainers.image.authors="Ada"');
const saved = `# saved meanwhile\n${flawed}`;
const isRoot = process.getuid?.() === 0;

/** A module that saves the file just before a call of the program's own to node:fs, so that no test hangs on time. */
const saver = at(
  write(
    '.saver/saver.cjs',
    `
const fs = require('node:fs');
const { writeFileSync, renameSync, symlinkSync, mkdirSync, rmSync, statSync, utimesSync } = fs;
const { SAVE_BEFORE: method, SAVE_NTH: nth, SAVE_HOW: how, SAVE_FILE: file, SAVE_TEXT: text } = process.env;
const ways = {
  into: () => writeFileSync(file, text),
  over: () => { writeFileSync(file + '.new', text); renameSync(file + '.new', file); },
  sameSizeAndTime: () => {
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, text.slice(0, size).padEnd(size, '#'));
    utimesSync(file, atime, mtime);
  },
  signal: () => writeFileSync(file.replace(/Dockerfile$/, 'now'), ''),
  remove: () => rmSync(file),
  link: () => { rmSync(file); symlinkSync('elsewhere', file); },
  folder: () => { rmSync(file); mkdirSync(file); },
};
const real = fs[method];
const folder = fs.realpathSync(require('node:path').dirname(file));
let count = 0;
fs[method] = (...args) => {
  // Files that are only looked at go by the name under which they were found, those that are written by their real path.
  // What is only read may be a link, and what is written never.
  const { O_NONBLOCK, O_NOFOLLOW } = fs.constants;
  const isRead = method === 'openSync' && (args[1] & (O_NONBLOCK | O_NOFOLLOW)) === O_NONBLOCK;
  const isOurs = typeof args[0] === 'number' || (String(args[0]).startsWith(folder) && !isRead);
  if (isOurs && ++count === Number(nth)) ways[how]();
  return real(...args);
};
`,
  ),
);

/** Fixes a file while something is saved before the nth call of a method. */
function fixWhile(name: string, how: string, method: string, nth = 1, text = saved) {
  const env = {
    SAVE_BEFORE: method,
    SAVE_NTH: String(nth),
    SAVE_HOW: how,
    SAVE_FILE: at(name),
    SAVE_TEXT: text,
  };
  return runProgram(process.execPath, ['--require', saver, cli, 'lint', '--fix', name], { env });
}
const changed = (name: string) =>
  `${name} changed while it was being fixed, so nothing was written. Run it again.\n`;
const leftIn = (name: string) =>
  readdirSync(at(path.dirname(name))).filter((one) => one.endsWith('.wheelhouse'));

describe('a save while a file is fixed', () => {
  // Calls between reading and replacing that nothing makes earlier, in their order.
  const moments = ['lstatSync', 'accessSync', 'fchmodSync', 'fsyncSync', 'linkSync', 'renameSync'];
  for (const moment of moments) {
    it(`is not lost before ${moment}`, async () => {
      const name = write(`moments/${moment}/Dockerfile`, flawed);
      const { code, err } = await fixWhile(name, 'into', moment);
      assert.deepEqual({ code, err, text: read(name) }, { code: 1, err: changed(name), text: saved });
      assert.deepEqual(leftIn(name), []);
      // Run again, it fixes what was saved.
      assert.equal((await run(['lint', '--fix', name])).code, 0);
      assert.equal(read(name), `# saved meanwhile\n${fixed}`);
    });
  }

  it('is not lost where another file takes the place, up to the last look', async () => {
    for (const moment of moments.filter((one) => one !== 'renameSync')) {
      const name = write(`over/${moment}/Dockerfile`, flawed);
      const { code, err } = await fixWhile(name, 'over', moment);
      assert.deepEqual({ code, err, text: read(name) }, { code: 1, err: changed(name), text: saved }, moment);
      assert.deepEqual(leftIn(name), []);
    }
  });

  it('is not lost where size and time of the file are as before', async () => {
    for (const moment of moments) {
      const name = write(`alike/${moment}/Dockerfile`, flawed);
      const { code } = await fixWhile(name, 'sameSizeAndTime', moment);
      const text = saved.slice(0, flawed.length);
      assert.deepEqual([code, read(name)], [1, text], moment);
    }
  });

  it('is not lost in a file of several names', async () => {
    for (const [moment, nth] of [
      ['lstatSync', 1],
      ['openSync', 1],
      ['fsyncSync', 1],
      ['openSync', 2],
      ['openSync', 3],
    ] as const) {
      const name = write(`names/${moment}${nth}/Dockerfile`, flawed);
      linkSync(at(name), `${at(name)}.other`);
      const { code, err } = await fixWhile(name, 'into', moment, nth);
      assert.deepEqual({ code, err, text: read(name) }, { code: 1, err: changed(name), text: saved });
      assert.equal(statSync(at(name)).nlink, 2);
      assert.deepEqual(leftIn(name), []);
    }
  });

  it('may be that the file goes, or becomes something else', async () => {
    for (const how of ['remove', 'link', 'folder']) {
      for (const moment of ['accessSync', 'fsyncSync', 'linkSync']) {
        const name = write(`gone/${how}${moment}/Dockerfile`, flawed);
        write(`gone/${how}${moment}/elsewhere`, 'keep\n');
        const { code, err } = await fixWhile(name, how, moment);
        assert.equal(code, 1);
        assert.match(err, /changed while it was being fixed|cannot be written|no regular file/);
        assert.equal(read(`gone/${how}${moment}/elsewhere`), 'keep\n');
        assert.deepEqual(leftIn(name), []);
        const left = lstatSync(at(name), { throwIfNoEntry: false });
        assert.ok(how === 'remove' ? !left : how === 'link' ? left?.isSymbolicLink() : left?.isDirectory());
      }
    }
  });

  it('is not lost in 20 tries beside somebody who saves at about the time of replacing', {
    timeout: 120_000,
  }, async (context) => {
    const other = `
      const fs = require('node:fs');
      const [folder, text] = process.argv.slice(1);
      process.stdout.write('ready');
      const end = Date.now() + 30000;
      while (!fs.existsSync(folder + '/now') && Date.now() < end);
      fs.writeFileSync(folder + '/Dockerfile', text);
    `;
    let before = 0;
    for (let i = 0; i < 20; i++) {
      const name = write(`crowd/${i}/Dockerfile`, flawed);
      const child = spawn(process.execPath, ['-e', other, path.dirname(at(name)), saved]);
      const gone = once(child, 'exit');
      await once(child.stdout, 'data');
      const env = { SAVE_BEFORE: 'fsyncSync', SAVE_NTH: '1', SAVE_HOW: 'signal', SAVE_FILE: at(name) };
      const { err } = await runProgram(process.execPath, ['--require', saver, cli, 'lint', '--fix', name], {
        env,
      });
      await gone;
      // Whoever came last, what was saved is there.
      assert.equal(read(name), saved, `try ${i}: ${err}`);
      if (err === changed(name)) before++;
      assert.deepEqual(leftIn(name), []);
    }
    context.diagnostic(`${before} of 20 saves came before the replacement`);
  });
});

describe('a fixed file', () => {
  it('keeps its mode', async () => {
    for (const mode of [0o600, 0o644, 0o664, 0o755, 0o4755, 0o2640, 0o1200 | 0o400]) {
      const name = write(`modes/${mode.toString(8)}`, flawed, mode);
      await run(['lint', '--fix', name]);
      assert.deepEqual([read(name), statSync(at(name)).mode & 0o7777], [fixed, mode]);
    }
  });

  it('keeps its names, which go on being one file, and their mode', async () => {
    const name = write('linked/Dockerfile', flawed, 0o4750);
    mkdirSync(at('elsewhere'));
    linkSync(at(name), at('elsewhere/other'));
    const { ino } = statSync(at(name));
    assert.deepEqual(await run(['lint', '--fix', name]), { code: 0, out: '', err: '' });
    for (const one of [name, 'elsewhere/other']) {
      const { ino: now, nlink, mode } = statSync(at(one));
      assert.deepEqual([read(one), now, nlink, mode & 0o7777], [fixed, ino, 2, 0o4750]);
    }
    assert.deepEqual(readdirSync(at('linked')), ['Dockerfile']);
    // Shorter than before: nothing of the old text is left behind it.
    writeFileSync(
      at(name),
      `FROM debian:12\n${'# hadolint ignore=DL3007\n'.repeat(0)}MAINTAINER ${'A'.repeat(40)}\n`,
    );
    const longer = read(name).length;
    await run(['lint', '--fix', name]);
    assert.notEqual(read(name).length, longer);
    assert.match(read(name), /^FROM debian:12\nLABEL [^\n]+\n$/);
  });

  it('of several names is as before where it cannot be written', async () => {
    const name = write('full/Dockerfile', flawed);
    linkSync(at(name), at('full/other'));
    const limited = ['-c', 'trap "" XFSZ; ulimit -f 0; exec "$0" "$@"', process.execPath, cli];
    const { code, err } = await runProgram('/bin/bash', [...limited, 'lint', '--fix', name]);
    assert.deepEqual([code, err], [1, `${name} cannot be written: it would be too large.\n`]);
    assert.equal(read(name), flawed);
    assert.deepEqual(readdirSync(at('full')), ['Dockerfile', 'other']);
  });

  it('keeps its owner', { skip: !isRoot && 'only root can give files away' }, async () => {
    const name = write('owned/Dockerfile', flawed, 0o640);
    chownSync(at(name), 1234, 2345);
    await run(['lint', '--fix', name]);
    const { uid, gid, mode } = statSync(at(name));
    assert.deepEqual([read(name), uid, gid, mode & 0o7777], [fixed, 1234, 2345, 0o640]);
  });

  it('keeps an owner that this user cannot give it to', {
    skip: !isRoot && 'only root can become another user',
  }, async () => {
    // Neither the folder of the test nor the program need be open to others.
    for (const program of ['cli.cjs', 'cli-judge.cjs'])
      write(`foreign/${program}`, readFileSync(path.join(path.dirname(cli), program)));
    for (const wasm of ['tree-sitter-bash.wasm', 'web-tree-sitter.wasm'])
      write(`foreign/${wasm}`, readFileSync(path.join(path.dirname(cli), wasm)));
    const name = write('foreign/in/Dockerfile', flawed, 0o664);
    chownSync(at(name), 1234, 65534);
    chownSync(at('foreign/in'), 65534, 65534);
    for (const one of ['', 'foreign']) chmodSync(at(one), 0o755);
    const result = spawnSync(
      realpathSync(process.execPath),
      [at('foreign/cli.cjs'), 'lint', '--fix', 'Dockerfile'],
      {
        cwd: at('foreign/in'),
        uid: 65534,
        gid: 65534,
        encoding: 'utf8',
        env: { HOME: '/nonexistent', PATH: '' },
      },
    );
    if (result.error || /Cannot find module|EACCES/.test(result.stderr))
      return assert.fail(String(result.error ?? result.stderr));
    assert.equal(result.stderr, '');
    const { uid, gid, mode } = statSync(at(name));
    assert.deepEqual([read(name), uid, gid, mode & 0o7777], [fixed, 1234, 65534, 0o664]);
    assert.deepEqual(readdirSync(at('foreign/in')), ['Dockerfile']);
  });
});

describe('a file that is not fixed', () => {
  /** Asserts that a run says why, fails, and leaves a file as it was. */
  async function assertLeft(args: readonly string[], kept: string, why: RegExp, cwd = ''): Promise<void> {
    const before = readFileSync(at(kept));
    const { ino, mode } = statSync(at(kept));
    const { code, err } = await run(['lint', '--fix', ...args], { cwd });
    assert.equal(code, 1, args.join(' '));
    assert.match(err, why);
    assert.deepEqual(
      [readFileSync(at(kept)), statSync(at(kept)).ino, statSync(at(kept)).mode],
      [before, ino, mode],
    );
  }
  const leaves = /was not fixed, as a link leads out of the folder that was named, to /;

  it('lies behind a link out of the folder, whatever was named', async () => {
    const kept = write('outside/secret.dockerfile', flawed);
    mkdirSync(at('repository/docker'), { recursive: true });
    mkdirSync(at('repository-too'));
    symlinkSync('../outside/secret.dockerfile', at('repository/Dockerfile'));
    symlinkSync(at(kept), at('repository/docker/absolute.dockerfile'));
    symlinkSync('absolute.dockerfile', at('repository/docker/chain.dockerfile'));
    symlinkSync('../outside', at('repository/folder'));
    const next = write('repository-too/Dockerfile', flawed);
    symlinkSync('../../repository-too/Dockerfile', at('repository/docker/sibling.dockerfile'));
    for (const args of [
      ['repository'],
      ['repository/Dockerfile'],
      ['repository/docker/chain.dockerfile'],
      ['repository/docker'],
      ['./repository/docker/absolute.dockerfile'],
      [at('repository')],
      [at('repository/Dockerfile')],
    ])
      await assertLeft(args, kept, leaves);
    for (const args of [
      ['.'],
      ['Dockerfile'],
      ['folder'],
      ['folder/secret.dockerfile'],
      ['*'],
      ['*/*.dockerfile'],
      ['./docker/../Dockerfile'],
    ])
      await assertLeft(args, kept, leaves, 'repository');
    await assertLeft(['repository/docker/sibling.dockerfile'], next, leaves);
    for (const link of ['Dockerfile', 'docker/absolute.dockerfile', 'docker/chain.dockerfile'])
      assert.ok(readlinkSync(at(`repository/${link}`)));
  });

  it('is not one behind a link that stays in the folder', async () => {
    const name = write('inside/docker/real.dockerfile', flawed);
    symlinkSync('docker/real.dockerfile', at('inside/Dockerfile'));
    symlinkSync('inside', at('alias'));
    const run1 = await run(['lint', '--fix', 'inside/Dockerfile']);
    assert.deepEqual([run1.code, run1.err, read(name)], [0, '', fixed]);
    write('inside/docker/real.dockerfile', flawed);
    assert.deepEqual([(await run(['lint', '--fix', 'alias'])).err, read(name)], ['', fixed]);
    assert.ok(lstatSync(at('inside/Dockerfile')).isSymbolicLink());
  });

  it('is read-only, for root too', async () => {
    for (const mode of [0o444, 0o400, 0o555, 0o464]) {
      const name = write(`read-only/${mode.toString(8)}.dockerfile`, flawed, mode);
      await assertLeft([name], name, /was not fixed, as it is read-only/);
      assert.deepEqual(leftIn(name), []);
    }
    await assertLeft(['read-only'], 'read-only/444.dockerfile', /read-only/);
  });

  it('has no FROM, and so is no Dockerfile', async () => {
    const texts = {
      'setup.py': 'from os import path\nRUN = 1\nMAINTAINER Ada\n',
      'setup2.py': 'from . import MAINTAINER\nMAINTAINER Ada\n',
      'notes.txt': 'MAINTAINER Ada\nRUN pip install a==1\n',
      'mail.eml': 'From: a@example.org\nMAINTAINER Ada\n',
      heredoc: 'RUN <<EOF\nFROM debian:12\nEOF\nMAINTAINER Ada\n',
      comment: '# FROM debian:12\nMAINTAINER Ada\n',
      onbuild: 'ONBUILD FROM debian:12\nMAINTAINER Ada\n',
      'empty-from': 'FROM\nMAINTAINER Ada\n',
      continued: 'RUN echo \\\nFROM debian:12\nMAINTAINER Ada\n',
      'query.sql': 'SELECT a\nFROM t\nMAINTAINER Ada\n',
      'label.sql': 'LABEL a b\nFROM t\n',
      Makefile: 'run:\n\tpip install a\nMAINTAINER Ada\n',
      '.env': 'MAINTAINER Ada\nCMD python main.py\n',
    };
    for (const [name, text] of Object.entries(texts)) {
      const file = write(`no-dockerfile/${name}`, text);
      const { err } = await run(['lint', '--fix', file]);
      assert.equal(read(file), text, name);
      // Where there is nothing to fix there is nothing to refuse.
      assert.match(err, /^$|was not fixed, as it does not begin with FROM/, name);
    }
    await assertLeft(
      ['no-dockerfile/notes.txt'],
      'no-dockerfile/notes.txt',
      /does not begin with FROM and so is no Dockerfile/,
    );
  });

  it('may hold a FROM in any form', async () => {
    for (const [i, from] of [
      'from python:3.12',
      'FROM --platform=linux/amd64 a AS b',
      'ARG V\nFROM a:$V',
      '\ufeff# c\n\nFrom a:1 as b',
      'FROM \\\n a:1',
      '# escape=`\nFROM `\n a:1',
    ].entries()) {
      const file = write(`forms/${i}`, `${from}\nMAINTAINER Ada\n`);
      const { err } = await run(['lint', '--fix', file]);
      assert.deepEqual([err, read(file).includes('\nLABEL org')], ['', true]);
    }
  });

  it('is no regular file by the time of writing', () => {
    mkdirSync(at('special/folder'), { recursive: true });
    assert.equal(spawnSync('sh', ['-c', 'mkfifo "$0"', at('special/pipe')]).status, 0);
    symlinkSync('loop', at('special/loop'));
    const bytes = Buffer.from(flawed);
    for (const name of ['pipe', 'folder', 'loop', 'gone'])
      assert.throws(
        () => replaceFile(at(`special/${name}`), { home: at('special'), before: bytes, after: bytes }),
        /no regular file|ELOOP|ENOENT/,
        name,
      );
    assert.deepEqual(readdirSync(at('special')).sort(), ['folder', 'loop', 'pipe']);
  });
});
