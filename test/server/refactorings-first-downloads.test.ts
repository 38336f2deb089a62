// Dependencies first, where a newer Python and its pip are brought to an image of Ubuntu before, and where models, browsers and
// environments of conda follow the code.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { first, plain } from './optimized-lines.ts';

const from = ['FROM ubuntu:22.04', 'WORKDIR /srv'];
const install = 'RUN pip install -r requirements.txt';
const optimized = (run: string, files: ExampleContext = plain) =>
  first([...from, 'ADD . /srv', run, install], files);
const address = 'https://bootstrap.pypa.io/get-pip.py';

describe('an install behind the installer of pip', () => {
  const passed: Readonly<Record<string, string>> = {
    'an archive of Launchpad': 'RUN add-apt-repository -y ppa:deadsnakes/ppa',
    'the installer by wget': `RUN wget ${address} && python3.8 get-pip.py`,
    'by curl, which removes it': `RUN curl -sSO ${address} && python3 get-pip.py --user && rm -f get-pip.py`,
    'by curl, which names it': `RUN curl -sS ${address} -o get-pip.py && python3 get-pip.py`,
  };
  for (const [name, run] of Object.entries(passed))
    it(`comes before the code: ${name}`, async () =>
      assert.deepEqual(await optimized(run), [
        ...from,
        'COPY requirements.txt /srv/',
        run,
        install,
        'ADD . /srv',
      ]));

  const stays: Readonly<Record<string, readonly [string, ExampleContext?]>> = {
    'the project has one': [`RUN wget ${address} && python3 get-pip.py`, { ...plain, 'get-pip.py': '' }],
    'nothing downloads it': ['RUN python3 get-pip.py'],
    'it has another name': [`RUN curl ${address} -o pip.py && python3 pip.py`],
    'it is another program': ['RUN wget https://example.org/setup.py && python3 setup.py'],
  };
  for (const [name, [run, files]] of Object.entries(stays))
    it(`stays: ${name}`, async () => assert.equal(await optimized(run, files), undefined));
});

describe('a download that packages need at run time', () => {
  const top = ['FROM python:3.12', 'WORKDIR /srv', 'COPY requirements.txt .', install];
  const below = (run: string, files: ExampleContext = plain) => first([...top, 'COPY . .', run], files);
  const model = "from transformers import pipeline; pipeline(model='a/b')";

  const passed: Readonly<Record<string, string>> = {
    'a browser': 'RUN playwright install --with-deps chromium',
    'its libraries': 'RUN python -m playwright install-deps',
    'a model of spaCy': 'RUN spacy download en_core_web_sm',
    'by its module': 'RUN python3 -m spacy download en_core_web_sm',
    'a corpus': 'RUN python -c "import nltk; nltk.download(\'punkt\')"',
    'one with a place': 'RUN python -m nltk.downloader -d /usr/share/nltk_data punkt',
    'a repository of Hugging Face': 'RUN huggingface-cli download a/b --local-dir /models/b',
    'by the newer program': 'RUN hf download a/b',
    'a model': `RUN python -c "${model}"`,
    'a model in a folder that no file of the project is in':
      "RUN python -c \"from sentence_transformers import SentenceTransformer as S, SentenceTransformer; SentenceTransformer('a/b', cache_folder='/srv/models')\"",
  };
  for (const [name, run] of Object.entries(passed))
    it(`comes before the code: ${name}`, async () =>
      assert.deepEqual(await below(run), [...top, run, 'COPY . .']));

  const stays: Readonly<Record<string, readonly [string, ExampleContext?]>> = {
    'by the packages of npm': ['RUN npx playwright install'],
    'tests in browsers': ['RUN playwright test'],
    'a project of spaCy': ['RUN python -m spacy project run all'],
    'into a folder of the project': ['RUN huggingface-cli download a/b --local-dir ./models'],
    'a module of the project': [`RUN python -c "import ride; ${model}"`, { ...plain, 'ride.py': '' }],
    'a module that hides the package': [`RUN python -c "${model}"`, { ...plain, 'transformers/x.py': '' }],
    'a model of the project': [
      "RUN python -c \"import nltk; nltk.download('punkt', download_dir='data')\"",
      { ...plain, 'data/a.txt': 'x' },
    ],
    'a file that is read': ['RUN python -c "import nltk; [nltk.download(x) for x in open(\'names\')]"'],
    'no download': ['RUN python -c "import transformers"'],
    'a program of the project': ['RUN python fetch.py', { ...plain, 'fetch.py': '' }],
  };
  for (const [name, [run, files]] of Object.entries(stays))
    it(`stays: ${name}`, async () => assert.equal(await below(run, files), undefined));
});

describe('an environment of conda', () => {
  const top = ['FROM continuumio/miniconda3', 'WORKDIR /srv'];
  const created = 'RUN conda env create -f environment.yml';
  const file = 'name: ride\ndependencies:\n  - python=3.12\n  - pip:\n    - flask==3.1.0\n';
  const made = (run: string, text = file, more: ExampleContext = {}) =>
    first([...top, 'COPY . .', run], { 'environment.yml': text, 'ride.py': '', ...more });

  for (const run of [
    created,
    'RUN mamba env update -n base -f environment.yml',
    'RUN conda env create --file=environment.yml && conda clean -afy',
    'RUN conda env create',
  ])
    it(`comes before the code: ${run}`, async () =>
      assert.deepEqual(await made(run), [...top, 'COPY environment.yml ./', run, 'COPY . .']));

  it('stays where it needs more of the project', async () => {
    for (const entry of ['-e .', '-r requirements.txt', '.', './lib', 'ride @ file:///srv'])
      assert.equal(await made(created, file.replace('flask==3.1.0', entry)), undefined, entry);
    assert.equal(await made('RUN conda env create -f conda/environment.yml'), undefined);
    assert.equal(await made('RUN cd conda && conda env create -f environment.yml'), undefined);
    assert.equal(await made(created, file, { '.dockerignore': 'environment.yml\n' }), undefined);
  });
});
