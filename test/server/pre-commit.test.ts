// The hooks of .pre-commit-hooks.yaml in a real pre-commit, as docs/cli.md configures them. It clones this working tree and
// installs it with the npm and the Node on PATH. WHEELHOUSE_TEST_PRE_COMMIT names the program.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { parse } from 'yaml';
import { commitAll, copyCheckout } from './checkout.ts';
import { createCommandLine, flawed } from './cli-run.ts';
import { blocksOf } from './page.ts';

const preCommit = process.env.WHEELHOUSE_TEST_PRE_COMMIT ?? '';
const skip = preCommit === '' && 'WHEELHOUSE_TEST_PRE_COMMIT is not set';
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-pre-commit-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

/** Runs all hooks on all files, and gives the exit code and what was printed. */
async function runHooks(): Promise<{ code: number; out: string }> {
  const env = { ...process.env, PRE_COMMIT_HOME: at('home'), PRE_COMMIT_COLOR: 'never' };
  return new Promise((resolve, reject) => {
    const options = { cwd: at('project'), env, timeout: 300_000 };
    execFile(preCommit, ['run', '--all-files'], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ code, out: `${stdout}${stderr}` });
      else reject(error);
    });
  });
}

const { run, write, folder: where } = await createCommandLine();
const hooks: readonly { id: string; entry: string }[] = parse(
  readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8'),
);
/** What a hook runs: `entry`, then `args`, then the files, as pre-commit's `run_hook` puts them together. */
function argumentsOf(id: string, args: readonly string[], files: readonly string[]): string[] {
  const entry = hooks.find((hook) => hook.id === id)?.entry ?? assert.fail(id);
  const [program, ...own] = entry.split(' ');
  assert.equal(program, 'wheelhouse');
  return [...own, ...args, ...files];
}

/** Names that a program would take for its options, and the last two for standard input and the end of options. */
const optionNames = [
  ...[
    '--output=../owned',
    '--output=owned',
    '-oowned',
    '-o',
    '--output',
    '--config=../owned',
    '-cowned',
    '-c',
  ],
  ...[
    '--fix',
    '--no-fail',
    '--help',
    '-h',
    '--version',
    '-v',
    '--verbose',
    '-V',
    '--hook',
    '--preset=hadolint',
  ],
  ...[
    '--ignore=DL3042',
    '--failure-threshold=none',
    '-tnone',
    '--format=json',
    '-fjson',
    '-f',
    '--unknown',
    '-x',
  ],
  ...[
    '--file-path-in-report=x',
    '--no-shellcheck',
    '--disable-ignore-pragma',
    '-oVf',
    '--output=-',
    '-',
    '--',
  ],
];

describe('the entries of the hooks', () => {
  const named = (out: string) =>
    new Set([...out.matchAll(/^(?:\.\/)?(.*?):\d+:\d+ DL3042 /gm)].map(([, file]) => file));

  it('end their options', () => {
    for (const { entry } of hooks) assert.match(entry, / --$/);
  });

  it('take every committed file for a file, whatever its name', async () => {
    for (const [i, name] of optionNames.entries()) write(`options/${i}/in/${name}`, flawed);
    for (const [i, name] of optionNames.entries()) {
      write(`options/${i}/in/Dockerfile`, flawed);
      for (const files of [[name], [name, 'Dockerfile']]) {
        const cwd = `options/${i}/in`;
        const { code, out } = await run(argumentsOf('wheelhouse', [], files), { cwd });
        assert.equal(code, 1, name);
        assert.deepEqual(named(out), new Set(files), files.join(' '));
      }
      // Below what the name says and beside it, nothing came to be.
      assert.deepEqual(readdirSync(path.join(where, `options/${i}`)), ['in'], name);
      const fixed = await run(argumentsOf('wheelhouse-fix', [], [name]), { cwd: `options/${i}/in` });
      assert.deepEqual(fixed, { code: 0, out: '', err: '' }, name);
    }
  });

  it('take all of them at once, in any order', async () => {
    for (const name of [...optionNames, 'Dockerfile']) write(`crowd/in/${name}`, flawed);
    const cwd = 'crowd/in';
    const all = [...optionNames, 'Dockerfile'];
    for (let turn = 0; turn < all.length; turn += 3) {
      const files = [...all.slice(turn), ...all.slice(0, turn)];
      for (const args of [[], ['--failure-threshold', 'warning'], ['--failure-threshold=warning', '--']]) {
        const { code, out, err } = await run(argumentsOf('wheelhouse', args, files), { cwd });
        assert.deepEqual([code, err, named(out)], [1, '', new Set(files)]);
      }
    }
    assert.deepEqual(readdirSync(path.join(where, 'crowd')), ['in']);
  });

  it('take options from `args`, before the files', async () => {
    write('args/Dockerfile', flawed);
    write('args/own.yaml', 'ignored: [DL3042, DL4000]\n');
    const cwd = 'args';
    const lint = (...args: string[]) => run(argumentsOf('wheelhouse', args, ['Dockerfile']), { cwd });
    const nothing = { code: 0, out: '', err: '' };
    assert.deepEqual(await lint('--config', 'own.yaml'), nothing);
    assert.deepEqual(await lint('--config=own.yaml', '--'), nothing);
    assert.deepEqual(await lint('--ignore', 'DL3042', '--ignore=DL4000'), nothing);
    assert.deepEqual(await lint('-c', 'own.yaml', '-f', 'json'), { ...nothing, out: '[]\n' });
    assert.match((await lint('--preset=hadolint', '--no-color')).out, /^Dockerfile:2 DL3042 /m);
    assert.equal((await lint('-t', 'none', '--no-fail')).code, 0);
    assert.equal((await lint('-o', 'report.txt', '--')).out, '');
    assert.match(readFileSync(path.join(where, 'args/report.txt'), 'utf8'), /DL3042/);
    // An option without its value does not take a file for it.
    write('args/-x.dockerfile', flawed);
    const { code, err } = await run(argumentsOf('wheelhouse', ['-o'], ['-x.dockerfile']), { cwd });
    assert.deepEqual([code, /-x\.dockerfile is a file here/.test(err)], [1, true], err);
    assert.equal(readFileSync(path.join(where, 'args/-x.dockerfile'), 'utf8'), flawed);
  });

  it('take no name for an option behind the first file or `--`, even where the file has just gone', async () => {
    write('gone/in/Dockerfile', flawed);
    for (const [args, files] of [
      [['--'], ['--output=../owned', 'Dockerfile']],
      [[], ['Dockerfile', '--output=../owned']],
    ]) {
      const { code, err } = await run(argumentsOf('wheelhouse', args ?? [], files ?? []), { cwd: 'gone/in' });
      assert.deepEqual([code, err], [1, '--output=../owned cannot be read: it does not exist.\n']);
    }
    assert.deepEqual(readdirSync(path.join(where, 'gone')), ['in']);
  });
});

describe('wheelhouse lint without the hook', () => {
  it('reads an argument as a file where there is one, and says so', async () => {
    for (const name of optionNames.filter((one) => one !== '-' && one !== '--')) {
      write(`plain/${name}/in/${name}`, flawed);
      const cwd = `plain/${name}/in`;
      const { code, out, err } = await run(['lint', name], { cwd });
      assert.equal(code, 1, name);
      assert.ok(out.startsWith(`${name}:2:9 DL3042`), `${name}: ${out}${err}`);
      assert.ok(err.startsWith(`${name} is read as a file, as there is one.`), err);
      assert.deepEqual(readdirSync(path.join(where, `plain/${name}`)), ['in'], name);
    }
  });

  it('leaves options to whoever writes --, and standard input to -', async () => {
    write('ended/--no-fail', flawed);
    write('ended/-', 'FROM debian:12\n');
    const cwd = 'ended';
    assert.equal((await run(['lint', '--no-fail', '--', '--no-fail'], { cwd })).code, 0);
    assert.match((await run(['lint', '-'], { cwd, input: flawed })).out, /^-:2:9 DL3042/);
    // Found, not named, it is a file.
    write('found/-', flawed);
    const { out } = await run(['lint', '*'], { cwd: 'found', input: 'FROM debian:12\n' });
    assert.match(out, /^\.\/-:2:9 DL3042/);
  });

  it('finds files of any name below a folder', async () => {
    const names = [
      '--output=x',
      '-o',
      '--',
      '-',
      'a\nb',
      '\n',
      ' ',
      '$(touch owned)',
      '`touch owned`',
      '-\x1b[2J',
      "'",
      '"',
      '*',
    ];
    for (const name of names) write(`any/${name}/${name}.dockerfile`, flawed);
    for (const args of [['any'], ['any/**/*.dockerfile'], ['--fix', '.'], ['.']]) {
      const cwd = args.includes('.') ? 'any' : '';
      const { err, out } = await run(['lint', '-f', 'json', ...args], { cwd });
      assert.equal(err, '');
      assert.equal(
        new Set(JSON.parse(out).map(({ file }: { file: string }) => file)).size,
        cwd ? 0 : names.length,
      );
    }
    assert.ok(!existsSync(path.join(where, 'owned')) && !existsSync(path.join(where, 'any/owned')));
  });
});

describe('pre-commit', { skip }, () => {
  it('fixes and lints the Dockerfiles of a project', { timeout: 300_000 }, async (context) => {
    mkdirSync(at('wheelhouse'));
    copyCheckout(at('wheelhouse'));
    const rev = commitAll(at('wheelhouse'));

    const config = blocksOf('cli.md').find(({ heading }) => heading === 'pre-commit')?.text ?? '';
    const here = config.replace(/repo: \S+/, `repo: ${at('wheelhouse')}`).replace(/rev: \S+/, `rev: ${rev}`);
    assert.ok(here.includes(rev) && here.includes(at('wheelhouse')), config);
    mkdirSync(at('project/api'), { recursive: true });
    writeFileSync(at('project/.pre-commit-config.yaml'), here);
    writeFileSync(at('project/notes.txt'), 'FROM debian\n');
    writeFileSync(
      at('project/api/Dockerfile'),
      'FROM python:3.12\nRUN pip install a==1\nMAINTAINER Ada\nUSER 1000\n',
    );
    commitAll(at('project'));

    const first = await runHooks();
    context.diagnostic(first.out);
    assert.equal(first.code, 1);
    assert.match(first.out, /^Fix Dockerfiles with Wheelhouse\.+Failed$/m);
    assert.match(first.out, /files were modified by this hook/);
    assert.match(first.out, /^Lint Dockerfiles with Wheelhouse\.+Passed$/m);
    const fixed = readFileSync(at('project/api/Dockerfile'), 'utf8');
    assert.match(fixed, /RUN pip install --no-cache-dir a==1\nLABEL /);

    assert.equal((await runHooks()).code, 0, 'nothing is left');
    writeFileSync(at('project/api/Dockerfile'), fixed.replace('3.12', 'latest'));
    const second = await runHooks();
    assert.equal(second.code, 1);
    assert.match(second.out, /^api\/Dockerfile:1:\d+ DL3007 warning: /m);
    assert.doesNotMatch(second.out, /notes\.txt/);

    await context.test('reads committed files as files, whatever they are called', async () => {
      const all = here
        .replace(
          'id: wheelhouse-fix',
          "id: wheelhouse-fix\n        types: [file]\n        files: '^fixed/|^-'",
        )
        .replace('id: wheelhouse\n', "id: wheelhouse\n        types: [file]\n        files: '^[^.]'\n");
      writeFileSync(at('project/.pre-commit-config.yaml'), all);
      rmSync(at('project/notes.txt'));
      const clean = 'FROM python:3.12\nUSER 1000\n';
      writeFileSync(at('project/api/Dockerfile'), clean);
      const outside = ['owned', 'owned.dockerfile', 'owned.yaml'];
      for (const name of outside) writeFileSync(at(name), 'keep\n');
      const hostile = [
        ...optionNames.filter((name) => !name.includes('/')),
        ...outside.flatMap((name) => [`--output=../${name}`, `-o../${name}`, `--config=../${name}`]),
        ...['a\nb.dockerfile', '\r::error::x.dockerfile', '\x1b[2J.dockerfile', '::error::y.dockerfile'],
      ];
      for (const name of hostile) {
        mkdirSync(path.dirname(at(`project/${name}`)), { recursive: true });
        writeFileSync(at(`project/${name}`), clean.replace('3.12', 'latest'));
      }
      commitAll(at('project'));
      const { code, out } = await runHooks();
      assert.equal(code, 1);
      for (const name of hostile.filter((one) => /^[-\w=./]+$/.test(one)))
        assert.ok(
          [name, `./${name}`].some((shown) => out.includes(`\n${shown}:1:`)),
          `${name}\n${out}`,
        );
      assert.ok(!['\r', '\x1b', '\n::'].some((text) => out.includes(text)), out);
      for (const name of outside) assert.equal(readFileSync(at(name), 'utf8'), 'keep\n', name);
      assert.deepEqual(readdirSync(folder).sort(), [...outside, 'home', 'project', 'wheelhouse'].sort());
    });
  });
});
