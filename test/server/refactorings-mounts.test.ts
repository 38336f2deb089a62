// What the refactorings on the ignore file and on caches leave alone, as an image would no longer build without it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: { readFile: async () => undefined, log: (level, message) => assert.fail(`${level}: ${message}`) },
  parseShell: await loadTestShellParser(),
});

async function optimized(text: string, files: ExampleContext, id: string) {
  const context = await contextOfTexts(files);
  const sources = new Map(
    Object.entries(files).flatMap(([path, content]) =>
      typeof content === 'string' ? [[path, content]] : [],
    ),
  );
  return service.optimize(text, defaultConfiguration, context, { ids: [id], sources });
}

describe('the ignore file', () => {
  const ignored = async (text: string, files: ExampleContext) =>
    (await optimized(text, files, 'ignore-file')).ignoreLines;
  const text = 'FROM python:3.12\nWORKDIR /srv\nCOPY . .\nRUN pip install .\nCMD ["python", "serve.py"]\n';
  const plain = { 'serve.py': 'print("rides")\n', 'pyproject.toml': '[project]\nname = "bikes"\n' };

  it('keeps the repository out where nothing asks it', async () => {
    assert.ok((await ignored(text, plain)).includes('.git'));
  });

  const needs: Readonly<Record<string, readonly [string, ExampleContext]>> = {
    'a build backend takes the version from it': [
      text,
      { ...plain, 'pyproject.toml': '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n' },
    ],
    'setup.py does': [
      text,
      { ...plain, 'setup.py': 'from setuptools import setup\nsetup(setup_requires=["pbr"], pbr=True)\n' },
    ],
    'PDM is told so': [text, { ...plain, 'pyproject.toml': '[tool.pdm.version]\nsource = "scm"\n' }],
    'setup.cfg names it': [
      text,
      { ...plain, 'setup.cfg': '[options]\nsetup_requires =\n    setuptools_scm\n' },
    ],
    'a RUN asks git': [text.replace('RUN ', 'RUN git rev-parse HEAD > commit && '), plain],
    'the program does': [
      text,
      { ...plain, 'serve.py': 'import subprocess\nsubprocess.check_output(["git", "describe", "--tags"])\n' },
    ],
    'a module of the program does': [
      text,
      { ...plain, 'serve.py': 'from info import commit\n', 'info.py': 'import git\n' },
    ],
    'make does': [
      text.replace('pip install .', 'make install'),
      { ...plain, Makefile: 'VERSION := $(shell git describe)\ninstall:\n\tpip install .\n' },
    ],
    'DVC works in it': [text.replace('RUN ', 'RUN pip install dvc && dvc pull && '), plain],
    'it is let in by hand': [text, { ...plain, '.git/HEAD': 'x', '.dockerignore': '*.md\n!.git\n' }],
  };
  for (const [name, [dockerfile, files]] of Object.entries(needs)) {
    it(`lets the repository in: ${name}`, async () => {
      assert.ok(!(await ignored(dockerfile, files)).includes('.git'));
    });
  }

  it('keeps out what only other programs read, and says so', async () => {
    const files = {
      ...plain,
      'train.py': 'open("data/rides.csv")\n',
      'data/rides.csv': { megabytes: 90 },
    };
    const { ignoreLines, applied } = await optimized(text, files, 'ignore-file');
    assert.ok(ignoreLines.includes('data'));
    assert.equal(applied[0]?.assumes, 'nothing in the image reads data');
  });

  it('lets in what the program reads when it starts', async () => {
    const reads = (program: string, more: ExampleContext = {}) =>
      ignored(text, { ...plain, 'data/rides.csv': { megabytes: 90 }, ...more, 'serve.py': program });
    for (const program of [
      'open("data/rides.csv")\n',
      'from pathlib import Path\nPath(__file__).parent / "data"\n',
      'app.mount("/files", StaticFiles(directory="data"))\n',
      'import store\n',
    ]) {
      const lines = await reads(program, { 'store.py': 'os.path.join(ROOT, "data", "rides.csv")\n' });
      assert.ok(!lines.includes('data'), program);
    }
    assert.ok(!(await reads('load_dotenv()\n', { '.env': 'A=1\n' })).includes('.env'));
    const compose =
      'services:\n  web:\n    build: .\n    env_file: .env\n    volumes:\n      - ./data:/srv/data\n';
    const lines = await reads('load_dotenv()\nopen("data/rides.csv")\n', { 'compose.yaml': compose });
    assert.ok(lines.includes('.env') && lines.includes('data'));
  });

  it('lets in an environment that comes from the context, and modules without their source', async () => {
    const start = text.replace('"python"', '"venv/bin/python"');
    const files = { ...plain, 'venv/bin/python': '', 'secret.pyc': '' };
    const lines = await ignored(start, files);
    assert.ok(!lines.includes('venv') && !lines.includes('**/*.py[cod]') && lines.includes('.venv'));
    assert.ok((await ignored(start.replace('RUN ', 'RUN python -m venv venv && '), files)).includes('venv'));
  });

  it('is not written into a folder that is not the context', async () => {
    const subfolder = text.replace('pip install .', 'pip install -r requirements.txt');
    assert.deepEqual(await ignored(subfolder, plain), []);
    assert.notDeepEqual(await ignored(subfolder, { ...plain, 'requirements.txt': 'numpy\n' }), []);
  });
});
