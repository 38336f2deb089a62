// Forms of projects for which Add Container Files once made an image that did not run, each with a line that tells.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, fastapi, first, has, lists, nothingStarts, start, startOf } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

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
    assert.match(await start(needy), nothingStarts);
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
    const told = `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\n${call}`;
    const inPackage = {
      ...nested,
      'back/__init__.py': '',
      'back/conf/settings.py': '',
      'back/conf/wsgi.py': told,
    };
    assert.match(await start(inPackage), / conf\.wsgi:application$/);
    await has(inPackage, /PYTHONPATH=\/app\/back$/m);
    const assigned = told.replace(/\.setdefault.*/, '["DJANGO_SETTINGS_MODULE"] = "back.conf.settings"');
    assert.match(
      await start({ ...inPackage, 'back/conf/wsgi.py': assigned }),
      / back\.conf\.wsgi:application$/,
    );
  });

  it('of Channels is served by ASGI alone', async () => {
    const files = {
      'manage.py': '',
      'conf/__init__.py': '',
      'conf/wsgi.py': 'application = get_wsgi_application()\n',
      'conf/asgi.py': 'application = ProtocolTypeRouter({\n    "http": get_asgi_application(),\n})\n',
    };
    const of = (...names: string[]) => start({ ...lists('django', ...names), ...files });
    assert.equal(await of('channels', 'daphne'), 'daphne -b 0.0.0.0 -p 8000 conf.asgi:application');
    assert.match(await of('channels', 'uvicorn', 'gunicorn'), /^uvicorn conf\.asgi:application /);
    assert.match(await of('channels', 'gunicorn'), /^uvicorn conf\.asgi:application /);
    assert.match(await of(), /^gunicorn .* conf\.wsgi:application$/);
    assert.match(await of('gunicorn'), /^gunicorn .* conf\.wsgi:application$/);
    assert.match(await of('pyuwsgi'), /^uwsgi --http 0\.0\.0\.0:8000 .* --module conf\.wsgi:application$/);
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

  it('is asked for where only a program may be it', async () => {
    const text = `${fastapi}import uvicorn\nif __name__ == "__main__":\n    uvicorn.run(FastAPI(), host="0.0.0.0", port=9000)\n`;
    const files = { ...lists('fastapi', 'uvicorn'), 'main.py': text };
    assert.equal(await first(files), 'start? python main.py');
    assert.match(textOf(await make(files, 'serving')), /^EXPOSE 9000$/m);
  });

  it('is refused where no framework is named', async () => {
    assert.match(await first({ ...lists('six'), 'main.py': '' }), /No dependency is a web framework/);
  });

  it('of Streamlit and Gradio is the file that no other imports', async () => {
    const board = 'import streamlit as st\nst.title("x")\n';
    const pages = {
      ...lists('streamlit'),
      'Home.py': board,
      'pages/1_Map.py': board,
      '.streamlit/config.toml': '[x]\n',
    };
    assert.match(await start(pages), /^streamlit run Home\.py /);
    await has(pages, /:8501\/_stcore\/health'/);
    await has({ ...pages, ...lists('streamlit==1.17.0') }, /:8501\/healthz'/);
    await has(pages, /^COPY --chown=app:app \.streamlit\/ /m);
    const demo = {
      ...lists('gradio'),
      'ui.py': 'import gradio\ndemo.launch(server_port=7000)\n',
      'x.py': 'a = 1\n',
    };
    assert.equal(await first(demo), 'start? python ui.py');
    const navigated = {
      ...lists('streamlit-extras', 'torch==2.8.0'),
      'app.py': `${board}st.navigation([st.Page("home.py")])\n`,
      'home.py': board,
    };
    assert.match(await start(navigated), /^streamlit run app\.py /);
    assert.match(
      await first(navigated, 'training'),
      /^app\.py imports streamlit, which requirements\.txt does not name/,
    );
    const others: [name: string, text: string, words: RegExp][] = [
      ['nicegui', 'from nicegui import ui\nui.run()\n', /^python page\.py$/],
      ['chainlit', 'import chainlit as cl\n', /^chainlit run page\.py --host 0\.0\.0\.0 --port 8000 /],
      ['panel', 'pn.Row().servable()\n', /^panel serve page\.py --address 0\.0\.0\.0 --port 5006 /],
      ['bokeh', 'curdoc().add_root(x)\n', /^bokeh serve page\.py --address 0\.0\.0\.0 /],
      ['shiny', 'from shiny import App, ui\n', /^shiny run page\.py --host 0\.0\.0\.0 /],
    ];
    for (const [name, text, words] of others)
      assert.match(
        await start({ ...lists(name), 'page.py': text, Procfile: 'web: python page.py\n' }),
        words,
      );
    await has({ ...demo, Procfile: 'web: python ui.py\n' }, /^EXPOSE 7000$/m);
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
    assert.equal(
      await first({ ...lists('numpy'), 'detect.py': main }, 'multi-stage'),
      'start? python detect.py',
    );
    assert.match(await first({ ...lists('numpy'), 'lib/x.py': 'y = 1\n' }, 'multi-stage'), nothingStarts);
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
    const web = { 'requirements.txt': 'greenlet==3.0.1\nmultidict==6.0.4\nsix==1.17.0\n', 'main.py': '' };
    assert.equal(await first(web, 'multi-stage'), 'python? 3.11');
    const old = { 'requirements.txt': 'numpy==1.19.5\n', 'main.py': '' };
    assert.equal(await first(old, 'multi-stage'), 'python? 3.9 | 3.8');
    assert.match(
      await first({ 'requirements.txt': 'six\n', 'main.py': '' }, 'multi-stage'),
      /^python\? 3\.12 \| 3\.11/,
    );
  });

  it('is refused where none has wheels of all that is pinned', async () => {
    const of = (...lines: string[]) =>
      first({ 'requirements.txt': lines.join('\n'), 'main.py': '' }, 'multi-stage');
    for (const lines of [
      ['tensorflow==1.15.2'],
      ['torch==1.1.0'],
      ['numpy==1.19.5', 'pandas==3.0.0'],
      ['numpy==1.13.3'],
    ])
      assert.match(await of(...lines), /^No Python of today has wheels of all of /, lines.join());
    assert.match(await of('numpy==1.19.5'), /^python\? 3\.9/);
  });

  it('is refused where uv makes no environments of it', async () => {
    const old = { 'requirements.txt': 'six\n', 'main.py': '', Dockerfile: 'FROM python:3.6-alpine\n' };
    assert.match(await first(old, 'multi-stage'), /^Dockerfile says Python 3\.6/);
    const pinned = { ...old, 'requirements.txt': 'greenlet==3.0.1\n' };
    assert.match(await first(pinned, 'multi-stage'), /^Dockerfile says Python 3\.6/);
  });
});
