// Cache mounts of what installs beside pip, uv and Poetry, and platforms that know no mounts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { first, service } from './optimized-lines.ts';

const lines = async (text: string, files?: ExampleContext) =>
  (await first([...text.split('\n'), 'CMD ["serve"]'], files, 'cache-mounts'))?.slice(0, -1).join('\n');
const mount = (folder: string) =>
  `RUN --mount=type=cache,target=${folder}${folder.endsWith('/pip') ? '' : ',sharing=locked'} `;
const conda = 'FROM continuumio/miniconda3:25.7.0-2\n';
const pkgs = mount('/opt/conda/pkgs');
const slim = 'FROM python:3.12-slim\n';

describe('a cache mount of another installer', () => {
  const mounted: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'wheels that pip makes': [
      `${slim}RUN pip wheel --no-cache-dir --wheel-dir /wheels -r requirements.txt`,
      `${slim}${mount('/root/.cache/pip')}pip wheel --wheel-dir /wheels -r requirements.txt`,
    ],
    'wheels that it makes beside an install, behind a flag with a value': [
      `${slim}RUN pip install wheel flask && pip --timeout 100 wheel --no-cache-dir -w /wheels flask`,
      `${slim}${mount('/root/.cache/pip')}pip install wheel flask && pip --timeout 100 wheel -w /wheels flask`,
    ],
    'wheels that it downloads': [
      `${slim}RUN python3 -m pip download -d /wheels flask`,
      `${slim}${mount('/root/.cache/pip')}python3 -m pip download -d /wheels flask`,
    ],
    'uv, behind an old environment': [
      `${slim}WORKDIR /app\nENV UV_LINK_MODE=copy\nRUN rm -rf .venv && uv sync && rm -rf /tmp/.venv`,
      `${slim}WORKDIR /app\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv rm -rf .venv && uv sync && rm -rf /tmp/.venv`,
    ],
    'pip, of another environment than is removed': [
      `${slim}RUN /opt/v/bin/pip install flask && rm -rf /opt/w`,
      `${slim}${mount('/root/.cache/pip')}/opt/v/bin/pip install flask && rm -rf /opt/w`,
    ],
    'models that spaCy has pip install': [
      `${slim}ENV PIP_NO_CACHE_DIR=1\nRUN python -m spacy download en_core_web_lg\nRUN spacy download de_core_news_sm --no-cache-dir`,
      `${slim}${mount('/root/.cache/pip')}python -m spacy download en_core_web_lg\n${mount('/root/.cache/pip')}spacy download de_core_news_sm`,
    ],
    PDM: [
      `${slim}RUN pdm sync --prod && rm -rf ~/.cache`,
      `${slim}${mount('/root/.cache/pdm')}pdm sync --prod`,
    ],
    'PDM, elsewhere': [
      `${slim}ENV PDM_CACHE_DIR=/tmp/pdm\nRUN pdm install`,
      `${slim}ENV PDM_CACHE_DIR=/tmp/pdm\n${mount('/tmp/pdm')}pdm install`,
    ],
    conda: [
      `${conda}RUN conda install -y numpy && conda clean -afy`,
      `${conda}${pkgs}conda install -y numpy`,
    ],
    pipenv: [
      `${slim}RUN pipenv install --deploy --system && rm -rf /root/.cache`,
      `${slim}${mount('/root/.cache/pipenv')}pipenv install --deploy --system`,
    ],
    'pipenv, which clears them': [
      `${slim}RUN pipenv sync --system && pipenv --clear`,
      `${slim}${mount('/root/.cache/pipenv')}pipenv sync --system`,
    ],
    'mamba, in a heredoc': [
      'FROM condaforge/miniforge3:25.3.1-0\nRUN <<EOF\nset -e\nmamba env update -n base -f env.yml\nmamba clean --all -y\nEOF',
      `FROM condaforge/miniforge3:25.3.1-0\n${pkgs}<<EOF\nset -e\nmamba env update -n base -f env.yml\nEOF`,
    ],
    'pip, by root where the base has a user': [
      'FROM mambaorg/micromamba:2.3\nUSER root\nRUN pip install flask',
      `FROM mambaorg/micromamba:2.3\nUSER root\n${mount('/root/.cache/pip')}pip install flask`,
    ],
    'conda, whose packages are removed by hand': [
      `${conda}RUN conda env create -f environment.yml && rm -rf /opt/conda/pkgs/*`,
      `${conda}${pkgs}conda env create -f environment.yml`,
    ],
  };
  for (const [name, [before, after]] of Object.entries(mounted))
    it(`holds those of ${name}`, async () => assert.equal(await lines(before), after));

  const stays: Readonly<Record<string, string>> = {
    'pipenv clears as it installs': `${slim}RUN pipenv install --system --clear`,
    'pip beside a pipenv that clears': `${slim}RUN pip install pipenv && pipenv install --system --clear`,
    'a package writes pip.conf when it is built': `${slim}RUN pip install nvidia-pyindex`,
    'a package fetches others when it is built': `${slim}RUN pip install --no-cache-dir tensorrt==10.3.0`,
    'a package is compiled against torch': `${slim}RUN pip install torch==2.5.1 && pip install flash-attn==2.7.0`,
    'a build sees what is there': `${slim}RUN pip install --no-build-isolation detectron2`,
    'wheels are refused': `${slim}RUN pip install --no-binary h5py h5py`,
    'a variable steers a build': `${slim}RUN CMAKE_ARGS=-DGGML_CUDA=on pip install llama-cpp-python`,
    'a variable above steers a build': `${slim}ENV TORCH_CUDA_ARCH_LIST="8.0;9.0"\nRUN pip install -r requirements.txt`,
    'the base gives root another home': 'FROM rayproject/ray:2.9.0\nUSER root\nRUN pip install flask',
    'the environment is removed, and only the cache is left of it': `${slim}WORKDIR /app\nCOPY pyproject.toml ./\nRUN uv sync --no-dev && rm -rf .venv`,
    'it is removed in a later RUN': `${slim}WORKDIR /app\nCOPY pyproject.toml ./\nRUN uv sync\nRUN cd /tmp && rm -fr /app/.venv/`,
    'it lies where a variable says': `${slim}ENV UV_PROJECT_ENVIRONMENT=/opt/env\nCOPY pyproject.toml ./\nRUN uv sync && rm -r /opt/env`,
    'that of pip is removed': `${slim}RUN python -m venv /opt/v\nRUN /opt/v/bin/pip install flask\nRUN rm -rf /opt/v/*`,
    'that of PDM is removed in a later stage': `${slim.trim()} AS base\nWORKDIR /app\nRUN pdm sync\nFROM base\nRUN rm -rf .venv`,
    'a base that is not known may have another home':
      'FROM team/base:1\nRUN apt-get update && apt-get install -y git\nRUN pip install flask',
    'it may have one for root':
      'FROM selenium/standalone-chrome:138.0\nUSER root\nRUN apt-get update\nRUN pip install --no-cache-dir flask',
    'it may have one for a user of the file':
      'FROM bitnami/python:3.12\nUSER root\nRUN useradd -m -u 1200 ride\nUSER ride\nRUN pip install flask',
    'it may switch the cache off':
      'FROM determinedai/environments:cuda-11.3-pytorch-1.10\nRUN apt-get update\nRUN pip3 install peft',
    'it does so': 'FROM ultralytics/ultralytics:8.3.0\nRUN pip install flask',
    'the base gives it by another name':
      'FROM quay.io/jupyter/base-notebook:2025-01-06\nUSER root\nRUN pip install flask',
    'conda lies elsewhere': 'FROM mambaorg/micromamba:2.3\nRUN conda install -y numpy',
    'packages of the image are copied': `${conda}RUN conda create -n app --clone base && conda install numpy`,
    'the folder is another': `${conda}RUN conda config --add pkgs_dirs /pkgs && conda install -y numpy`,
    'all below it is given away': `${conda}RUN conda install -y numpy && chmod -R a+w /opt/conda`,
    'all below it is looked through': `${conda}RUN conda install -y numpy && find /opt/conda -name '*.a' -delete`,
    'another user installs': `${conda}RUN useradd -m -u 1000 ride\nUSER ride\nRUN conda install -y numpy`,
    'a later stage takes it': `${conda}RUN conda install -y numpy\nFROM python:3.12-slim\nCOPY --from=0 /opt/conda/pkgs /pkgs`,
    'PDM links into its cache': `${slim}RUN pdm config install.cache on && pdm sync`,
  };
  for (const [name, text] of Object.entries(stays))
    it(`is left out: ${name}`, async () => assert.equal(await lines(text), undefined));
});

describe('the cache of a build for musl', () => {
  it('is another than that of the builds for glibc', async () => {
    const alpine = 'FROM python:3.12-alpine\n';
    const pip = '--mount=type=cache,target=/root/.cache/pip,id=pip-musl';
    assert.equal(
      await lines(`${alpine}RUN pip install psycopg2`),
      `${alpine}RUN ${pip} pip install psycopg2`,
    );
    assert.equal(
      await lines('FROM python:3.12-alpine AS base\nFROM base\nRUN pip install psycopg2'),
      `FROM python:3.12-alpine AS base\nFROM base\nRUN ${pip} pip install psycopg2`,
    );
  });
});

describe('a platform that builds without BuildKit', () => {
  const install = 'RUN pip install flask==3.0.3';
  it('gets no mounts', async () => {
    assert.notEqual(await lines(slim + install, { 'app.py': '' }), undefined);
    for (const file of ['heroku.yml', 'captain-definition'])
      assert.equal(await lines(slim + install, { [file]: 'build:\n' }), undefined, file);
  });

  const classic: Readonly<Record<string, readonly [file: string, text: string]>> = {
    'Travis CI': ['.travis.yml', 'script:\n  - docker build . -t app\n'],
    'Compose in Travis CI': ['.travis.yml', 'install: docker-compose up --build -d\n'],
    'a switch in a workflow': ['.github/workflows/ci.yml', 'env:\n  DOCKER_BUILDKIT: 0\n'],
    'a switch in a Makefile': ['Makefile', 'image:\n\tDOCKER_BUILDKIT=0 docker build .\n'],
    'a switch in a script': ['scripts/build.sh', 'export DOCKER_BUILDKIT=0\n'],
    'kaniko in GitLab': ['.gitlab-ci.yml', 'image: gcr.io/kaniko-project/executor:debug\n'],
    'kaniko in a job': ['k8s/kaniko-build.yaml', 'kind: Job\n'],
    'an old engine in GitLab': ['.gitlab-ci.yml', 'services: [docker:20.10-dind]\n'],
    'an old engine in CircleCI': ['.circleci/config.yml', '- setup_remote_docker:\n    version: 20.10.14\n'],
    'Google Cloud Build': [
      'cloudbuild.yaml',
      "steps:\n- name: gcr.io/cloud-builders/docker\n  args: ['build', '.']\n",
    ],
    'Google Cloud Build of a folder': ['deploy.sh', 'gcloud builds submit \\\n  --tag eu.gcr.io/x/app\n'],
    'Cloud Run from source': ['Makefile', 'deploy:\n\tgcloud run deploy app --region eu --source .\n'],
    'App Engine': ['app.yaml', 'runtime: custom\nenv: flex\n'],
    Azure: ['deploy.sh', 'az acr build --registry r --image app .\n'],
    'AWS SAM': ['template.yaml', '  Properties:\n    PackageType: Image\n'],
    Skaffold: ['skaffold.yaml', 'build:\n  artifacts:\n  - image: app\n'],
    Railway: ['railway.json', '{"build": {"builder": "DOCKERFILE"}}'],
    'what lies on Railway': ['page.py', 'URL = "https://app-production.up.railway.app/predict"\n'],
    'what Railway tells': ['app.py', 'os.getenv("RAILWAY_PUBLIC_DOMAIN")\n'],
    DigitalOcean: ['.do/app.yaml', 'services:\n- dockerfile_path: Dockerfile\n'],
    'the SDK of Python': ['build.py', 'client.images.build(path=".")\n'],
    'Compose 1': ['ci/setup.sh', 'pip install docker-compose\n'],
    'the container stack of Heroku': ['app.json', '{\n  "stack": "container"\n}\n'],
    'Heroku in a README': ['README.md', '    heroku stack:set container -a app\n'],
    'Cloud Run from source in a README': [
      'README.md',
      '```\ngcloud run deploy app --source . \\\n  --port 80\n```\n',
    ],
    'Cloud Run from source in a guide': [
      'docs/gcloud.md',
      'gcloud run deploy app \\\n  --region us-central1 \\\n  --source .\n',
    ],
    'Azure in a guide': ['DEPLOY.md', 'az acr build -t app -r registry .\n'],
    'another file of App Engine': ['deploy/app.prod.yaml', 'runtime: custom\nenv: flex\n'],
    'the package of a distribution': [
      'deploy/up.sh',
      'sudo apt-get install -y git docker.io\ndocker build .\n',
    ],
    'the old Compose of a distribution': ['vm/setup.sh', 'apt update && apt install -y docker-compose\n'],
    'an old Podman': [
      '.github/workflows/ci.yml',
      'runs-on: ubuntu-22.04\nsteps:\n- run: podman build -t app .\n',
    ],
    'an old buildah': [
      '.github/workflows/ci.yml',
      'runs-on: ubuntu-22.04\nsteps:\n- uses: redhat-actions/buildah-build@v2\n',
    ],
    'Azure Machine Learning': ['jobs/env.py', 'from azure.ai.ml.entities import BuildContext, Environment\n'],
    'an old action': ['.github/workflows/ci.yml', 'uses: docker/build-push-action@v1\n'],
  };
  for (const [name, [file, text]] of Object.entries(classic))
    it(`gets none for ${name}`, async () =>
      assert.equal(await lines(slim + install, { 'app.py': '', [file]: text }), undefined));

  const modern: Readonly<Record<string, readonly [file: string, text: string]>> = {
    'Travis CI': ['.travis.yml', 'env: DOCKER_BUILDKIT=1\nscript: docker build .\n'],
    'Travis CI, which builds nothing': ['.travis.yml', 'script: pytest\n'],
    'a workflow': ['.github/workflows/ci.yml', 'run: docker build .\n'],
    'Google Cloud Build': [
      'cloudbuild.yaml',
      "- name: gcr.io/cloud-builders/docker\n  env: ['DOCKER_BUILDKIT=1']\n",
    ],
    'a deployment of an image': ['deploy.sh', 'gcloud run deploy app --image eu.gcr.io/x/app\n'],
    'a configuration of Cloud Build': ['deploy.sh', 'gcloud builds submit --config cloudbuild.yaml\n'],
    Skaffold: ['skaffold.yaml', 'build:\n  local:\n    useBuildkit: true\n'],
    'packs of Railway': ['railway.json', '{"build": {"builder": "NIXPACKS"}}'],
    'buildx of a distribution': ['up.sh', 'apt-get install -y docker.io docker-buildx\n'],
    'Docker’s own packages': [
      'up.sh',
      'apt-get remove docker.io\napt-get install -y docker-ce docker-buildx-plugin\n',
    ],
    'Compose 2 of a distribution': ['up.sh', 'apt-get install -y docker.io docker-compose-v2\n'],
    'a new Podman': ['.github/workflows/ci.yml', 'runs-on: ubuntu-24.04\nsteps:\n- run: podman build .\n'],
    'Cloud Run of an image in a README': ['README.md', 'gcloud run deploy app --image eu.gcr.io/x/app\n'],
    'a new engine in GitLab': ['.gitlab-ci.yml', 'services: [docker:27-dind]\n'],
  };
  for (const [name, [file, text]] of Object.entries(modern))
    it(`gets them with BuildKit of ${name}`, async () =>
      assert.notEqual(await lines(slim + install, { 'app.py': '', [file]: text }), undefined));

  it('is told of where no file knows its version', async () => {
    const applied = async (files: ExampleContext) => {
      const context = await contextOfTexts(files);
      const sources = new Map(Object.entries(files).map(([path, text]) => [path, String(text)]));
      const options = { ids: ['cache-mounts'], sources };
      return service.optimize(`${slim}${install}\n`, defaultConfiguration, context, options).applied;
    };
    const [pipeline] = await applied({ Jenkinsfile: "sh 'docker build .'" });
    assert.equal(pipeline?.assumes, 'what Jenkinsfile builds with has BuildKit');
    const [sentence] = await applied({ 'README.md': '- not `gcloud run deploy --source .`, which is slow' });
    assert.equal(sentence?.assumes, 'what README.md builds with has BuildKit');
    const [host] = await applied({ 'README.md': 'Backend on Render/Railway\n' });
    assert.equal(
      host?.assumes,
      'nobody builds it on Railway, which README.md names and which takes no mounts but for caches with the id of its service',
    );
    const [readers] = await applied({ 'README.md': 'sudo apt install docker.io\n' });
    assert.equal(readers?.assumes, 'what README.md builds with has BuildKit');
  });

  it('has them already where the file holds one', async () => {
    const uv = `${mount('/root/.cache/uv')}uv sync --locked`;
    assert.notEqual(
      await lines(`${slim}ENV UV_LINK_MODE=copy\n${uv}\n${install}`, { 'heroku.yml': '' }),
      undefined,
    );
  });

  it('is offered no stages that mount each other, and still a user', async () => {
    const text = [
      'FROM python:3.12',
      'COPY requirements.txt .',
      'RUN pip install -r requirements.txt',
      'COPY app.py .',
      'CMD ["python", "app.py"]',
    ];
    const files = { 'requirements.txt': 'flask==3.0.3\n', 'app.py': 'print(1)\n' };
    assert.notEqual(await first(text, files, 'multi-stage'), undefined);
    const heroku = { ...files, 'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n' };
    assert.equal(await first(text, heroku, 'multi-stage'), undefined);
    assert.notEqual(await first(text, heroku, 'non-root'), undefined);
  });
});

describe('a cache mount for what conda has pip install', () => {
  const create = `${conda}COPY environment.yml .\nRUN conda env create -f environment.yml`;
  const both =
    'RUN --mount=type=cache,target=/root/.cache/pip --mount=type=cache,target=/opt/conda/pkgs,sharing=locked ';
  const environment = 'dependencies:\n  - python=3.12\n  - pip:\n      - flask\n';
  const made = (text: string, yml: string) => lines(text, { 'environment.yml': yml });

  it('lies beside that of conda', async () => {
    assert.equal(await made(create, environment), create.replace('RUN ', both));
    const update = create.replace('create -f environment.yml', 'update -n base --file=/srv/environment.yml');
    assert.equal(await made(update, environment), update.replace('RUN ', both));
  });
  it('comes by itself where the packages of conda lie elsewhere', async () => {
    const text =
      'FROM pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime\nCOPY environment.yml .\nRUN conda env update';
    assert.equal(await made(text, environment), text.replace('RUN ', mount('/root/.cache/pip')));
  });
  it('is not there where pip installs nothing, or what may not be kept', async () => {
    assert.equal(await made(create, 'dependencies:\n  - numpy\n'), create.replace('RUN ', pkgs));
    assert.equal(
      await made(create, environment.replace('flask', 'flash-attn')),
      create.replace('RUN ', pkgs),
    );
    const other = create.replaceAll('environment.yml', 'other.yml');
    assert.equal(await made(other, environment), other.replace('RUN ', pkgs));
  });
});

describe('a cache mount on an image of AWS Lambda', () => {
  const lambda = (more: string) =>
    `FROM public.ecr.aws/lambda/python:3.12\n${more}RUN pip install -r requirements.txt`;
  it('is that of root', async () =>
    assert.equal(await lines(lambda('')), lambda('').replace('RUN ', mount('/root/.cache/pip'))));
  it('is not there for another user, home folder or image', async () => {
    assert.equal(await lines(lambda('USER 1000\n')), undefined);
    assert.equal(await lines(lambda('').replace('lambda/python', 'sam/build-python3.12')), undefined);
    const elsewhere = lambda('ENV HOME=/opt\n');
    assert.equal(await lines(elsewhere), elsewhere.replace('RUN ', mount('/opt/.cache/pip')));
  });
});

describe('a cache mount in another home folder of root', () => {
  const build = `${slim.replace('slim', 'slim AS build')}ENV HOME=/app UV_LINK_MODE=copy\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\n`;
  const run = (copy: string) => `${build}FROM python:3.12-slim\nENV HOME=/app\n${copy}\nUSER 1000`;
  const mounted = (text: string) => text.replace('RUN ', 'RUN --mount=type=cache,target=/app/.cache/uv ');

  it('leaves folders of root where nobody else is', async () => {
    for (const copy of [
      'COPY --from=build /app/.venv /app/.venv',
      'COPY --from=0 app/.venv/ /app/.venv/',
      'COPY --from=node:22 /app /app',
    ])
      assert.equal(await lines(run(copy)), mounted(run(copy)));
  });
  it('is not there where another user may need them', async () => {
    for (const copy of [
      'COPY --from=build /app /app',
      'COPY --from=build $HOME/.venv /app/.venv',
      'COPY --from=0 / /',
      'COPY --from=build /app/.cache /c',
    ])
      assert.equal(await lines(run(copy)), undefined);
    assert.equal(
      await lines(
        run('')
          .replace('FROM python:3.12-slim\n', 'FROM build\n')
          .replace(/slim AS/, 'slim AS'),
      ),
      undefined,
    );
    assert.equal(await lines(`${build}USER 1000`), undefined);
  });

  it('tells that what is compiled is kept for all that build with this Python', async () => {
    const context = await contextOfTexts({});
    const ids = ['cache-mounts'];
    const costOf = (text: string) =>
      service.optimize(text, defaultConfiguration, context, { ids, sources: new Map() }).applied[0]?.cost ??
      '';
    const install = 'RUN pip install mysqlclient\nCMD ["serve"]\n';
    const compiler = 'RUN apt-get update && apt-get install -y build-essential\n';
    assert.match(
      costOf(`FROM python:3.12-slim\n${compiler}${install}`),
      /BuildKit.* compiled .* Dockerfiles/s,
    );
    assert.doesNotMatch(costOf(`FROM python:3.12-slim\n${install}`), /compiled/);
    // A full image has a compiler that no line of the file names.
    const sources = 'RUN pip install psycopg2==2.9.10\n';
    assert.match(costOf(`FROM python:3.12\n${sources}`), /compiled/);
    assert.match(costOf(`FROM ghcr.io/astral-sh/uv:python3.12-bookworm\n${sources}`), /compiled/);
    assert.doesNotMatch(costOf(`FROM python:3.12\n${install.replace('mysqlclient', 'flask')}`), /compiled/);
    assert.doesNotMatch(costOf(`FROM python:3.12-slim\n${sources}`), /compiled/);
  });
});
