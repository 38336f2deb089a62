// Projects that setup.py alone describes, and those of which Add Container Files says why it can make nothing.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffoldKinds } from '../../server/src/features/scaffold.ts';
import { app, first, has, lists, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, textOf } from './scaffold-world.ts';

const config =
  '[metadata]\nname = bell\n\n[options]\npackages = find:\npython_requires = >=3.12\ninstall_requires =\n    six==1.17.0\n    # a comment\n    psycopg2; python_version > "3"\n\n[options.entry_points]\nconsole_scripts =\n    ring = bell.ring:main\n';
const call = 'from setuptools import setup\nsetup()\n';
const bell: Files = {
  'bell/__init__.py': '',
  'bell/ring.py': 'import argparse\n\n\ndef main():\n    print()\n',
};

describe('a project of setuptools alone', () => {
  it('is installed with its command, from setup.cfg or setup.py', async () => {
    const script =
      'import os\nfrom setuptools import find_packages, setup\n\nsetup(\n    name="bell",\n    python_requires=">=3.12",\n    install_requires=[\n        "six==1.17.0",\n        \'psycopg2\',\n    ],\n    entry_points={"console_scripts": ["ring = bell.ring:main"]},\n)\n';
    for (const files of [
      { ...bell, 'setup.cfg': config, 'setup.py': call },
      { ...bell, 'setup.py': script },
    ]) {
      const text = await first(files, 'multi-stage');
      assert.match(
        text,
        /^FROM python:3\.12-bookworm AS build[\s\S]*^COPY \. \.\n[\s\S]*uv venv && uv pip install \.$/m,
      );
      assert.match(text, /libpq5=/);
      assert.match(text, /^ENTRYPOINT \["ring"\]\nCMD \["--help"\]$/m);
      assert.doesNotMatch(text, /^COPY --chown/m);
      assert.ok(scaffoldKinds(await know(files)).every(({ kind }) => kind !== 'wheel'));
    }
  });

  it('starts a file of its folder where it has no command', async () => {
    const files = {
      ...bell,
      'setup.py': 'from setuptools import setup\nsetup(name="bell", python_requires=">=3.12")\n',
      'main.py': 'import bell\n',
    };
    assert.equal(await start(files, 'multi-stage'), 'python main.py');
    await has(files, /uv pip install \.\n[\s\S]*^COPY --chown=app:app main\.py \.\/$/m, 'multi-stage');
  });

  it('is installed where it lies, when its package reads files that a wheel lacks', async () => {
    const files = { ...bell, 'setup.cfg': config, 'setup.py': call, 'bell/tones.json': '{}' };
    await has(files, /uv pip install -e \.\n[\s\S]*^COPY --chown=app:app bell\/ /m, 'multi-stage');
    const told = { ...files, 'setup.cfg': `${config}\n[options.package_data]\n* = *.json\n` };
    await has(told, /uv pip install \.$/m, 'multi-stage');
  });

  it('is refused where a build of it needs more than setuptools', async () => {
    const script = (line: string) => ({
      ...bell,
      'setup.py': `${line}\n${call.replace('setup()', 'setup(name="bell")')}`,
    });
    await has(
      script('import numpy'),
      /^setup\.py imports numpy, which is not there when it is built/,
      'multi-stage',
    );
    await has(script('from bell import x'), /^setup\.py imports bell, which/, 'multi-stage');
    await has(script('import versioneer'), /^setup\.py takes its version from Git/, 'multi-stage');
    const needs = '[metadata]\nversion = 1.0\n[options]\ninstall_requires =\n    setuptools_scm\n';
    assert.doesNotMatch(
      await first({ ...script('import setuptools'), 'setup.cfg': needs }, 'multi-stage'),
      /takes its version from Git/,
    );
  });

  it('gives way to a list of requirements', async () => {
    const files = { ...bell, ...lists('six'), 'setup.cfg': config, 'setup.py': call, 'main.py': '' };
    await has(files, /uv pip install -r requirements\.txt/, 'multi-stage');
  });
});

describe('programs of which nothing can be made', () => {
  const refusal = async (files: Files) => {
    const kinds = scaffoldKinds(await know(files));
    assert.ok(kinds.length > 0);
    return first(files, 'multi-stage');
  };

  it('are those with projects in folders, or for conda', async () => {
    const folders = {
      'tools.py': '',
      'back/requirements.txt': 'six\n',
      'ml/pyproject.toml': '[project]\n',
      'docs/requirements.txt': 'x\n',
    };
    assert.match(await refusal(folders), /only those of back, ml: add the files in one of them\.$/);
    const one = { 'tools.py': '', 'back/requirements.txt': 'six\n' };
    assert.match(await refusal(one), /only those of back: add the files there\.$/);
    assert.match(
      await refusal({ 'x.py': '', 'environment.yml': 'dependencies:\n  - numpy\n' }),
      /^environment\.yml is for conda/,
    );
    assert.deepEqual(scaffoldKinds(await know({ 'notes.txt': 'x' })), []);
  });

  it('are deployments of Ray Serve, which no server is added for', async () => {
    const files = {
      ...lists('fastapi', 'ray[serve]'),
      'main.py': `from ray import serve\n${app}@serve.deployment\n@serve.ingress(app)\nclass X:\n    pass\nserve.run(X.bind())\n`,
    };
    await has(files, /^Ray Serve starts the application by itself/);
    assert.equal(await make(files, 'serving'), undefined);
    assert.match(textOf(await make(files, 'multi-stage')), /python main\.py|"python", "main\.py"/);
  });
});
