// Projects of the shapes that people have, as texts by path; a number is a size in megabytes.
const hatchling = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const pypi = '{ registry = "https://pypi.org/simple" }';

const locked = (
  name: string,
  version: string,
  { registry = pypi, wheel = 'py3-none-any' }: { registry?: string; wheel?: string } = {},
) => {
  const wheels =
    wheel === ''
      ? ''
      : `wheels = [{ url = "https://example.org/${name}-${version.replace('+', '%2B')}-${wheel}.whl" }]\n`;
  return `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = ${registry}\n${wheels || 'sdist = { url = "https://example.org/a.tar.gz" }\n'}\n`;
};
const own = (name: string, source: string, requires: readonly string[]) =>
  `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { ${source} }\n\n[package.metadata]\nrequires-dist = [${requires.map((one) => `{ name = "${one}" }`).join(', ')}]\n\n`;
const lockHead = (python: string) => `version = 1\nrequires-python = "${python}"\n\n`;

export type Files = Readonly<Record<string, string | { readonly megabytes: number }>>;

const project = (name: string, dependencies: readonly string[], rest = '', python = '>=3.11') =>
  `[project]\nname = "${name}"\nversion = "1.0"\nrequires-python = "${python}"\ndependencies = [${dependencies.map((one) => `"${one}"`).join(', ')}]\n${rest}`;

export const projects: Readonly<Record<string, Files>> = {
  'a package with a script': {
    'pyproject.toml': project(
      'bikes',
      [],
      `readme = "README.md"\nlicense-files = ["LICEN[CS]E*"]\n\n[project.scripts]\nbikes = "bikes:main"\n\n${hatchling}`,
    ),
    'uv.lock': `${lockHead('>=3.11')}${own('bikes', 'editable = "."', [])}`,
    'README.md': '# Bikes',
    LICENSE: 'MIT',
    'src/bikes/__init__.py': 'import argparse\n\n\ndef main():\n    print()\n',
    'tests/test_bikes.py': 'import bikes\n',
    '.git/objects/pack/a': { megabytes: 90 },
    '.venv/bin/python': { megabytes: 400 },
  },
  'a GPU training with data and weights around it': {
    'pyproject.toml': project(
      'Cat.Finder',
      ['torch', 'lightning'],
      `\n[project.scripts]\nshow = "cat_finder:show"\ncat-train = "cat_finder.train:main"\n\n${hatchling}`,
    ),
    'uv.lock': `${lockHead('>=3.11')}${own('cat-finder', 'editable = "."', ['torch', 'lightning'])}${locked('torch', '2.8.0', { wheel: 'cp312-cp312-manylinux_2_28_x86_64' })}${locked('nvidia-cuda-runtime-cu12', '12.8.90', { wheel: 'py3-none-manylinux2014_x86_64' })}${locked('lightning', '2.5.0')}`,
    'src/cat_finder/__init__.py': '',
    'src/cat_finder/train.py': 'def main(): ...\n',
    'data/train.parquet': { megabytes: 900 },
    'mlruns/0/meta.yaml': 'a: 1\n',
    'checkpoints/last.ckpt': { megabytes: 700 },
    'models/best.pt': { megabytes: 300 },
  },
  'a service of FastAPI': {
    'pyproject.toml': project('price-api', ['fastapi', 'uvicorn'], `\n${hatchling}`),
    'uv.lock': `${lockHead('>=3.11')}${own('price-api', 'editable = "."', ['fastapi', 'uvicorn'])}${locked('fastapi', '0.116.1')}${locked('uvicorn', '0.35.0')}`,
    'src/price_api/__init__.py': '',
    'src/price_api/service.py':
      'from fastapi import FastAPI\n\nserver: FastAPI = FastAPI(title="Prices")\n\n\n@server.get("/healthz")\ndef health():\n    return {}\n',
    'src/price_api/scaler.pkl': 'x',
  },
  'scripts with requirements.txt': {
    'requirements.txt': 'torch==2.8.0\nopencv-python==4.12.0.88\nflask==3.1.1\ngunicorn==23.0.0\n',
    'train.py': 'import torch\n',
    'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
    'data/loader.py': 'import csv\n',
    'notebooks/look.ipynb': '{}',
    'configs/base.yaml': 'a: 1\n',
    'weights/best.pth': { megabytes: 200 },
  },
  'an application of uv that is no package': {
    'pyproject.toml': project('hello', ['httpx'], '', '>=3.13'),
    'uv.lock': `${lockHead('>=3.13')}${own('hello', 'virtual = "."', ['httpx'])}${locked('httpx', '0.28.1')}`,
    '.python-version': '3.13.5\n',
    'main.py': 'print()\n',
    'src/models/net.py': 'x = 1\n',
  },
  'a workspace': {
    'pyproject.toml': project(
      'suite',
      ['part'],
      `\n[tool.uv.workspace]\nmembers = ["packages/*"]\n\n[tool.uv.sources]\npart = { workspace = true }\n\n[project.scripts]\nsuite = "suite:main"\n\n${hatchling}`,
    ),
    'uv.lock': `${lockHead('>=3.11')}${own('suite', 'editable = "."', ['part'])}${own('part', 'editable = "packages/part"', [])}`,
    'src/suite/__init__.py': '',
    'packages/part/pyproject.toml': project('part', [], hatchling),
    'packages/part/src/part/__init__.py': '',
  },
  'a version from Git and dependencies from a file': {
    'pyproject.toml':
      '[project]\nname = "dyn"\nrequires-python = ">=3.10,<3.12"\ndynamic = ["version", "dependencies"]\n\n[build-system]\nrequires = ["setuptools>=80", "setuptools-scm>=8"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n',
    'requirements.txt': 'numpy==2.1.0\n',
    'dyn/__init__.py': '',
    'dyn/__main__.py': 'print()\n',
  },
  'a build of PyTorch for CPUs, and sources to compile': {
    'pyproject.toml': project(
      'cpu-scores',
      ['torch', 'ultralytics', 'old-c-extension'],
      `\n[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "https://download.pytorch.org/whl/cpu"\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cpu" }\n\n${hatchling}`,
    ),
    'uv.lock': `${lockHead('>=3.11')}${own('cpu-scores', 'editable = "."', ['torch', 'ultralytics', 'old-c-extension'])}${locked('torch', '2.8.0+cpu', { registry: '{ registry = "https://download.pytorch.org/whl/cpu" }', wheel: 'cp313-cp313-manylinux_2_28_x86_64' })}${locked('ultralytics', '8.3.0')}${locked('opencv-python', '4.12.0.88', { wheel: 'cp37-abi3-manylinux2014_x86_64' })}${locked('old-c-extension', '1.0', { wheel: '' })}`,
    'cpu_scores/__init__.py': '',
    'cpu_scores/train.py': '',
  },
  'a dashboard of Streamlit with the ignore file of a template': {
    'pyproject.toml': project('board', ['streamlit'], `readme = "README.md"\n\n${hatchling}`),
    'uv.lock': `${lockHead('>=3.11')}${own('board', 'editable = "."', ['streamlit'])}${locked('streamlit', '1.50.0')}`,
    'README.md': '# Board',
    'board/__init__.py': '',
    'app.py': 'import streamlit as st\n\nst.write("x")\n',
    '.dockerignore': '*.md\ndist\n.venv',
    'wandb/run/x': 'x',
  },
  'a pyproject.toml with hardly a line': { 'pyproject.toml': '[project]\nname = "bare"\nversion = "0"\n' },
};
