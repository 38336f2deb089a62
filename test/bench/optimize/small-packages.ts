// Packages of PyPI as the projects of the behaviour cases see them: a few lines that ask for, answer and leave what the real
// ones do, as far as an image can break it.

export interface SmallPackage {
  readonly name: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly requires?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly entryPoints?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** It comes as source, and these files are there where it can be built. */
  readonly builtWith?: readonly string[];
}

const plain = (name: string, version: string, module = name.replaceAll('-', '_')): SmallPackage => ({
  name,
  version,
  files: { [`${module}/__init__.py`]: `__version__ = "${version}"\n` },
});
/** Its import fails without a library of the system. */
const linked = (name: string, version: string, module: string, library: string): SmallPackage => ({
  name,
  version,
  files: {
    [`${module}.py`]: `import glob\n\n__version__ = "${version}"\nif not glob.glob("/usr/lib/*/${library}"):\n    raise ImportError("${library}: cannot open shared object file: No such file or directory")\n`,
  },
});

/** One framework for all: routes by their paths, and a server for them. */
const web = `import http.server
import importlib
import json


class App:
    def __init__(self, *_, **__):
        self.routes = {}

    def route(self, path, **_):
        def keep(function):
            self.routes[path] = function
            return function

        return keep

    get = route

    def __call__(self, *_):
        raise NotImplementedError

    def run(self, host="127.0.0.1", port=5000, **_):
        serve(self, host, port)


def load(target, factory=False):
    module, _, name = target.partition(":")
    found = getattr(importlib.import_module(module), name.removesuffix("()") or "application")
    return found() if factory or name.endswith("()") else found


def serve(app, host, port):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = app.routes.get(self.path)
            said = found() if found else None
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write((said if isinstance(said, str) else json.dumps(said)).encode())

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer((host, int(port)), Handler).serve_forever()
`;
const uvicorn = `import argparse
import sys

import stand_in_web


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--app-dir", default="")
    parser.add_argument("--factory", action="store_true")
    parser.add_argument("--workers")
    args = parser.parse_args()
    sys.path.insert(0, args.app_dir)
    stand_in_web.serve(stand_in_web.load(args.app, args.factory), args.host, args.port)


if __name__ == "__main__":
    main()
`;
const gunicorn = `import argparse
import os
import sys

import stand_in_web


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("-b", "--bind", default="127.0.0.1:8000")
    parser.add_argument("-w", "--workers")
    parser.add_argument("-k", "--worker-class")
    parser.add_argument("--chdir", default=".")
    args = parser.parse_args()
    os.chdir(args.chdir)
    sys.path.insert(0, os.getcwd())
    host, _, port = args.bind.rpartition(":")
    stand_in_web.serve(stand_in_web.load(args.app), host or "0.0.0.0", port)


if __name__ == "__main__":
    main()
`;
const streamlit = `import argparse
import runpy

import stand_in_web


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb")
    parser.add_argument("script")
    parser.add_argument("--server.port", dest="port", default=8501)
    parser.add_argument("--server.address", dest="address", default="0.0.0.0")
    args, _ = parser.parse_known_args()
    shown = runpy.run_path(args.script)["page"]
    app = stand_in_web.App()
    app.route("/")(lambda: shown)
    app.route("/_stcore/health")(lambda: "ok")
    stand_in_web.serve(app, args.address, args.port)
`;
const poetry = `import pathlib
import subprocess
import sys
import tomllib


def locked():
    lock = tomllib.loads(pathlib.Path("poetry.lock").read_text())
    return [f"{one['name']}=={one['version']}" for one in lock["package"]]


def main():
    verb, flags = sys.argv[1], sys.argv[2:]
    if verb == "config":
        return
    project = tomllib.loads(pathlib.Path("pyproject.toml").read_text())["tool"]["poetry"]
    if verb == "export":
        text = "\\n".join(locked()) + "\\n"
        at = next((word for word in ("-o", "--output") if word in flags), None)
        pathlib.Path(flags[flags.index(at) + 1]).write_text(text) if at else print(text, end="")
    elif verb == "install":
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--root-user-action=ignore"]
        subprocess.run([*pip, *locked()], check=True)
        if "--no-root" not in flags and project.get("package-mode", True):
            subprocess.run([*pip, "--no-deps", "-e", "."], check=True)
    else:
        sys.exit(f"The stand-in of poetry knows no {verb}.")
`;
const scm = `import pathlib


def infer(distribution):
    if pathlib.Path("pyproject.toml").is_file() and "[tool.setuptools_scm]" in pathlib.Path("pyproject.toml").read_text():
        if not pathlib.Path(".git/HEAD").is_file():
            raise LookupError("setuptools-scm was unable to detect version: no .git")
        distribution.metadata.version = "1.2.3"
`;
const hub = `import os
import pathlib


def snapshot_download(name):
    home = pathlib.Path(os.environ.get("HF_HOME") or "~/.cache/huggingface").expanduser()
    folder = home / "hub" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.bin").write_text("weights")
    return str(folder)
`;
const mlflow = `import pathlib


def log_metric(name, value):
    folder = pathlib.Path("mlruns/0")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(str(value))
`;
const program = (name: string, version: string, module: string, file: string): SmallPackage => ({
  name,
  version,
  files: {
    [`${module}.py`]: `import shutil\nimport subprocess\n\n__version__ = "${version}"\nif not shutil.which("${file}"):\n    raise ImportError("Bad ${file} executable")\n\n\ndef call():\n    return subprocess.run(["${file}"], capture_output=True, text=True, check=True).stdout.strip()\n`,
  },
});

export const smallPackages: readonly SmallPackage[] = [
  plain('numpy', '2.3.3'),
  plain('pandas', '2.3.3'),
  plain('requests', '2.32.5'),
  plain('torch', '2.8.0'),
  plain('rich', '14.1.0'),
  plain('pytest', '8.4.2'),
  plain('python-dotenv', '1.1.1', 'dotenv'),
  { name: 'stand-in-web', version: '1', files: { 'stand_in_web.py': web } },
  {
    name: 'flask',
    version: '3.1.2',
    files: { 'flask/__init__.py': 'from stand_in_web import App as Flask\n\n__version__ = "3.1.2"\n' },
    requires: ['stand-in-web'],
  },
  {
    name: 'fastapi',
    version: '0.116.1',
    files: {
      'fastapi/__init__.py':
        'from stand_in_web import App\n\n\nclass FastAPI(App):\n    def __init__(self, *_, **__):\n        super().__init__()\n        self.routes["/openapi.json"] = dict\n',
    },
    requires: ['stand-in-web'],
  },
  {
    name: 'django',
    version: '5.2.6',
    files: {
      'django/__init__.py': '',
      'django/core/__init__.py': '',
      'django/core/wsgi.py':
        'import importlib\nimport os\n\nfrom stand_in_web import App\n\n\ndef get_wsgi_application():\n    app = App()\n    settings = importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])\n    app.route("/")(lambda: settings.GREETING)\n    return app\n',
    },
    requires: ['stand-in-web'],
  },
  {
    name: 'uvicorn',
    version: '0.35.0',
    files: { 'uvicorn/__init__.py': uvicorn, 'uvicorn/__main__.py': 'from uvicorn import main\n\nmain()\n' },
    requires: ['stand-in-web'],
    scripts: { uvicorn: 'uvicorn:main' },
  },
  {
    name: 'gunicorn',
    version: '23.0.0',
    files: { 'gunicorn/__init__.py': gunicorn },
    requires: ['stand-in-web'],
    scripts: { gunicorn: 'gunicorn:main' },
  },
  {
    name: 'streamlit',
    version: '1.49.1',
    files: { 'streamlit/__init__.py': streamlit },
    requires: ['stand-in-web'],
    scripts: { streamlit: 'streamlit:main' },
  },
  { name: 'huggingface-hub', version: '0.35.0', files: { 'huggingface_hub.py': hub } },
  { name: 'mlflow', version: '3.4.0', files: { 'mlflow.py': mlflow } },
  { name: 'poetry', version: '2.2.0', files: { 'poetry.py': poetry }, scripts: { poetry: 'poetry:main' } },
  {
    name: 'setuptools-scm',
    version: '9.2.0',
    files: { 'setuptools_scm.py': scm },
    requires: ['setuptools'],
    entryPoints: { 'setuptools.finalize_distribution_options': { setuptools_scm: 'setuptools_scm:infer' } },
  },
  program('gitpython', '3.1.45', 'git', 'git'),
  program('pydub', '0.25.1', 'pydub', 'ffmpeg'),
  linked('lightgbm', '4.6.0', 'lightgbm', 'libgomp.so.1'),
  linked('python-magic', '0.4.27', 'magic', 'libmagic.so.1'),
  linked('weasyprint', '66.0', 'weasyprint', 'libpango-1.0.so.0'),
  linked('opencv-python', '4.12.0.88', 'cv2', 'libGL.so.1'),
  {
    name: 'ultralytics',
    version: '8.3.200',
    files: { 'ultralytics.py': 'import cv2\n\n__version__ = "8.3.200"\n' },
    requires: ['opencv-python'],
  },
  {
    ...linked('psycopg2', '2.9.10', 'psycopg2', 'libpq.so.5'),
    builtWith: ['/usr/bin/gcc', '/usr/include/postgresql/libpq-fe.h'],
  },
  {
    name: 'pyclustering',
    version: '0.10.1',
    files: { 'pyclustering.py': '__version__ = "0.10.1"\n' },
    builtWith: ['/usr/bin/gcc'],
  },
];

/** Build backends, which are real packages. */
export const backends = [
  'uv_build==0.13.6',
  'setuptools==80.9.0',
  'wheel==0.45.1',
  'poetry-core==2.2.0',
  'hatchling==1.27.0',
  'packaging==25.0',
  'pathspec==0.12.1',
  'pluggy==1.6.0',
  'trove-classifiers==2025.9.11.17',
];
