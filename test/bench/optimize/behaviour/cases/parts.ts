// Projects that come in by parts: folders that bring their own list, and code behind its manifest.
import type { OptimizeCase } from '../case.ts';

const hello = 'import rich\n\nprint("hello from", rich.__version__)\n';
const only = ['dependencies-first', 'cache-mounts'];
const offers = ['dependencies-first'];

export const parts: readonly OptimizeCase[] = [
  {
    name: 'folder-with-its-list',
    about: 'a folder with the list in it, by its name',
    files: {
      'service/app.py': hello,
      'service/requirements/prod.txt': '-r base.txt\n',
      'service/requirements/base.txt': 'rich==14.1.0\n',
      'requirements.txt': 'requests==2.32.5\n',
      Dockerfile:
        'FROM python:3.13-slim\nCOPY ./service /code\nWORKDIR /code\nRUN pip install -r requirements/prod.txt\nCMD ["python", "app.py"]\n',
    },
    only,
    offers,
  },
  {
    name: 'project-in-parts',
    about: 'pip install . behind a manifest and folders of code',
    files: {
      'rides/__init__.py':
        'import pathlib\n\nimport rich\n\n\ndef main():\n    print(rich.__version__, pathlib.Path("/app/routes/a.txt").read_text())\n',
      'routes/a.txt': 'A',
      'README.md': '# Rides\n',
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\nreadme = "README.md"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.setuptools]\npackages = ["rides"]\n',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml README.md ./\nCOPY rides ./rides\nCOPY routes routes\nENV RIDES=1\nRUN pip install .\nCMD ["rides"]\n',
    },
    only,
    offers,
  },
];
