// Six small projects as their authors would have them before any advice: what lies in the folder, what a change of the code
// and of the dependencies is, and how the image shows that it works.

import type { Project } from './project-folder.ts';

export interface BenchProject extends Project {
  /** What it stands for, as a row of the page says it. */
  readonly about: string;
  /** The file that a change of the code touches. */
  readonly code: string;
  /** Takes one more package in. */
  addDependency(files: Readonly<Record<string, string>>): Record<string, string>;
  /** Printed by the container. */
  readonly says: string;
}

const requirements = (files: Readonly<Record<string, string>>) => ({
  'requirements.txt': `${files['requirements.txt']}httpx==0.28.1\n`,
});
const manifest = (files: Readonly<Record<string, string>>) => ({
  'pyproject.toml': (files['pyproject.toml'] ?? '').replace(
    'dependencies = [',
    'dependencies = ["httpx==0.28.1", ',
  ),
});
const project = (name: string, dependencies: string, backend = 'uv_build') =>
  `[project]\nname = "${name}"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = [${dependencies}]\n\n[project.scripts]\n${name} = "${name}:main"\n\n[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${backend}"\n`;
const says = (module: string) => `import ${module}\n\nprint("works with", ${module}.__version__)\n`;
const main = (module: string) =>
  `import ${module}\n\n\ndef main() -> None:\n    print("works with", ${module}.__version__)\n`;

export const projects: readonly BenchProject[] = [
  {
    name: 'cpu-torch-service',
    about: 'CPU torch service',
    files: {
      Dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\nEXPOSE 8000\nCMD ["python", "serve.py"]\n',
      'requirements.txt': 'torch==2.8.0\nfastapi==0.116.1\nuvicorn==0.35.0\n',
      'serve.py': says('torch'),
    },
    code: 'serve.py',
    addDependency: requirements,
    says: 'works with 2.8.0',
  },
  {
    name: 'cuda-training',
    about: 'CUDA training',
    files: {
      Dockerfile:
        'FROM pytorch/pytorch:2.8.0-cuda12.8-cudnn9-devel\nWORKDIR /workspace\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "train.py"]\n',
      'requirements.txt': 'transformers==4.57.3\npandas==2.3.3\nscikit-learn==1.7.2\n',
      'train.py': says('transformers'),
    },
    noise: { 'data/train.bin': 120, 'mlruns/0/model.bin': 60 },
    code: 'train.py',
    addDependency: requirements,
    says: 'works with 4.57.3',
  },
  {
    name: 'sklearn-wheel',
    about: 'scikit-learn wheel of the course',
    files: {
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY dist/*.whl .\nRUN uv pip install --system *.whl\nCMD ["bikes", "--help"]\n',
      'pyproject.toml': project('bikes', '"scikit-learn==1.7.2", "pandas==2.3.3"'),
      'src/bikes/__init__.py': main('pandas'),
    },
    lock: true,
    wheel: true,
    code: 'src/bikes/__init__.py',
    addDependency: manifest,
    says: 'works with 2.3.3',
  },
  {
    name: 'conda-to-uv',
    about: 'conda to uv',
    files: {
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY . .\nRUN uv sync --locked\nCMD ["uv", "run", "forecast"]\n',
      'pyproject.toml': project('forecast', '"torch==2.8.0", "pandas==2.3.3"'),
      'src/forecast/__init__.py': main('torch'),
      'environment.yml': 'channels: [conda-forge]\ndependencies: [python=3.13, pytorch, pandas]\n',
    },
    noise: { 'mlruns/0/model.bin': 80 },
    lock: true,
    code: 'src/forecast/__init__.py',
    addDependency: manifest,
    says: 'works with 2.8.0',
  },
  {
    name: 'model-server',
    about: 'Hugging Face model server',
    files: {
      Dockerfile:
        'FROM python:3.13\nWORKDIR /srv\nENV PIP_NO_CACHE_DIR=1\nCOPY . /srv\nRUN pip install -r requirements.txt\nCMD ["python", "-m", "server"]\n',
      'requirements.txt': 'transformers==4.57.3\ntorch==2.8.0\nuvicorn==0.35.0\n',
      'server/__init__.py': '',
      'server/__main__.py': says('transformers'),
    },
    noise: { '.git/objects/pack.bin': 60 },
    code: 'server/__main__.py',
    addDependency: requirements,
    says: 'works with 4.57.3',
  },
  {
    name: 'notebook',
    about: 'notebook image',
    files: {
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /work\nCOPY . .\nRUN pip install jupyterlab==4.4.9\nRUN pip install -r requirements.txt\nCMD ["python", "notebooks/check.py"]\n',
      'requirements.txt': 'scikit-learn==1.7.2\npandas==2.3.3\n',
      'notebooks/check.py': says('jupyterlab'),
    },
    noise: { 'data/table.bin': 80 },
    code: 'notebooks/check.py',
    addDependency: requirements,
    says: 'works with 4.4.9',
  },
];

/** Packages with the sizes of their wheels in megabytes, with what they bring along (numpy, scipy, tokenizers …). */
export const packages = [
  'torch@2.8.0=180',
  'transformers@4.57.3=40',
  'pandas@2.3.3=30',
  'scikit_learn@1.7.2=45',
  'jupyterlab@4.4.9=40',
  'fastapi@0.116.1=1',
  'uvicorn@0.35.0=1',
  'httpx@0.28.1=1',
];

/** Images with what they hold beyond the stand-in of a slim Python, in megabytes. */
export const bases: Readonly<Record<string, number>> = {
  'python:3.13-slim': 0,
  'python:3.13-slim-bookworm': 0,
  'python:3.13': 250,
  'ghcr.io/astral-sh/uv:python3.13-bookworm': 250,
  'pytorch/pytorch:2.8.0-cuda12.8-cudnn9-devel': 400,
};
