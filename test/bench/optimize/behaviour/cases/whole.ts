// Whole projects, with all that is proposed.
import type { OptimizeCase } from '../case.ts';

const all = ['ignore-file', 'dependencies-first', 'cache-mounts', 'multi-stage', 'non-root'];
const service =
  'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/healthz")\ndef health():\n    return "ok"\n';
const ask = { port: 8000, path: '/healthz' };
const rides = {
  'pyproject.toml':
    '[project]\nname = "rides"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
  'src/rides/__init__.py':
    'import sys\n\nimport rich\n\n\ndef main():\n    print("rides", rich.__version__, *sys.argv[1:])\n',
};

export const whole: readonly OptimizeCase[] = [
  {
    name: 'service-with-health',
    about: 'a service with its HEALTHCHECK',
    files: {
      'requirements.txt': 'flask==3.1.2\ngunicorn==23.0.0\n',
      'api.py': service,
      '.venv/pyvenv.cfg': 'home = /usr/bin\n',
      Dockerfile:
        'FROM python:3.13\nLABEL org.opencontainers.image.title=api\nWORKDIR /srv/api\nENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1\nCOPY . .\nRUN pip install -r requirements.txt\nEXPOSE 8000\nSTOPSIGNAL SIGINT\nHEALTHCHECK CMD python -c "import urllib.request as r; r.urlopen(\'http://localhost:8000/healthz\')"\nCMD gunicorn --bind 0.0.0.0:8000 api:app\n',
    },
    asks: ask,
    offers: all,
  },
  {
    name: 'wheel-of-a-package',
    about: 'the wheel of a package',
    files: {
      ...rides,
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY dist/*.whl .\nRUN uv pip install --system *.whl\nENTRYPOINT ["rides"]\nCMD ["--help"]\n',
    },
    lock: true,
    wheel: true,
    command: ['--bike', '3'],
    offers: ['wheel-dependencies', 'cache-mounts', 'multi-stage', 'non-root'],
  },
  {
    name: 'project-of-uv',
    about: 'a project that uv syncs',
    files: {
      ...rides,
      'mlruns/0/meta.yaml': 'name: run\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY . .\nRUN uv sync --locked\nCMD ["uv", "run", "rides", "now"]\n',
    },
    lock: true,
    offers: all,
  },
  {
    name: 'dashboard-with-a-database',
    about: 'a dashboard that keeps a database',
    files: {
      'requirements.txt': 'streamlit==1.49.1\n',
      'dashboard.py':
        'import pathlib\nimport sqlite3\n\nfolder = pathlib.Path("state")\nfolder.mkdir(exist_ok=True)\ndatabase = sqlite3.connect(folder / "seen.db")\ndatabase.execute("create table if not exists seen (page)")\npage = "seen: " + str(database.execute("select count(*) from seen").fetchone()[0])\n',
      Dockerfile:
        'FROM python:3.13\nWORKDIR /dashboard\nADD requirements.txt .\nRUN pip install -r requirements.txt\nADD . .\nEXPOSE 8501\nCMD ["streamlit", "run", "dashboard.py"]\n',
    },
    asks: { port: 8501, path: '/' },
  },
  {
    name: 'training-with-arguments',
    about: 'a training run with arguments, which writes models',
    files: {
      'requirements.txt': 'pyclustering==0.10.1\nnumpy==2.3.3\n',
      'train.py':
        'import sys\n\nimport numpy\nimport pyclustering\n\nwith open("/outputs/model.txt", "w") as model:\n    model.write(" ".join(sys.argv[1:]))\nprint("trained", numpy.__version__, pyclustering.__version__)\n',
      Dockerfile:
        'FROM python:3.13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends build-essential curl \\\n    && rm -rf /var/lib/apt/lists/*\nWORKDIR /train\nRUN mkdir /outputs\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY train.py .\nENTRYPOINT ["python", "train.py"]\n',
    },
    command: ['--epochs', '2'],
  },
  {
    name: 'stages-of-the-author',
    about: 'two stages and a user already',
    files: {
      'requirements.txt': 'rich==14.1.0\n',
      'app.py': 'import os\n\nimport rich\n\nprint(rich.__version__, os.getuid())\n',
      Dockerfile:
        'FROM python:3.13 AS builder\nCOPY requirements.txt .\nRUN pip install --prefix=/install -r requirements.txt\n\nFROM python:3.13-slim\nCOPY --from=builder /install /usr/local\nRUN useradd --uid 1000 rider\nWORKDIR /app\nCOPY --chown=rider . .\nUSER rider\nCMD ["python", "app.py"]\n',
    },
    never: ['multi-stage', 'non-root'],
  },
  {
    name: 'model-server-with-downloads',
    about: 'a model server that downloads at its start',
    files: {
      'requirements.txt': 'fastapi==0.116.1\nuvicorn==0.35.0\nhuggingface-hub==0.35.0\ntorch==2.8.0\n',
      'server/__init__.py': '',
      'server/main.py':
        'import pathlib\n\nfrom fastapi import FastAPI\nfrom huggingface_hub import snapshot_download\n\nfolder = pathlib.Path(snapshot_download("tiny"))\napp = FastAPI()\n\n\n@app.get("/healthz")\ndef health():\n    return (folder / "weights.bin").read_text()\n',
      Dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && rm -rf /root/.cache\nENV PYTHONPATH=/app\nCMD ["uvicorn", "server.main:app", "--host", "0.0.0.0"]\n',
    },
    asks: ask,
    offers: ['dependencies-first', 'cache-mounts'],
  },
];
