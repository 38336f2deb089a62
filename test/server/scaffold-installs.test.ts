// What Add Container Files installs, and when it says instead why it cannot.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { app, first, has, lists, on312, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest, textOf } from './scaffold-world.ts';

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
    // PEP 758: two classes, for Python 3.14.
    const both = 'try:\n  x()\nexcept ValueError, OSError:\n  pass\n';
    for (const [file, held] of Object.entries({
      'a.py': text,
      'tests/a.py': 'print "a"\n',
      'b.py': both,
    }))
      assert.doesNotMatch(await first({ ...files, [file]: held }, 'multi-stage'), /Python 2/);
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

  it('are of no matter for the program that is started, where another one imports them', async () => {
    const list = { ...lists('numpy'), ...conda, 'main.py': 'import numpy\n', 'extra.py': 'import torch\n' };
    await has(list, /"python", "main\.py"/, 'multi-stage');
  });

  it('are of no matter where a list has them, or nothing imports them', async () => {
    const list = { ...lists('torch==2.8.0', 'omegaconf==2.3.0'), ...conda, 'main.py': 'import torch\n' };
    await has(list, /uv pip install -r requirements\.txt/, 'multi-stage');
    await has({ ...setup, ...main }, /uv pip install \.$/m, 'multi-stage');
  });
});

it('installs with setuptools what names no backend, has commands and tells setuptools of its code', async () => {
  const manifest =
    '[project]\nname = "shop-bot"\nversion = "1"\n[project.scripts]\nbot = "shop.main:run"\n[tool.setuptools.packages.find]\nwhere = ["src"]\n';
  const files = {
    ...lists('six==1.17.0'),
    'pyproject.toml': manifest,
    'src/shop/__init__.py': '',
    'src/shop/main.py': 'def run():\n    print()\n',
  };
  await has(files, /uv pip install --no-deps \.$[\s\S]*^ENTRYPOINT \["bot"\]$/m, 'multi-stage');
  const bare = { ...files, 'pyproject.toml': manifest.replace(/\[tool[\s\S]*/, '') };
  assert.doesNotMatch(await first(bare, 'multi-stage'), /uv pip install --no-deps/);
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
  it('is installed and found where it lies, where it has commands and reads what lies around it', async () => {
    const commands = '[tool.poetry.scripts]\nshop = "shop.main:run"\n';
    const made = await first(files(commands), 'multi-stage');
    assert.match(made, /uv pip install --no-deps \.$/m);
    assert.match(made, /PYTHONPATH=\/app(?: |$)/m);
    assert.match(made, /^COPY --chown=app:app shop\/ \.\/shop\/$/m);
    const moved = Object.fromEntries(
      Object.entries(files(commands)).map(([path, text]) => [path.replace(/^shop/, 'src/shop'), text]),
    );
    assert.match(await first(moved, 'multi-stage'), /PYTHONPATH=\/app\/src(?: |$)/m);
  });
  it('is refused where something of it is compiled, or where nothing brings the backend', async () => {
    const commands = '[tool.poetry.scripts]\nshop = "shop.main:run"\n';
    const compiled = {
      ...files(),
      'pyproject.toml': manifest(commands).replace('name =', 'build = "build.py"\nname ='),
    };
    await has(compiled, /poetry\.masonry\.api, which cannot/, 'multi-stage');
    const renamed = {
      ...files(),
      'pyproject.toml': manifest(commands).replace('poetry>=0.12', 'poetry-core>=1'),
    };
    await has(renamed, /poetry\.masonry\.api as its build backend, which poetry-core/, 'multi-stage');
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

describe('what no build can install', () => {
  const said = (files: Files) => first(files, 'multi-stage');
  it('is said by its name', async () => {
    const list = (...lines: string[]) => said({ ...lists(...lines), ...main });
    assert.match(await list('flash-attn'), /^flash-attn is compiled against the torch/);
    assert.match(
      await list('Flash_Attn @ https://a.org/flash_attn-2-cp312-cp312-linux_x86_64.whl'),
      /^FROM/m,
    );
    assert.match(await list('mmcv-full==1.7'), /^mmcv-full is compiled/);
    assert.match(await list('ta-lib==0.4.28'), /^ta-lib 0\.4\.28 is compiled/);
    assert.match(await list('ta-lib==0.6.8'), /^FROM/m);
    assert.match(await list('pygobject'), /^The pygobject of today needs GLib 2\.80/);
    assert.match(await list('pygobject==3.50.0'), /libgirepository1\.0-dev=/);
    assert.match(await list('Sklearn>=0.0'), /^What PyPI has by the name of sklearn/);
    assert.match(await list('./a-1-cp312-cp312-win_amd64.whl'), /is not for Linux/);
    assert.match(
      await list('git+ssh://git@a.org/b.git'),
      /^git\+ssh:\/\/git@a\.org\/b\.git is read with a key/,
    );
    assert.match(await list('windows-curses'), /^There is no windows-curses for Linux/);
  });

  it('are libraries of a CUDA that is gone, with a GPU alone', async () => {
    const files = (version: string) => ({
      'requirements.txt': `tensorflow==${version}\n`,
      '.python-version': '3.9\n',
      'train.py': 'import tensorflow\n',
    });
    assert.match(await first(files('2.8.0'), 'training'), /^TensorFlow before 2\.15 is built for CUDA 11/);
    assert.match(await first(files('2.8.0'), 'multi-stage'), /^start\? python train\.py$/);
    assert.match(await first(files('2.15.0'), 'training'), /^cuda\? /);
  });

  it('are builds of PyTorch without their index', async () => {
    const manifest = project('a', '"torch==2.8.0+cu128"');
    assert.match(await said({ ...main, 'pyproject.toml': manifest }), /^PyPI has no torch 2\.8\.0\+cu128/);
  });

  it('are projects whose backend cannot do it', async () => {
    const package_ = (requires: string) => ({
      'pyproject.toml': project('a', '"six"', `[build-system]\nrequires = ["${requires}"]\n`),
      'a/__init__.py': 'open("conf/x.json")\n',
      'a/__main__.py': '',
      'conf/x.json': '{}',
    });
    assert.match(await said(package_('setuptools<60')), /^pyproject\.toml asks for setuptools<60/);
    assert.match(await said(package_('setuptools>=61')), /uv pip install --no-deps -e \.$/m);
    const hook = {
      ...package_('hatchling'),
      'hatch_build.py': 'import subprocess\nsubprocess.run(["npm", "ci"])\n',
    };
    assert.match(await said(hook), /^hatch_build\.py calls npm/);
  });

  it('are models of spaCy that no list names', async () => {
    const program = { 'main.py': 'import spacy\nnlp = spacy.load("en_core_web_sm")\n' };
    assert.match(await said({ ...lists('spacy'), ...program }), /^main\.py loads en_core_web_sm/);
    const readme = { 'README.md': 'python -m spacy download en_core_web_sm\n' };
    assert.match(await said({ ...lists('spacy'), ...program, ...readme }), /^main\.py loads/);
    const address = 'https://a.org/en_core_web_sm-3.8.0-py3-none-any.whl';
    assert.match(await said({ ...lists('spacy', address), ...program }), /^FROM/m);
  });
});

describe('the Python of old code', () => {
  const pythons = async (files: Files) => {
    const { question } = scaffold(await know(files), { kind: 'multi-stage', answers: newest }) ?? {};
    return question?.id === 'python' ? question.choices.map(({ value }) => value).sort() : undefined;
  };
  const list = (line: string, more: Files = {}) => ({ 'requirements.txt': `${line}\n`, ...main, ...more });

  it('has the modules that it imports', async () => {
    const all = await pythons(list('six'));
    assert.ok(all?.includes('3.13'));
    const old = await pythons(list('six', { 'main.py': 'import distutils.util\n' }));
    assert.ok(old?.every((version) => ['3.10', '3.11'].includes(version)));
    const cgi = await pythons(list('six', { 'main.py': 'from cgi import escape\n' }));
    assert.ok(cgi?.includes('3.12') && !cgi.includes('3.13'));
    const guarded = 'try:\n    import imp\nexcept ImportError:\n    imp = None\n';
    assert.deepEqual(await pythons(list('six', { 'main.py': guarded })), all);
  });

  it('has wheels of what it names, be it a build under another name or the lowest of a range', async () => {
    assert.deepEqual(await pythons(list('tensorflow-gpu==2.4.1')), ['3.8']);
    assert.deepEqual(await pythons(list('torchvision==0.9.1')), ['3.8', '3.9']);
    assert.deepEqual(await pythons(list('torch==1.7.0')), ['3.8']);
    assert.ok((await pythons(list('pandas>=3.0')))?.every((version) => version >= '3.11'));
    const wheel = 'wheels/a-1-cp311-cp311-manylinux_2_17_x86_64.whl';
    assert.deepEqual(await pythons(list(`./${wheel}`, { [wheel]: 'x' })), ['3.11']);
  });

  it('is the one that the project admits, where what has no wheel for it can be built', async () => {
    const of = (pin: string, python = '==3.8.*') => ({
      ...main,
      'pyproject.toml': project('a', `"${pin}"`).replace('>=3.12', python),
    });
    const made = await make(of('pyyaml==5.3.1'), 'multi-stage');
    assert.match(textOf(made), /^FROM python:3\.8-bookworm AS build$/m);
    assert.ok(made?.assumes.some((line) => line.startsWith('pyyaml 5.3.1 may have no wheel for Python 3.8')));
    // PyTorch has no sources there, and of several Pythons nobody knows which one it was built for.
    for (const other of [of('torch==1.2.0'), of('pyyaml==5.3.1', '>=3.8')])
      assert.match(await first(other, 'multi-stage'), /^No Python /);
  });

  it('is refused where the project admits none of today', async () => {
    const manifest = project('a', '"six"').replace('>=3.12', '>=3.6,<3.8');
    assert.match(
      await first({ ...main, 'pyproject.toml': manifest }),
      /^No Python from 3\.8 on fits >=3\.6,<3\.8:/,
    );
  });
});

describe('what goes along with packages', () => {
  it('are the browsers of Playwright, where its release knows the system', async () => {
    const files = (line: string, text: string) => ({ ...lists(line), 'main.py': `${text}\n` });
    const chromium = files('playwright', 'from playwright.sync_api import sync_playwright');
    const text = await first(chromium, 'multi-stage');
    assert.match(text, /PLAYWRIGHT_BROWSERS_PATH=\/opt\/playwright$/m);
    assert.match(text, /^RUN playwright install --with-deps chromium\n[\s\S]*^USER/m);
    await has(files('playwright', 'p.firefox.launch()'), /--with-deps firefox$/m, 'multi-stage');
    const old = files('playwright==1.20.0', 'p.firefox.launch()');
    assert.doesNotMatch(await first(old, 'multi-stage'), /RUN playwright/);
    assert.match((await make(old, 'multi-stage'))?.assumes.join() ?? '', /^playwright finds its browsers/);
  });

  it('is the setuptools that has pkg_resources', async () => {
    const files = { ...lists('six==1.17.0'), 'main.py': 'import pkg_resources\n' };
    await has(files, /-r requirements\.txt 'setuptools<81'$/m, 'multi-stage');
    const own = { ...files, ...lists('six==1.17.0', 'setuptools==75.0.0') };
    assert.doesNotMatch(await first(own, 'multi-stage'), /<81/);
    const asks = async (line: string) =>
      (await first({ ...lists(line), 'main.py': '' }, 'multi-stage')).includes("'setuptools<81'");
    for (const line of [
      'drf-yasg==1.20.0',
      'djangorestframework-simplejwt==5.2.2',
      'razorpay==1.4.2',
      'pyfiglet==0.8.post1',
      'web3==6.13.0',
      'eth-utils==2.2.0',
      'eth-abi==4.2.0',
      'google-api-core==2.7.0',
    ])
      assert.ok(await asks(line), line);
    for (const line of [
      'drf-yasg==1.21.8',
      'djangorestframework-simplejwt==5.3.1',
      'razorpay==2.0.0',
      'pyfiglet==1.0.2',
      'web3==6.15.1',
      'google-api-core==2.8.2',
    ])
      assert.ok(!(await asks(line)), line);
  });

  it('are libraries of the system', async () => {
    const files = { ...lists('python-ldap==3.4.4', 'librosa', 'pdfkit'), ...main };
    const text = await first(files, 'multi-stage');
    assert.match(text, /^FROM python:3\.12-bookworm AS build[\s\S]*libldap2-dev=[\s\S]*libsasl2-dev=/);
    assert.match(text, /slim[\s\S]*libldap-2\.5-0=[\s\S]*libsndfile1=[\s\S]*wkhtmltopdf=/);
  });

  it('are extras, as files of the project tell several ways to install it', async () => {
    const extras = project('a', '"six"', '[project.optional-dependencies]\nweb = ["y"]\nml = ["z"]\n');
    const own: Files = {
      'pyproject.toml': `${extras}[build-system]\nrequires = ["hatchling"]\n`,
      'uv.lock': 'version = 1\nrequires-python = ">=3.12"\n',
      'a/__init__.py': '',
      'a/__main__.py': '',
      'README.md': 'Run `uv sync --extra web --extra ml` or\n`uv sync --extra web`.\n',
    };
    assert.equal(
      await first(own, 'multi-stage'),
      'dependencies? uv.lock with the extras ml web | uv.lock with the extras web | uv.lock',
    );
    const made = (value: string) => make(own, 'multi-stage', { ...newest, dependencies: value });
    const text = textOf(await made('uv.lock with the extras ml web'));
    assert.match(text, /uv sync --locked --no-dev --extra ml --extra web --no-install-project$/m);
    const bare = await made('uv.lock');
    assert.doesNotMatch(textOf(bare), /--extra/);
    assert.ok(bare?.assumes.includes('The program does without the extras web, ml of pyproject.toml.'));
  });

  it('is told where it is not in the image', async () => {
    const extras = project('a', '"six"', '[project.optional-dependencies]\ndev = ["x"]\nweb = ["y"]\n');
    const hatchling = '[build-system]\nrequires = ["hatchling"]\n';
    const own = { 'pyproject.toml': `${extras}${hatchling}`, 'a/__init__.py': '', 'a/__main__.py': '' };
    const lines = (await make(own, 'multi-stage'))?.assumes;
    assert.ok(lines?.includes('The program does without the extras web of pyproject.toml.'));
    const nltk = { ...lists('nltk==3.9.1'), 'main.py': 'import nltk\nnltk.word_tokenize("a")\n' };
    assert.deepEqual((await make(nltk, 'multi-stage'))?.assumes, [
      'The data of nltk that the programs read are mounted below /app/nltk_data, as nothing downloads them.',
    ]);
    assert.deepEqual((await make({ ...nltk, 'nltk_data/a.txt': 'x' }, 'multi-stage'))?.assumes, []);
    const loads = { ...nltk, 'main.py': 'import nltk\nnltk.download("punkt")\n' };
    assert.deepEqual((await make(loads, 'multi-stage'))?.assumes, [
      'Each new container downloads what its program keeps in /app/nltk_data, unless a volume that user 10001 may write is mounted there.',
    ]);
    const index = { ...lists('--extra-index-url https://u:p@pypi.a.org/simple', 'six==1.17.0'), ...main };
    assert.deepEqual((await make(index, 'multi-stage'))?.assumes, [
      'pypi.a.org lets a build read packages without a password.',
    ]);
  });
});

describe('what Railway builds', () => {
  it('gets no cache mount, which is told', async () => {
    const service = { ...lists('fastapi', 'uvicorn'), 'main.py': app };
    const all: Files[] = [
      { 'railway.json': '{}\n' },
      { 'conf.py': 'ALLOWED_HOSTS = ["web-1.up.railway.app"]\n' },
      { 'README.md': 'Deploy it on Railway.\n' },
    ];
    for (const files of all) {
      const made = await make({ ...service, ...files }, 'serving');
      assert.doesNotMatch(textOf(made), /type=cache/);
      assert.match(textOf(made), /^RUN --mount=type=bind,source=requirements\.txt/m);
      assert.ok(made?.assumes.some((line) => /^No cache of packages is mounted, as Railway/.test(line)));
    }
    assert.match(await first(service), /type=cache/);
  });
});

describe('libraries of the system that wheels load', () => {
  it('come with the package that brings such a wheel', async () => {
    const of = (name: string) => first({ ...lists(name), 'main.py': 'print()\n' }, 'multi-stage');
    assert.match(await of('rasterio==1.3.8'), /libexpat1=2\.5/);
    assert.match(await of('fiona==1.10.1'), /libexpat1=2\.5/);
    assert.match(await of('rdkit==2025.3.5'), /libexpat1=2\.5.*\n.*libx11-6.*\n.*libxext6.*\n.*libxrender1/);
    assert.match(await of('mediapipe==1.2.3'), /libegl1=1\.6.*\n(?:.*\n)?.*libgles2=1\.6/);
    assert.match(
      await of('open3d==0.19.0'),
      /libegl1=1\.6.*\n.*libgl1.*\n.*libgomp1.*\n.*libusb-1\.0-0.*\n.*libx11-6/,
    );
    assert.match(await of('paddlepaddle==2.6.2'), /libgomp1=12\.2/);
    assert.doesNotMatch(await of('pyogrio==0.11.1'), /libexpat1/);
  });

  it('are the Java of Debian, on which old releases of Spark do not run', async () => {
    const of = (...all: string[]) => first({ ...lists(...all), 'main.py': 'print()\n' }, 'multi-stage');
    const old = (what: string) =>
      `pyspark ${what} runs on Java 8 and 11, and Debian 12 has Java 17: take pyspark 3.3 or newer, or write that Dockerfile by hand.`;
    assert.equal(await of('pyspark==3.2.0'), old('3.2.0'));
    assert.equal(await of('pyspark>=3.1,<3.3'), old('>=3.1,<3.3'));
    assert.equal(await of('pyspark<=3.2'), old('<=3.2'));
    for (const fit of ['pyspark==3.3.0', 'pyspark>=3.2', 'pyspark<4.0'])
      assert.match(await of(fit), /openjdk-17-jre-headless/, fit);
  });
});
