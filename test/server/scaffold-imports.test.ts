// What the programs of a project import decides what Add Container Files brings along, and what it declines.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { app, backend, first, has, lists, on312, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest, textOf } from './scaffold-world.ts';

const service = lists('fastapi', 'uvicorn');
const main = { ...service, 'main.py': `from conf.local import NAME\n${app}`, 'conf/__init__.py': '' };

describe('a module that Git ignores', () => {
  const ignored = { '.gitignore': 'local.py\nnotes.txt\n', 'conf/notes.txt': 'x' };

  it('goes into the image where a program imports it, which is said', async () => {
    for (const imports of ['from conf.local import NAME', 'from conf import local', 'import conf.local']) {
      const files = { ...main, ...ignored, 'main.py': `${imports}\n${app}`, 'conf/local.py': 'NAME = "x"\n' };
      const made = await make(files, 'serving');
      assert.match(textOf(made), /^COPY --chown=app:app conf\/ /m);
      assert.doesNotMatch(textOf(made, '.dockerignore'), /local\.py/);
      assert.match(textOf(made, '.dockerignore'), /^conf\/notes\.txt$/m);
      assert.ok(
        made?.assumes.includes(
          'conf/local.py is in the folder wherever the image is built, though Git ignores it.',
        ),
      );
    }
  });

  it('goes along where another one that is ignored imports it', async () => {
    const files = {
      ...main,
      '.gitignore': 'conf/local*.py\n',
      'conf/local.py': 'from .local_more import (\n    NAME,  # a name\n    OTHER,\n)\n',
      'conf/local_more.py': 'NAME = OTHER = "x"\n',
    };
    const made = await make(files, 'serving');
    assert.doesNotMatch(textOf(made, '.dockerignore'), /local/);
  });

  it('stays out where nothing imports it, or where it holds secrets', async () => {
    const unused = { ...main, ...ignored, 'main.py': app, 'conf/local.py': 'NAME = "x"\n' };
    assert.match(textOf(await make(unused, 'serving'), '.dockerignore'), /^conf\/local\.py$/m);
    const secret = { ...main, ...ignored, 'conf/local.py': 'API_TOKEN = "0123456789abcdef"\n' };
    const made = await make(secret, 'serving');
    assert.match(textOf(made, '.dockerignore'), /^conf\/local\.py$/m);
    assert.ok(
      made?.assumes.includes('conf/local.py is mounted below /app, as the image holds no such files.'),
    );
  });

  it('is asked for before the files are made, where it is not there', async () => {
    await has(
      { ...main, ...ignored },
      /^main\.py imports conf\/local\.py, which is not there, as Git ignores it/,
    );
    const top = { ...service, '.gitignore': 'settings.py\n', 'main.py': `import settings\n${app}` };
    await has(top, /^main\.py imports settings\.py, which is not there/);
    // What lets through only what it names says nothing of a package.
    await has(
      { ...top, '.gitignore': '/*\n!/main.py\n' },
      /^main\.py imports settings, which neither lies in the project nor is named by requirements\.txt: add it/,
    );
    await has(
      { ...top, 'main.py': `try:\n    import settings\nexcept ImportError:\n    pass\n${app}` },
      /^CMD/m,
    );
  });
});

describe('a module that is not there', () => {
  const shop = { ...service, 'shop/__init__.py': 'from .version import *\n', 'shop/api.py': app };

  it('is one that the build of the project writes', async () => {
    const setup = `from setuptools import setup\nopen('shop/version.py', 'w')\nsetup()\n`;
    await has(
      { ...shop, 'setup.py': setup },
      /^shop\/__init__\.py imports shop\/version\.py[^\n]*: setup\.py writes it/,
    );
    await has({ ...shop, 'shop/version.py': 'x = 1\n' }, /^CMD/m);
    const hatch = project(
      'shop',
      '"fastapi", "uvicorn"',
      '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n',
    );
    await has(
      { ...shop, 'pyproject.toml': hatch.replace('version = "1"', 'dynamic = ["version"]') },
      /^CMD/m,
    );
    await has({ ...shop, 'shop/version.pyx': 'x' }, /^CMD/m);
  });

  it('is missing far from the start, or nowhere on the way', async () => {
    const deep = {
      ...service,
      'shop/__init__.py': '',
      'shop/api.py': `from shop.web import routes\n${app}`,
      'shop/web/__init__.py': '',
      'shop/web/routes.py': 'from ..store.items import Item\n',
    };
    await has(deep, /^shop\/web\/routes\.py imports shop\/store\/items\.py/);
    const beside = { ...deep, 'shop/api.py': app };
    await has(beside, /^CMD/m);
    const other = { ...deep, 'shop/web/routes.py': 'from shop.store import Item\n' };
    await has(other, /^shop\/web\/routes\.py imports shop\/store\.py/);
    // A folder that is no package may lie beside an installed one of its name.
    const data = { ...service, 'datasets/x.py': '', 'main.py': `from datasets.hub import load\n${app}` };
    await has(data, /^CMD/m);
  });

  it('leaves the other application, and refuses the start that a person says', async () => {
    const two = {
      ...service,
      'a/main.py': `from . import x\nfrom .gone import y\n${app}`,
      'a/x.py': '',
      'b/main.py': app,
    };
    assert.match(await start(two), /^uvicorn b\.main:app /);
    const said = await make(two, 'serving', { start: 'uvicorn a.main:app' });
    assert.equal(said, undefined);
  });
});

describe('an import of a module that lies beside its file', () => {
  const bare = { 'shop/__init__.py': 'from store import Item\n', 'shop/store.py': 'class Item: pass\n' };
  const program = 'from .store import Item\nif __name__ == "__main__":\n    print(Item)\n';
  const refused =
    /^shop\/__init__\.py imports store by its bare name, though it lies in shop, where Python does not look: /;

  it('is refused where only the folder above is searched', async () => {
    const files = { ...lists('six'), ...bare, 'shop/main.py': program };
    await has(files, refused, 'multi-stage');
    const installed = {
      ...on312,
      'pyproject.toml': project('shop', '', backend('hatchling')),
      ...bare,
      'shop/__main__.py': program,
    };
    await has(installed, refused, 'multi-stage');
    const below = Object.entries(installed).map(([path, text]) => [path.replace(/^shop/, 'src/shop'), text]);
    await has(Object.fromEntries(below), /^src\/shop\/__init__\.py imports store/, 'multi-stage');
  });

  it('is none where it is found', async () => {
    const dotted = { ...bare, 'shop/__init__.py': 'from .store import Item\n' };
    await has({ ...lists('six'), ...dotted, 'shop/main.py': program }, /"-m", "shop\.main"/, 'multi-stage');
    const ofPackage = { 'shop/six.py': 'import six\n', 'shop/__init__.py': '' };
    const own = 'from . import six\nif __name__ == "__main__":\n    print(six)\n';
    await has({ ...lists('x-six'), ...ofPackage, 'shop/main.py': own }, /"-m", "shop\.main"/, 'multi-stage');
    const tried = {
      ...bare,
      'shop/__init__.py':
        'try:\n    from store import Item\nexcept ImportError:\n    from .store import Item\n',
    };
    await has({ ...lists('six'), ...tried, 'shop/main.py': program }, /"-m", "shop\.main"/, 'multi-stage');
    const path = { ...bare, 'shop/main.py': `import sys\nsys.path.insert(0, "shop")\n${program}` };
    await has({ ...lists('six'), ...path }, /"-m", "shop\.main"/, 'multi-stage');
    const folder = { 'shop/__main__.py': 'import store\nstore.go()\n', 'shop/store.py': '' };
    await has({ ...lists('six'), ...folder }, /\["python", "shop"\]/, 'multi-stage');
  });
});

describe('a module with the name of another', () => {
  it('is not meant by the import of an installed one', async () => {
    const files = {
      ...lists('flask', 'gunicorn', 'streamlit'),
      'src/__init__.py': '',
      'src/web.py': 'from flask import Flask\nfrom .show import board\napp = Flask(__name__)\n',
      'src/show.py': 'import streamlit as st\nimport logging\n',
      'src/parts/streamlit/__init__.py': 'from ...web import app\n',
      'src/parts/logging.py': '',
    };
    const text = await first(files);
    assert.doesNotMatch(text, /PYTHONPATH/);
    assert.match(text, /"src\.web:app"/);
  });

  it('takes its place in a folder of PYTHONPATH, so nothing is made', async () => {
    const files = (name: string) => ({
      ...service,
      'src/main.py': `import store\n${app}`,
      'src/store.py': '',
      [`src/${name}`]: '',
    });
    await has(files('rooms.py'), /PYTHONPATH=\/app\/src$/m);
    await has(
      files('logging.py'),
      /^Its imports need src on the path of Python, where src\/logging\.py takes/,
    );
    await has(files('fastapi/__init__.py'), /where src\/fastapi\/__init__\.py takes/);
    // Without __init__.py a folder gives way to a package.
    await has(files('fastapi/x.py'), /PYTHONPATH=\/app\/src$/m);
  });
});

describe('an import of a package that no list names', () => {
  const of = (code: string, ...names: string[]) => ({
    ...lists('fastapi', 'uvicorn', ...names),
    'main.py': `${code}\n${app}`,
  });

  it('is refused where no other package brings it along', async () => {
    for (const code of ['import streamlit', 'from sagemaker import x', 'import faiss', 'import psycopg2'])
      await has(of(code), /^main\.py imports \w+, which requirements\.txt does not name: write it there/);
    await has(of('import loguru', 'loguru-config'), /^FROM/m);
    await has(of('import faiss', 'faiss-gpu'), /^FROM/m);
    await has(of('try:\n    import streamlit\nexcept ImportError: pass'), /^FROM/m);
    await has({ ...of('import streamlit'), 'streamlit.py': '' }, /^FROM/m);
    await has(of('import streamlit', 'git+https://example.org/a'), /^FROM/m);
  });

  it('is refused where all that is named is known, and the program cannot begin without it', async () => {
    const refused = (by: string, module: string) =>
      new RegExp(
        `^${by} imports ${module}, which neither lies in the project nor is named by requirements\\.txt: `,
      );
    await has(
      of('from aiogram import Bot', 'python-telegram-bot', 'Pillow'),
      refused('main\\.py', 'aiogram'),
    );
    const below = { 'shop/__init__.py': '', 'shop/bot.py': 'import aiogram\n' };
    await has({ ...of('from shop.bot import x'), ...below }, refused('shop/bot\\.py', 'aiogram'));
    const later = { ...of('def go():\n    from shop.bot import x'), ...below };
    const made = await make(later, 'serving');
    assert.ok(
      made?.assumes.includes(
        'The program does without aiogram, which it imports and requirements.txt does not name.',
      ),
    );
    const browser = { 'shop/bot.py': 'from playwright.async_api import Page\n', 'shop/__init__.py': '' };
    const lazy = await make({ ...of('def go():\n    import shop.bot'), ...browser }, 'serving');
    assert.ok(lazy?.assumes.some((line) => line.startsWith('The program does without playwright, ')));
  });

  it('is told where a list beside the program has it, which is not installed', async () => {
    const told = async (root: string) =>
      (
        await make(
          {
            ...of('import web.app', root),
            'web/__init__.py': '',
            'web/app.py': 'print()\n',
            'web/requirements.txt': 'six\n',
          },
          'serving',
          { start: 'python web/app.py' },
        )
      )?.assumes.filter((line) => line.includes('lies beside'));
    assert.deepEqual(await told('pandas'), [
      'web/requirements.txt, which lies beside web/app.py, is not installed: "-r web/requirements.txt" in requirements.txt has what it names as well.',
    ]);
    assert.deepEqual(await told('-r web/requirements.txt'), []);
  });

  it('is said to lie in a package of which nothing is known', async () => {
    const made = await make(of('import google_search_py', 'googlesearch.py'), 'serving');
    assert.ok(
      made?.assumes.includes(
        'google_search_py, which the programs import and requirements.txt does not name, lies in googlesearch-py that it names.',
      ),
    );
    const guessed = await make(of('import shelf', 'googlesearch.py'), 'serving');
    assert.ok(
      guessed?.assumes.includes(
        'shelf, which the programs import and requirements.txt does not name, may lie in googlesearch-py that it names.',
      ),
    );
    await has(
      of('import lightrag', 'googlesearch.py'),
      /^main\.py imports lightrag, which requirements\.txt /,
    );
    await has(of('import shelf', 'pathspec'), /^main\.py imports shelf, which neither/);
    // The programs import that one by its own name.
    await has(of('import shoplib\nimport shelf', 'shoplib'), /^main\.py imports shelf, which neither/);
  });

  it('is told where another one may', async () => {
    const made = await make(of('import numpy', 'pandas'), 'serving');
    assert.ok(
      made?.assumes.includes(
        'numpy, which the programs import, comes along with what requirements.txt names.',
      ),
    );
    // pandas 3 has pytz no more.
    const former = await make(of('import pytz', 'pandas<3'), 'serving');
    assert.ok(
      former?.assumes.some((line) => line.startsWith('pytz, which the programs import, comes along')),
    );
    await has(of('import pytz', 'pandas'), /imports pytz, which neither lies in the project nor is named/);
    await has(of('import stripe', 'chardet==4.0.0'), /imports stripe, which neither lies in the project/);
    const encodings = await make(of('import chardet', 'requests==2.25.1'), 'serving', {
      ...newest,
      python: '3.9',
    });
    assert.ok(
      encodings?.assumes.some((line) => line.startsWith('chardet, which the programs import, comes along')),
    );
    // Releases of a former day may not bring what those of today do.
    const imports = 'from langchain.llms import OpenAI\nimport pydantic_settings';
    const files = of(imports, 'langchain', 'langchain-community', 'fastapi', 'uvicorn');
    const old = await make(files, 'serving', { ...newest, releases: '2024-03-31' });
    assert.match(textOf(old), / -r requirements\.txt .*'pydantic-settings'$/m);
    assert.ok(old?.assumes.every((line) => !line.includes('comes along')));
    const today = await make(files, 'serving');
    assert.doesNotMatch(textOf(today), /pydantic-settings/);
    const bot: Files = {
      'requirements.txt': 'python-telegram-bot\n',
      'main.py':
        'import pytz\nfrom telegram.ext import Updater, Filters\nif __name__ == "__main__":\n    Updater("x").start_polling()\n',
    };
    const botOf = async (releases: string) => {
      const answers = { releases, python: '3.10' };
      return scaffold(await know(bot), { kind: 'multi-stage', answers });
    };
    assert.match(
      textOf((await botOf('2022-12-31')) ?? undefined),
      / -r requirements\.txt 'setuptools<81' 'python-telegram-bot<=13\.15' 'pytz'$/m,
    );
    assert.match((await botOf('newest'))?.refused ?? '', /^main\.py imports pytz, which neither/);
    const named = await make(of('import yaml', 'PyYAML'), 'serving');
    assert.ok(named?.assumes.every((line) => !line.includes('comes along')));
  });
});

describe('an import that a program looks for, and ends without', () => {
  const looked = (handlers: string, imports = 'import cv2\n    from PIL import Image') =>
    `import sys, os\ntry:\n    ${imports}\n${handlers}\nprint()\n`;
  const list = { ...on312, 'requirements.txt': 'flask==3.1.1\npillow==11.0.0\n' };
  const of = (text: string, more: Files = {}) => first({ ...list, ...more, 'main.py': text });

  it('is needed like any', async () => {
    for (const handlers of [
      'except ImportError as e:\n    print(f"pip install opencv-python {e}")\n    sys.exit(1)',
      'except (ImportError, OSError):\n    quit()',
      'except ModuleNotFoundError:\n    raise SystemExit("x")\nexcept Exception:\n    # ends\n    os._exit(2)',
      'except:\n    raise',
    ])
      assert.match(await of(looked(handlers)), /^main\.py imports cv2, which/, handlers);
    assert.match(
      await of('try:\n    from look import x\nexcept ImportError:\n    exit(1)\n', {
        'look.py': 'import cv2\n',
      }),
      /^look\.py imports cv2, which/,
    );
  });

  it('is none that it does without, or brings', async () => {
    for (const handlers of [
      'except ImportError:\n    cv2 = None',
      'except ImportError:\n    if "--strict" in sys.argv:\n        sys.exit(1)',
      'except ImportError:\n    import subprocess\n    subprocess.run(["pip", "install", "opencv-python"])\n    sys.exit(0)',
      'except ModuleNotFoundError:\n    cv2 = None\nexcept Exception:\n    raise',
      'except KeyError:\n    raise',
    ])
      assert.doesNotMatch(await of(looked(handlers)), /imports cv2/, handlers);
  });

  it('is in the list that README installs and that has all of the usual one', async () => {
    const files = {
      ...list,
      'requirements_full.txt': 'flask==3.1.1\npillow==11.0.0\nopencv-python==4.12.0.88\n',
      'main.py': looked('except ImportError:\n    sys.exit(1)'),
    };
    const installed = async (more: Files) =>
      textOf(await make({ ...files, ...more }, 'multi-stage', { ...newest, python: '3.12' }));
    assert.match(
      await installed({ 'README.md': 'pip install -r requirements_full.txt\n' }),
      /requirements_full/,
    );
    assert.match(await first({ ...files, 'README.md': 'x' }), /^main\.py imports cv2/);
    const other = { 'requirements_full.txt': 'flask==3.1.1\nopencv-python==4.12.0.88\n' };
    const told = { 'README.md': 'pip install -r requirements_full.txt\n' };
    assert.match(await first({ ...files, ...other, ...told }), /^main\.py imports cv2/);
    const plain = { ...told, 'main.py': 'from PIL import Image\nprint()\n' };
    assert.doesNotMatch(await installed(plain), /requirements_full/);
  });
});
