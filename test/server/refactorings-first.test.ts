// Dependencies first: what pip, Poetry and pipenv are given comes in before the code, and where that cannot be known.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { first, lockOf, own, plain, python } from './optimized-lines.ts';

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
    'PDM without the project': [
      ['COPY . .', 'RUN pdm sync --prod --no-self'],
      { 'pyproject.toml': '[project]\nname = "a"\n', 'pdm.lock': '', 'pdm.toml': '' },
      ['COPY pyproject.toml pdm.lock pdm.toml ./', 'RUN pdm sync --prod --no-self', 'COPY . .'],
    ],
    'PDM with the project': [
      ['COPY . .', 'RUN pip install pdm==2.25.9', 'RUN pdm install --prod --no-editable'],
      { 'pyproject.toml': '[project]\nname = "a"\n', 'pdm.lock': '' },
      [
        'COPY pyproject.toml pdm.lock ./',
        'RUN pip install pdm==2.25.9',
        'RUN pdm install --prod --no-editable --no-self',
        'COPY . .',
        'RUN pdm install --prod --no-editable',
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
      { 'pyproject.toml': '[project]\nname = "p0"\ndependencies = ["flask"]\n', 'uv.lock': lockOf(own) },
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
    'a list of tools that are there in seconds': [
      ['COPY . .', 'RUN pip install -r requirements.txt'],
      { 'requirements.txt': 'wheel\npytest==8.4.2\n' },
    ],
    'one package beside many of a list that stays': [
      ['COPY . .', 'RUN pip install pyyaml', 'RUN pip install -e .[gpu]'],
      {
        'pyproject.toml':
          '[project]\nname = "p0"\ndependencies = []\n[project.optional-dependencies]\ngpu = ["cupy", "dash"]\n',
      },
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
    'PDM with a path': [
      ['COPY . .', 'RUN pdm install'],
      { 'pyproject.toml': '[project]\ndependencies = ["a @ file:///${PROJECT_ROOT}/a"]\n', 'pdm.lock': '' },
    ],
    'PDM that runs a script': [
      ['COPY . .', 'RUN pdm install --no-self'],
      { 'pyproject.toml': '[tool.pdm.scripts]\npost_install = "python make.py"\n', 'pdm.lock': '' },
    ],
    'PDM in another folder': [
      ['COPY . .', 'RUN pdm install --no-self -p app'],
      { 'pyproject.toml': '[project]\nname = "a"\n', 'pdm.lock': '' },
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
});
