// What a real Python, by the real uv, says of the program of a project before its files are written.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readParts } from '../parts/environment.ts';
import { runOrThrow } from '../parts/processes.ts';
import { createContext, Uri } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { unreadFiles } = await import('../../client/src/project/read-programs.ts');

const { uv } = readParts();
const skip = uv ? false : 'needs uv';
if (skip && process.env.CI === 'true') throw new Error(skip);
const workbench = createWorkbench(createContext() as never);
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse reads-'));
after(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
const unread = (python: string, ...files: string[]) => {
  const user = { run: workbench.run, uv: () => uv?.file ?? 'uv' };
  return unreadFiles(user, new Uri(`file://${folder}`) as never, { python, files });
};
/** The one that is here: none is fetched in a test. */
const here = async () =>
  (await runOrThrow(uv?.file ?? 'uv', ['python', 'find', '--no-project'])).stdout.trim();

describe('a program', { skip }, () => {
  it('that Python cannot read is told with file, line and reason, and the others are not', async () => {
    write('main.py', 'import shop\n');
    write('shop/old one.py', 'x = 1\nprint "x"\n');
    write('--flag.py', 'return 1\n');
    write('"; import os.py', 'def f(:\n');
    write('nul.py', 'x = 1\n\0\n');
    const files = ['main.py', 'shop/old one.py', '--flag.py', '"; import os.py', 'nul.py', 'gone.py'];
    const found = await unread(await here(), ...files);
    assert.deepEqual(
      found.map(({ path }) => path),
      ['shop/old one.py', '--flag.py', '"; import os.py', 'nul.py'],
    );
    assert.equal(found[0]?.line, 2);
    assert.match(found[0]?.reason ?? '', /Missing parentheses in call to 'print'/);
    assert.match(found[1]?.reason ?? '', /'return' outside function/);
  });

  it('that uses a name which nothing binds is told, where it does for certain', async () => {
    const certain = {
      'plain.py': 'import os\nprint(os.name)\nfor one in sample:\n    pass\n',
      'decorator.py': 'import six\n\n\n@bot.command()\ndef go():\n    pass\n',
      'base.py': 'class Page(View):\n    pass\n',
      'default.py': 'def go(size=SIZE):\n    return size\n',
      'local.py': 'def go():\n    size = 1\n\n\nprint(size)\n',
      'with.py': 'with place as here:\n    pass\n',
    };
    for (const [file, text] of Object.entries(certain)) write(file, text);
    const found = await unread(await here(), ...Object.keys(certain));
    assert.deepEqual(
      found.map(({ path, line, reason }) => [path, line, reason.split(',')[0]]),
      [
        ['plain.py', 3, 'uses sample'],
        ['decorator.py', 4, 'uses bot'],
        ['base.py', 1, 'uses View'],
        ['default.py', 1, 'uses SIZE'],
        ['local.py', 5, 'uses size'],
        ['with.py', 1, 'uses place'],
      ],
    );
  });

  it('that may bind it, or never come there, is not', async () => {
    const fine = {
      'star.py': 'from shop import *\nprint(sample)\n',
      'tried.py':
        'try:\n    unicode\nexcept NameError:\n    unicode = str\nprint(unicode, __file__, __name__)\n',
      'global.py': 'def go():\n    global size\n    size = 1\n\n\ngo()\nprint(size)\n',
      'exec.py': 'exec(open("x").read())\nprint(sample)\n',
      'globals.py': 'globals()["sample"] = 1\nprint(sample)\n',
      'condition.py':
        'import os\nif os.name == "nt":\n    print(sample)\nx = os.name and sample or (sample if os.name == "nt" else 1)\n',
      'inside.py': 'def go():\n    print(sample)\n\n\nx = lambda: sample\ny = [sample for _ in []]\n',
      'left.py': 'import sys\nsys.exit(1)\nprint(sample)\n',
      'bound.py':
        'import os.path as p, six.moves\nwith open(p.sep) as (a, b):\n    pass\nfor i, (j, *k) in []:\n    pass\nprint(a, b, i, j, k, six, [q for q in k if q])\nif (n := 1) > 0:\n    print(n)\n',
      'later.py': 'def go(x: Shop = None) -> Shop:\n    return x\n\n\nsize: Shop\n',
      'caught.py':
        'try:\n    import six\nexcept ImportError as error:\n    six = error\nprint(six)\nclass A:\n    x = 1\n    y = x\nprint(A)\n',
    };
    for (const [file, text] of Object.entries(fine)) write(file, text);
    assert.deepEqual(await unread(await here(), ...Object.keys(fine)), []);
  });

  it('is read and not run, whatever lies beside it', async () => {
    const proof = path.join(folder, 'ran');
    const runs = `open(${JSON.stringify(proof)}, "w")\n`;
    write('effect.py', runs);
    for (const name of ['json.py', 'sitecustomize.py', 'ast.py']) write(name, runs);
    process.env.PYTHONPATH = folder;
    try {
      assert.deepEqual(await unread(await here(), 'effect.py', 'json.py'), []);
    } finally {
      delete process.env.PYTHONPATH;
    }
    assert.equal(existsSync(proof), false);
    // That it would be seen: it is what this Python does with the folder and no flag.
    await runOrThrow(await here(), ['-c', 'import json'], { env: { ...process.env, PYTHONPATH: folder } });
    assert.equal(existsSync(proof), true);
  });

  it('is taken as it is where that Python cannot be had', async () => {
    process.env.UV_PYTHON_DOWNLOADS = 'never';
    write('broken.py', 'def f(:\n');
    assert.deepEqual(await unread('3.5', 'broken.py'), []);
    assert.equal((await unread(await here(), 'broken.py')).length, 1);
  });
});
