// What Add Container Files installs, and when it says instead why it cannot.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, lists, on312 } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const main = { 'main.py': 'print()\n' };

describe('a Python that no image has', () => {
  it('is told, be it an old one, another one or one to come', async () => {
    const said = (name: string, text: string) =>
      first({ ...main, 'requirements.txt': 'six==1.17.0\n', [name]: text }, 'multi-stage');
    assert.match(
      await said('.python-version', '2.7.18\n'),
      /^\.python-version says Python 2\.7\.18: uv makes/,
    );
    assert.match(await said('runtime.txt', 'python-2.7.14\n'), /^runtime\.txt says Python 2/);
    assert.match(await said('Dockerfile', 'FROM python:2-slim\n'), /^Dockerfile says Python 2-slim/);
    assert.match(await said('.python-version', 'pypy3.10-7.3.12\n'), /for CPython/);
    assert.match(await said('Dockerfile', 'FROM pypy:3.10\n'), /for CPython/);
    assert.match(await said('.python-version', '3.99\n'), /no image yet/);
    assert.match(await said('a.py', 'print "a"\n'), /^a\.py is written for Python 2/);
    assert.match(await said('a.py', 'try:\n  x()\nexcept IOError, e:\n  pass\n'), /for Python 2/);
    assert.match(await said('a.py', '#!/usr/bin/env python2\n'), /for Python 2/);
  });

  it('is not seen where a text or a file of tests holds such words', async () => {
    const files = { ...lists('six==1.17.0'), ...main };
    const text = '"""\nprint "a"\n"""\nprint("a")\n';
    const others: Files[] = [{ 'a.py': text }, { 'tests/a.py': 'print "a"\n' }];
    for (const more of others)
      assert.doesNotMatch(await first({ ...files, ...more }, 'multi-stage'), /Python 2/);
  });
});

describe('packages that a file of conda names', () => {
  const conda = {
    'environment.yml': 'dependencies:\n  - pytorch=1.11\n  - jupyter\n  - pip:\n    - omegaconf==2.1\n',
  };
  const setup = {
    ...on312,
    ...conda,
    'setup.py': 'from setuptools import setup\nsetup(name="a", install_requires=["numpy"])\n',
  };

  it('are refused where programs import them and nothing else names them', async () => {
    const files = { ...setup, 'main.py': 'import torch\nimport omegaconf\nimport numpy\n' };
    await has(
      files,
      /^The programs import pytorch, omegaconf, which environment\.yml names for conda and setup\.py does not/,
    );
    const list = { ...lists('numpy'), ...conda, 'main.py': 'import torch\n' };
    await has(list, /^The programs import pytorch, which environment\.yml .*requirements\.txt does not/);
  });

  it('are of no matter where a list has them, or nothing imports them', async () => {
    const list = { ...lists('torch==2.8.0', 'omegaconf==2.3.0'), ...conda, 'main.py': 'import torch\n' };
    await has(list, /uv pip install -r requirements\.txt/, 'multi-stage');
    await has({ ...setup, ...main }, /uv pip install \.$/m, 'multi-stage');
  });
});

describe('a project whose backend is Poetry itself', () => {
  const manifest = (rest: string) =>
    `[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "~3.12"\n${rest}[build-system]\nrequires = ["poetry>=0.12"]\nbuild-backend = "poetry.masonry.api"\n`;
  const files = (rest = ''): Files => ({
    'pyproject.toml': manifest(rest),
    'poetry.lock': 'x',
    'shop/__init__.py': '',
    'shop/main.py': `x = open("conf/a.json")\n${app}`,
    'conf/a.json': '{}',
  });
  it('is not installed, as its code runs from where it lies', async () => {
    const text = await first({ ...files(), 'poetry.lock': '[[package]]\nname = "fastapi"\n' }, 'multi-stage');
    assert.doesNotMatch(text, /uv pip install --no-deps/);
    assert.match(text, /^COPY --chown=app:app shop\/ \.\/shop\/$/m);
  });
  it('is refused where it has commands and reads what lies around it', async () => {
    await has(
      files('[tool.poetry.scripts]\nshop = "shop.main:run"\n'),
      /poetry\.masonry\.api, which cannot/,
      'multi-stage',
    );
  });
});

describe('files that setup.py reads', () => {
  it('are let through to the build', async () => {
    const files = {
      ...on312,
      'setup.py':
        'from setuptools import setup\nsetup(name="a", version=open("VERSION").read(), long_description=open("README.md").read())\n',
      VERSION: '1',
      'README.md': 'x',
      '.dockerignore': '*.md\n.venv\n',
      'a/__init__.py': '',
      'a/__main__.py': '',
    };
    assert.match(textOf(await make(files, 'multi-stage'), '.dockerignore'), /^!README\.md$/m);
  });
});
