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
    name: 'library-of-the-full-image',
    about: 'a package that loads libgomp',
    files: {
      'app.py': 'import lightgbm\n\nprint(lightgbm.__version__)\n',
      'requirements.txt': 'lightgbm==4.6.0\n',
      Dockerfile: image(...install, ...start),
    },
    only,
  },
  {
    name: 'library-of-a-report',
    about: 'a package that loads pango',
    files: {
      'app.py': 'import weasyprint\n\nprint(weasyprint.__version__)\n',
      'requirements.txt': 'weasyprint==66.0\n',
      Dockerfile: image(...install, ...start),
    },
    only,
  },
  {
    name: 'library-of-a-driver',
    about: 'a package that is compiled and loads libpq',
    files: {
      'app.py': 'import psycopg2\n\nprint(psycopg2.__version__)\n',
      'requirements.txt': 'psycopg2==2.9.10\n',
      Dockerfile: image(...install, ...start),
    },
    only,
  },
  {
    name: 'package-that-calls-git',
    about: 'a package that starts git',
    files: {
      'app.py': 'import git\n\nprint(git.call())\n',
      'requirements.txt': 'gitpython==3.1.45\n',
      Dockerfile: image(...install, ...start),
    },
    only,
  },
  {
    name: 'code-that-calls-git',
    about: 'the project’s own code starts git',
    files: {
      'app.py':
        'import subprocess\n\nimport rich\n\nprint(rich.__version__, subprocess.check_output(["git", "--version"], text=True))\n',
      ...requirements,
      Dockerfile: image(...install, ...start),
    },
    only,
  },
  {
    name: 'script-that-calls-unzip',
    about: 'the project’s start script calls unzip',
    files: {
      ...hello,
      ...requirements,
      'start.sh': '#!/bin/sh\nset -e\nunzip weights.zip\nexec python app.py\n',
      Dockerfile: image(...install, 'COPY . .', 'CMD ["./start.sh"]'),
    },
    only,
  },
  {
    name: 'health-by-curl',
    about: 'a HEALTHCHECK by curl',
    files: {
      'app.py': page,
      'requirements.txt': 'flask==3.1.2\n',
      Dockerfile: image(...install, 'HEALTHCHECK CMD curl --fail http://localhost:5000/ || exit 1', ...start),
    },
    asks: { port: 5000, path: '/' },
    only,
  },
  {
    name: 'health-by-compose',
    about: 'a health check by curl in the Compose file',
    files: {
      'app.py': page,
      'requirements.txt': 'flask==3.1.2\n',
      'compose.yaml':
        'services:\n  page:\n    build: .\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost:5000/"]\n',
      Dockerfile: image(...install, ...start),
    },
    asks: { port: 5000, path: '/' },
    health: ['CMD', 'curl', '-f', 'http://localhost:5000/'],
    only,
  },
  {
    name: 'two-syncs-of-uv',
    about: 'the two syncs of uv’s documentation',
    files: {
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
      'src/rides/__init__.py': 'import rich\n\n\ndef main():\n    print("rides", rich.__version__)\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    --mount=type=bind,source=uv.lock,target=uv.lock \\\n    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\\n    uv sync --locked --no-install-project --no-dev\nCOPY src src\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    --mount=type=bind,source=uv.lock,target=uv.lock \\\n    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\\n    uv sync --locked --no-dev --no-editable\nENV PATH=/app/.venv/bin:$PATH\nCMD ["rides"]\n',
    },
    lock: true,
    only,
  },
  {
    name: 'second-sync-below',
    about: 'a second sync that reads the copied lock file',
    files: {
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\nrequires-python = ">=3.11"\nreadme = "README.md"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
      'README.md': '# Rides\n',
      'src/rides/__init__.py': 'import rich\n\n\ndef main():\n    print("rides", rich.__version__)\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY pyproject.toml uv.lock README.md ./\nRUN uv sync --locked --no-install-project\nCOPY src src\nRUN uv sync --locked\nCMD ["/app/.venv/bin/rides"]\n',
    },
    lock: true,
    only,
  },
  ...(
    [
      ['uv-runs-a-script', 'a script', '"app.py"'],
      ['uv-runs-a-module', 'a module', '"-m", "app"'],
      ['uv-runs-with-flags', 'a script without another sync', '"--no-sync", "--", "python", "app.py"'],
    ] as const
  ).map(
    ([name, what, words]): OptimizeCase => ({
      name,
      about: `\`uv run\` starts ${what}`,
      files: {
        ...hello,
        'pyproject.toml':
          '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n',
        Dockerfile: `FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY . .\nCMD ["uv", "run", ${words}]\n`,
      },
      lock: true,
      only,
    }),
  ),
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
    name: 'compiler-for-the-build',
    about: 'a slim image with a compiler for one package',
    files: {
      'app.py': 'import pyclustering\n\nprint(pyclustering.__version__)\n',
      'requirements.txt': 'pyclustering==0.10.1\n',
      Dockerfile: `FROM python:3.13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*\n${[...install, ...start].join('\n')}\n`,
    },
    only,
    offers,
  },
  {
    name: 'recommended-packages',
    about: 'fonts that are only recommended',
    files: {
      'app.py':
        'import os\n\nimport rich\n\nprint(rich.__version__, os.listdir("/usr/share/fonts/truetype/liberation"))\n',
      ...requirements,
      Dockerfile: image(
        'RUN apt-get update && apt-get install -y graphviz && rm -rf /var/lib/apt/lists/*',
        ...install,
        ...start,
      ),
    },
    only,
  },
  {
    name: 'source-of-apt',
    about: 'a program from a source of its own',
    files: {
      'app.py':
        'import subprocess\n\nimport rich\n\nsubprocess.run(["scan"], check=True)\nprint(rich.__version__)\n',
      ...requirements,
      Dockerfile: image(
        'RUN echo "deb https://apt.example.org stable main" > /etc/apt/sources.list.d/acme.list',
        'RUN apt-get update && apt-get install -y acme-scanner && rm -rf /var/lib/apt/lists/*',
        ...install,
        ...start,
      ),
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
];
