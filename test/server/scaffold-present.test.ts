// What an image takes over from the Dockerfile that is there, and from the routes of the program.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, lists, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const pinned = lists('fastapi==0.116.1', 'uvicorn==0.35.0');
const health = `${app}@app.get("/health")\ndef health():\n    return 1\n`;
const assumes = async (files: Files) => (await make(files, 'serving'))?.assumes;

describe('the Dockerfile that is there', () => {
  const present = (text: string, files: Files = {}): Files => ({
    ...pinned,
    'main.py': health,
    Dockerfile: `FROM python:3.12-slim\n${text}`,
    ...files,
  });

  it('says which packages of Debian the program needs', async () => {
    const text =
      'RUN apt-get update && apt-get install -y --no-install-recommends \\\n    # comment\n    tree libgl1=1.6 build-essential curl libfoo7 \\\n && rm -rf /var/lib/apt/lists/*\n';
    const made = await make(present(text), 'serving');
    assert.match(
      textOf(made),
      /^# hadolint ignore=DL3008\nRUN [^\n]*\n[^\n]*\n {8}libgl1 \\\n {8}tree \\\n/m,
    );
    assert.deepEqual(made?.assumes, ['The program does without libfoo7 of Dockerfile.']);
    const calling = present(text, {
      'main.py': `${health}import subprocess\nsubprocess.run(["curl", "x"])\n`,
    });
    await has(calling, /^ {8}curl \\\n {8}libgl1/m);
    const alpine = present('RUN apk add --no-cache tree libfoo build-base\n').Dockerfile;
    const dropped = await make(
      present('', { Dockerfile: `${alpine}`.replace('-slim', '-alpine') }),
      'serving',
    );
    assert.match(textOf(dropped), /^ {8}tree \\$/m);
    assert.deepEqual(dropped?.assumes, ['The program does without libfoo of Dockerfile.']);
    const foreign =
      'RUN echo deb x > /etc/apt/sources.list.d/x.list && apt-get install -y some-tool python-dev netcat\n';
    assert.doesNotMatch(await first(present(foreign)), /apt-get/);
    const same = present('RUN apt-get install -y some-tool\n').Dockerfile;
    await has(present('', { Dockerfile: `${same}`.replace('-slim', '-slim-bookworm') }), /^ {8}some-tool /m);
    const asked =
      'RUN if [ "$X" = "true" ]; then apt-get install -y tree; pip install rich; fi && apt-get install -y jq\n';
    assert.doesNotMatch(await first(present(asked)), /tree|rich/);
    const targets =
      'FROM python:3.12 AS lab\nRUN apt-get install -y tree\nFROM python:3.12 AS base\nRUN apt-get install -y graphviz\nFROM base\n';
    const chosen = await first(present('', { Dockerfile: targets }));
    assert.match(chosen, /graphviz/);
    assert.doesNotMatch(chosen, /tree/);
  });

  it('brings headers into the stage that compiles, and their libraries into the image', async () => {
    const text = await first(present('RUN apt-get install -y libpq-dev cmake\n'));
    const [build = '', final = ''] = text.split(/^FROM /m).slice(1);
    assert.match(build, / cmake \\\n +libpq-dev /);
    assert.match(final, / libpq-dev /);
    assert.doesNotMatch(final, /cmake/);
  });

  it('installs packages of Python by their names, which are installed too', async () => {
    const flask: Files = {
      ...lists('flask==3.1.2'),
      'main.py': 'from flask import Flask\napp = Flask(__name__)\n',
      Dockerfile:
        'FROM python:3.12\nRUN pip install -r requirements.txt && pip install --no-cache-dir gunicorn==23.0.0 "redis[hiredis]"\n',
    };
    await has(flask, /uv pip install -r requirements\.txt gunicorn==23\.0\.0 'redis\[hiredis\]'$/m);
    assert.match(await start(flask), /^gunicorn /);
    const index = {
      ...flask,
      Dockerfile: 'FROM python:3.12\nRUN pip install redis -i https://example.org/simple\n',
    };
    assert.doesNotMatch(await first(index), /redis/);
  });

  it('runs programs and sets variables, which are named where the image does without them', async () => {
    const files = present(
      'ENV MODE=fast PYTHONUNBUFFERED=1\nRUN python -m nltk.downloader punkt\nRUN pip install -U pip\nCMD ["./boot.sh"]\n',
      {
        'boot.sh': '#!/bin/sh\npython seed.py\nexec uvicorn main:app\n',
      },
    );
    assert.deepEqual(await assumes(files), [
      'The program does without "python -m nltk.downloader punkt", "python seed.py", MODE of Dockerfile.',
    ]);
  });

  it('starts something else than what was found, which is asked for first', async () => {
    const kafka = { 'jobs/__init__.py': '', 'jobs/kafka.py': 'print()\n' };
    const files = present('CMD ["python", "-m", "jobs.kafka"]\n', kafka);
    assert.match(await first(files), /^start\? python -m jobs\.kafka \| uvicorn main:app /);
    assert.match(await start(present('CMD uvicorn main:app --port 80\n', kafka)), /^uvicorn main:app /);
  });

  it('has stages that are none of Python, of which only what they bring counts', async () => {
    const text =
      'FROM node:24 AS assets\nRUN apt-get install -y tree && npm ci\nENV NODE_ENV=x\nFROM python:3.12-slim AS base\nRUN apt-get install -y graphviz\nFROM base\nCOPY --from=assets /app/public public\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nCOPY --from=base /x /x\nRUN pip install hatch poetry==2.0 --no-cache-dir && pip install -i https://example.org/simple torch\n';
    const made = await make({ ...present(''), Dockerfile: text }, 'serving');
    assert.match(textOf(made), /^ {8}graphviz \\$/m);
    assert.doesNotMatch(textOf(made), /tree|hatch|poetry/);
    assert.deepEqual(made?.assumes, [
      'The program does without "pip install -i https://example.org/simple torch", "COPY --from=assets /app/public public" of Dockerfile.',
    ]);
  });

  it('takes extras of the project, in any form', async () => {
    const main = { 'main.py': 'print()\n' };
    const manifest = project('a', '"six"', '[project.optional-dependencies]\nweb = ["flask"]\n');
    const from = (line: string, files: Files) => ({
      ...main,
      ...files,
      Dockerfile: `FROM python:3.12\nRUN ${line}\n`,
    });
    await has(
      from('pip install ".[web]"', { 'pyproject.toml': manifest }),
      /-r pyproject\.toml --extra web$/m,
      'multi-stage',
    );
    const poetry = {
      'pyproject.toml': manifest,
      'poetry.lock': '# This file is automatically @generated by Poetry 2.1.3 and\n',
    };
    await has(
      from('poetry install --extras web', poetry),
      /poetry==2\.1\.3 .* poetry export --only main --extras web --format/,
      'multi-stage',
    );
    const locked = { 'pyproject.toml': manifest, 'uv.lock': 'version = 1\nrequires-python = ">=3.12"\n' };
    await has(
      from('pip install .[web,test]', locked),
      /uv sync --locked --no-dev --extra web --no-install/,
      'multi-stage',
    );
    const dynamic = manifest.replace('dependencies = ["six"]', 'dynamic = ["dependencies"]');
    await has(
      from('pip install .[web]', { 'pyproject.toml': dynamic, 'setup.py': '' }),
      /uv pip install '\.\[web\]'$/m,
      'multi-stage',
    );
  });

  it('names a folder that its start is given', async () => {
    const files = present('CMD ["serve", "pages/"]\n', { 'pages/a.html': 'x' });
    assert.match(await first(files), /^start\? serve pages\/ \| /);
    assert.match(textOf(await make(files, 'serving')), /^COPY --chown=app:app pages\/ /m);
    assert.match(await start(present('CMD ["fastapi", "dev", "main.py"]\n')), /^uvicorn main:app /);
  });

  it('may be one that Alembic runs, which is no application', async () => {
    const env = 'from alembic import context\nfrom fastapi import FastAPI\napp = FastAPI()\n';
    assert.match(await start({ ...pinned, 'web.py': health, 'db/env.py': env }), /^uvicorn web:app /);
  });
});

describe('the health of a service', () => {
  const asked = async (files: Files) => {
    const text = textOf(await make({ ...pinned, ...files }, 'serving'));
    return /127\.0\.0\.1:8000(\/[^']*)/.exec(text)?.[1];
  };
  const router = (rest = '') =>
    `from fastapi import APIRouter\nrouter = APIRouter(${rest})\n@router.get("/healthcheck")\ndef health():\n    return 1\n`;
  const main = (take: string, imports = 'from shop import checks') => `${imports}\n${app}${take}\n`;
  const shop = (text: string) => ({ 'shop/__init__.py': '', 'shop/checks.py': text });

  it('is asked at a route of the application', async () => {
    for (const name of ['health', 'healthcheck', 'health-check', 'healthz', 'api/v1/health', 'ready', 'ping'])
      assert.equal(
        await asked({ 'main.py': `${app}@app.get("/${name}", tags=["x"])\ndef x():\n    return 1\n` }),
        `/${name}`,
      );
    assert.equal(
      await asked({ 'main.py': `${app}@app.post("/health")\ndef x():\n    return 1\n` }),
      '/openapi.json',
    );
  });

  it('is asked at that of a router that is taken in once', async () => {
    const take = 'app.include_router(checks.router)';
    assert.equal(await asked({ 'main.py': main(take), ...shop(router()) }), '/healthcheck');
    assert.equal(
      await asked({ 'main.py': main(take), ...shop(router('prefix="/api", tags=["x"]')) }),
      '/api/healthcheck',
    );
    const named = main('app.include_router(router, tags=["x"])', 'from shop.checks import router');
    assert.equal(await asked({ 'main.py': named, ...shop(router()) }), '/healthcheck');
  });

  it('is not asked at one whose place is not known', async () => {
    const none = async (take: string, text = router()) =>
      assert.equal(await asked({ 'main.py': main(take), ...shop(text) }), '/openapi.json', take);
    await none('app.include_router(checks.router, prefix="/api")');
    await none('app.include_router(checks.router)', router('prefix=settings.prefix'));
    await none('x = 1');
    await none('app.include_router(checks.router)\napp.include_router(checks.router)');
    await none(
      'api_router = APIRouter(prefix="/v1")\napi_router.include_router(checks.router)\napp.include_router(api_router)',
    );
    await none('app.include_router(other.router)');
  });

  it('is that of a blueprint in the same way', async () => {
    const flask = (rest: string) => ({
      ...lists('flask==3.1.2', 'gunicorn==23.0.0'),
      'main.py':
        'from flask import Flask\nfrom checks import bp\napp = Flask(__name__)\napp.register_blueprint(bp)\n',
      'checks.py': `from flask import Blueprint\nbp = Blueprint("checks", __name__${rest})\n@bp.route("/ping")\ndef ping():\n    return "x"\n`,
    });
    assert.equal(await asked(flask('')), '/ping');
    assert.equal(await asked(flask(', url_prefix="/api"')), '/api/ping');
    assert.equal(await asked({ ...flask(''), 'checks.py': 'bp = None\n' }), '/');
  });
});

describe('what is not in the list of requirements', () => {
  it('is ffmpeg, where a program of the project calls it', async () => {
    const calling = {
      ...pinned,
      'main.py': `${health}import subprocess\nsubprocess.run(["ffmpeg", "-i", "x"])\n`,
    };
    assert.match(textOf(await make(calling, 'serving')), /\n +ffmpeg=/);
    assert.doesNotMatch(textOf(await make({ ...pinned, 'main.py': health }, 'serving')), /ffmpeg/);
  });

  it('is a setuptools that has pkg_resources, for a gunicorn that imports it', async () => {
    const flask = 'from flask import Flask\napp = Flask(__name__)\n';
    const old = {
      ...lists('flask==2.0.3', 'gunicorn==20.1.0'),
      '.python-version': '3.9\n',
      'main.py': flask,
    };
    assert.match(await first(old), /'setuptools<81'/);
    const recent = { ...lists('flask==3.1.0', 'gunicorn==23.0.0'), 'main.py': flask };
    assert.doesNotMatch(await first(recent), /setuptools/);
  });
});

describe('an ignore file that is there', () => {
  it('keeps what another Dockerfile may copy', async () => {
    const files = { ...pinned, 'main.py': health, '.dockerignore': '.git\n', 'data/coco.yaml': 'a: 1\n' };
    const own = textOf(await make(files, 'serving'), '.dockerignore');
    assert.match(own, /^data/m);
    const shared = textOf(
      await make({ ...files, 'docker/Dockerfile-cpu': 'FROM debian:12\n' }, 'serving'),
      '.dockerignore',
    );
    assert.doesNotMatch(shared, /^data/m);
  });
});
