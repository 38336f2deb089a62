// Forms of projects for which Add Container Files once made an image that did not run, each with a line that tells.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import type { ScaffoldKind } from '../../server/src/protocol/requests.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, textOf } from './scaffold-world.ts';

const on312: Files = { '.python-version': '3.12\n' };
const fastapi = 'from fastapi import FastAPI\n';
const app = `${fastapi}app = FastAPI()\n`;
const lists = (...lines: string[]): Files => ({ ...on312, 'requirements.txt': `${lines.join('\n')}\n` });
const project = (name: string, dependencies: string, rest = '') =>
  `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = [${dependencies}]\n${rest}`;
const backend = (name: string) => `[build-system]\nrequires = ["${name}"]\n`;
/** What is asked or refused, or the Dockerfile that is made without a question. */
async function first(files: Files, kind: ScaffoldKind = 'serving'): Promise<string> {
  const made = scaffold(await know(files), { kind });
  const { question } = made ?? {};
  if (question) return `${question.id}? ${question.choices.map(({ value }) => value).join(' | ')}`;
  return made?.refused ?? textOf(made);
}
const startOf = (text: string) =>
  /^(?:CMD|ENTRYPOINT) \[(.*)\]$/m.exec(text)?.[1]?.replaceAll(/[",]/g, '') ?? text;
const start = async (...given: Parameters<typeof first>) => startOf(await first(...given));
const has = async (files: Files, pattern: RegExp, kind?: ScaffoldKind) =>
  assert.match(await first(files, kind), pattern);

describe('the application of a service', () => {
  it('has the name that its imports ask for', async () => {
    const service = lists('fastapi', 'uvicorn');
    const uvicorn = (target: string) => `uvicorn ${target} --host 0.0.0.0 --port 8000`;
    const inSource = {
      ...service,
      'src/main.py': `from src.conf import x\n${app}`,
      'src/conf.py': 'x = 1\n',
    };
    assert.equal(await start(inSource), uvicorn('src.main:app'));
    assert.doesNotMatch(await first(inSource), /PYTHONPATH/);
    const below = { ...service, 'src/main.py': `from conf import x\n${app}`, 'src/conf.py': 'x = 1\n' };
    assert.equal(await start(below), uvicorn('main:app'));
    await has(below, /PYTHONPATH=\/app\/src$/m);
    const deep = {
      ...service,
      'src/web/main.py': `from . import conf\nfrom core import y\n${app}`,
      'src/web/conf.py': '',
      'src/core.py': 'y = 1\n',
    };
    assert.equal(await start(deep), uvicorn('web.main:app'));
    const both = {
      ...service,
      'src/main.py': `import src.a\nimport b\n${app}`,
      'src/a.py': '',
      'src/b.py': '',
    };
    await has(both, /PYTHONPATH=\/app\/src$/m);
    assert.equal(await start(both), uvicorn('main:app'));
  });

  it('is what a function of the project gives, in a module or as a factory', async () => {
    const made =
      'from flask import Flask\ndef create_app(config=None):\n    app = Flask(__name__)\n    return app\n';
    const shop = { ...lists('flask', 'gunicorn'), 'shop/__init__.py': made };
    const gunicorn = (target: string) => `gunicorn --bind 0.0.0.0:8000 ${target}`;
    assert.equal(
      await start({ ...shop, 'wsgi.py': 'from shop import create_app\napp = create_app()\n' }),
      gunicorn('wsgi:app'),
    );
    assert.equal(await start(shop), gunicorn('shop:create_app()'));
    const needy = { ...lists('flask', 'gunicorn'), 'shop/__init__.py': made.replace('=None', '') };
    assert.equal(await start(needy), 'start? ');
    const asgi = {
      ...lists('fastapi', 'uvicorn'),
      'web.py': `${fastapi}def build() -> FastAPI:\n    return FastAPI()\n`,
    };
    assert.match(await start(asgi), /^uvicorn web:build --factory /);
  });

  it('is that of Django, wherever it lies', async () => {
    const call = 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n';
    const django = {
      ...lists('django', 'gunicorn'),
      'manage.py': '',
      'conf/__init__.py': '',
      'conf/wsgi.py': call,
    };
    assert.match(await start(django), /conf\.wsgi:application$/);
    const nested = {
      ...lists('django', 'gunicorn'),
      'back/manage.py': '',
      'back/conf/__init__.py': '',
      'back/conf/wsgi.py': call,
    };
    assert.match(await start(nested), /conf\.wsgi:application$/);
    await has(nested, /PYTHONPATH=\/app\/back$/m);
  });

  it('is asked for where there are two, unless the project says which it starts', async () => {
    const two = { ...lists('fastapi', 'uvicorn'), 'admin/main.py': app, 'open/main.py': app };
    assert.match(await first(two), /^start\? uvicorn admin\.main:app .* \| uvicorn open\.main:app /);
    const said = { ...two, Procfile: 'web: uvicorn open.main:app --port $PORT\n' };
    assert.match(await start(said), /open\.main:app/);
    const composed = {
      ...two,
      'compose.yaml': 'services:\n  web:\n    command: ["uvicorn", "admin.main:app"]\n',
    };
    assert.match(await start(composed), /admin\.main:app/);
    const example = {
      ...lists('fastapi', 'uvicorn'),
      'open/main.py': app,
      'examples/a.py': app,
      'docs.py': `"""\n${app}"""\n`,
    };
    assert.match(await start(example), /open\.main:app/);
  });

  it('has a server, or is refused', async () => {
    assert.match(await first({ ...lists('fastapi'), 'main.py': app }), /add uvicorn/);
    assert.match(await first({ ...lists('six'), 'main.py': '' }), /No dependency is a web framework/);
  });

  it('of Streamlit and Gradio is the file that no other imports', async () => {
    const board = 'import streamlit as st\n';
    const pages = {
      ...lists('streamlit'),
      'Home.py': board,
      'pages/1_Map.py': board,
      '.streamlit/config.toml': '[x]\n',
    };
    assert.match(await start(pages), /^streamlit run Home\.py /);
    await has(pages, /^COPY --chown=app:app \.streamlit\/ /m);
    const demo = {
      ...lists('gradio'),
      'ui.py': 'import gradio\ndemo.launch(server_port=7000)\n',
      'x.py': 'a = 1\n',
    };
    assert.equal(await start(demo), 'python ui.py');
    await has(demo, /^EXPOSE 7000$/m);
  });
});

describe('the program of an image', () => {
  it('is no tool, but the module of a folder', async () => {
    const files = {
      ...lists('requests'),
      'health_check.py': 'print()\n',
      'noxfile.py': '',
      'worker/__init__.py': '',
      'worker/__main__.py': 'print()\n',
    };
    assert.equal(await start(files, 'multi-stage'), 'python -m worker');
    const bare = { ...lists('requests'), 'worker/__main__.py': 'import jobs\n', 'worker/jobs.py': '' };
    assert.equal(await start(bare, 'multi-stage'), 'python worker');
  });

  it('is asked for where several could be it', async () => {
    const main = 'if __name__ == "__main__":\n    print()\n';
    const three = { ...lists('numpy'), 'train.py': main, 'predict.py': main, 'evaluate.py': main };
    assert.match(
      await first(three, 'multi-stage'),
      /^start\? python evaluate\.py \| python predict\.py \| python train\.py$/,
    );
    assert.equal(await start(three, 'training'), 'python train.py');
    assert.equal(await start({ ...lists('numpy'), 'detect.py': main }, 'multi-stage'), 'python detect.py');
    assert.equal(await first({ ...lists('numpy'), 'lib/x.py': 'y = 1\n' }, 'multi-stage'), 'start? ');
    const own = { ...three, Dockerfile: 'FROM python:3.12\nCMD ["python", "predict.py"]\n' };
    assert.equal(await start(own, 'multi-stage'), 'python predict.py');
  });

  it('is what a person says, with a shell where that is needed', async () => {
    const files = { ...lists('numpy'), 'lib/x.py': 'import y\n', 'lib/y.py': '' };
    const said = async (line: string) => textOf(await make(files, 'multi-stage', { start: line }));
    assert.equal(startOf(await said('python lib/x.py --name "a b"')), 'python lib/x.py --name a b');
    assert.match(await said('python -m x'), /PYTHONPATH=\/app\/lib$/m);
    assert.match(
      await said('python lib/x.py && echo $HOME'),
      /\["sh", "-c", "python lib\/x\.py && echo \$HOME"\]$/m,
    );
  });
});

describe('what an image installs', () => {
  const wsgi = { 'wsgi.py': 'from flask import Flask\napp = Flask(__name__)\n' };
  const main = { 'main.py': '' };

  it('is what Poetry and pipenv have locked, said by themselves', async () => {
    const poetry = {
      ...main,
      'pyproject.toml':
        '[tool.poetry]\nname = "site"\npackage-mode = false\n[tool.poetry.dependencies]\npython = "~3.11"\nsix = "^1"\n[build-system]\nrequires = ["poetry-core"]\n',
    };
    assert.match(await first(poetry, 'multi-stage'), /^poetry\.lock is missing/);
    const lock =
      '# This file is automatically @generated by Poetry 1.8.3 and should not be changed by hand.\n';
    const text = await first({ ...poetry, 'poetry.lock': lock }, 'multi-stage');
    assert.match(text, /^FROM python:3\.11-/m);
    assert.match(
      text,
      /source=poetry\.lock,[\s\S]*--from poetry==1\.8\.3 --with poetry-plugin-export poetry export --only main /,
    );
    assert.doesNotMatch(text, /uv pip install --no-deps/);
    const old = await first({ ...poetry, 'poetry.lock': lock.replace('1.8.3', '1.1.4') }, 'multi-stage');
    assert.match(old, /poetry==2\./);
    const pipfile = {
      ...wsgi,
      Pipfile: '[packages]\nflask = "*"\ngunicorn = "*"\n[requires]\npython_version = "3.11"\n',
    };
    assert.match(await first(pipfile), /^Pipfile\.lock is missing/);
    await has({ ...pipfile, 'Pipfile.lock': '{}' }, /^FROM python:3\.11-[\s\S]*pipenv@\S+ requirements > /m);
    const pdm = { ...main, 'pyproject.toml': project('a', '"six"'), 'pdm.lock': 'x' };
    assert.match(await first(pdm, 'multi-stage'), /pdm export --prod/);
    await has(
      { ...pdm, 'requirements.txt': 'six==1.17.0\n' },
      /uv pip install -r requirements\.txt/,
      'multi-stage',
    );
  });

  it('lies in the project where a path says so, and is refused where it lies outside', async () => {
    const lock = `version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }\n\n[[package]]\nname = "shared"\nversion = "1"\nsource = { directory = "libs/shared" }\n`;
    const sources = '[tool.uv.sources]\nshared = { path = "libs/shared" }\n';
    const shared = { ...main, 'libs/shared/pyproject.toml': project('shared', '') };
    const manifest = project('a', '"shared"', sources);
    await has(
      { ...shared, 'pyproject.toml': manifest, 'uv.lock': lock },
      /--frozen --no-dev --no-install-local\n\nCOPY \. \.\n/,
      'multi-stage',
    );
    await has(
      { ...shared, 'pyproject.toml': manifest },
      /^COPY \. \.\n[\s\S]*uv pip install -r pyproject\.toml/m,
      'multi-stage',
    );
    await has(
      { ...shared, ...lists('./libs/shared', 'six[x]') },
      /^COPY \. \.\n[\s\S]*uv pip install -r requirements/m,
      'multi-stage',
    );
    const outside = /lies outside of this folder/;
    await has({ ...main, 'pyproject.toml': manifest.replace('libs/', '../') }, outside, 'multi-stage');
    await has(
      { ...main, 'pyproject.toml': manifest, 'uv.lock': lock.replace('libs/', '../') },
      outside,
      'multi-stage',
    );
    await has({ ...main, ...lists('-e ../shared') }, outside, 'multi-stage');
    await has({ ...main, ...lists('six', '-r ../base.txt') }, outside, 'multi-stage');
    const member = manifest.replace('path = "libs/shared"', 'workspace = true');
    await has({ ...main, 'pyproject.toml': member }, /workspace whose top lies above/, 'multi-stage');
  });

  it('is the file that is meant, with those that it names', async () => {
    const files = {
      ...on312,
      ...main,
      'requirements/base.txt': 'six\n',
      'requirements/prod.txt': '-r base.txt\nflask\n',
      'requirements/dev.txt': '-r base.txt\n',
    };
    await has(
      { ...files, 'requirements/prod.txt': '-r base.txt\nsix\n' },
      /source=requirements\/base\.txt,[\s\S]*-r requirements\/prod\.txt/,
      'multi-stage',
    );
    const two = { ...on312, ...main, 'requirements-cpu.txt': 'six\n', 'requirements-gpu.txt': 'six\n' };
    assert.equal(
      await first(two, 'multi-stage'),
      'dependencies? requirements-cpu.txt | requirements-gpu.txt',
    );
    const said = { ...two, Dockerfile: 'FROM python:3.12\nRUN pip install -r requirements-gpu.txt\n' };
    await has(said, /-r requirements-gpu\.txt/, 'multi-stage');
    await has({ ...main, ...lists('-r base.txt') }, /names base\.txt, which is not there/, 'multi-stage');
    await has(
      { ...main, ...lists('-i https://$' + '{TOKEN}@example.org/simple', 'six') },
      /takes TOKEN from the environment/,
      'multi-stage',
    );
    // The settings of tools are no project, so their lock file is none of it.
    const tools = {
      ...wsgi,
      ...lists('flask', 'gunicorn'),
      'pyproject.toml': '[tool.ruff]\n',
      'uv.lock': 'version = 1\nrequires-python = ">=3.10"\n',
    };
    await has(tools, /uv pip install -r requirements\.txt/);
  });

  it('is compiled, read from Git and run with what that needs', async () => {
    await has(
      { ...main, ...lists('x @ git+https://example.org/x') },
      /^FROM python:3\.12-bookworm AS build/,
      'multi-stage',
    );
    await has(
      { ...main, ...lists('psycopg2') },
      /^FROM python:3\.12-bookworm AS build[\s\S]*libpq5=/,
      'multi-stage',
    );
    await has(
      { ...main, ...lists('face-recognition') },
      /AS build[\s\S]*cmake=[\s\S]*^FROM python:3\.12-slim-/m,
      'multi-stage',
    );
    await has(
      { ...main, ...lists('ultralytics') },
      /^FROM \S+-slim-bookworm\n[\s\S]*libgl1=/m,
      'multi-stage',
    );
    await has({ ...main, ...lists('numpy') }, /^FROM python:3\.12-slim-bookworm AS build/, 'multi-stage');
  });

  it('is no wheel where none can be built', async () => {
    const service = { 'app/__init__.py': '', 'app/main.py': app };
    const other = {
      ...service,
      'pyproject.toml': project('my-service', '"fastapi", "uvicorn"', backend('hatchling')),
    };
    const text = await first(other);
    assert.doesNotMatch(text, /--no-deps/);
    assert.match(text, /^COPY --chown=app:app app\/ [\s\S]*"app\.main:app"/m);
    const flat = {
      'a/x.py': '',
      'b/main.py': app,
      'pyproject.toml': project('c', '"fastapi", "uvicorn"', backend('setuptools')),
    };
    assert.doesNotMatch(await first(flat), /--no-deps/);
    const told = {
      ...flat,
      'pyproject.toml': `${flat['pyproject.toml']}[tool.setuptools]\npackages = ["a", "b"]\n`,
    };
    assert.match(await first(told), /--no-deps/);
  });

  it('comes with CUDA only where a version is known, and then with the oldest that fits', async () => {
    const base = async (...packages: string[]) =>
      /^FROM (\S+)$/m.exec(await first({ 'train.py': '', ...lists(...packages) }, 'training'))?.[1];
    assert.equal(await base('torch'), 'python:3.12-slim-bookworm');
    assert.equal(await base('torch==2.4.0'), 'nvidia/cuda:12.6.3-base-ubuntu24.04');
    await has({ 'train.py': '', ...lists('onnxruntime-gpu') }, /^cuda\? 12\.6 \| 12\.8/, 'training');
  });
});

describe('the files of an image', () => {
  const service = {
    ...lists('fastapi', 'uvicorn'),
    'main.py': `import joblib\n${app}joblib.load("models/clf.joblib")\nopen("data/cities.csv")\n`,
  };

  it('are those that Git holds', async () => {
    const files = {
      ...service,
      'models/clf.joblib': 'x',
      'data/cities.csv': 'x',
      'prompts.yaml': 'x',
      'alembic.ini': 'x',
      'alembic/env.py': '',
      'conf/own.yaml': 'x',
      'conf/base.yaml': 'x',
      'README.md': 'x',
      'tests/test_a.py': '',
      '.gitignore': 'conf/own.yaml\n',
    };
    const made = await make(files, 'serving');
    const copied = [...textOf(made).matchAll(/^COPY --chown=app:app (.*) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    assert.deepEqual(copied, [
      'alembic/',
      'conf/',
      'data/',
      'models/',
      'alembic.ini',
      'main.py',
      'prompts.yaml',
    ]);
    const { parseIgnoreFile } = await import('../../server/src/syntax/ignore-file.ts');
    const { keepsOut } = parseIgnoreFile(textOf(made, '.dockerignore'));
    const out = [
      'models/clf.joblib',
      'data/cities.csv',
      'conf/base.yaml',
      'conf/own.yaml',
      'models/other.joblib',
      '.env',
    ].filter(keepsOut);
    assert.deepEqual(out, ['conf/own.yaml', 'models/other.joblib', '.env']);
  });

  it('that Git keeps out are said to be mounted, and not let in', async () => {
    const made = await make({ ...service, 'models/clf.joblib': 'x', '.gitignore': '*.joblib\n' }, 'serving');
    assert.deepEqual(made?.assumes, [
      'models/clf.joblib is mounted below /app, as the image holds no such files.',
    ]);
    assert.doesNotMatch(textOf(made, '.dockerignore'), /^!/m);
    assert.doesNotMatch(textOf(made), /models/);
  });

  it('lie around a package whose code reads them', async () => {
    const manifest = project('bot', '', `[project.scripts]\nbot = "bot:main"\n${backend('hatchling')}`);
    const bot = {
      'pyproject.toml': manifest,
      'src/bot/__init__.py': 'def main():\n    open("prompts.yaml")\n',
    };
    const text = await first({ ...bot, 'prompts.yaml': 'x' }, 'multi-stage');
    assert.match(
      text,
      /uv pip install --no-deps -e \.\n[\s\S]*^COPY --chown=app:app src\/ [\s\S]*prompts\.yaml \.\/$/m,
    );
    assert.match(await first(bot, 'multi-stage'), /uv pip install --no-deps \.$/m);
  });

  it('say which variables the container must be given', async () => {
    const text = 'import os\nA = os.environ["API_KEY"]\nB = os.environ.get("B")\nos.environ["C"] = "1"\n';
    const made = await make({ ...lists('six'), 'main.py': text }, 'multi-stage');
    assert.deepEqual(made?.assumes, ['API_KEY is given when the container is started.']);
  });
});

describe('the Python of an image', () => {
  const python = async (files: Files) =>
    /^FROM python:([\d.]+)-/m.exec(await first({ 'main.py': '', ...files }, 'multi-stage'))?.[1];
  const pins = { 'requirements.txt': 'numpy==1.25.0\npydantic==2.7.1\n' };

  it('is what the files of the project say', async () => {
    assert.equal(await python({ ...pins, Dockerfile: 'FROM python:3.11-slim\n' }), '3.11');
    assert.equal(
      await python({
        ...pins,
        'docker/api.Dockerfile': 'FROM --platform=linux/amd64 docker.io/library/python:3.10\n',
      }),
      '3.10',
    );
    assert.equal(
      await python({ ...pins, '.github/workflows/ci.yml': 'x:\n  with:\n    python-version: "3.10"\n' }),
      '3.10',
    );
    const matrix = 'x:\n  matrix:\n    python-version:\n      - "3.9"\n      - "3.10"\n    os: [a-3.14]\n';
    assert.equal(await python({ ...pins, '.github/workflows/ci.yml': matrix }), '3.10');
    assert.equal(await python({ ...pins, 'environment.yml': 'dependencies:\n  - python=3.9\n' }), '3.9');
    assert.equal(await python({ ...pins, 'setup.py': 'setup(python_requires=">=3.10,<3.12")\n' }), '3.11');
    // A newer one than the pins have wheels for is none.
    assert.match(
      await first({ ...pins, 'main.py': '', '.python-version': '3.13\n' }, 'multi-stage'),
      /^python\? 3\.11/,
    );
  });

  it('is asked for where nothing says it, among those that the pins have wheels for', async () => {
    assert.equal(await first({ ...pins, 'main.py': '' }, 'multi-stage'), 'python? 3.11');
    const old = { 'requirements.txt': 'numpy==1.19.5\n', 'main.py': '' };
    assert.equal(await first(old, 'multi-stage'), 'python? 3.9 | 3.8');
    assert.match(
      await first({ 'requirements.txt': 'six\n', 'main.py': '' }, 'multi-stage'),
      /^python\? 3\.12 \| 3\.11/,
    );
  });

  it('is refused where uv makes no environments of it', async () => {
    const old = { 'requirements.txt': 'six\n', 'main.py': '', Dockerfile: 'FROM python:3.6-alpine\n' };
    assert.match(await first(old, 'multi-stage'), /^Dockerfile says Python 3\.6/);
  });
});
