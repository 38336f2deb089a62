// What Add Container Files takes from comments, volumes and build backends, and what no image can hold.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, lists, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const service: Files = { ...lists('fastapi', 'uvicorn'), 'main.py': app };

describe('the Python of a project', () => {
  it('is none older than a comment of its list says', async () => {
    const files = (comment: string): Files => ({
      'main.py': app,
      'requirements.txt': `# ${comment}\nfastapi\nuvicorn\n`,
    });
    for (const comment of ['Python 3.13+', 'requires Python 3.13 or higher', 'Python >= 3.13']) {
      assert.match(await first(files(comment)), /^python\? 3\.13/, comment);
    }
    assert.match(await first(files('Python >= 3.8 recommended')), /^python\? 3\.12 /);
  });

  it('is the one release that is admitted alone, where there is an image of it', async () => {
    const files = (release: string) => ({
      'pyproject.toml': project('shop', '"fastapi", "uvicorn"').replace('>=3.12', `==${release}`),
      'main.py': app,
    });
    await has(files('3.12.4'), /^FROM python:3\.12\.4-slim-bookworm$/m);
    await has(files('3.11.2'), /^The project admits Python ==3\.11\.2 alone, and its images of Debian 12 /);
  });
});

describe('what the image needs', () => {
  it('is a compiler where the project itself is compiled', async () => {
    const of = (name: string): Files => ({
      'pyproject.toml': `${project('shop', '')}[build-system]\nrequires = ["${name}"]\n`,
      'uv.lock':
        'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { editable = "." }\n',
      'shop/__init__.py': '',
      'main.py': 'print()\n',
      '.python-version': '3.12\n',
    });
    assert.match(
      await first(of('scikit-build-core'), 'multi-stage'),
      /^FROM python:3\.12-bookworm AS build/m,
    );
    assert.match(await first(of('hatchling'), 'multi-stage'), /^FROM python:3\.12-slim-bookworm AS build/m);
  });

  it('is a folder of the user where a volume is mounted', async () => {
    const compose = (mount: string): Files => ({
      'compose.yaml': `services:\n  a:\n    build: .\n    volumes:\n      - ${mount}\n`,
    });
    assert.match(await first({ ...service, ...compose('store:/app/store') }), /^RUN mkdir -p store$/m);
    assert.doesNotMatch(await first({ ...service, ...compose('./store:/app/store') }), /mkdir/);
  });

  it('is ffmpeg for torchaudio', async () => {
    assert.match(
      await first({ ...lists('fastapi', 'uvicorn', 'torchaudio'), 'main.py': app }),
      /^ +ffmpeg=/m,
    );
  });
});

describe('a package that pyproject.toml tells of', () => {
  const poetry = (rest: string): Files => ({
    'pyproject.toml': `${project('shop', '"fastapi", "uvicorn"')}\n${rest}\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n`,
    'main.py': app,
    '.python-version': '3.12\n',
  });

  it('is not installed where none of it is there', async () => {
    const files = poetry('[tool.poetry]\npackages = [{ include = "shop" }]\n');
    assert.doesNotMatch(await first(files), /--no-deps|^COPY \. /m);
    assert.match(await first({ ...files, 'shop/__init__.py': '' }), /uv pip install --no-deps \.$/m);
  });

  it('is declined where its commands are all there is, and its code has another name', async () => {
    const command = '[project.scripts]\nshop = "shop.cli:main"\n';
    const of = (name: string, rest: string, more: Files): Files => ({
      'pyproject.toml': `${project('stock', '')}${command}${rest}\n[build-system]\nrequires = ["${name}"]\n`,
      'cli.py': 'def main(): pass\nif __name__ == "__main__":\n    main()\n',
      '.python-version': '3.12\n',
      ...more,
    });
    const folder = { 'shop/__init__.py': '', 'shop/cli.py': 'def main(): pass\n' };
    const file = { 'shop.py': 'def main(): pass\n' };
    for (const [name, rest, others] of [
      ['poetry-core', '[tool.poetry]\npackages = [{ include = "shop" }]', [file, {}]],
      ['poetry-core', '[tool.poetry]\npackages = [{ include = "shop", from = "src" }]', [folder]],
      ['setuptools', '[tool.setuptools]\npackages = ["shop"]', [file, {}]],
      ['setuptools', '[tool.setuptools]\npy-modules = ["shop"]', [{}]],
      ['hatchling', '[tool.hatch.build.targets.wheel]\npackages = ["shop"]', [{}]],
      ['flit-core', '[tool.flit.module]\nname = "shop"', [{}]],
      ['uv-build', '[tool.uv.build-backend]\nmodule-name = "shop"', [folder, {}]],
    ] as const)
      for (const more of others)
        await has(
          of(name, rest, more),
          /^pyproject\.toml takes shop into the package, which is not there/,
          'multi-stage',
        );
    const poetry = '[tool.poetry]\npackages = [{ include = "shop" }]';
    await has(of('poetry-core', poetry, folder), /^ENTRYPOINT \["shop"\]$/m, 'multi-stage');
    // Its own words name a program that needs no installation.
    const named = { ...file, 'README.md': '`python cli.py`\n' };
    await has(of('poetry-core', poetry, named), /^ENTRYPOINT \["python", "cli\.py"\]$/m, 'multi-stage');
    // And its command calls nothing that is there.
    const gone = { 'shop/__init__.py': '', 'shop/main.py': '' };
    await has(of('poetry-core', poetry, gone), /^shop calls shop\.cli, which is not there: /, 'multi-stage');
  });

  it('is declined where its readme is not there', async () => {
    const files = {
      ...poetry('readme = "README.md"\n\n[project.scripts]\nshop = "shop:main"'),
      'shop/__init__.py': '',
    };
    await has(files, /^pyproject\.toml names README\.md, which is not there/);
    await has({ ...files, 'README.md': '# Shop' }, /^FROM/m);
  });

  it('is not built without its readme, where no command of it is for the image', async () => {
    const files = { ...poetry('readme = "README.md"'), 'shop/__init__.py': '' };
    assert.doesNotMatch(await first(files), /COPY \. \.|-e \./);
    await has(files, /^COPY --chown=app:app shop\/ \.\/shop\/$/m);
    await has({ ...files, 'README.md': '# Shop' }, /COPY \. \./);
  });
});

describe('what holds on one machine alone', () => {
  it('is a path that a function takes by default', async () => {
    const rows = (path: string): Files => ({
      'rows.py': `class Rows:\n    def __init__(self, path=r"${path}"):\n        self.data = read(path)\n`,
      'main.py': `from rows import Rows\n${app}`,
    });
    await has({ ...service, ...rows('C:\\Users\\me\\rows.csv') }, /^rows\.py names C:\\Users\\me\\rows\.csv/);
    await has({ ...service, ...rows('/home/me/rows.csv') }, /^rows\.py names \/home\/me\/rows\.csv/);
    await has({ ...service, ...rows('rows.csv') }, /^FROM/m);
  });

  it('is a server that a package looks for, whatever module has its name', async () => {
    const made = await make(
      {
        ...service,
        ...lists('fastapi', 'uvicorn', 'mlflow'),
        'steps.py': '',
        'steps/__init__.py': 'from .fit import fit\n',
        'steps/fit.py':
          'import mlflow\nmlflow.set_tracking_uri("http://127.0.0.1:5000")\ndef fit():\n    pass\n',
        'main.py': `from steps import fit\n${app}`,
      },
      'serving',
    );
    assert.ok(
      made?.assumes.some((line) => /^Another host is written into line 2 of steps\/fit\.py/.test(line)),
    );
  });

  it('is a server at localhost, which is told', async () => {
    for (const call of ['redis.Redis(host="localhost", port=6379)', "MongoClient('127.0.0.1')"]) {
      const made = await make({ ...service, 'main.py': `${app}client = ${call}\n` }, 'serving');
      assert.ok(made?.assumes.some((line) => / is reached at localhost, /.test(line)));
      assert.match(textOf(made), /^FROM/m);
    }
  });
});

it('starts no server with the name of a file', async () => {
  const files = {
    ...lists('flask', 'gunicorn'),
    'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  };
  assert.match(await start({ ...files, Procfile: 'web: gunicorn app.py\n' }), /app:app/);
});
