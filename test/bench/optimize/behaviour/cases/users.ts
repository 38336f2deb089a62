// Programs that write, bind, or are started in a way that another user than root may not be able to.
import type { OptimizeCase } from '../case.ts';

const only = ['non-root'];
const offers = only;
const never = only;
const image = (...lines: readonly string[]) =>
  `FROM python:3.13-slim\nWORKDIR /app\n${lines.join('\n')}\nCMD ["python", "app.py"]\n`;
const manifest =
  '[project]\nname = "rides"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n\n[dependency-groups]\ndev = ["pytest"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n';

export const users: readonly OptimizeCase[] = [
  {
    name: 'plain-service',
    about: 'a service that writes nothing',
    files: {
      'requirements.txt': 'flask==3.1.2\n',
      'app.py':
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/")\ndef index():\n    return "served"\n\n\napp.run(host="0.0.0.0", port=5000)\n',
      Dockerfile: image('COPY requirements.txt .', 'RUN pip install -r requirements.txt', 'COPY . .'),
    },
    asks: { port: 5000, path: '/' },
    only,
    offers,
  },
  {
    name: 'cache-in-the-home',
    about: 'a program that writes below its home',
    files: {
      'app.py':
        'import pathlib\n\nfolder = pathlib.Path.home() / ".rides"\nfolder.mkdir()\n(folder / "state.json").write_text("{}")\nprint("kept")\n',
      Dockerfile: image('COPY app.py .'),
    },
    only,
  },
  {
    name: 'folders-made-by-run',
    about: 'writes into folders that a RUN has made, with SQLite',
    files: {
      'app.py':
        'import os\nimport sqlite3\n\ndatabase = sqlite3.connect(os.environ["DATABASE"])\ndatabase.execute("create table rides (bike)")\ndatabase.commit()\nprint("created")\n',
      Dockerfile: image('RUN mkdir -p /srv/db', 'ENV DATABASE=/srv/db/rides.sqlite', 'COPY . .'),
    },
    only,
  },
  {
    name: 'writes-into-the-workdir',
    about: 'writes a log into its WORKDIR',
    files: {
      'app.py': 'with open("run.log", "a") as log:\n    log.write("ran\\n")\nprint("logged")\n',
      Dockerfile: image('COPY . .'),
    },
    only,
  },
  {
    name: 'models-below-hf-home',
    about: 'downloads models to HF_HOME',
    files: {
      'app.py': 'from huggingface_hub import snapshot_download\n\nprint(snapshot_download("tiny"))\n',
      Dockerfile: image('ENV HF_HOME=/models', 'RUN pip install huggingface-hub==0.35.0', 'COPY . .'),
    },
    only,
  },
  {
    name: 'runs-of-mlflow',
    about: 'MLflow writes its runs beside the program',
    files: {
      'train.py': 'import mlflow\n\nmlflow.log_metric("loss", 0.5)\nprint("trained")\n',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /workspace\nRUN pip install mlflow==3.4.0\nCOPY train.py .\nENTRYPOINT ["python", "train.py"]\n',
    },
    only,
  },
  {
    name: 'volume-of-the-image',
    about: 'writes into a VOLUME',
    files: {
      'app.py':
        'import pathlib\n\nstate = pathlib.Path("/var/lib/rides/state")\nstate.write_text("1")\nprint(state.read_text())\n',
      Dockerfile: image('COPY app.py .', 'VOLUME /var/lib/rides'),
    },
    only,
  },
  {
    name: 'folder-made-by-the-program',
    about: 'makes a folder of its own at the root',
    files: {
      'app.py':
        'import os\n\nos.makedirs("/outputs/run-1")\nopen("/outputs/run-1/loss.txt", "w").write("0.5")\nprint("written")\n',
      Dockerfile: image('COPY app.py .'),
    },
    only,
  },
  {
    name: 'folder-of-the-machine',
    about: 'Compose mounts a folder that the program writes to',
    files: {
      'app.py': 'open("/app/out/report.txt", "w").write("done")\nprint("reported")\n',
      'compose.yaml': 'services:\n  report:\n    build: .\n    volumes:\n      - ./out:/app/out\n',
      Dockerfile: image('COPY app.py .'),
    },
    mounts: { out: '/app/out' },
    only,
    never,
  },
  {
    name: 'action-of-a-workflow',
    about: 'a GitHub Action by Docker, which writes into its workspace',
    files: {
      'action.yml': 'name: Count\ndescription: Counts\nruns:\n  using: docker\n  image: Dockerfile\n',
      'count.py':
        'import os\n\nwith open(os.path.join(os.environ["GITHUB_WORKSPACE"], "count"), "w") as file:\n    file.write("3")\nprint("counted")\n',
      Dockerfile: 'FROM python:3.13-slim\nCOPY count.py /count.py\nENTRYPOINT ["python", "/count.py"]\n',
    },
    mounts: { workspace: '/github/workspace' },
    options: ['--env=GITHUB_WORKSPACE=/github/workspace'],
    only,
    never,
  },
  {
    name: 'shell-to-work-in',
    about: 'an image to work in, whose command is a shell',
    files: {
      'requirements.txt': 'rich==14.1.0\n',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /workspace\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ["bash"]\n',
    },
    command: ['bash', '-c', 'pip install --quiet requests==2.32.5 --no-index; touch notes && ls'],
    only,
    never,
  },
  {
    name: 'entry-script-changes-owners',
    about: 'an entry script that runs chown and drops root itself',
    files: {
      'entrypoint.sh': '#!/bin/sh\nset -e\nmkdir -p /data\nchown nobody /data\nexec "$@"\n',
      'app.py': 'print("started")\n',
      Dockerfile: image('COPY . .', 'ENTRYPOINT ["./entrypoint.sh"]'),
    },
    only,
    never,
  },
  {
    name: 'uv-run-syncs',
    about: '`uv run` syncs the environment when it starts',
    files: {
      'pyproject.toml': manifest,
      'README.md': '',
      'src/rides/__init__.py': 'def main():\n    print("rides")\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nENV UV_OFFLINE=1\nCOPY . .\nRUN UV_OFFLINE=0 uv sync --locked --no-dev && UV_OFFLINE=0 uv sync --locked && uv sync --locked --no-dev\nCMD ["uv", "run", "rides"]\n',
    },
    lock: true,
    only,
  },
  {
    name: 'low-port',
    about: 'a server on port 80',
    files: {
      'index.html': 'home',
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /site\nCOPY index.html .\nEXPOSE 80\nCMD ["python", "-m", "http.server", "80"]\n',
    },
    asks: { port: 80, path: '/index.html' },
    only,
    never,
  },
  {
    name: 'python-of-root',
    about: 'an environment whose Python lies below /root',
    files: {
      'app.py': 'import rich\n\nprint(rich.__version__)\n',
      Dockerfile:
        'FROM debian:bookworm-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\nWORKDIR /app\nRUN uv venv --python 3.13 && uv pip install rich==14.1.0\nCOPY app.py .\nCMD ["/app/.venv/bin/python", "app.py"]\n',
    },
    only,
    never,
  },
  {
    name: 'folder-of-another-workdir',
    about: 'writes into a folder that another WORKDIR has made',
    files: {
      'app.py': 'open("/data/results.csv", "w").write("a,b\\n")\nprint("stored")\n',
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /data\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
    only,
  },
  {
    name: 'file-that-was-copied',
    about: 'writes a file that was copied',
    files: {
      'app.py':
        'import json\n\nstate = json.load(open("state.json"))\nstate["starts"] += 1\njson.dump(state, open("state.json", "w"))\nprint(state)\n',
      'state.json': '{"starts": 0}',
      Dockerfile: image('COPY . .'),
    },
    only,
  },
  {
    name: 'log-of-the-system',
    about: 'logs below /var/log',
    files: {
      'app.py':
        'import logging\n\nlogging.basicConfig(filename="/var/log/rides.log")\nlogging.warning("rode")\nprint("logged")\n',
      Dockerfile: image('COPY app.py .'),
    },
    only,
  },
  {
    name: 'secret-of-root',
    about: 'reads a file that only root may read',
    files: {
      'app.py': 'print(open("/etc/rides.key").read())\n',
      'rides.key': 'key',
      Dockerfile: image('COPY rides.key /etc/rides.key', 'RUN chmod 600 /etc/rides.key', 'COPY app.py .'),
    },
    only,
  },
];
