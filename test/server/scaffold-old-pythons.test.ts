// What newer Pythons have no more decides which Python Add Container Files offers, and is told where a project takes another one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newestUse } from '../../server/src/features/scaffold/releases/newer-syntax.ts';
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
        'from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 1\n\n@dataclass()\nclass B:\n    a: A = A()',
        'import dataclasses\n@dataclasses.dataclass(order=True)\nclass A: ...\n@dataclasses.dataclass(frozen=True)\nclass B:\n    x: int\n    a: A = A(1)',
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
      'from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A: ...\n@dataclass\nclass B:\n    a: A = A()',
      'from dataclasses import dataclass\n@dataclass\nclass A:\n    def __hash__(self): return 1\n@dataclass\nclass B:\n    a: A = A()',
      'from dataclasses import dataclass, field\n@dataclass\nclass A: ...\n@dataclass\nclass B:\n    a: A = field(default_factory=A)',
      'from attrs import dataclass\n@dataclass\nclass A: ...\n@dataclass\nclass B:\n    a: A = A()',
      'class A: ...\nfrom dataclasses import dataclass\n@dataclass\nclass B:\n    a: A = A()',
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

describe('a program for newer Pythons', () => {
  const oldestOf = async (code: string, more: Files = {}) => {
    const found = scaffold(await know(of(code, more)), { kind: 'multi-stage', answers })?.question;
    const all = found?.id === 'python' ? found.choices.map(({ value }) => Number(value.split('.')[1])) : [];
    return Math.min(...all);
  };

  it('is offered none without the names, arguments and annotations that it uses', async () => {
    for (const [first, ...programs] of [
      [
        14,
        'import annotationlib',
        'from uuid import uuid7',
        'try:\n    x()\nexcept OSError, ValueError:\n    pass',
      ],
      [13, 'import copy\ncopy.replace(x, a=1)', 'from warnings import deprecated'],
      [12, 'from itertools import batched', 'from typing import (\n    Any,\n    override,\n)'],
      [
        11,
        'from enum import StrEnum',
        'import datetime as dt\nnow = dt.datetime.now(dt.UTC)',
        'import asyncio\nasync def go():\n    async with asyncio.timeout(1):\n        pass',
        'import tomllib',
        'def go():\n    from typing import Self',
      ],
    ] as const)
      for (const program of programs) assert.equal(await oldestOf(program), first, program);
  });

  it('is none where it looks which there is, or never comes to it', async () => {
    const oldest = await oldestOf('print()');
    for (const program of [
      'try:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib',
      'import sys\nif sys.version_info >= (3, 11):\n    from enum import StrEnum\nelse:\n    x = 1',
      'import sys, datetime\nif sys.version_info < (3, 11):\n    x = 1\nelse:\n    x = datetime.UTC',
      'import datetime\nif hasattr(datetime, "UTC"):\n    def utc():\n        return datetime.UTC',
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing import Self',
      'from __future__ import annotations\nimport typing\ndef go(x) -> typing.Self: ...',
      'from datetime import datetime\nprint(datetime.UTC)',
    ])
      assert.equal(await oldestOf(program), oldest, program);
    assert.equal(await oldestOf('import tomllib', { 'tomllib.py': 'x = 1\n' }), oldest);
  });

  it('is known by what it works out of its annotations and calls', () => {
    const firstOf = (code: string) => newestUse({ texts: new Map([['main.py', code]]) })?.first ?? 0;
    for (const [first, code] of [
      [10, 'def go(x: int | None = None): ...'],
      [10, 'class A:\n    x: str | None = None'],
      [10, 'def go(\n    x: "A",\n    y: dict[str, int] | None = None,\n) -> None: ...'],
      [10, 'from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass A: ...'],
      [10, 'for a, b in zip(c, d, strict=True): ...'],
      [9, 'def go() -> list[str]: ...'],
      [9, 'x: dict[str, int] = {}'],
      [0, 'from __future__ import annotations\ndef go(x: int | None = None) -> list[str]: ...'],
      [0, 'def go(x: "int | None", flags=re.I | re.M) -> "list[str]": ...'],
      [0, 'def go():\n    x: int | None = None'],
      [0, 'from attrs import dataclass\n@dataclass(slots=True)\nclass A: ...'],
    ] as const)
      assert.equal(firstOf(code), first, code);
  });

  it('is run with none of a workflow that has not what it uses, or is older than README says', async () => {
    const workflow = (python: string) => ({
      '.github/workflows/python-app.yml': `jobs:\n  a:\n    steps:\n      - with:\n          python-version: "${python}"\n`,
    });
    const pythonOf = async (code: string, more: Files) => {
      const [{ text = '' } = {}] = (await make(of(code, more), 'multi-stage'))?.files ?? [];
      return Number(/^FROM python:3\.(\d+)-slim/m.exec(text)?.[1]);
    };
    const isNew = 'from enum import StrEnum';
    assert.ok((await pythonOf(isNew, workflow('3.10'))) >= 11);
    assert.equal(await pythonOf(isNew, workflow('3.11')), 11);
    assert.equal(await pythonOf('print()', workflow('3.10')), 10);
    for (const readme of ['- Python 3.11+\n', 'Needs **Python** 3.11 or newer\n', 'Python >= 3.11\n'])
      assert.ok((await pythonOf('print()', { ...workflow('3.10'), 'README.md': readme })) >= 11, readme);
    for (const readme of ['![](x) Python 3.8+\n- Python 3.11+ for y\n', 'Tried with Python 3.11\n'])
      assert.equal(await pythonOf('print()', { ...workflow('3.10'), 'README.md': readme }), 10, readme);
    // What a person wrote stands, and is told.
    const made = await make(of(isNew, { '.python-version': '3.10\n' }), 'multi-stage');
    assert.ok(
      made?.assumes.includes(
        'main.py uses enum.StrEnum, where Python 3.10 ends: 3.11 is the first one with it.',
      ),
      made?.assumes.join('\n'),
    );
  });
});
