// Packages of PyPI as the projects of the behaviour cases see them: a few lines that ask for, answer and leave what the real
// ones do, as far as an image can break it. Longer ones lie in stand-ins/modules/.
import { readFileSync } from 'node:fs';
import path from 'node:path';

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

const moduleText = (module: string) =>
  readFileSync(path.join(import.meta.dirname, 'stand-ins/modules', `${module}.py`), 'utf8');
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
  { name: 'stand-in-web', version: '1', files: { 'stand_in_web.py': moduleText('stand_in_web') } },
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
    files: {
      'uvicorn/__init__.py': moduleText('uvicorn'),
      'uvicorn/__main__.py': 'from uvicorn import main\n\nmain()\n',
    },
    requires: ['stand-in-web'],
    scripts: { uvicorn: 'uvicorn:main' },
  },
  {
    name: 'gunicorn',
    version: '23.0.0',
    files: { 'gunicorn/__init__.py': moduleText('gunicorn') },
    requires: ['stand-in-web'],
    scripts: { gunicorn: 'gunicorn:main' },
  },
  {
    name: 'streamlit',
    version: '1.49.1',
    files: { 'streamlit/__init__.py': moduleText('streamlit') },
    requires: ['stand-in-web'],
    scripts: { streamlit: 'streamlit:main' },
  },
  {
    name: 'huggingface-hub',
    version: '0.35.0',
    files: { 'huggingface_hub.py': moduleText('huggingface_hub') },
  },
  { name: 'mlflow', version: '3.4.0', files: { 'mlflow.py': moduleText('mlflow') } },
  ...['2.2.0', '2.5.1'].map((version) => ({
    name: 'poetry',
    version,
    files: { 'poetry.py': moduleText('poetry') },
    scripts: { poetry: 'poetry:main' },
  })),
  { name: 'poetry-plugin-export', version: '1.9.0', files: { 'poetry_plugin_export.py': '' } },
  {
    name: 'setuptools-scm',
    version: '9.2.0',
    files: { 'setuptools_scm.py': moduleText('setuptools_scm') },
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
