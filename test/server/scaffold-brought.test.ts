// Programs, folders and variables that an image of Add Container Files brings, or says that somebody has to.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, lists, project } from './scaffold-forms.ts';
import { make, textOf } from './scaffold-world.ts';

const service = lists('fastapi', 'uvicorn');
const hasGit = async (files: Record<string, string>) =>
  /^ +git=/m.test(await first({ ...service, 'main.py': app, ...files }));

describe('git', () => {
  it('is in the image where a file calls it, or a package does', async () => {
    for (const call of [
      'import subprocess\nsubprocess.run(["git", "rev-parse", "HEAD"])\n',
      "import subprocess\nsubprocess.check_output(\n    ['git', 'log'],\n)\n",
      'from subprocess import run\nrun("git describe --tags".split())\n',
      'import os\nos.system("git clone https://example.org/a")\n',
      "import asyncio.subprocess\nTOOL = 'git'\n",
    ])
      assert.ok(await hasGit({ 'version.py': call }), call);
    for (const name of ['GitPython', 'cookiecutter', 'copier', 'pre-commit'])
      assert.ok(await hasGit(lists('fastapi', 'uvicorn', name)), name);
    assert.ok(!(await hasGit({ 'version.py': 'KIND = "git"\n' })));
    assert.ok(!(await hasGit({ 'tests/test_a.py': 'import subprocess\nsubprocess.run(["git"])\n' })));
  });
});

describe('a folder that a program names', () => {
  const copied = async (folder: string, line: string, rest = {}) =>
    textOf(
      await make(
        { ...service, 'main.py': `${app}${line}\n`, [`${folder}/a.json`]: '{}', ...rest },
        'serving',
      ),
    ).includes(`COPY --chown=app:app ${folder}/ `);

  it('is copied, be it hidden or usually of no use', async () => {
    assert.ok(await copied('.well-known', 'app.mount("/.well-known", StaticFiles(directory=".well-known"))'));
    assert.ok(await copied('.prompts', 'P = Path(".prompts/a.json")'));
    assert.ok(await copied('examples', "HERE = ROOT / 'examples'"));
    assert.ok(await copied('notebooks', 'load("notebooks/a.json")'));
    assert.ok(!(await copied('.prompts', 'print(1)')));
    assert.ok(!(await copied('.github', 'load(".github/a.json")')));
    assert.ok(!(await copied('docs', 'KIND = "docs"')));
    assert.ok(!(await copied('examples', 'print(1)')));
  });

  it('is a part of the package where its description says so, though Git ignores such names', async () => {
    const files = {
      '.gitignore': 'dist\n',
      'shop/__init__.py': '',
      'shop/web.py': app,
      'shop/page/dist/index.html': '<html>',
      'shop/other/dist/index.html': '<html>',
      'pyproject.toml': project(
        'shop',
        '"fastapi", "uvicorn"',
        '[build-system]\nrequires = ["setuptools"]\n[tool.setuptools.package-data]\nshop = ["shop/page/dist/*"]\n',
      ),
    };
    const ignored = textOf(await make(files, 'serving'), '.dockerignore');
    assert.doesNotMatch(ignored, /shop\/page/);
    assert.match(ignored, /^shop\/other\/dist$/m);
  });
});
