// Libraries, programs and compilers of the full images and of apt-get, and who needs them while the container runs.
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

export const programs: readonly OptimizeCase[] = [
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
    name: 'script-that-waits',
    about: 'the entry script waits with wget for a service',
    files: {
      ...hello,
      ...requirements,
      'wait.sh': '#!/bin/sh\nset -e\ncommand -v wget > /dev/null\nexec "$@"\n',
      Dockerfile: image(...install, 'COPY . .', 'ENTRYPOINT ["./wait.sh"]', 'CMD ["python", "app.py"]'),
    },
    only,
  },
];
