// What lies above the place where a file is cut into two stages, and what the final stage needs of it.
import type { OptimizeCase } from '../case.ts';

const hello = { 'app.py': 'import rich\n\nprint("hello from", rich.__version__)\n' };
const requirements = { 'requirements.txt': 'rich==14.1.0\n' };
const only = ['multi-stage'];
const offers = only;
const install = ['WORKDIR /app', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'];
const image = (...lines: readonly string[]) => `FROM python:3.13\n${lines.join('\n')}\n`;
const start = ['COPY . .', 'CMD ["python", "app.py"]'];
const page =
  'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/")\ndef index():\n    return "page"\n\n\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=5000)\n';

export const stages: readonly OptimizeCase[] = [
  {
    name: 'plain-environment',
    about: 'a full image for a list of requirements',
    files: { ...hello, ...requirements, Dockerfile: image(...install, ...start) },
    only,
    offers,
  },
  {
    name: 'python-of-an-argument',
    about: 'the Python is an argument of the build',
    files: {
      'app.py': 'import rich\n\nprint(open("/etc/stand-in-python").read().strip(), rich.__version__)\n',
      ...requirements,
      Dockerfile: `ARG PYTHON_VERSION=3.13\nFROM python:\${PYTHON_VERSION}\n${[...install, ...start].join('\n')}\n`,
    },
    buildArgs: { PYTHON_VERSION: '3.12' },
    only,
  },
  {
    name: 'script-by-its-path',
    about: 'a command by its absolute path',
    files: {
      'shop.py': page,
      'requirements.txt': 'flask==3.1.2\ngunicorn==23.0.0\n',
      Dockerfile: image(
        ...install,
        'COPY . .',
        'CMD ["/usr/local/bin/gunicorn", "-b", "0.0.0.0:8000", "shop:app"]',
      ),
    },
    asks: { port: 8000, path: '/' },
    only,
  },
  {
    name: 'installed-for-the-user',
    about: 'pip install --user',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(
        'WORKDIR /app',
        'ENV PATH=/root/.local/bin:$PATH',
        'COPY requirements.txt .',
        'RUN pip install --user -r requirements.txt',
        ...start,
      ),
    },
    only,
  },
  {
    name: 'installed-into-a-folder',
    about: 'pip install --target',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(
        'WORKDIR /app',
        'ENV PYTHONPATH=/deps',
        'COPY requirements.txt .',
        'RUN pip install --target=/deps -r requirements.txt',
        ...start,
      ),
    },
    only,
  },
  {
    name: 'file-made-above',
    about: 'a file that a RUN above has made',
    files: {
      'app.py': 'import rich\n\nprint(open("/srv/settings/mode").read(), rich.__version__)\n',
      ...requirements,
      Dockerfile: image(
        'RUN mkdir -p /srv/settings && echo production > /srv/settings/mode',
        ...install,
        ...start,
      ),
    },
    only,
  },
  {
    name: 'file-of-a-remote-add',
    about: 'a file that is copied above for the program',
    files: {
      'app.py': 'import rich\n\nprint(open("/etc/rides.ini").read(), rich.__version__)\n',
      'rides.ini': '[rides]\nbikes = 3\n',
      ...requirements,
      Dockerfile: image('COPY rides.ini /etc/rides.ini', ...install, ...start),
    },
    only,
  },
  {
    name: 'configuration-of-pip',
    about: 'pip is configured above, and installs below',
    files: {
      'app.py': 'import rich\n\nprint(rich.__version__)\n',
      'setup.py':
        'from setuptools import setup\n\nsetup(name="app", version="1", py_modules=["app"], install_requires=["requests"])\n',
      ...requirements,
      Dockerfile: image(
        'RUN pip config --global set global.no-build-isolation false && echo requests==2.32.5 > /etc/constraints',
        'ENV PIP_CONSTRAINT=/etc/constraints',
        ...install,
        'COPY . .',
        'RUN pip install setuptools==80.9.0 && pip install --no-deps .',
        'CMD ["python", "app.py"]',
      ),
    },
    only,
  },
  {
    name: 'login-shell',
    about: 'a login shell, which sets PATH anew',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(...install, 'COPY . .', 'CMD ["bash", "-lc", "python app.py"]'),
    },
    only,
  },
  {
    name: 'tools-of-the-installer',
    about: 'a program that uses setuptools as it was pinned',
    files: {
      'app.py': 'import importlib.metadata\n\nprint(importlib.metadata.version("setuptools"))\n',
      ...requirements,
      Dockerfile: image(
        'WORKDIR /app',
        'RUN pip install setuptools==80.9.0',
        'COPY requirements.txt .',
        'RUN pip install -r requirements.txt',
        ...start,
      ),
    },
    only,
  },
  {
    name: 'poetry-below',
    about: 'Poetry is installed first, what it installs comes after',
    files: {
      'app.py': 'import lightgbm\n\nprint(lightgbm.__version__)\n',
      'pyproject.toml':
        '[tool.poetry]\nname = "app"\nversion = "1.0"\ndescription = ""\nauthors = []\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.11"\nlightgbm = "4.6.0"\n',
      'poetry.lock':
        '[[package]]\nname = "lightgbm"\nversion = "4.6.0"\n\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.11"\ncontent-hash = "0"\n',
      Dockerfile: image(
        'WORKDIR /app',
        'RUN pip install poetry==2.2.0',
        'COPY pyproject.toml poetry.lock ./',
        'RUN poetry config virtualenvs.create false && poetry install --only main --no-root',
        ...start,
      ),
    },
    only,
  },
  {
    name: 'nothing-to-win',
    about: 'a slim image on which nothing is compiled',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: `FROM python:3.13-slim\n${[...install, ...start].join('\n')}\n`,
    },
    only,
    never: only,
  },
  {
    name: 'package-that-is-patched',
    about: 'a RUN patches an installed package by its path',
    files: {
      'app.py': 'import rich\n\nprint(rich.__version__, rich.PATCHED)\n',
      ...requirements,
      Dockerfile: image(
        ...install,
        'RUN echo "PATCHED = True" >> /usr/local/lib/python3.13/site-packages/rich/__init__.py',
        ...start,
      ),
    },
    only,
  },
  {
    name: 'installed-beside-the-program',
    about: 'pip install -t . beside the program',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(
        'WORKDIR /app',
        'COPY requirements.txt .',
        'RUN pip install -t . -r requirements.txt',
        ...start,
      ),
    },
    only,
  },
  {
    name: 'image-of-a-platform',
    about: 'a platform, and the whole image as an argument',
    files: {
      'app.py': 'import rich\n\nprint(open("/etc/stand-in-python").read().strip(), rich.__version__)\n',
      ...requirements,
      Dockerfile: `ARG BASE=python:3.13\nFROM --platform=linux/amd64 $BASE\n${[...install, ...start].join('\n')}\n`,
    },
    buildArgs: { BASE: 'python:3.12' },
    only,
  },
];
