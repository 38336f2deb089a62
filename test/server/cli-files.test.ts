// Which files `wheelhouse lint` finds behind files, folders and patterns, and that many at once change nothing but the time.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import { clean, createCommandLine } from './cli-run.ts';

const { folder, run, write } = await createCommandLine();
const marked = `${clean}MAINTAINER Ada\n`;

async function found(args: readonly string[], cwd?: string): Promise<string[]> {
  const { out, err } = await run(['lint', '--preset', 'strict', '-f', 'json', ...args], { cwd });
  assert.equal(err, '');
  return (JSON.parse(out) as { file: string }[]).map(({ file }) => file);
}

describe('folders', () => {
  const below = (base: string, names: readonly string[]) => {
    for (const name of names) write(`${base}/${name}`, marked);
    return base;
  };

  it('hold Dockerfiles by every usual name, and nothing else', async () => {
    const names = [
      ...[
        'Containerfile',
        'Containerfile.gpu',
        'Dockerfile',
        'Dockerfile-cpu',
        'Dockerfile.prod',
        'api.Dockerfile',
      ],
      ...['deep/er/Dockerfile', 'dev.containerfile', 'dev.dockerfile', 'dockerfile.d/dockerfile'],
    ];
    const base = below('named', names);
    below(base, [
      ...[
        'Dockerfile.dockerignore',
        'Dockerfile.j2',
        'Dockerfile.md',
        'Dockerfile.orig',
        'Dockerfile~',
        'dockerfile.go',
      ],
      ...['README.md', 'MyDockerfile', 'x.txt'],
    ]);
    assert.deepEqual(
      await found([base]),
      names.map((name) => `${base}/${name}`),
    );
    assert.deepEqual(await found(['.'], base), names, 'relative to the working folder');
  });

  it('that others fill are skipped', async () => {
    const base = below('skipping', ['Dockerfile', 'src/Dockerfile']);
    below(base, [
      'node_modules/a/Dockerfile',
      '.git/Dockerfile',
      '.venv/lib/Dockerfile',
      'src/node_modules/Dockerfile',
    ]);
    assert.deepEqual(await found([base]), [`${base}/Dockerfile`, `${base}/src/Dockerfile`]);
    const named = `${base}/node_modules/a/Dockerfile`;
    assert.deepEqual(await found([named]), [named], 'a file that is named is linted wherever it is');
  });

  it('honour .gitignore at every depth, up to the repository', async () => {
    mkdirSync(`${folder}/repository/.git`, { recursive: true });
    const base = below('repository', [
      'Dockerfile',
      'build/Dockerfile',
      'a/Dockerfile',
      'a/b/Dockerfile',
      'a/Dockerfile.gen',
    ]);
    write(`${base}/.gitignore`, 'build/\n*.gen\n');
    write(`${base}/a/.gitignore`, '/b\n');
    assert.deepEqual(await found([base]), [`${base}/Dockerfile`, `${base}/a/Dockerfile`]);
    assert.deepEqual(await found(['.'], `${base}/a`), ['Dockerfile'], 'that of the folder above holds too');
    write(`${base}/a/.gitignore`, '/b\n!*.gen\n');
    assert.deepEqual(await found([`${base}/a`]), [`${base}/a/Dockerfile`, `${base}/a/Dockerfile.gen`]);
    assert.deepEqual(
      await found([`${base}/build/Dockerfile`]),
      [`${base}/build/Dockerfile`],
      'unless it is named',
    );
    write(`${base}/.dockerignore`, 'Dockerfile\n');
    assert.equal((await found([base])).length, 3, '.dockerignore is about the build context');
  });

  it('with links are not walked in circles', async () => {
    const base = below('linked', ['real/Dockerfile']);
    symlinkSync('..', `${folder}/${base}/real/up`);
    symlinkSync('Dockerfile', `${folder}/${base}/real/Dockerfile.link`);
    assert.deepEqual(await found([base]), [`${base}/real/Dockerfile`, `${base}/real/Dockerfile.link`]);
  });

  it('without a Dockerfile are a mistake', async () => {
    mkdirSync(`${folder}/empty`);
    assert.deepEqual(await run(['lint', 'empty']), {
      code: 1,
      out: '',
      err: 'There is no Dockerfile in the folder empty.\n',
    });
  });
});

describe('patterns', () => {
  it('find files whatever they are called, sorted', async () => {
    for (const name of ['b/one.build', 'a/one.build', 'a/two.txt', 'node_modules/one.build'])
      write(`glob/${name}`, marked);
    assert.deepEqual(await found(['glob/**/*.build']), ['glob/a/one.build', 'glob/b/one.build']);
    assert.deepEqual(await found(['a/*.{build,txt}'], 'glob'), ['a/one.build', 'a/two.txt']);
  });

  it('may be the name of a file', async () => {
    assert.deepEqual(await found([write('odd/[a]*', marked)]), ['odd/[a]*']);
  });
});

describe('several at once', () => {
  it('are linted once each, in the order in which they are named', async () => {
    for (const name of ['z', 'a', 'm/Dockerfile']) write(`order/${name}`, marked);
    assert.deepEqual(await found(['order/z', 'order/m', 'order/a', 'order/m/Dockerfile', './order/z']), [
      ...['order/z', 'order/m/Dockerfile', 'order/a'],
    ]);
  });

  it('give the same output in threads as one after the other', async () => {
    const names = Array.from({ length: 200 }, (_, i) => {
      const text = `FROM python:3.12\n${'RUN pip install x\n'.repeat(i % 7)}MAINTAINER Ada${i}\nUSER 1000\n`;
      return write(`many/${String(i).padStart(3, '0')}.Dockerfile`, text);
    });
    write('many/.hadolint.yaml', 'override: {info: [DL3042]}\n');
    const together = await run(['lint', '-f', 'json', 'many']);
    const parts: unknown[] = [];
    for (let i = 0; i < names.length; i += 40) {
      parts.push(...JSON.parse((await run(['lint', '-f', 'json', ...names.slice(i, i + 40)])).out));
    }
    assert.equal(together.err, '');
    assert.deepEqual(JSON.parse(together.out), parts);
    assert.equal((await run(['lint', '-f', 'json', 'many'])).out, together.out, 'the same again');
  });
});
