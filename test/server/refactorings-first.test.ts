// Dependencies first: what is installed before the code comes in, and where that cannot be known. That uv does what the
// edits rest on was measured by hand (server/src/facts/uv-split.ts).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { readSourceTexts } from '../../server/src/project/source-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: {
    readFile: async () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  },
  parseShell: await loadTestShellParser(),
});

/** What becomes of a Dockerfile; undefined where nothing is offered. */
async function first(lines: readonly string[], files?: ExampleContext, id = 'dependencies-first') {
  const text = `${lines.join('\n')}\n`;
  const context = files && (await contextOfTexts(files));
  const sources = await readSourceTexts(context?.files, 'file:///project', async (uri) => {
    const content = files?.[uri.replace('file:///project/', '')];
    return typeof content === 'string' ? content : undefined;
  });
  const optimized = service.optimize(text, defaultConfiguration, context, { ids: [id], sources });
  return optimized.applied.length > 0 ? optimized.text.trimEnd().split('\n') : undefined;
}

const lockOf = (...sources: string[]) =>
  `version = 1\n${sources.map((source, i) => `\n[[package]]\nname = "p${i}"\nsource = { ${source} }\n`).join('')}`;
const own = 'editable = "."';

describe('uv sync', () => {
  const from = ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim', 'WORKDIR /app'];
  const manifest = '[project]\nname = "p0"\nversion = "1"\n';
  const binds =
    '--mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml';
  const synced = async (files: ExampleContext, sync = 'uv sync --locked', base = from) =>
    (await first([...base, 'COPY . .', `RUN ${sync}`], files))?.[2];

  const kinds: Readonly<Record<string, [files: ExampleContext, expected: string]>> = {
    'a plain project': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own) },
      `RUN ${binds} uv sync --locked --no-install-project`,
    ],
    'a folder as source': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'directory = "libs/a"') },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'an editable one outside of the folder': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'editable = "../a"') },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'a wheel as source': [
      { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'path = "wheels/a-1-py3-none-any.whl"') },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'members of a workspace': [
      {
        'pyproject.toml': `${manifest}[tool.uv.workspace]\nmembers = ["libs/*"]\n`,
        'uv.lock': lockOf(own, 'editable = "libs/a"').replace(
          '\n\n',
          '\n[manifest]\nmembers = ["p0", "p1"]\n\n',
        ),
      },
      `RUN ${binds} uv sync --frozen --no-install-workspace`,
    ],
    'a workspace with a source beside its members': [
      {
        'pyproject.toml': `${manifest}[tool.uv.workspace]\nmembers = ["libs/*"]\n`,
        'uv.lock': lockOf(own, 'editable = "libs/a"', 'directory = "other"').replace(
          '\n\n',
          '\n[manifest]\nmembers = ["p0", "p1"]\n\n',
        ),
      },
      `RUN ${binds} uv sync --frozen --no-install-local`,
    ],
    'dependencies that the backend finds': [
      {
        'pyproject.toml': '[project]\nname = "p0"\ndynamic = ["version", "dependencies"]\n',
        'uv.lock': lockOf(own),
      },
      `RUN ${binds} uv sync --frozen --no-install-project`,
    ],
    'a Python and settings of its own': [
      {
        'pyproject.toml': manifest,
        'uv.lock': lockOf(own),
        '.python-version': '3.12\n',
        'uv.toml': 'link-mode = "copy"\n',
      },
      `RUN ${binds} --mount=type=bind,source=.python-version,target=.python-version --mount=type=bind,source=uv.toml,target=uv.toml uv sync --locked --no-install-project`,
    ],
  };
  for (const [name, [files, expected]] of Object.entries(kinds)) {
    it(`leaves the code out: ${name}`, async () => {
      assert.equal(await synced(files), expected);
    });
  }

  it('is told to take the lock file as it is where no flag says how', async () => {
    const files = { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'directory = "a"') };
    assert.match((await synced(files, 'uv sync')) ?? '', / uv sync --frozen --no-install-local$/);
    assert.match((await synced(files, 'uv sync --frozen')) ?? '', / uv sync --frozen --no-install-local$/);
  });

  it('stays as it is where uv is too old, or the lock file does not come in', async () => {
    const files = { 'pyproject.toml': manifest, 'uv.lock': lockOf(own, 'directory = "a"') };
    const old = ['FROM python:3.12', 'COPY --from=ghcr.io/astral-sh/uv:0.8.13 /uv /bin/', 'WORKDIR /app'];
    assert.equal(await first([...old, 'COPY . .', 'RUN uv sync --locked'], files), undefined);
    const fresh = old.map((line) => line.replace('0.8.13', '0.9'));
    assert.ok(await first([...fresh, 'COPY . .', 'RUN uv sync --locked'], files));
    assert.equal(await synced({ 'pyproject.toml': manifest }), undefined);
    assert.equal(
      await synced({ 'pyproject.toml': manifest, 'uv.lock': lockOf(own), '.dockerignore': 'uv.lock' }),
      undefined,
    );
  });

  it('is not exported for a wheel where a source is a path', async () => {
    const wheel = ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm', 'COPY dist/*.whl .'];
    const lines = [...wheel, 'RUN uv pip install --system *.whl'];
    const files = { 'pyproject.toml': manifest, 'uv.lock': lockOf(own), 'dist/p0-1-py3-none-any.whl': '' };
    assert.ok(await first(lines, files, 'wheel-dependencies'));
    const withFile = { ...files, 'uv.lock': lockOf(own, 'path = "a.whl"') };
    assert.equal(await first(lines, withFile, 'wheel-dependencies'), undefined);
  });
});

const python = ['FROM python:3.12-slim AS base', 'WORKDIR /app'];
const plain = { 'requirements.txt': 'flask==3.1.0\n', 'app.py': '' };

describe('what pip is given comes in first', () => {
  const kinds: Readonly<Record<string, [lines: string[], files: ExampleContext, expected: string[]]>> = {
    'files that a file names': [
      ['COPY . .', 'RUN pip install -r requirements.txt'],
      {
        'requirements.txt': '-r requirements/base.txt\n-c limits-constraints.txt\nflask\n',
        'requirements/base.txt': '-r ../more-requirements.txt\n',
        'more-requirements.txt': 'numpy\n',
        'limits-constraints.txt': 'numpy<3\n',
      },
      [
        'COPY requirements.txt limits-constraints.txt more-requirements.txt ./',
        'COPY requirements/base.txt ./requirements/',
        'RUN pip install -r requirements.txt',
        'COPY . .',
      ],
    ],
    'a file in a folder, as prod.txt': [
      ['COPY . .', 'RUN pip install -r requirements/prod.txt'],
      { 'requirements/prod.txt': '-r base.txt\n', 'requirements/base.txt': 'flask\n' },
      [
        'COPY requirements/prod.txt requirements/base.txt ./requirements/',
        'RUN pip install -r requirements/prod.txt',
        'COPY . .',
      ],
    ],
    'ADD of the folder': [
      ['ADD --chown=1000 . /srv', 'WORKDIR /srv', 'RUN pip install -r requirements.txt'],
      plain,
      [
        'COPY --chown=1000 requirements.txt /srv/',
        'WORKDIR /srv',
        'RUN pip install -r requirements.txt',
        'ADD --chown=1000 . /srv',
      ],
    ],
    'a form with brackets': [
      ['COPY [".", "/app"]', 'RUN ["pip", "install", "-r", "/app/requirements.txt"]'],
      plain,
      [
        'COPY requirements.txt /app/',
        'RUN ["pip", "install", "-r", "/app/requirements.txt"]',
        'COPY [".", "/app"]',
      ],
    ],
    'a folder named by a variable': [
      ['ENV PLACE=/srv', 'COPY . $PLACE', 'RUN pip install -r /srv/requirements.txt'],
      plain,
      [
        'ENV PLACE=/srv',
        'COPY requirements.txt $PLACE/',
        'RUN pip install -r /srv/requirements.txt',
        'COPY . $PLACE',
      ],
    ],
    'a file that is there already': [
      ['COPY requirements.txt .', 'COPY . .', 'RUN pip install -r requirements.txt'],
      plain,
      ['COPY requirements.txt .', 'RUN pip install -r requirements.txt', 'COPY . .'],
    ],
    'a file that is elsewhere already': [
      ['COPY requirements.txt /tmp/', 'COPY . .', 'RUN pip install -r requirements.txt'],
      plain,
      [
        'COPY requirements.txt /tmp/',
        'COPY requirements.txt ./',
        'RUN pip install -r requirements.txt',
        'COPY . .',
      ],
    ],
    'pip by its path': [
      ['COPY . .', 'RUN python -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt'],
      plain,
      [
        'COPY requirements.txt ./',
        'RUN python -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt',
        'COPY . .',
      ],
    ],
    'an environment that is activated': [
      ['COPY . .', 'RUN python -m venv .venv && . .venv/bin/activate && pip install -r requirements.txt'],
      plain,
      [
        'COPY requirements.txt ./',
        'RUN python -m venv .venv && . .venv/bin/activate && pip install -r requirements.txt',
        'COPY . .',
      ],
    ],
    'an environment in a folder that a command goes into': [
      ['COPY . /srv', 'RUN cd /srv && python -m venv .venv && .venv/bin/pip install -r requirements.txt'],
      plain,
      [
        'COPY requirements.txt /srv/',
        'RUN cd /srv && python -m venv .venv && .venv/bin/pip install -r requirements.txt',
        'COPY . /srv',
      ],
    ],
    'a change of the folder': [
      ['COPY . /srv', 'RUN cd /srv && pip install -r requirements.txt'],
      plain,
      ['COPY requirements.txt /srv/', 'RUN cd /srv && pip install -r requirements.txt', 'COPY . /srv'],
    ],
    'a command that needs the code behind it': [
      ['COPY . /srv', 'RUN cd /srv && pip install -r requirements.txt && python manage.py collectstatic'],
      plain,
      [
        'COPY requirements.txt /srv/',
        'RUN cd /srv && pip install -r requirements.txt',
        'COPY . /srv',
        'RUN cd /srv && python manage.py collectstatic',
      ],
    ],
    'a command that needs the code behind a strict shell': [
      ['COPY . .', 'RUN set -eux; pip install -r requirements.txt; python manage.py collectstatic'],
      plain,
      [
        'COPY requirements.txt ./',
        'RUN set -eux; pip install -r requirements.txt',
        'COPY . .',
        'RUN set -eux && python manage.py collectstatic',
      ],
    ],
    'compilers that go in the same layer, and models': [
      [
        'COPY . .',
        'RUN apk add --virtual .build gcc && pip install -r requirements.txt && apk del .build',
        'RUN python -m spacy download en_core_web_sm',
      ],
      plain,
      [
        'COPY requirements.txt ./',
        'RUN apk add --virtual .build gcc && pip install -r requirements.txt && apk del .build',
        'RUN python -m spacy download en_core_web_sm',
        'COPY . .',
      ],
    ],
    'packages by name and of a repository, and the comment of the COPY': [
      [
        '# The code.',
        'COPY . .',
        '',
        'RUN pip install flask "a @ git+https://example.org/a.git" git+https://example.org/b',
      ],
      {},
      [
        '',
        'RUN pip install flask "a @ git+https://example.org/a.git" git+https://example.org/b',
        '# The code.',
        'COPY . .',
      ],
    ],
    'wheels of others': [
      ['COPY . .', 'RUN pip install ./wheels/a-1-py3-none-any.whl'],
      { 'wheels/a-1-py3-none-any.whl': '' },
      [
        'COPY wheels/a-1-py3-none-any.whl ./wheels/',
        'RUN pip install ./wheels/a-1-py3-none-any.whl',
        'COPY . .',
      ],
    ],
    'wheels that a file names': [
      ['COPY . .', 'RUN pip install -r requirements.txt'],
      { 'requirements.txt': './wheels/a-1-py3-none-any.whl\n', 'wheels/a-1-py3-none-any.whl': '' },
      [
        'COPY requirements.txt ./',
        'COPY wheels/a-1-py3-none-any.whl ./wheels/',
        'RUN pip install -r requirements.txt',
        'COPY . .',
      ],
    ],
    'settings of uv, and its program from elsewhere': [
      [
        'COPY . .',
        'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/',
        'RUN uv pip install --system -r requirements.txt',
      ],
      { ...plain, 'uv.toml': '' },
      [
        'COPY requirements.txt uv.toml ./',
        'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/',
        'RUN uv pip install --system -r requirements.txt',
        'COPY . .',
      ],
    ],
    'Poetry without the project': [
      ['COPY . .', 'RUN poetry install --no-root'],
      {
        'pyproject.toml':
          '[project]\nname = "a"\nlicense = { file = "LICENSE" }\n[tool.hatch.version]\npath = "a.py"\n',
        'poetry.lock': '',
      },
      ['COPY pyproject.toml poetry.lock ./', 'RUN poetry install --no-root', 'COPY . .'],
    ],
    'Poetry with the project': [
      ['COPY . .', 'RUN pip install poetry==2.1.3 && poetry install --only main'],
      { 'pyproject.toml': '[tool.poetry]\nname = "a"\n', 'poetry.lock': '', 'poetry.toml': '' },
      [
        'COPY pyproject.toml poetry.lock poetry.toml ./',
        'RUN pip install poetry==2.1.3',
        'RUN poetry install --only main --no-root',
        'COPY . .',
        'RUN poetry install --only main',
      ],
    ],
    pipenv: [
      ['COPY . .', 'RUN pip install pipenv && pipenv install --system --deploy'],
      { Pipfile: '[packages]\nflask = "*"\n', 'Pipfile.lock': '{}' },
      [
        'COPY Pipfile Pipfile.lock ./',
        'RUN pip install pipenv && pipenv install --system --deploy',
        'COPY . .',
      ],
    ],
    'uv, which is installed beside its sync': [
      ['COPY . /srv', 'WORKDIR /srv', 'RUN pip install uv && uv sync --locked'],
      { 'pyproject.toml': '[project]\nname = "p0"\n', 'uv.lock': lockOf(own) },
      [
        'WORKDIR /srv',
        'RUN pip install uv',
        'RUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --locked --no-install-project',
        'COPY . /srv',
        'RUN uv sync --locked',
      ],
    ],
  };
  for (const [name, [lines, files, expected]] of Object.entries(kinds)) {
    it(name, async () => {
      const made = await first([...python, ...lines], files);
      assert.deepEqual(made?.slice(2), expected);
    });
  }

  const stays: Readonly<Record<string, [lines: string[], files: ExampleContext]>> = {
    'code of the project in a file': [
      ['COPY . .', 'RUN pip install -r requirements.txt'],
      { 'requirements.txt': 'flask\n-e .\n', 'setup.py': '' },
    ],
    'a folder in a file that a file names': [
      ['COPY . .', 'RUN pip install -r requirements.txt'],
      {
        'requirements.txt': '-r base-requirements.txt\n',
        'base-requirements.txt': './libs/a\n',
        'libs/a/setup.py': '',
      },
    ],
    'a file that is not there': [['COPY . .', 'RUN pip install -r requirements.txt'], { 'app.py': '' }],
    'a file that the ignore file keeps out': [
      ['COPY . .', 'RUN pip install -r requirements.txt'],
      { ...plain, '.dockerignore': 'requirements.txt' },
    ],
    'a file that is not known': [['COPY . .', 'RUN pip install -r some.txt'], { 'some.txt': 'flask\n' }],
    'a file that a command changes': [
      ['COPY . .', 'RUN sed -i /torch/d requirements.txt && pip install -r requirements.txt'],
      plain,
    ],
    'a file that a command makes': [
      ['COPY . .', 'RUN echo flask > requirements.txt && pip install -r requirements.txt'],
      plain,
    ],
    'constraints that a variable names': [
      ['ENV PIP_CONSTRAINT=limits.txt', 'COPY . .', 'RUN pip install -r requirements.txt'],
      plain,
    ],
    'constraints that a stage names on which it builds': [
      ['ENV UV_CONSTRAINT=limits.txt', 'FROM base', 'COPY . .', 'RUN pip install -r requirements.txt'],
      plain,
    ],
    'constraints that a variable of the command names': [
      ['COPY . .', 'RUN PIP_CONSTRAINT=limits.txt pip install -r requirements.txt'],
      plain,
    ],
    'wheels of a folder': [
      ['COPY . .', 'RUN pip install --no-index --find-links wheels -r requirements.txt'],
      plain,
    ],
    'a test of a file': [
      ['COPY . .', 'RUN if [ -f production ]; then pip install -r requirements.txt; fi'],
      plain,
    ],
    'another copy of all': [['COPY . .', 'COPY . /backup', 'RUN pip install -r requirements.txt'], plain],
    'code that runs before it': [
      ['COPY . .', 'RUN python -m app.prepare', 'RUN pip install -r requirements.txt'],
      plain,
    ],
    'packages of the system that a file lists': [
      [
        'COPY . .',
        'RUN apt-get update && apt-get install -y $(cat packages.txt) && pip install -r requirements.txt',
      ],
      plain,
    ],
    'a change of the owner of all': [
      ['COPY . .', 'RUN chown -R 1000 /app && pip install -r requirements.txt'],
      plain,
    ],
    'another file in its place': [
      ['COPY . .', 'COPY other.txt requirements.txt', 'RUN pip install -r requirements.txt'],
      { ...plain, 'other.txt': '' },
    ],
    'an environment of the project': [
      ['COPY . .', 'RUN . venv/bin/activate && pip install -r requirements.txt'],
      { ...plain, 'venv/bin/activate': '' },
    ],
    'an environment in the place of another': [
      ['COPY . .', 'RUN python -m venv venv && venv/bin/pip install -r requirements.txt'],
      { ...plain, 'venv/bin/activate': '' },
    ],
    'a folder of the project': [['COPY . .', 'RUN cd tools && pip install flask'], { 'tools/a.py': '' }],
    'Poetry with a path': [
      ['COPY . .', 'RUN poetry install'],
      { 'pyproject.toml': '[tool.poetry.dependencies]\na = { path = "a" }\n', 'poetry.lock': '' },
    ],
    'Poetry with a table for a path': [
      ['COPY . .', 'RUN poetry install'],
      { 'pyproject.toml': '[tool.poetry.group.dev.dependencies.a]\npath = "a"\n', 'poetry.lock': '' },
    ],
    'pipenv with the project': [
      ['COPY . .', 'RUN pipenv install'],
      { Pipfile: '[packages]\na = { editable = true, path = "." }\n', 'Pipfile.lock': '{}' },
    ],
    'Poetry with a plugin that asks git': [
      ['COPY . .', 'RUN poetry install'],
      { 'pyproject.toml': '[tool.poetry-dynamic-versioning]\nenable = true\n', 'poetry.lock': '' },
    ],
    'the wheel of the project': [
      ['COPY . .', 'RUN pip install dist/*.whl'],
      { 'dist/a-1-py3-none-any.whl': '' },
    ],
    'what belongs together': [
      [
        'COPY . .',
        'RUN apt-get update && pip install -r requirements.txt && python a.py && apt-get purge -y gcc',
      ],
      plain,
    ],
    'a user, whose files they are not': [
      ['COPY . .', 'USER 1000', 'RUN pip install -r requirements.txt'],
      plain,
    ],
  };
  for (const [name, [lines, files]] of Object.entries(stays)) {
    it(`stays: ${name}`, async () => {
      assert.equal(await first([...python, ...lines], files), undefined);
    });
  }

  it('says what it takes for granted where the files are not known', async () => {
    const text = `${[...python, 'COPY . .', 'RUN pip install -r requirements.txt'].join('\n')}\n`;
    const [one] = service.optimize(text, defaultConfiguration, undefined, {
      ids: ['dependencies-first'],
    }).applied;
    assert.equal(one?.assumes, 'requirements.txt names no other file of the project');
    const context = await contextOfTexts(plain);
    const [known] = service.optimize(text, defaultConfiguration, context, {
      ids: ['dependencies-first'],
    }).applied;
    assert.equal(known?.assumes, undefined);
  });
});

describe('the dependencies of a project that is installed', () => {
  const manifest =
    '[tool.hatch.version]\npath = "a.py"\n[project]\nname = "bikes"\ndynamic = ["version"]\ndependencies = ["torch"]\n[project.optional-dependencies]\ngpu = ["cupy"]\n';
  const files = { 'pyproject.toml': manifest, 'requirements.txt': 'flask\n', 'src/bikes/__init__.py': '' };
  const says = '# What pyproject.toml names, in a layer that a change of the code leaves alone.';
  const mount = 'RUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\';
  const listed = (...more: string[]) =>
    `    python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(${["*p['dependencies']", ...more].join(', ')}, sep='\\n')" > /tmp/requirements.txt && pip install`;

  it('are what Python reads for pip', async () => {
    assert.deepEqual(await first([...python, 'COPY . .', 'RUN pip install --no-cache-dir .'], files), [
      ...python,
      says,
      mount,
      `${listed()} --no-cache-dir -r /tmp/requirements.txt`,
      'COPY . .',
      'RUN pip install --no-cache-dir .',
    ]);
  });

  it('come with extras, files and flags that are asked for', async () => {
    const run =
      'RUN pip install -U pip && pip install -r requirements.txt -e ".[gpu]" -i https://example.org/simple';
    assert.deepEqual((await first([...python, 'COPY . .', run], files))?.slice(2), [
      'COPY requirements.txt ./',
      'RUN pip install -U pip',
      says,
      mount,
      `${listed("*p['optional-dependencies']['gpu']")} -r requirements.txt -i https://example.org/simple -r /tmp/requirements.txt`,
      'COPY . .',
      'RUN pip install -r requirements.txt -e ".[gpu]" -i https://example.org/simple',
    ]);
  });

  it('are there where a command goes into the folder', async () => {
    const lines = ['FROM python:3.12', 'COPY . /srv', 'RUN cd /srv && pip install .'];
    assert.deepEqual((await first(lines, files))?.slice(1, 4), [
      says,
      mount.replace('target=', 'target=/srv/'),
      `${listed().replace('    ', '    cd /srv && ')} -r /tmp/requirements.txt`,
    ]);
    const below = ['FROM python:3.12', 'COPY . /srv', 'RUN cd /srv/libs && pip install ..'];
    assert.equal(await first(below, files), undefined);
  });

  it('are what uv reads by itself', async () => {
    const uv = ['FROM ghcr.io/astral-sh/uv:python3.10-bookworm', 'COPY . /srv', 'WORKDIR /srv'];
    assert.deepEqual(await first([...uv, 'RUN uv pip install --system -e .[gpu]'], files), [
      uv[0],
      uv[2],
      says,
      'RUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\',
      '    uv pip install --system -r pyproject.toml --extra gpu',
      uv[1],
      'RUN uv pip install --system -e .[gpu]',
    ]);
  });

  const stays: Readonly<Record<string, [run: string, files: ExampleContext, from?: string]>> = {
    'an older Python': ['pip install .', files, 'FROM python:3.10'],
    'a Python that is not known': ['pip install .', files, 'FROM ubuntu:24.04'],
    'no dependencies': ['pip install .', { 'pyproject.toml': '[project]\nname = "bikes"\n' }],
    'dependencies that the backend finds': [
      'pip install .',
      { 'pyproject.toml': '[project]\nname = "bikes"\ndynamic = ["dependencies"]\n' },
    ],
    'a dependency of the folder': [
      'pip install .',
      { 'pyproject.toml': manifest.replace('torch', 'torch @ file:///app/torch') },
    ],
    'a dependency of a path': [
      'pip install .',
      { 'pyproject.toml': `${manifest}[tool.uv.sources]\ntorch = { git = "x", path = "libs/torch" }\n` },
    ],
    'an extra that takes another along': [
      'pip install .[all]',
      { 'pyproject.toml': `${manifest}all = ["bikes[gpu]"]\n` },
    ],
    'an extra that is not there': ['pip install .[tpu]', files],
    'another project': ['pip install ./libs', files],
    'no dependencies wanted': ['pip install --no-deps .', files],
    'newer ones of what is there': ['pip install -U .', files],
    'another place': ['pip install --target /opt/libs .', files],
    'a script alone': ['pip install .', { 'setup.py': '' }],
  };
  for (const [name, [run, around, from = 'FROM python:3.12']] of Object.entries(stays)) {
    it(`stay with it: ${name}`, async () => {
      assert.equal(await first([from, 'WORKDIR /app', 'COPY . .', `RUN ${run}`], around), undefined);
    });
  }

  it('stay with it where they are installed before', async () => {
    const lines = [...python, 'COPY requirements.txt .', 'RUN pip install -r requirements.txt', 'COPY . .'];
    assert.equal(await first([...lines, 'RUN pip install .'], files), undefined);
  });
});

describe('the dependencies of a wheel', () => {
  const files = {
    'pyproject.toml': '[project]\nname = "bikes"\nversion = "1"\ndependencies = ["torch"]\n',
    'dist/bikes-1-py3-none-any.whl': '',
  };
  const wheel = ['COPY dist/*.whl /tmp/', 'RUN pip install --no-cache-dir /tmp/*.whl'];
  const made = (lines: readonly string[], around: ExampleContext) =>
    first(lines, around, 'wheel-dependencies');

  it('are what the manifest names, for pip and where there is no lock file', async () => {
    assert.deepEqual(await made(['FROM python:3.12', ...wheel], files), [
      'FROM python:3.12',
      '# What pyproject.toml names, in a layer that a change of the code leaves alone.',
      'RUN --mount=type=bind,source=pyproject.toml,target=/tmp/project/pyproject.toml \\',
      `    python -c "import tomllib; p = tomllib.load(open('/tmp/project/pyproject.toml', 'rb'))['project']; print(*p['dependencies'], sep='\\n')" > /tmp/requirements.txt && pip install --no-cache-dir -r /tmp/requirements.txt`,
      ...wheel,
    ]);
    const uv = ['FROM ghcr.io/astral-sh/uv:python3.12-bookworm', 'COPY dist/*.whl .'];
    assert.deepEqual(await made([...uv, 'RUN uv pip install --system *.whl'], files), [
      uv[0],
      '# What pyproject.toml names, in a layer that a change of the code leaves alone.',
      'RUN --mount=type=bind,source=pyproject.toml,target=/tmp/project/pyproject.toml \\',
      '    uv pip install --system -r /tmp/project/pyproject.toml',
      uv[1],
      'RUN uv pip install --system *.whl',
    ]);
  });

  const { 'pyproject.toml': manifest } = files;
  const stays: Readonly<Record<string, [lines: string[], files: ExampleContext]>> = {
    'the wheel of another': [wheel, { 'pyproject.toml': manifest, 'dist/cars-1-py3-none-any.whl': '' }],
    'an installer that comes after it': [
      ['COPY dist/*.whl /tmp/', 'RUN pip install uv', 'RUN uv pip install --system /tmp/*.whl'],
      files,
    ],
    'a command before it': [
      ['COPY dist/*.whl /tmp/', 'RUN apt-get install -y python3-pip && pip install /tmp/*.whl'],
      files,
    ],
    'a source for uv': [
      wheel,
      { ...files, 'pyproject.toml': `${manifest}[tool.uv.sources]\ntorch = { index = "cpu" }\n` },
    ],
    extras: [['COPY dist/*.whl /tmp/', 'RUN pip install "/tmp/bikes-1-py3-none-any.whl[gpu]"'], files],
  };
  for (const [name, [lines, around]] of Object.entries(stays)) {
    it(`stay with it: ${name}`, async () => {
      assert.equal(await made(['FROM python:3.12', ...lines], around), undefined);
    });
  }
});
