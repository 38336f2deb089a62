// What newer Pythons have no more decides which Python Add Container Files offers, and is told where a project takes another one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { first } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make } from './scaffold-world.ts';

const of = (code: string, more: Files = {}): Files => ({
  'requirements.txt': 'six\n',
  'main.py': `${code}\nif __name__ == "__main__":\n    print()\n`,
  ...more,
});
const answers = { releases: 'newest', present: 'new' };
const asked = async (code: string) =>
  scaffold(await know(of(code)), { kind: 'multi-stage', answers })?.question?.choices ?? [];
const newestOf = async (code: string) =>
  Math.max(...(await asked(code)).map(({ value }) => Number(value.split('.')[1])));

describe('a program for older Pythons', () => {
  it('is offered no Python that has not what it uses', async () => {
    for (const [last, ...programs] of [
      [8, 'from fractions import gcd', 'import base64\nbase64.encodestring(b"x")'],
      [
        9,
        'from collections import Mapping',
        'import collections\nx = collections.Iterable',
        'import collections as c\nisinstance(1, c.Callable)',
        'import asyncio\nasync def go(loop):\n    await asyncio.sleep(1, loop=loop)',
      ],
      [
        10,
        "import re\nre.compile('^(?i)/cancel')",
        '@client.on(NewMessage(pattern="^(?i)/cancel"))\ndef go(): pass',
        'import asyncio\n@asyncio.coroutine\ndef go(): pass',
        'from inspect import getargspec',
      ],
      [11, 'import distutils.util', 'from configparser import SafeConfigParser'],
      [12, 'import telnetlib', 'import unittest\nunittest.makeSuite(x)'],
      [
        13,
        'import ast\nast.Str',
        'import asyncio\nloop = asyncio.get_event_loop()\nloop.run_until_complete(x)',
      ],
    ] as const)
      for (const program of programs) assert.equal(await newestOf(program), last, program);
    const [first] = await asked("import re\nre.compile('^(?i)/cancel')");
    assert.deepEqual(first, { value: '3.10', because: '(?i) within an expression in main.py' });
  });

  it('is none where it looks which there is, or speaks of it alone', async () => {
    for (const program of [
      "import re\nre.compile('(?i)^/cancel')\nre.compile('(?i:a)b')\nre.compile(r'\\(?i)')",
      'import re\nprint("Write (?i) for small letters")',
      "import regex\nregex.compile('^(?i)x')",
      'try:\n    from collections.abc import Mapping\nexcept ImportError:\n    from collections import Mapping',
      'import collections\ncollections.Callable = collections.abc.Callable\nx = collections.Callable',
      'from collections import OrderedDict, defaultdict',
      'import asyncio\nasyncio.set_event_loop(asyncio.new_event_loop())\nloop = asyncio.get_event_loop()',
      'import asyncio\nasync def go():\n    loop = asyncio.get_event_loop()',
    ])
      assert.equal(await newestOf(program), await newestOf('print()'), program);
  });

  it('is told where the project says another Python', async () => {
    const code = "import re\nre.compile('^(?i)/cancel')";
    const told = async (python: string) =>
      (await make(of(code, { '.python-version': `${python}\n` }), 'multi-stage'))?.assumes ?? [];
    const line =
      'main.py does not come to (?i) within an expression, where Python 3.12 ends: 3.10 is the last one with it.';
    assert.ok((await told('3.12')).includes(line));
    assert.ok((await told('3.10')).every((one) => !one.includes('(?i)')));
  });
});

it('runs no Django that Python 3.8 does not read', async () => {
  const of = (version: string) =>
    first({
      'requirements.txt': `django==${version}\n`,
      'manage.py': '',
      'shop/__init__.py': '',
      'shop/wsgi.py': 'application = get_wsgi_application()\n',
    });
  for (const version of ['1.9.4', '1.11.16'])
    assert.match(
      await of(version),
      new RegExp(`^django ${version.replaceAll('.', '\\.')} runs on Python 3\\.6`),
    );
  for (const version of ['1.11.29', '4.2.5']) assert.doesNotMatch(await of(version), /runs on Python/);
});

describe('a Python that one file says and another one does not admit', () => {
  const poetry = (python: string) =>
    `[tool.poetry]\nname = "cnn"\nversion = "1"\n[tool.poetry.dependencies]\npython = "${python}"\n`;
  const of = (files: Files): Files => ({
    'requirements.txt': 'six==1.16.0\n',
    'main.py': 'print(1)\n',
    ...files,
  });
  const made = async (files: Files) => {
    const found = await scaffold(await know(of(files)), { kind: 'multi-stage', answers });
    const [{ text = '' } = {}] = found?.files ?? [];
    return [found?.refused, /^FROM python:([\d.]+)-slim/m.exec(text)?.[1], ...(found?.assumes ?? [])]
      .join(' ')
      .trim();
  };

  it('is that which has the wheels, where pyproject.toml is of another time', async () => {
    const old = {
      'requirements.txt': 'torch==1.9.1\n',
      'pyproject.toml': poetry('^3.10'),
      'README.md': 'pip install -r requirements.txt\n',
      'main.py': 'import torch\nprint(torch.ones(1))\n',
    };
    for (const said of [
      { 'runtime.txt': 'python-3.9.7\n' },
      { '.python-version': '3.9\n' },
      { 'runtime.txt': 'python-3.8\n' },
    ] as readonly Files[])
      assert.match(
        await made({ ...old, ...said }),
        /^3\.[89] .*Python 3\.[89] of (?:runtime\.txt|\.python-version) fits the project, though pyproject\.toml asks for >=3\.10/,
      );
    assert.match(await made(old), /^No Python from 3\.8 on fits >=3\.10/);
    assert.match(await made({ ...old, 'runtime.txt': 'python-3.11.2\n' }), /^No Python from 3\.8 on fits/);
  });

  it('is left behind and told where the project admits it no more', async () => {
    const stale = /^3\.1\d .*though runtime\.txt says 3\.[79]\./;
    for (const version of ['3.7.1', '3.9.7'])
      assert.match(
        await made({ 'pyproject.toml': poetry('>=3.12'), 'runtime.txt': `python-${version}\n` }),
        stale,
      );
    assert.match(
      await made({ '.python-version': '3.12\n', 'runtime.txt': 'python-3.9.7\n' }),
      /^3\.12 .*though runtime\.txt says 3\.9\./,
    );
    assert.doesNotMatch(await made({ 'runtime.txt': 'python-3.12.7\n' }), /though/);
  });
});
