// Programs that no Python reads, or only some: they are declined with the line, and none of the others is offered.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { first } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest } from './scaffold-world.ts';

const list: Files = { 'requirements.txt': 'six\n' };
const of = (files: Files) => first({ ...list, '.python-version': '3.12\n', ...files }, 'multi-stage');

describe('a program that no Python reads', () => {
  it('is declined with its line and what is wrong there', async () => {
    for (const [text, why] of [
      ['import os\nfrom aiogram.types', 'line 2 ends in the middle of an import'],
      ['import six\nfrom six import (\n    moves,\n', 'line 2 begins an import that does not end'],
      ['import six\nID = \n', 'line 2 gives ID no value'],
      ['x = 1\n<<<<<<< HEAD\ny = 1\n', 'line 2 is left of a conflict'],
      ['x = 1\ny = f"a\n', 'line 2 begins a string that does not end'],
      ['import six\nsix.go()\nif six.is_it():', 'line 3 begins a block that is not there'],
      [
        'import six\ndef go():\n    six.go()\nopts = {\n    1: 2,\n}\n\n    try:\n        go()\n    except E:\n        pass\n',
        'line 8 is indented further',
      ],
      ['six()\ndef a():\n        x = 1\n    y = 2\n', 'line 4 is indented as no line above'],
      ['if a:\n    # nothing yet\nb = 2\n', 'line 1 begins a block that is not there'],
      ['six()\nclass A:\n    def b(self):\n    x = 1\n', 'line 3 begins a block that is not there'],
      ['if a:\n        b = 1\n\tc = 2\n', 'line 3 is indented by tabs and spaces'],
      ['try:\n    a()\nb()\n', 'line 3 follows a "try" without "except"'],
      ['a = 1\nelse:\n    b()\n', 'line 2 has else behind no such block'],
      ['a = 1\nif a\n    b()\n', 'line 2 lacks its colon'],
      ['a = (1,\n    2\nb = 3\n', 'line 1 opens a bracket that is not closed'],
      ['a = 1)\nb = [2}\n', 'line 1 closes a bracket that is not open'],
      ["a = 'b\nc = 1\n", 'line 1 begins a string that does not end'],
      ['import six\n!pip install six\n', 'line 2 is for a notebook'],
    ] as const)
      assert.match(
        await of({ 'main.py': text }),
        new RegExp(`^main\\.py is not read by Python, as ${why}`),
        text,
      );
  });

  it('is one that the start imports, and none that lies beside', async () => {
    const files = { 'main.py': 'import tokens\nprint(tokens.ID)\n', 'tokens.py': '"""\nA =\n"""\nID =\n' };
    assert.match(await of(files), /^tokens\.py is not read by Python, as line 4 gives ID no value/);
    assert.match(await of({ ...files, 'main.py': 'print(1)\n' }), /^ENTRYPOINT \["python", "main\.py"\]$/m);
  });

  it('is none with the like in its strings, brackets and continued lines', async () => {
    for (const text of [
      'x = \\\n    1',
      'call(\n    a=\n    1,\n)',
      's = """\nfrom x\nID =\n<<<<<<< HEAD\nprint "a"\n"""',
      'print (1)',
      'x = a if b else c; y = {\n    1: 2\n}',
      'x = "#" # it\'s',
      'def a():\n\tif b:\n\t\treturn [\n1,\n]\n\n# c\n\treturn 2',
      'try:\n    a()\nfinally:\n    b()\nfor c in d: e()\nelse: f()',
      'if a:\r\n    b = "c\\\r\nd"\r\nelif e: pass',
      'if a: b(); c()\nd = f"{e["f"]}"',
      'match a:\n    case 1:\n        b()',
    ])
      assert.match(await of({ 'main.py': `${text}\nprint(1)\n` }), /^ENTRYPOINT/m, text);
  });
});

describe('a program of signs that Python does not read', () => {
  it('is declined, unless it names its encoding', async () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
    // What a folder tells of the file is its size as it lies there.
    const faultOf = async (text: string, size: number) => {
      const known = await know({ ...list, '.python-version': '3.12\n', 'main.py': text });
      const all = (known.context.files?.files ?? []).map((one) =>
        one.path === 'main.py' ? { ...one, size } : one,
      );
      const files = known.context.files && { ...known.context.files, files: all };
      const context = { ...known.context, ...(files ? { files } : {}) };
      return scaffold({ ...known, context }, { kind: 'multi-stage', answers: newest })?.refused ?? '';
    };
    const old = bytes('print("caf\xe9")\n');
    assert.match(old, /\ufffd/);
    assert.match(await faultOf(old, 14), /^main\.py is not read by Python, as it is no UTF-8: save it/);
    assert.doesNotMatch(await faultOf(`# coding: latin-1\n${old}`, 32), /not read/);
    assert.doesNotMatch(await faultOf(old, 16), /not read/, 'the very sign stands there');
    assert.match(
      await faultOf('p\0r\0i\0n\0t\0', 10),
      /^main\.py is not read by Python, as it has null bytes/,
    );
  });
});

describe('a program for Python 2', () => {
  it('is told as such, by statements, modules and packages', async () => {
    for (const text of [
      'print name\n',
      'exec "x = 1"\n',
      'raise ValueError, "a"\n',
      'import urllib2\nprint(1)\n',
    ])
      assert.match(await of({ 'main.py': text }), /^main\.py.* is written for Python 2: /, text);
    const files = { 'requirements.txt': 'BeautifulSoup==3.2.1\n', 'main.py': 'print(1)\n' };
    assert.match(await first(files, 'multi-stage'), /^beautifulsoup is for Python 2 alone: /);
  });

  it('is none beside programs for Python 3, nor where it tries both', async () => {
    const now = 'print(f"{1}")\n';
    assert.match(await of({ 'main.py': now, 'old.py': 'print "a"\n' }), /^ENTRYPOINT/m);
    const both = 'try:\n    import urllib2\nexcept ImportError:\n    urllib2 = None\nprint(1)\n';
    assert.match(await of({ 'main.py': both }), /^ENTRYPOINT/m);
    assert.match(await of({ 'main.py': 'import Queue\nprint(1)\n', 'Queue.py': '' }), /^ENTRYPOINT/m);
  });
});

describe('the Python of a program', () => {
  const offered = async (text: string) => {
    const made = scaffold(await know({ ...list, 'main.py': text }), { kind: 'multi-stage', answers: newest });
    return (made?.question?.choices ?? []).map(({ value }) => Number(value.slice(2))).sort((a, b) => a - b);
  };

  it('is one that reads it', async () => {
    const [oldest = 0] = await offered('print(1)\n');
    assert.ok(oldest < 12);
    for (const [text, least] of [
      ['print(f"{x["a"]}")\n', 12],
      ['def go[T](a: T): pass\ngo(1)\n', 12],
      ['type A = int\nprint(A)\n', 12],
      ['try:\n    x()\nexcept* E:\n    pass\n', 11],
    ] as const)
      assert.equal((await offered(text))[0], least, text);
    for (const text of [
      'print(f"{x}" if x else "a")\n',
      'print(f"{x[\'a\']}")\n',
      'match = {\n1: 2}\nprint(match)\n',
    ])
      assert.equal((await offered(text))[0], oldest, text);
  });

  it('is told where the project says an older one', async () => {
    const files = { ...list, '.python-version': '3.11\n', 'main.py': 'type A = int\nprint(A)\n' };
    const made = await make(files, 'multi-stage');
    assert.ok(
      made?.assumes.includes(
        'main.py is not read by Python 3.11, as it has type parameters, which came with 3.12.',
      ),
      made?.assumes.join('\n'),
    );
  });
});

describe('a list that cannot be read', () => {
  const main = { 'main.py': 'import six\nsix.go()\n' };
  const manifest = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["six"]\n';
  const merged = '<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n';
  const said = (files: Files) => first({ ...main, '.python-version': '3.12\n', ...files }, 'multi-stage');

  it('is told with its line, and nothing takes its place', async () => {
    assert.match(
      await said({ 'pyproject.toml': `[project]\n${merged}` }),
      /^pyproject\.toml holds both sides of a merge that was not finished \(line 2\)/,
    );
    assert.match(await said({ 'requirements.txt': `six\n${merged}` }), /^requirements\.txt holds both sides/);
    assert.match(
      await said({ 'pyproject.toml': '[project]\nname = "shop\n' }),
      /^pyproject\.toml is no valid TOML \(line 2\)/,
    );
    assert.match(
      await said({ 'pyproject.toml': manifest, 'uv.lock': `version = 1\n${merged}` }),
      /^uv\.lock cannot be read: write it anew with "uv lock"/,
    );
  });

  it('is passed over where another one names all', async () => {
    assert.match(await said({ ...list, 'pyproject.toml': '[project\n' }), /^FROM python/m);
  });
});

describe('a command that uv wrote', () => {
  const files = (body: string): Files => ({
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["six"]\n\n[project.scripts]\nshop = "shop:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
    '.python-version': '3.12\n',
    'src/shop/__init__.py': `def main() -> None:\n    ${body}\n`,
  });

  it('is no program as long as it only greets', async () => {
    assert.match(
      await first(files('print("Hello from shop!")'), 'multi-stage'),
      /^shop does nothing but greet/,
    );
    assert.match(await first(files('print("Hello from shop!")\n    go()'), 'multi-stage'), /^FROM python/m);
  });
});
