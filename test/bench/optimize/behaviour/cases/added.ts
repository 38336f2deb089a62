// Projects without a Dockerfile, as Add Container Files finds them.
import type { ScaffoldCase } from '../case.ts';

const fastapi =
  'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef index():\n    return "served"\n';
const web = 'fastapi==0.116.1\nuvicorn==0.35.0\n';
const asks = { port: 8000, path: '/' };
const says = '200 served';
const hello = { 'main.py': 'import rich\n\nprint("hello from", rich.__version__)\n' };
const lockOf = (...names: readonly string[]) =>
  `${names.map((name) => `[[package]]\nname = "${name.split('==')[0]}"\nversion = "${name.split('==')[1]}"\ndescription = ""\noptional = false\npython-versions = ">=3.8"\nfiles = []\n`).join('\n')}\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.11"\ncontent-hash = "0"\n`;

export const added: readonly ScaffoldCase[] = [
  {
    name: 'sources-import-src',
    about: 'sources that import src',
    files: {
      'requirements.txt': web,
      'src/__init__.py': '',
      'src/settings.py': 'NAME = "served"\n',
      'src/main.py': fastapi
        .replace('\n\napp', '\nfrom src.settings import NAME\n\napp')
        .replace('"served"', 'NAME'),
    },
    asks,
    says,
  },
  {
    name: 'application-factory',
    about: 'an application that a function makes',
    files: {
      'requirements.txt': 'flask==3.1.2\ngunicorn==23.0.0\n',
      'shop/__init__.py':
        'from flask import Flask\n\n\ndef create_app():\n    app = Flask(__name__)\n    app.route("/")(lambda: "served")\n    return app\n',
      'wsgi.py': 'from shop import create_app\n\napp = create_app()\n',
    },
    asks,
    says,
  },
  {
    name: 'application-factory-alone',
    about: 'a factory that nothing calls',
    files: {
      'requirements.txt': 'fastapi==0.116.1\nuvicorn==0.35.0\n',
      'service/__init__.py': '',
      'service/api.py':
        'from fastapi import FastAPI\n\n\ndef create_app():\n    app = FastAPI()\n    app.route("/")(lambda: "served")\n    return app\n',
    },
    asks,
    says,
    mayRefuse: true,
  },
  {
    name: 'site-of-django',
    about: 'a project of Django',
    files: {
      'requirements.txt': 'django==5.2.6\ngunicorn==23.0.0\n',
      'manage.py':
        'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n\nif __name__ == "__main__":\n    from django.core.management import execute_from_command_line\n',
      'mysite/__init__.py': '',
      'mysite/settings.py': 'GREETING = "served"\nWSGI_APPLICATION = "mysite.wsgi.application"\n',
      'mysite/wsgi.py':
        'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\napplication = get_wsgi_application()\n',
    },
    asks,
    says,
  },
  {
    name: 'poetry-without-project',
    about: 'Poetry alone, with its lock file',
    files: {
      ...hello,
      'pyproject.toml':
        '[tool.poetry]\nname = "rides"\nversion = "1.0"\ndescription = ""\nauthors = []\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.11"\nrich = "^14.0"\n\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
      'poetry.lock': lockOf('rich==14.1.0'),
    },
    says: 'hello from 14.1.0',
    mayRefuse: true,
  },
  {
    name: 'uv-with-a-path-source',
    about: 'uv with a package of a folder',
    files: {
      'main.py': 'import rich\nimport shared\n\nprint(rich.__version__, shared.NAME)\n',
      'pyproject.toml':
        '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0", "shared"]\n\n[tool.uv.sources]\nshared = { path = "libs/shared" }\n',
      'libs/shared/pyproject.toml':
        '[project]\nname = "shared"\nversion = "0.1"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n\n[tool.uv.build-backend]\nmodule-root = ""\n',
      'libs/shared/shared/__init__.py': 'NAME = "shared"\n',
    },
    lock: true,
    says: '14.1.0 shared',
  },
  {
    name: 'package-that-is-compiled',
    about: 'a requirement that comes as source',
    files: {
      'main.py': 'import pyclustering\n\nprint(pyclustering.__version__)\n',
      'pyproject.toml':
        '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["pyclustering==0.10.1"]\n',
    },
    lock: true,
    says: '0.10.1',
  },
  {
    name: 'python-of-its-dockerfile',
    about: 'another Dockerfile tells of the Python',
    files: {
      'main.py': 'import rich\n\nprint(open("/etc/stand-in-python").read().strip(), rich.__version__)\n',
      'requirements.txt': 'rich==14.1.0\n',
      'Dockerfile.dev': 'FROM python:3.11-slim\nCOPY . .\nRUN pip install -r requirements.txt\n',
    },
    kind: 'multi-stage',
    says: '3.11 14.1.0',
  },
  {
    name: 'files-of-the-service',
    about: 'a service that reads files when it starts',
    files: {
      'requirements.txt': web,
      'main.py':
        'import pathlib\n\nfrom fastapi import FastAPI\n\nhere = pathlib.Path(__file__).parent\nmodel = (here / "models/classifier.joblib").read_text()\nprompt = (here / "prompts.yaml").read_text()\napp = FastAPI()\n\n\n@app.get("/")\ndef index():\n    return model + prompt\n',
      'models/classifier.joblib': 'model ',
      'prompts.yaml': 'prompt',
    },
    repository: true,
    asks,
    says: '200 model prompt',
  },
  {
    name: 'main-of-a-folder',
    about: '__main__.py of a folder beside a health check',
    files: {
      'requirements.txt': 'rich==14.1.0\n',
      'health_check.py': 'print("checked")\n\nif __name__ == "__main__":\n    raise SystemExit(1)\n',
      'noxfile.py': 'import nox\n',
      'worker/__init__.py': '',
      'worker/__main__.py': 'import rich\n\nprint("works with", rich.__version__)\n',
    },
    says: 'works with 14.1.0',
  },
  {
    name: 'lock-without-project',
    about: 'a lock file beside settings of tools',
    files: {
      'requirements.txt': 'rich==14.1.0\n',
      'pyproject.toml': '[tool.ruff]\nline-length = 100\n',
      'uv.lock': 'version = 1\nrevision = 3\nrequires-python = ">=3.11"\n',
      ...hello,
    },
    says: 'hello from 14.1.0',
  },
  {
    name: 'library-through-another',
    about: 'a package that needs OpenCV’s libraries through another',
    files: {
      'main.py': 'import ultralytics\n\nprint(ultralytics.__version__)\n',
      'pyproject.toml':
        '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["ultralytics==8.3.200"]\n',
    },
    kind: 'multi-stage',
    lock: true,
    says: '8.3.200',
  },
  {
    name: 'what-the-project-ignores',
    about: 'files that the project keeps to itself',
    files: {
      ...hello,
      'requirements.txt': 'rich==14.1.0\n',
      '.gitignore': 'secrets/\n*.key\n',
      'secrets/token.py': 'TOKEN = "1"\n',
      'tls.key': 'key\n',
    },
    says: 'hello from 14.1.0',
    secret: ['secrets/token.py', 'tls.key'],
  },
  {
    name: 'module-that-git-ignores',
    about: 'a module that Git ignores and a program imports',
    files: {
      'main.py': 'import rich\nfrom conf.local import NAME\n\nprint(NAME, rich.__version__)\n',
      'conf/__init__.py': '',
      'conf/local.py': 'NAME = "local"\n',
      'conf/notes.txt': 'x',
      'requirements.txt': 'rich==14.1.0\n',
      '.gitignore': 'local.py\nnotes.txt\n',
    },
    says: 'local 14.1.0',
    secret: ['conf/notes.txt'],
  },
  {
    name: 'module-that-a-build-writes',
    about: 'a module that setup.py writes and that is not there',
    files: {
      'main.py': 'from shop import VERSION\n\nprint(VERSION)\n',
      'shop/__init__.py': 'from .version import VERSION\n',
      'setup.py':
        'from setuptools import setup\n\nopen("shop/version.py", "w").write("VERSION = 1\\n")\nsetup(name="shop", packages=["shop"])\n',
      'requirements.txt': 'rich==14.1.0\n',
      '.gitignore': 'version.py\n',
    },
    says: '1',
    mayRefuse: true,
  },
  {
    name: 'setup-script-alone',
    about: 'a command that setup.py alone describes',
    files: {
      'setup.py':
        'from setuptools import find_packages, setup\n\nsetup(\n    name="bell",\n    version="1.0",\n    packages=find_packages(),\n    python_requires=">=3.11",\n    install_requires=["rich==14.1.0"],\n    entry_points={"console_scripts": ["bell = bell.ring:main"]},\n)\n',
      'bell/__init__.py': '',
      'bell/ring.py':
        'import sys\n\nimport rich\n\n\ndef main():\n    print("rings with", rich.__version__, *sys.argv[1:])\n',
    },
    says: 'rings with 14.1.0 --help',
  },
  {
    name: 'program-of-a-member',
    about: 'the program of a workspace’s member, as README names it',
    files: {
      'README.md': '```sh\nuv sync --all-packages\nuv run python parts/shop/serve.py\n```\n',
      'main.py': 'print("nothing")\n\nif __name__ == "__main__":\n    pass\n',
      'pyproject.toml':
        '[project]\nname = "top"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = []\n\n[tool.uv.workspace]\nmembers = ["parts/*"]\n',
      'parts/shop/pyproject.toml':
        '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0", "store"]\n\n[tool.uv.sources]\nstore = { workspace = true }\n',
      'parts/shop/serve.py': 'import rich\nimport store\n\nprint(rich.__version__, store.NAME)\n',
      'parts/store/pyproject.toml':
        '[project]\nname = "store"\nversion = "1.0"\nrequires-python = ">=3.11"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
      'parts/store/src/store/__init__.py': 'NAME = "store"\n',
    },
    lock: true,
    says: '14.1.0 store',
  },
  {
    name: 'environment-of-the-machine',
    about: 'an ignore file without the environment that lies there',
    files: {
      'pyproject.toml':
        '[project]\nname = "bell"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nbell = "bell:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
      'src/bell/__init__.py': 'import rich\n\n\ndef main():\n    print("rings with", rich.__version__)\n',
      '.dockerignore': 'dist\n',
      '.venv/pyvenv.cfg': 'home = /nowhere\n',
      '.venv/bin/python': 'x',
    },
    kind: 'multi-stage',
    says: 'rings with 14.1.0',
  },
  ...(['"x"', 'os.environ["SECRET_KEY"]'] as const).map((key, at) => ({
    name: `static-files-of-django-${at + 1}`,
    about: `static files of Django, with ${at === 0 ? 'settings of its own' : 'a key of the environment'}`,
    files: {
      'requirements.txt': 'django==5.2.6\ngunicorn==23.0.0\n',
      'manage.py':
        'import importlib\nimport sys\n\nsettings = importlib.import_module("mysite.settings")\nif sys.argv[1] == "collectstatic":\n    settings.STATIC_ROOT.mkdir(exist_ok=True)\n    (settings.STATIC_ROOT / "all").write_text("served")\n',
      'mysite/__init__.py': '',
      'mysite/settings.py': `import os\nfrom pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nSECRET_KEY = ${key}\nSTATIC_ROOT = BASE_DIR / "static"\nGREETING = (STATIC_ROOT / "all").read_text() if (STATIC_ROOT / "all").exists() else "none"\nWSGI_APPLICATION = "mysite.wsgi.application"\n`,
      'mysite/wsgi.py':
        'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\napplication = get_wsgi_application()\n',
    },
    options: ['--env=SECRET_KEY=x'],
    asks,
    says,
  })),
];
