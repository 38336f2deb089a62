// A service whose lists name no server gets one beside its packages, by the same install, and is told so.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffoldKinds } from '../../server/src/features/scaffold.ts';
import { app, backend, first, lists, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, textOf } from './scaffold-world.ts';

const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const factory = 'from flask import Flask\ndef create_app():\n    return Flask(__name__)\n';
const threads = 'gunicorn --threads 8 --timeout 0 --bind 0.0.0.0:8000';

describe('a service without a server', () => {
  it('gets one of its interface, in the install of its list', async () => {
    for (const [files, words, asked] of [
      [
        { ...lists('fastapi==0.116.1'), 'main.py': app },
        'uvicorn main:app --host 0.0.0.0 --port 8000',
        'uvicorn<1',
      ],
      [{ ...lists('flask==3.1.1'), 'main.py': flask }, `${threads} main:app`, 'gunicorn<28'],
      [{ ...lists('flask==3.1.1'), 'shop.py': factory }, `${threads} shop:create_app()`, 'gunicorn<28'],
    ] as const) {
      const made = await make(files, 'serving');
      const text = textOf(made);
      assert.match(text, new RegExp(`uv pip install -r requirements\\.txt '${asked}'$`, 'm'));
      assert.equal(/^CMD \[(.*)\]$/m.exec(text)?.[1]?.replaceAll(/[",]/g, ''), words);
      assert.deepEqual(
        made?.assumes.filter((one) => one.includes('serves the application')),
        [
          `${asked} serves the application, installed beside what requirements.txt names, as that names no server for it.`,
        ],
      );
      assert.ok(made?.install?.requirements.includes(asked), 'uv is asked for it as well');
    }
  });

  it('is the function that Flask is told, beside what a worker makes for itself', async () => {
    const worker = 'from celery import Celery\nfrom shop.web import create_worker\napp = create_worker()\n';
    const web = `${factory}def create_worker():\n    return Flask(__name__)\n`;
    const files = { ...lists('flask==3.1.1', 'celery'), 'shop/web.py': web, 'shop/worker.py': worker };
    const told: readonly Files[] = [
      { '.env.example': 'export FLASK_APP="shop.web:create_app"\n' },
      { '.flaskenv': 'FLASK_APP=shop.web:create_app()\n' },
      { 'README.md': '```\nflask --app shop.web:create_app run\n```\n' },
    ];
    for (const one of told)
      assert.match(await first({ ...files, ...one }), /"0\.0\.0\.0:8000", "shop\.web:create_app\(\)"\]$/m);
    const own = { ...files, 'wsgi.py': 'from shop.web import create_app\napp = create_app()\n' };
    const asked = await first({ ...own, '.flaskenv': 'FLASK_APP=shop.web:create_app\n' });
    assert.match(asked, /wsgi:app/);
  });

  it('gets one for its sockets', async () => {
    const text = `${app}@app.websocket("/ws")\nasync def talk(websocket):\n    pass\n`;
    assert.match(await first({ ...lists('fastapi'), 'main.py': text }), / 'uvicorn\[standard\]<1'$/m);
  });

  it('gets it behind the sync of a lock file, which would take it away', async () => {
    const lock =
      'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\n\n[package.metadata]\nrequires-dist = [{ name = "flask" }]\n\n[[package]]\nname = "flask"\nversion = "3.1.1"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [{ url = "https://example.org/flask-3.1.1-py3-none-any.whl" }]\n';
    const files = { 'pyproject.toml': project('shop', '"flask"'), 'uv.lock': lock, 'main.py': flask };
    const build = textOf(await make(files, 'serving')).split(/^FROM /m)[1] ?? '';
    assert.match(build, /uv sync --locked [\s\S]*\n *uv pip install 'gunicorn<28'$/m);
  });

  it('gets what its own start calls', async () => {
    const proc = { Procfile: 'web: gunicorn main:app --timeout 90\n' };
    const said = await first({ ...lists('flask'), 'main.py': flask, ...proc });
    assert.match(said, /requirements\.txt 'gunicorn<28'$/m);
    assert.match(said, /"gunicorn", .*"main:app"/);
    const own = `import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\n\nif __name__ == "__main__":\n    init_db()\n    uvicorn.run(app, host="0.0.0.0", port=9000)\n`;
    const text = await first({ ...lists('fastapi'), 'main.py': own });
    assert.match(text, /^CMD \["python", "main\.py"\]$/m);
    assert.match(text, /requirements\.txt 'uvicorn<1'$/m);
    const run = { Dockerfile: 'FROM python:3.12\nCMD ["fastapi", "run", "main.py"]\n', 'main.py': app };
    assert.match(
      textOf(await make({ ...lists('fastapi'), ...run }, 'serving')),
      / 'fastapi-cli\[standard\]<1'$/m,
    );
  });

  it('is none where a package brings one', async () => {
    for (const line of ['fastapi[standard]', 'fastapi==0.111.0'])
      assert.doesNotMatch(await first({ ...lists(line), 'main.py': app }), /uvicorn<1/, line);
    assert.doesNotMatch(await first({ ...lists('flask', 'waitress'), 'main.py': flask }), /gunicorn/);
  });
});

describe('an application beside a command line', () => {
  const files = (dependencies: string): Files => ({
    'pyproject.toml': project(
      'crawl',
      dependencies,
      `[project.scripts]\ncrawl = "crawl.cli:main"\n${backend('hatchling')}build-backend = "hatchling.build"\n`,
    ),
    'crawl/__init__.py': '',
    'crawl/cli.py': 'import argparse\n\n\ndef main():\n    argparse.ArgumentParser().parse_args()\n',
    'crawl/board.py': app,
  });
  const firstKind = async (dependencies: string) => scaffoldKinds(await know(files(dependencies)))[0]?.kind;

  it('is not what its image is for, unless a server is named', async () => {
    assert.notEqual(await firstKind('"fastapi"'), 'serving');
    assert.equal(await firstKind('"fastapi", "uvicorn"'), 'serving');
    assert.match(await first(files('"fastapi"'), 'multi-stage'), /^ENTRYPOINT \["crawl"\]$/m);
  });
});

it('an image for a GPU is not offered first where none is kept that fits', async () => {
  const firstKind = async (requirement: string, main = 'import tensorflow\n') =>
    scaffoldKinds(await know({ 'requirements.txt': requirement, 'main.py': main }))[0];
  assert.deepEqual(await firstKind('tensorflow==2.15.0'), { kind: 'training', because: 'tensorflow' });
  assert.deepEqual(await firstKind('tensorflow==2.9.1'), { kind: 'multi-stage', because: null });
  const old = 'import tensorflow as tf\ntf.keras.preprocessing.text.text_to_word_sequence("a")\n';
  assert.equal((await firstKind('tensorflow', old))?.kind, 'multi-stage');
});

describe('what a call takes that no list names', () => {
  const soup = 'from bs4 import BeautifulSoup\nprint(BeautifulSoup(text, "lxml"))\n';
  const board = 'import pandas as pd\npd.read_csv("a.csv").to_parquet("b")\n';

  it('is installed beside the list, and told', async () => {
    const made = await make({ ...lists('beautifulsoup4'), 'main.py': soup }, 'multi-stage');
    assert.match(textOf(made), /-r requirements\.txt lxml$|-r requirements\.txt 'lxml'$/m);
    assert.ok(
      made?.assumes.includes(
        'lxml, which the programs call for and requirements.txt does not name, is installed beside that.',
      ),
      made?.assumes.join('\n'),
    );
    assert.match(textOf(await make({ ...lists('pandas'), 'main.py': board }, 'multi-stage')), / 'pyarrow'$/m);
  });

  it('is not where a package has it, or another parser is named', async () => {
    for (const [files, name] of [
      [{ ...lists('beautifulsoup4', 'lxml'), 'main.py': soup }, 'lxml'],
      [{ ...lists('beautifulsoup4'), 'main.py': soup.replace('lxml', 'html.parser') }, 'lxml'],
      [{ ...lists('pandas', 'fastparquet'), 'main.py': board }, 'pyarrow'],
      [{ ...lists('pandas', 'streamlit'), 'main.py': board }, 'pyarrow'],
    ] as const)
      assert.doesNotMatch(textOf(await make(files, 'multi-stage')), new RegExp(` '?${name}'?$`, 'm'));
  });
});
