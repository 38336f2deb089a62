// What is started: what the project says, or what a person is asked for; and nothing that does nothing.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, lists, nothingStarts, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, newest, textOf } from './scaffold-world.ts';

const started = 'if __name__ == "__main__":\n    print()\n';
const plain = (files: Files) => first({ ...lists('six'), ...files }, 'multi-stage');

describe('what does nothing when it is started', () => {
  it('is a module that only defines something, whatever it prepares', async () => {
    for (const before of [
      'import logging\nlogging.basicConfig()\nlog = logging.getLogger(__name__)\n',
      'try:\n    import json\nexcept ImportError:\n    json = None\n',
      'import sys\nsys.path.append(\n    "x",\n)\nif True:\n    A = 1\n',
      'from x import app\napp.register(\n    1\n)\n',
    ])
      for (const name of ['main.py', 'train.py'])
        assert.match(await plain({ [name]: `${before}def go():\n    print(1)\n` }), nothingStarts);
    assert.equal(
      await start({ ...lists('six'), 'main.py': 'def go():\n    pass\ngo()\n' }, 'multi-stage'),
      'python main.py',
    );
  });

  it('is a file with nothing but words for readers', async () => {
    for (const text of ['"""Prices.\n\nTODO\n"""\n', '# TODO\n', 'pass\n'])
      assert.equal(
        await plain({ 'main.py': text }),
        'main.py holds no program yet: write it, then add the files again.',
        text,
      );
    assert.equal(
      await start({ ...lists('six'), 'main.py': 'import six\n' }, 'multi-stage'),
      'python main.py',
    );
  });

  it('is a module of helpers beside a page of Streamlit', async () => {
    const helpers = 'import streamlit as st\nlog = x()\n@st.cache_data\ndef show(a):\n    st.error(a)\n';
    const page = 'import streamlit as st\ndef main():\n    st.title("x")\nmain()\n';
    const board = { ...lists('streamlit'), 'board/checks.py': helpers };
    assert.match(await first(board), nothingStarts);
    assert.match(await first({ ...board, 'app.py': page }), /"streamlit", "run", "app\.py"/);
    const shown = {
      ...board,
      'board/start.py': page,
      'run.py': 'x(["streamlit", "run", join("board", "start.py")])\n',
    };
    assert.match(await first(shown), /"streamlit", "run", "board\/start\.py"/);
    assert.match(
      await first({ ...board, 'board/start.py': page }),
      /^start\? streamlit run board\/start\.py /,
    );
  });

  it('is what stands in for a service, or helps setup.py', async () => {
    const api = lists('fastapi', 'uvicorn');
    const factory = 'from fastapi import FastAPI\ndef get_app():\n    a = FastAPI()\n    return a\n';
    const files = { ...api, 'shop/stream_mock.py': app, 'shop/fakes/x.py': app, 'shop/api.py': factory };
    assert.match(await start(files), /^uvicorn shop\.api:get_app --factory /);
    const helper = {
      'setup.py': 'import entry\nfrom setuptools import setup\nsetup()\n',
      'entry.py': started,
    };
    assert.match(await plain(helper), nothingStarts);
  });
});

describe('an application where nobody looks for it first', () => {
  it('is asked for, unless README names it', async () => {
    const files = { ...lists('fastapi', 'uvicorn'), 'shop/gateway.py': app };
    assert.match(await first(files), /^start\? uvicorn shop\.gateway:app /);
    const told = { ...files, 'README.md': '$ uvicorn shop.gateway:app\n' };
    assert.match(await start(told), /^uvicorn shop\.gateway:app /);
  });
});

describe('the start of the Dockerfile that is there', () => {
  const docker = (rest: string, files: Files): Files => ({
    ...lists('six'),
    Dockerfile: `FROM python:3.12-slim\n${rest}\n`,
    ...files,
  });

  it('may be a script, which is told to a shell', async () => {
    const files = { 'flow.py': started, 'start.sh': '#!/bin/bash\npython flow.py\nserve --all\n' };
    const from = 'WORKDIR /code\nENTRYPOINT ["./start.sh"]';
    assert.match(await first(docker(from, files), 'multi-stage'), /^start\? bash start\.sh \| /);
    for (const script of ['#!/bin/sh\nexec "$@"\n', 'cd /srv/x\nserve\n', '/opt/serve\n'])
      assert.doesNotMatch(
        await first(docker(from, { ...files, 'start.sh': script }), 'multi-stage'),
        /start\.sh/,
      );
  });

  it('is not offered where the project has no such module', async () => {
    const elsewhere = docker('COPY gate/app /app\nCMD uvicorn app.main:server', { 'detect.py': started });
    assert.equal(await first(elsewhere, 'multi-stage'), 'start? python detect.py');
  });

  it('has programs and files by their paths, and says the port', async () => {
    const run = 'WORKDIR /code\nCMD ["/usr/local/bin/python", "/code/jobs/run_all.py"]';
    assert.equal(
      await start(docker(run, { 'jobs/run_all.py': started, 'jobs/x.py': started }), 'multi-stage'),
      'python jobs/run_all.py',
    );
    const web = { ...lists('fastapi', 'uvicorn'), 'main.py': app };
    await has(docker('ARG P=8123\nEXPOSE ${P}\nCMD uvicorn main:app --port $P', web), /^EXPOSE 8123$/m);
    await has(docker('CMD ["sh", "-c", "uvicorn main:app --port ${PORT:-9001}"]', web), /^EXPOSE 9001$/m);
  });

  it('has variables that the program reads', async () => {
    const rest = 'ENV MODE=fast API_TOKEN=x\nENV DATA=/srv/data OTHER=1\nCMD ["python", "main.py"]';
    const main =
      'import os\nprint(os.environ.get("MODE"), os.environ.get("DATA"), os.environ.get("API_TOKEN"))\n';
    const text = await first(docker(rest, { 'main.py': main }), 'multi-stage');
    assert.match(text, / MODE=fast/);
    assert.doesNotMatch(text, /API_TOKEN|srv|OTHER/);
  });
});

describe('a command that needs to be told something', () => {
  const manifest = {
    '.python-version': '3.12\n',
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["streamlit"]\n[project.scripts]\nask = "shop.ask:main"\ntell = "shop.tell:main"\n[build-system]\nrequires = ["hatchling"]\n',
    'shop/__init__.py': '',
    'shop/tell.py': 'def main():\n    print()\n',
  };
  it('is no service', async () => {
    for (const ask of [
      'import argparse\ndef main():\n    argparse.ArgumentParser().add_argument("question")\n',
      'import click\n@click.command()\n@click.argument("question")\ndef main(question):\n    pass\n',
      'import typer\ndef ask(q: str = typer.Argument(...)):\n    pass\ndef main():\n    typer.run(ask)\n',
    ])
      assert.equal(await start({ ...manifest, 'shop/ask.py': ask }), 'start? tell');
  });

  it('gives way to a page that a file of a few lines shows', async () => {
    const files = {
      ...manifest,
      'shop/ask.py': '',
      'shop/page.py': 'import streamlit as st\ndef main():\n    st.title("x")\n',
      'app.py': 'from shop.page import main\nif __name__ == "__main__":\n    main()\n',
    };
    assert.match(await start(files), /^streamlit run app\.py /);
    const inSrc = Object.entries(files).map(([path, text]) => [path.replace(/^shop/, 'src/shop'), text]);
    assert.match(await start(Object.fromEntries(inSrc)), /^streamlit run app\.py /);
  });
});

describe('what is offered as a start', () => {
  it('is a module that uv runs, with what it imports though Git ignores it', async () => {
    const files: Files = {
      ...lists('six'),
      'README.md': '`uv run -m app.scripts.train --fast`\n',
      '.gitignore': 'data/\n',
      'app/__init__.py': '',
      'app/data/__init__.py': 'A = 1\n',
      'app/scripts/train.py': 'import app.data\nprint(app.data.A)\n',
    };
    assert.match(await first(files, 'multi-stage'), /^start\? python -m app\.scripts\.train$/);
    const made = await make(files, 'multi-stage', { ...newest, start: 'python -m app.scripts.train' });
    assert.doesNotMatch(textOf(made, '.dockerignore'), /^app\/data/m);
  });

  it('is a program that README names in a folder whose name it writes without an "s", or from within another', async () => {
    for (const path of ['scripts/show-rows.py', 'shop/script/show-rows.py']) {
      const files = {
        [path]: `import argparse\nargparse.ArgumentParser().parse_args()\n${started}`,
        'README.md': '```\npython script/show-rows.py --lr 2e-6\n```\n',
      };
      assert.match(await plain(files), new RegExp(path), path);
      assert.match(
        await plain({ ...files, 'README.md': 'python other/show-rows.py\n' }),
        nothingStarts,
        path,
      );
    }
  });

  it('is what prepares a program behind the program, though README has it first', async () => {
    const files = {
      'fetch_rows.py': started,
      'main.py': started,
      'README.md': '$ python fetch_rows.py\n',
    };
    assert.equal(await plain(files), 'start? python main.py | python fetch_rows.py');
    const withArguments = {
      'get_data.py': `import argparse\np = argparse.ArgumentParser()\np.add_argument("--set", required=True)\n${started}`,
      'train.py': `import argparse\np = argparse.ArgumentParser()\np.add_argument("-n", required=True)\n${started}`,
      'README.md': '$ python get_data.py --set a\n$ python train.py -n UNet\n',
    };
    assert.match(
      await plain(withArguments),
      /^start\? python train\.py -n UNet \| .*python get_data\.py --set a/,
    );
  });
});

describe('a bot that shows a page from a thread', () => {
  const page =
    'from flask import Flask\nfrom threading import Thread\napp = Flask("")\ndef run():\n    app.run(host="0.0.0.0", port=8080)\ndef keep_alive():\n    Thread(target=run).start()\n';
  it('is what is started, and its page tells the port', async () => {
    const files = {
      ...lists('flask', 'discord.py'),
      'keep_alive.py': page,
      'bot.py':
        'import discord\nfrom keep_alive import keep_alive\nkeep_alive()\ndiscord.Client().run("x")\n',
    };
    const alone = {
      ...lists('flask', 'discord.py'),
      'bot.py': `import discord\n${page}keep_alive()\ndiscord.Client().run("x")\n`,
    };
    for (const kind of ['multi-stage', 'serving'] as const)
      for (const one of [files, alone]) assert.match(await start(one, kind), /^(?:start\? )?python bot\.py$/);
    assert.match(await first(files, 'multi-stage'), /^EXPOSE 8080$/m);
  });
});

describe('a page of Streamlit in a package', () => {
  const page =
    'import streamlit as st\ndef main():\n    st.title("x")\nif __name__ == "__main__":\n    main()\n';
  const shop: Files = {
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12,<3.13"\ndependencies = ["streamlit"]\n[build-system]\nrequires = ["hatchling"]\n',
    'src/shop/__init__.py': '',
    'src/shop/app.py': page,
    'README.md': '$ uv run streamlit run src/shop/app.py\n',
    'tests/test_app.py': 'from shop.app import main\n',
  };

  it('is shown though a test imports it, and copied as its command reads it', async () => {
    const text = await first(shop);
    assert.match(text, /^CMD \["streamlit", "run", "src\/shop\/app\.py", /m);
    assert.match(text, /^COPY --chown=app:app src\/ \.\/src\/$/m);
  });
});

describe('a program that starts Streamlit as another one', () => {
  const launcher =
    'import subprocess, sys\ndef main():\n    subprocess.run(\n        [sys.executable, "-m", "streamlit", "run", "shop/page.py", "--server.port", "9000"]\n    )\nif __name__ == "__main__":\n    main()\n';
  const page = 'import streamlit as st\nst.title("x")\n';
  const shop: Files = { 'shop/__init__.py': '', 'shop/page.py': page };

  it('gives way to the page, whatever names it', async () => {
    const listed = { ...lists('streamlit'), ...shop, 'run.py': launcher };
    const named: Files[] = [
      { 'README.md': '$ python run.py\n' },
      { Procfile: 'web: python run.py\n' },
      { Dockerfile: 'FROM python:3.12-slim\nCMD ["python", "run.py"]\n' },
    ];
    for (const more of named)
      assert.match(await start({ ...listed, ...more }), /^(?:start\? )?streamlit run shop\/page\.py [^|]*$/);
    const manifest = {
      'pyproject.toml':
        '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12,<3.13"\ndependencies = ["streamlit"]\n[project.scripts]\nshop = "shop.run:main"\n[build-system]\nrequires = ["hatchling"]\n',
      ...shop,
      'shop/run.py': launcher,
    };
    assert.match(await start(manifest, 'multi-stage'), /^streamlit run shop\/page\.py /);
    const told = { ...listed, 'run.py': 'print("Type: streamlit run shop/page.py")\n' };
    assert.equal(await start({ ...told, ...lists('six') }, 'multi-stage'), 'python run.py');
  });

  it('is declined where no page is known', async () => {
    await has(
      { ...lists('six'), 'run.py': launcher },
      /^run\.py starts Streamlit as a program of its own/,
      'multi-stage',
    );
  });
});

describe('an application that another module gives its routes', () => {
  it('is served by the one that adds resources to it', async () => {
    const files = {
      ...lists('flask', 'flask-restful', 'gunicorn'),
      'made.py':
        'from flask import Flask\nfrom flask_restful import Api\napp = Flask(__name__)\napi = Api(app)\n',
      'app.py': 'from made import app, api\nfrom rows import Rows\napi.add_resource(Rows, "/rows")\n',
      'rows.py': 'class Rows: ...\n',
    };
    assert.match(await start(files), /^gunicorn \S+ \S+ app:app$/);
  });

  const routes = '@app.route("/")\ndef home():\n    return ""\n';
  const made = 'from flask import Flask\napp = Flask(__name__)\n';
  it('is served by that module', async () => {
    const files = { ...lists('flask', 'gunicorn'), 'shop/__init__.py': made };
    assert.match(
      await start({ ...files, 'app.py': `from shop import app\n${routes}` }),
      /^gunicorn --bind 0\.0\.0\.0:8000 app:app$/,
    );
    const whole = {
      ...lists('flask', 'gunicorn'),
      'shop/__init__.py': `${made}from shop import views\n`,
      'shop/views.py': `from shop import app\n${routes}`,
    };
    assert.match(await start(whole), / shop:app$/);
  });
});

describe('an application that another object holds', () => {
  const files: Files = {
    ...lists('fastapi', 'uvicorn'),
    'src/api/Main.py': 'from src.builder import Builder\nbuilder = Builder()\napp = builder.fast_api\n',
    'src/builder.py':
      'from fastapi import FastAPI\nclass Builder:\n    def __init__(self):\n        self.fast_api = FastAPI()\n',
  };
  const served = /^uvicorn src\.api\.Main:app --host 0\.0\.0\.0 --port 8000$/;

  it('is found where README, a Dockerfile in a folder or a script names it', async () => {
    const all: Files[] = [
      { 'README.md': 'Start it:\n```\npoetry run uvicorn src.api.Main:app --reload\n```\n' },
      {
        'infra/dockerfile/Dockerfile':
          'FROM python:3.12\nCMD ["/bin/sh", "-c", "\\\n  gunicorn -k uvicorn.workers.UvicornWorker src.api.Main:app \\\n  -b 0.0.0.0:8000"]\n',
      },
      { 'infra/run.sh': 'exec uvicorn "src.api.Main:app"\n', 'README.md': '`uvicorn src.api.Main:app`' },
      { Procfile: 'web: uvicorn src.api.Main:app --port $PORT\n' },
    ];
    for (const told of all)
      assert.match(await start({ ...files, ...told }), served, Object.keys(told).join());
  });

  it('gets a server where it has none, and is none where its module has no such name', async () => {
    const told = { ...files, 'README.md': '`uvicorn src.api.Main:app`\n' };
    await has({ ...told, ...lists('fastapi') }, / 'uvicorn<1'$/m);
    const other = { ...told, 'src/api/Main.py': 'from src.builder import Builder\napplication = 1\n' };
    assert.match(await first(other), nothingStarts);
  });
});

describe('a service without a server', () => {
  const files: Files = {
    ...lists('django', 'python-telegram-bot', 'psycopg2-binary'),
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\n',
    'site1/__init__.py': '',
    'site1/settings.py': 'ROOT_URLCONF = "site1.urls"\n',
    'site1/wsgi.py':
      'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
  };

  it('is told first what its bot imports and no list names', async () => {
    const bot = { 'bot.py': 'from aiogram import Bot\nBot().run()\n' };
    await has({ ...files, ...bot }, /^bot\.py imports aiogram, which neither lies in the project/);
    const chat = { 'talk/chat.py': bot['bot.py'], Procfile: 'worker: python talk/chat.py\n' };
    await has({ ...files, ...chat }, /^talk\/chat\.py imports aiogram, which neither/);
    const web = { ...files, 'site1/wsgi.py': `import whitenoise\n${files['site1/wsgi.py']}` };
    await has(web, /^site1\/wsgi\.py imports whitenoise, which requirements\.txt does not name/);
  });

  it('gets one where all is named', async () => {
    await has(files, /^CMD \["gunicorn", .*"site1\.wsgi:application"\]$/m);
    const bot = { 'bot.py': 'from telegram import Bot\nBot().run()\n' };
    await has({ ...files, ...bot }, /^CMD \["gunicorn", .*"site1\.wsgi:application"\]$/m);
  });
});

it('is a server in a folder of scripts, whatever its name begins with, where nothing else serves', async () => {
  const serves = 'if __name__ == "__main__":\n    uvicorn.run(app, host="0.0.0.0")\n';
  const files = (path: string, rest: string): Files => ({
    ...lists('fastapi', 'uvicorn'),
    [path]: `import uvicorn\n${app}${rest}`,
  });
  for (const path of ['scripts/11_api.py', 'tools/api-server.py'])
    assert.equal(await first(files(path, serves)), `start? python ${path}`);
  assert.match(await first(files('scripts/11_api.py', 'print(app)\n')), nothingStarts);
  assert.match(await first(files('scripts/test_api.py', serves)), nothingStarts);
});

describe('an application in the __main__.py of a package', () => {
  const made = {
    'shop/__init__.py': '',
    'shop/web.py': 'from fastapi import FastAPI\ndef get_app():\n    a = FastAPI()\n    return a\n',
    'shop/__main__.py':
      'import uvicorn\nfrom shop.web import get_app\nboard = get_app()\nif __name__ == "__main__":\n    uvicorn.run("shop.__main__:board")\n',
  };
  it('is served by the name of that module, as a server would get the package alone otherwise', async () => {
    const files = { ...lists('fastapi', 'uvicorn'), ...made };
    assert.match(await first(files), /uvicorn shop\.__main__:board /);
    const said = { ...files, Procfile: 'web: uvicorn shop.__main__:board --port $PORT\n' };
    assert.match(await start(said), /^uvicorn shop\.__main__:board /);
  });
  it('of Flask as well, and one of the package itself by the name of that', async () => {
    const flask = 'from flask import Flask\nboard = Flask(__name__)\n';
    const of = (path: string) =>
      first({ ...lists('flask', 'gunicorn'), 'shop/__init__.py': '', [path]: flask });
    assert.match(await of('shop/__main__.py'), /shop\.__main__:board/);
    assert.match(await of('shop/__init__.py'), /shop:board/);
  });
});
