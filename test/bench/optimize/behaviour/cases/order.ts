// Installs behind a COPY of everything, and what the install reads besides its list.
import type { OptimizeCase } from '../case.ts';

const hello = { 'app.py': 'import rich\n\nprint("hello from", rich.__version__)\n' };
const only = ['dependencies-first', 'cache-mounts'];
const offers = ['dependencies-first'];
const image = (...lines: readonly string[]) =>
  `FROM python:3.13-slim\nWORKDIR /app\n${lines.join('\n')}\nCMD ["python", "app.py"]\n`;
const shared = {
  'libs/shared/pyproject.toml':
    '[project]\nname = "shared"\nversion = "0.1"\n\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
  'libs/shared/shared.py': 'NAME = "shared"\n',
};
const own = (dependencies: string, version = 'version = "1.0"', rest = '') =>
  `[project]\nname = "app"\n${version}\nrequires-python = ">=3.11"\ndependencies = [${dependencies}]\n\n[tool.setuptools]\npy-modules = ["app"]\n${rest}\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n`;
const withShared = { 'app.py': 'import rich\nimport shared\n\nprint(rich.__version__, shared.NAME)\n' };

export const order: readonly OptimizeCase[] = [
  {
    name: 'requirements-only',
    about: 'a plain list of requirements',
    files: {
      ...hello,
      'requirements.txt': 'rich==14.1.0\n',
      Dockerfile: image('COPY . .', 'RUN pip install -r requirements.txt'),
    },
    only,
    offers,
  },
  {
    name: 'requirements-name-files',
    about: 'a list that names another list and a folder',
    files: {
      ...withShared,
      ...shared,
      'requirements.txt': '-r requirements/base.txt\n./libs/shared\n',
      'requirements/base.txt': 'rich==14.1.0\n',
      Dockerfile: image('COPY . .', 'RUN pip install -r requirements.txt'),
    },
    only,
  },
  {
    name: 'requirements-with-constraints',
    about: 'a list that names constraints',
    files: {
      ...hello,
      'requirements.txt': '-c pins/constraints.txt\nrich\n',
      'pins/constraints.txt': 'rich==14.1.0\n',
      Dockerfile: image('COPY . .', 'RUN pip install -r requirements.txt'),
    },
    only,
  },
  {
    name: 'requirements-name-the-project',
    about: 'a list with -e . in it',
    files: {
      'app.py': 'import rich\n\n\ndef main():\n    print(rich.__version__)\n\n\nmain()\n',
      'pyproject.toml': own('"rich==14.1.0"'),
      'requirements.txt': '-e .\n',
      Dockerfile: image('COPY . .', 'RUN pip install -r requirements.txt'),
    },
    only,
  },
  {
    name: 'uv-path-source',
    about: 'uv with a package of a folder',
    files: {
      ...withShared,
      ...shared,
      'pyproject.toml':
        '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0", "shared"]\n\n[tool.uv.sources]\nshared = { path = "libs/shared" }\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --locked\nCMD ["/app/.venv/bin/python", "app.py"]\n',
    },
    lock: true,
    only,
  },
  {
    name: 'uv-dynamic-version',
    about: 'uv with a version that is read from the sources',
    files: {
      'app.py':
        '__version__ = "3.1"\n\nimport importlib.metadata\n\nprint(importlib.metadata.version("app"))\n',
      'pyproject.toml': own(
        '"rich==14.1.0"',
        'dynamic = ["version"]',
        '\n[tool.setuptools.dynamic]\nversion = { attr = "app.__version__" }\n',
      ),
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --locked\nCMD ["/app/.venv/bin/python", "app.py"]\n',
    },
    lock: true,
    only,
  },
  {
    name: 'project-installed',
    about: 'pip install .',
    files: {
      'rides/__init__.py': 'import rich\n\n\ndef main():\n    print("rides with", rich.__version__)\n',
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["rides"]\n',
    },
    only,
  },
  {
    name: 'project-editable',
    about: 'pip install -e . with an extra',
    files: {
      'app.py': 'import requests\nimport rich\n\nprint(rich.__version__, requests.__version__)\n',
      'pyproject.toml': own('"rich==14.1.0"', 'version = "1.0"').replace(
        '\n[tool.setuptools]',
        '\n[project.optional-dependencies]\nweb = ["requests==2.32.5"]\n\n[tool.setuptools]',
      ),
      Dockerfile: image('COPY . /app', 'RUN pip install -e ".[web]"'),
    },
    only,
  },
  {
    name: 'everything-added',
    about: 'ADD . in place of COPY',
    files: {
      ...hello,
      'requirements.txt': 'rich==14.1.0\n',
      Dockerfile: image('ADD . /app', 'RUN pip install --no-cache-dir -r requirements.txt'),
    },
    only,
    offers,
  },
  {
    name: 'requirements-in-a-folder',
    about: 'a list in a folder of lists',
    files: {
      ...hello,
      'requirements/prod.txt': '-r base.txt\nrequests==2.32.5\n',
      'requirements/base.txt': 'rich==14.1.0\n',
      Dockerfile: image('COPY . .', 'RUN pip install -r requirements/prod.txt'),
    },
    only,
  },
  {
    name: 'pip-by-path',
    about: 'the pip of a virtual environment by its path',
    files: {
      ...hello,
      'requirements.txt': 'rich==14.1.0\n',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN python -m venv /env && /env/bin/pip install -r requirements.txt\nCMD ["/env/bin/python", "app.py"]\n',
    },
    only,
  },
  {
    name: 'folder-entered',
    about: 'cd into the folder of the list',
    files: {
      'service/app.py': hello['app.py'],
      'service/requirements.txt': 'rich==14.1.0\n',
      Dockerfile:
        'FROM python:3.13-slim\nCOPY . /code\nRUN cd /code/service && pip install -r requirements.txt\nWORKDIR /code/service\nCMD ["python", "app.py"]\n',
    },
    only,
  },
  {
    name: 'environment-activated',
    about: 'a virtual environment that is activated',
    files: {
      ...hello,
      'requirements.txt': 'rich==14.1.0\n',
      Dockerfile: image(
        'COPY . .',
        'RUN python -m venv env && . env/bin/activate && pip install -r requirements.txt',
        'ENV PATH=/app/env/bin:$PATH',
      ),
    },
    only,
  },
  {
    name: 'wheels-of-the-context',
    about: 'wheels that lie in the context',
    files: {
      'rides/__init__.py': 'import rich\n\n\ndef main():\n    print(rich.__version__)\n',
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\ndependencies = ["rich==14.1.0"]\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n\n[tool.uv.build-backend]\nmodule-root = ""\n',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install dist/*.whl\nCMD ["python", "-c", "import rides; rides.main()"]\n',
    },
    wheel: true,
    only,
  },
  {
    name: 'poetry-installs',
    about: 'Poetry installs behind the COPY',
    files: {
      ...hello,
      'pyproject.toml':
        '[tool.poetry]\nname = "app"\nversion = "1.0"\ndescription = ""\nauthors = []\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.11"\nrich = "14.1.0"\n\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
      'poetry.lock':
        '[[package]]\nname = "rich"\nversion = "14.1.0"\ndescription = ""\noptional = false\npython-versions = "*"\nfiles = []\n\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.11"\ncontent-hash = "0"\n',
      Dockerfile: image(
        'RUN pip install poetry==2.2.0 && poetry config virtualenvs.create false',
        'COPY . .',
        'RUN poetry install --no-interaction',
      ),
    },
    only,
  },
];
