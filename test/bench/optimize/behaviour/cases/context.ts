// What the build and the container need of the files that an ignore file usually keeps out.
import type { OptimizeCase } from '../case.ts';

const only = ['ignore-file'];

export const context: readonly OptimizeCase[] = [
  {
    name: 'version-from-git',
    about: 'setuptools-scm reads the version from .git',
    files: {
      'rides/__init__.py':
        'import importlib.metadata\n\n\ndef main():\n    print(importlib.metadata.version("rides"))\n',
      'pyproject.toml':
        '[project]\nname = "rides"\ndynamic = ["version"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["setuptools", "setuptools-scm"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.setuptools]\npackages = ["rides"]\n\n[tool.setuptools_scm]\n',
      Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["rides"]\n',
    },
    repository: true,
    only,
  },
  {
    name: 'commit-of-the-image',
    about: 'a RUN asks .git for the commit',
    files: {
      'app.py': 'print(open("/app/COMMIT").read().strip() != "")\n',
      Dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN cat .git/HEAD > COMMIT && git log --format=%H -1\nCMD ["python", "app.py"]\n',
    },
    repository: true,
    only,
  },
  {
    name: 'data-that-is-served',
    about: 'a container that serves the folder data',
    files: {
      'data/index.html': 'measured',
      'README.md': '# Site\n',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /site\nCOPY . .\nEXPOSE 8000\nCMD ["python", "-m", "http.server", "--directory", "data"]\n',
    },
    asks: { port: 8000, path: '/index.html' },
    noise: { 'data/large.bin': 3 },
    only,
  },
  {
    name: 'table-that-is-read',
    about: 'a program that reads data and mlruns when it starts',
    files: {
      'app.py':
        'import pathlib\n\nhere = pathlib.Path(__file__).parent\nprint((here / "data" / "zones.csv").read_text(), (here / "mlruns/0/model.txt").read_text())\n',
      'data/zones.csv': 'a,b\n',
      'mlruns/0/model.txt': 'model\n',
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
    noise: { 'data/large.bin': 3 },
    only,
  },
  {
    name: 'settings-in-env-file',
    about: 'a program that reads .env when it starts',
    files: {
      'app.py': 'print(dict(line.strip().split("=") for line in open(".env")))\n',
      '.env': 'MODE=production\n',
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
    only,
  },
  {
    name: 'left-behind',
    about: 'a project with its environment, data and caches beside it',
    files: {
      'app.py': 'print("lean")\n',
      '.venv/pyvenv.cfg': 'home = /usr/bin\n',
      'wandb/run-1/log': 'x\n',
      'data/README': 'from elsewhere\n',
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
    noise: { 'wandb/run-1/model.bin': 2 },
    repository: true,
    only,
    offers: only,
  },
];
