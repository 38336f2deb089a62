// What the refactorings make of a Dockerfile, one by one and together. That such a file builds, and what it brings, is
// measured with the engine (test/bench/optimize/, docs/optimize.md).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { refactorings } from '../../server/src/features/refactorings/all.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { corpora } from '../corpus/files.ts';
import { optimized, service } from './optimized-lines.ts';

const manifest = '[project]\nname = "bikes"\nversion = "1.0"\nrequires-python = ">=3.13"\n';
const lock = `version = 1\n\n[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { editable = "." }\n
[[package]]
name = "flask"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files.example/flask-3.1.0-py3-none-any.whl" }]
`;
const project = { 'pyproject.toml': manifest, 'uv.lock': lock, 'dist/bikes-1.0-py3-none-any.whl': '' };

describe('the wheel image of the course', () => {
  const course =
    'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY dist/*.whl .\nRUN uv pip install --system *.whl\nCMD ["bikes", "--help"]\n';

  it('becomes two stages, with the dependencies in a layer of their own', async () => {
    const { text, applied, ignoreLines } = await optimized(course, project);
    assert.deepEqual(
      applied.map(({ id }) => id),
      ['wheel-dependencies', 'cache-mounts', 'multi-stage', 'non-root'],
    );
    assert.deepEqual(ignoreLines, []);
    assert.equal(
      text,
      `FROM ghcr.io/astral-sh/uv:python3.13-bookworm AS build

FROM python:3.13-slim-bookworm
RUN useradd --create-home --uid 10001 app
ENV UV_LINK_MODE=copy
# What uv.lock names, in a layer that a change of the code leaves alone.
RUN --mount=type=bind,from=build,source=/usr/local/bin/uv,target=/usr/local/bin/uv --mount=type=cache,target=/root/.cache/uv \\
    --mount=type=bind,source=pyproject.toml,target=/tmp/project/pyproject.toml \\
    --mount=type=bind,source=uv.lock,target=/tmp/project/uv.lock \\
    uv export --quiet --project=/tmp/project --frozen --no-dev --no-emit-project --output-file=/tmp/requirements.txt && \\
    uv pip install --system --requirement=/tmp/requirements.txt
COPY dist/*.whl .
RUN --mount=type=bind,from=build,source=/usr/local/bin/uv,target=/usr/local/bin/uv --mount=type=cache,target=/root/.cache/uv uv pip install --system *.whl
USER 10001
CMD ["bikes", "--help"]
`,
    );
  });

  it('lets the manifests through the ignore file', async () => {
    const { ignoreLines } = await optimized(
      course,
      { ...project, '.dockerignore': '*\n!dist/*.whl' },
      'wheel-dependencies',
    );
    assert.deepEqual(ignoreLines, ['!pyproject.toml', '!uv.lock']);
  });

  it('stays as it is without a lock file, in a workspace, and where the dependencies are there already', async () => {
    const { 'uv.lock': _, ...unlocked } = project;
    const workspace = {
      ...project,
      'uv.lock': `${lock}\n[[package]]\nname = "core"\nsource = { editable = "core" }\n`,
    };
    const before = course.replace('COPY', 'RUN uv pip install --system -r requirements.txt\nCOPY');
    for (const [text, files] of [
      [course, unlocked],
      [course, workspace],
      [before, project],
      [course.replace('--system', '--target=/x'), project],
    ] as const) {
      const { applied } = await optimized(text, files, 'wheel-dependencies');
      assert.deepEqual(applied, [], text);
    }
  });
});

describe('an image that pip fills', () => {
  const text =
    'FROM python:3.12\nWORKDIR /app\nENV PIP_NO_CACHE_DIR=1\nRUN apt-get update && apt-get install -y gcc libgomp1\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\nEXPOSE 8000\nCMD ["python", "app.py"]\n';

  it('gets its requirements first, cache mounts, a slim image and a user', async () => {
    const result = await optimized(text, {
      'requirements.txt': 'torch==2.8.0\n',
      'app.py': '',
      '.venv/bin/python': '',
      'data/train.csv': { megabytes: 100 },
      'models/small.csv': { megabytes: 1 },
    });
    assert.equal(
      result.text,
      `FROM python:3.12 AS build
WORKDIR /app
RUN apt-get update && apt-get install -y gcc libgomp1
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip pip wheel --wheel-dir=/wheels -r requirements.txt

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 app
WORKDIR /app
RUN apt-get update && apt-get install -y libgomp1
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --no-deps /wheels/*.whl
COPY --chown=10001:10001 . .
EXPOSE 8000
RUN chown 10001:10001 /app
USER 10001
CMD ["python", "app.py"]
`,
    );
    const patterns = result.ignoreLines;
    assert.ok(patterns.includes('.venv') && patterns.includes('data') && !patterns.includes('models'));
  });

  it('keeps what the file copies by its name, and adds to an ignore file only what it lacks', async () => {
    const copies = text.replace('COPY . .', 'COPY data/train.csv data/\nCOPY . .');
    const files = { 'data/train.csv': { megabytes: 100 }, '.venv/bin/python': '', 'mlruns/0': '' };
    const { ignoreLines } = await optimized(copies, { ...files, '.dockerignore': '.venv' }, 'ignore-file');
    assert.deepEqual(ignoreLines, ['mlruns']);
  });

  it('adds to an ignore file what git is told that lies on machines', async () => {
    const git = {
      'requirements.txt': '',
      '.gitignore': '.env\nvenv/\n/.venv\n.mypy_cache/\nwandb/\n!wandb/\n',
    };
    const added = async (ignoring: string, more: ExampleContext = {}) =>
      (await optimized(text, { ...git, '.dockerignore': ignoring, ...more }, 'ignore-file')).ignoreLines;
    assert.deepEqual(await added('*.log'), ['.venv', 'venv', '.env']);
    assert.deepEqual(await added('venv\n.e*'), ['.venv']);
    assert.deepEqual(await added('**/*venv*', { 'app.py': 'load_dotenv()\n' }), []);
  });
});

describe('the ignore file of a project that is worked on', () => {
  const dockerfile = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n';
  const added = async (files: ExampleContext, more = '') =>
    (
      await optimized(
        dockerfile.replace('CMD', `${more}CMD`),
        { 'app.py': 'print("rides")\n', '.dockerignore': '.git', ...files },
        'ignore-file',
      )
    ).ignoreLines;

  it('leaves `.env` to what reads it in the image', async () => {
    const git = { '.gitignore': '.env\n' };
    const started = async (start: string) => {
      const text = dockerfile.replace('"python", "app.py"', start);
      return (await optimized(text, { 'app.py': '', '.dockerignore': '.git', ...git }, 'ignore-file'))
        .ignoreLines;
    };
    assert.deepEqual(await added(git), ['.env']);
    // Django names its settings where nothing imports them.
    for (const [file, text] of [
      ['core/settings.py', 'from dotenv import load_dotenv\nload_dotenv()\n'],
      ['core/settings.py', 'import environ\nenviron.Env().read_env()\n'],
      ['rides/config.py', 'from decouple import config\n'],
      ['rides/config.py', 'class Settings(BaseSettings):\n    model_config = {"env_file": ".env"}\n'],
      ['rides/start.sh', 'set -a\n. ./.env\n'],
    ] as const)
      assert.deepEqual(await added({ ...git, [file]: text }), [], text);
    assert.deepEqual(await added({ ...git, 'tests/test_rides.py': 'load_dotenv()\n' }), ['.env']);
    assert.deepEqual(
      await added({
        ...git,
        'core/settings.py': 'load_dotenv()\n',
        'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: .env\n',
      }),
      ['.env'],
    );
    const given = await optimized(
      dockerfile,
      {
        '.dockerignore': '.git',
        '.env': 'A=b\n',
        'app.py': 'load_dotenv()\n',
        'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: .env\n',
      },
      'ignore-file',
    );
    assert.equal(given.applied[0]?.assumes, 'each container is given .env, as Compose does');
    // Programs of other languages are not read, and may read it.
    const node = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "db.js"]\n';
    const ignored = { '.dockerignore': '.git', '.env': 'A=b\n', 'db.js': '', '.gitignore': '.env\n' };
    const { applied: kept } = await optimized(node, ignored, 'ignore-file');
    assert.deepEqual(kept, []);
    const composed = {
      ...ignored,
      'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: .env\n',
    };
    const { applied: bound } = await optimized(node, composed, 'ignore-file');
    assert.equal(bound[0]?.assumes, 'each container is given .env, as Compose does');
    for (const start of [
      '"dotenv", "run", "--", "python", "app.py"',
      '"flask", "run"',
      '"uvicorn", "app:app", "--env-file", ".env"',
      '"honcho", "start"',
    ])
      assert.deepEqual(await started(start), [], start);
    assert.deepEqual(await started('"gunicorn", "app:app"'), ['.env']);
  });

  it('leaves data to the settings of Django that name it', async () => {
    const text = dockerfile.replace('"python", "app.py"', '"gunicorn", "core.wsgi"');
    const ignored = async (settings: string) => {
      const files = {
        'core/wsgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")\n',
        'core/settings.py': settings,
        'data/rides.csv': { megabytes: 100 },
      };
      return (await optimized(text, files, 'ignore-file')).ignoreLines.includes('data');
    };
    assert.equal(await ignored('DEBUG = False\n'), true);
    assert.equal(
      await ignored('RIDES = BASE_DIR / "rides" if DEBUG else os.path.join(BASE_DIR, "data")\n'),
      false,
    );
  });

  it('keeps out an environment of any name, by what it holds', async () => {
    assert.deepEqual(await added({ 'ride/pyvenv.cfg': 'home = /usr/bin\n', 'env/prod.toml': '' }), ['ride']);
    assert.deepEqual(await added({ 'ride/pyvenv.cfg': '', '.dockerignore': 'ri*' }), []);
  });

  it('keeps out bytecode below the top folder, of which git or the file is told', async () => {
    const git = { '.gitignore': '__pycache__/\n', '.dockerignore': '__pycache__' };
    const install = 'RUN pip install .\n';
    assert.deepEqual(await added({ ...git, 'rides/api.py': '' }, install), ['**/__pycache__']);
    const meant = { '.dockerignore': '__pycache__/\n' };
    assert.deepEqual(await added({ ...meant, 'rides/api.py': '' }, install), ['**/__pycache__']);
    // Where nothing is run anew because of it, nobody gains by it.
    assert.deepEqual(await added({ ...meant, 'rides/api.py': '' }), []);
    assert.deepEqual(await added({ ...meant, 'api.py': '' }, install), []);
    assert.deepEqual(await added({ '.dockerignore': '*.log\n', 'rides/api.py': '' }, install), []);
    assert.deepEqual(await added(git, install), []);
    assert.deepEqual(
      await added({ ...git, 'rides/api.py': '', '.dockerignore': 'rides\n__pycache__' }, install),
      [],
    );
  });

  const compose = (mount: string) => `services:\n  web:\n    build: .\n    volumes:\n      - ${mount}\n`;
  it('keeps out folders that Compose mounts and no clone holds', async () => {
    const of = (mount: string, more: ExampleContext = {}) =>
      added({ 'compose.yaml': compose(mount), ...more });
    assert.deepEqual(await of('./save:/app/save'), ['save']);
    assert.deepEqual(await of('"./store/db/:/var/lib/db:rw"'), ['store/db']);
    const db = { 'save/rides.db': 'x' };
    assert.deepEqual(await of('./save:/app/save', db), []);
    assert.deepEqual(await of('./save:/app/save', { ...db, '.gitignore': '/save/\n' }), ['save']);
    // A file that is written by hand, a volume of the engine, and a folder of another one.
    for (const mount of ['./rides.toml:/app/rides.toml', 'save:/app/save', '../save:/app/save', '.:/app'])
      assert.deepEqual(await of(mount), [], mount);
    const named = dockerfile.replace('COPY', 'COPY save /app/save\nCOPY');
    assert.deepEqual(
      (
        await optimized(
          named,
          { 'app.py': '', '.dockerignore': '.git', 'compose.yaml': compose('./save:/app/save') },
          'ignore-file',
        )
      ).ignoreLines,
      [],
    );
  });

  it('says what it takes for granted', async () => {
    const assumes = async (files: ExampleContext) =>
      (await optimized(dockerfile, { 'app.py': '', ...files }, 'ignore-file')).applied[0]?.assumes;
    assert.equal(await assumes({ '.gitignore': '*.log\n' }), undefined);
    assert.equal(
      await assumes({ '.gitignore': 'Dockerfile\n.dockerignore\n' }),
      '.dockerignore may stay on this machine, as .gitignore names it',
    );
    assert.equal(
      await assumes({
        '.gitignore': 'save/\n',
        'save/rides.db': 'x',
        'compose.yaml': compose('./save:/app/save'),
      }),
      'each container has save mounted, as Compose does',
    );
  });
});

describe('a stage that is not understood', () => {
  const from = 'FROM python:3.12\n';
  const rest = 'COPY app.py .\nCMD ["python", "app.py"]\n';
  const stays = {
    'code that runs between the installs': `${from}RUN pip install nltk\nRUN python -m nltk.downloader punkt\nRUN pip install numpy\n${rest}`,
    'a compiler that is gone again': `${from}RUN apt-get update && apt-get install -y gcc && pip install PyICU && apt-get purge gcc\n${rest}`,
    'upgrades of the system': `${from}RUN apt-get upgrade -y && pip install numpy\n${rest}`,
    'an environment of its own': `${from}ENV VIRTUAL_ENV=/v\nRUN pip install numpy\n${rest}`,
    'two installers': `${from}RUN pip install numpy && uv pip install --system pandas\n${rest}`,
    'the image of another': `FROM public.ecr.aws/lambda/python:3.12\nRUN pip install numpy\n${rest}`,
    'a slim image without compilers': `FROM python:3.12-slim\nRUN pip install numpy\n${rest}`,
    'no install but that of the installer': `${from}RUN pip install --upgrade pip\n${rest}`,
    'a start by uv with flags that take values':
      'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nRUN uv pip install --system numpy\nCMD ["uv", "run", "--group", "x", "uv"]\n',
    'a library that a compiled package loads': `${from}RUN pip install uwsgi\n${rest}`,
    'a compiler that the container calls': `${from}RUN pip install numpy\nHEALTHCHECK CMD make check\n${rest}`,
    'no rest': `${from}RUN pip install numpy\n`,
  };
  for (const [name, text] of Object.entries(stays)) {
    it(`stays one stage: ${name}`, async () => {
      const { applied } = await optimized(text, {}, 'multi-stage');
      assert.deepEqual(applied, []);
    });
  }

  const keepsRoot = {
    'a user is there': `${from}USER app\n${rest}`,
    'an account is made': `${from}RUN useradd me\n${rest}`,
    'a program runs at build time': `${from}RUN python -m nltk.downloader punkt\n${rest}`,
    'models lie in the folder of root': `${from}COPY models /root/.cache/models\n${rest}`,
    'a port is for root': `${from}EXPOSE 80\n${rest}`,
    'the base is not known': `FROM team/base:1\n${rest}`,
    'nothing is started': from,
  };
  for (const [name, text] of Object.entries(keepsRoot)) {
    it(`stays root: ${name}`, async () => {
      const { applied } = await optimized(text, {}, 'non-root');
      assert.deepEqual(applied, []);
    });
  }
});

it('caches are mounted for pip and uv, and not where another folder or user is meant', async () => {
  const mounts = async (run: string, before = '') =>
    (await optimized(`FROM python:3.12\n${before}RUN ${run}\nCMD ["a"]\n`, {}, 'cache-mounts')).text;
  assert.match(
    await mounts('uv sync --no-cache --locked'),
    /ENV UV_LINK_MODE=copy\n.*cache\/uv uv sync --locked\n/s,
  );
  assert.match(
    await mounts('pip install a', 'ARG X\nENV PIP_NO_CACHE_DIR=1 B=2\n'),
    /ENV B=2\nRUN --mount=\S+ pip install a/,
  );
  for (const [run, before] of [
    ['pip install a', 'USER app\n'],
    ['pip install a', 'ARG C\nENV PIP_CACHE_DIR=$C\n'],
    ['pip install a', 'ARG PIP_NO_CACHE_DIR=1\n'],
    ['--mount=type=cache,target=/root/.cache pip install a', ''],
    ['["pip", "install", "a"]', ''],
    ['pipx install a', ''],
  ] as const) {
    assert.equal(await mounts(run, before), `FROM python:3.12\n${before}RUN ${run}\nCMD ["a"]\n`);
  }
});

it('each says what it brings, under an id of its own', () => {
  assert.equal(new Set(refactorings.map(({ id }) => id)).size, refactorings.length);
  for (const { title, gain } of refactorings)
    assert.ok(/^[A-Z].*[^.]$/.test(title) && /^[A-Z].*\.$/.test(gain), title);
});

/** What a refactored file may be found to lack, which was there before in another form. */
const broughtToLight = new Set(['DL3008', 'DL3059']);

for (const { name, files, skip } of corpora()) {
  it(`${name}: brings no new kind of finding, keeps line endings, and has nothing to do a second time`, {
    skip,
  }, () => {
    let changed = 0;
    for (const file of files()) {
      const { text } = service.optimize(file.text, defaultConfiguration, undefined);
      if (text === file.text) continue;
      changed++;
      const codes = (of: string) => service.lint(of, defaultConfiguration).map(({ code }) => code);
      const before = new Set(codes(file.text));
      const fresh = codes(text).filter((code) => !before.has(code) && !broughtToLight.has(code));
      assert.deepEqual(fresh, [], `${file.name}\n${text}`);
      assert.equal(service.optimize(text, defaultConfiguration, undefined).text, text, file.name);
      if (!/(?<!\r)\n/.test(file.text)) assert.doesNotMatch(text, /(?<!\r)\n/, file.name);
    }
    assert.ok(changed > 0);
  });
}
