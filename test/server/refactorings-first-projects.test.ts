// Dependencies first, of a project that uv syncs, that pip and uv install, and of its wheel. That uv does what the edits rest
// on was measured by hand (server/src/facts/uv-split.ts).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { first, lockOf, own, python } from './optimized-lines.ts';

describe('uv sync', () => {
  const from = ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim', 'WORKDIR /app'];
  const manifest = '[project]\nname = "p0"\nversion = "1"\ndependencies = ["flask"]\n';
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

  it('stays as it is behind an environment of another stage', async () => {
    const lines = [
      'COPY --from=build /app/.venv /app/.venv',
      'COPY . /app',
      'RUN --mount=type=bind,from=build,source=/bin/uv,target=/usr/local/bin/uv uv sync --frozen',
    ];
    const files = { 'pyproject.toml': '[project]\nname = "p0"\n', 'uv.lock': lockOf(own) };
    assert.equal(await first([...python, ...lines], files), undefined);
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

  it('stays as it is where it brings nothing, or next to nothing beside what stays below', async () => {
    const none = manifest.replace('"flask"', '');
    const groups = '[dependency-groups]\ndev = ["ruff", "pre-commit"]\n';
    const extras =
      '[project.optional-dependencies]\nweb = ["dash"]\nall = ["p0[web]", "gradio", "p1[all]"]\n';
    const more = (text: string) => ({ 'pyproject.toml': text, 'uv.lock': lockOf(own, 'registry = "x"') });
    // One that needs nothing yet is the exception: two stages are made of the environment that this parts from the code.
    assert.ok(await synced(more(none)));
    assert.equal(await synced(more(none + groups)), undefined);
    assert.ok(await synced(more(none + groups.replace('ruff', 'jupyterlab'))));
    const all = [...from, 'COPY . .', 'RUN uv sync --frozen', 'RUN uv pip install p0[all]'];
    assert.equal(await first(all, more(manifest + extras + groups)), undefined);
    assert.ok(await first(all.slice(0, -1), more(manifest + extras)));
    assert.ok(await first(all, more((manifest + extras).replace('flask', 'torch'))));
    assert.ok(await first(all, more((manifest + extras).replace('"flask"', '"flask", "celery", "redis"'))));
  });

  it('is not exported for a wheel where a source is a path', async () => {
    const wheel = ['FROM ghcr.io/astral-sh/uv:python3.13-bookworm', 'COPY dist/*.whl .'];
    const lines = [...wheel, 'RUN uv pip install --system *.whl'];
    const lock = lockOf(own, 'registry = "x"');
    const files = { 'pyproject.toml': manifest, 'uv.lock': lock, 'dist/p0-1-py3-none-any.whl': '' };
    assert.ok(await first(lines, files, 'wheel-dependencies'));
    const alone = { ...files, 'uv.lock': lockOf(own) };
    assert.ok(await first(lines, alone, 'wheel-dependencies'));
    const withFile = { ...files, 'uv.lock': lockOf(own, 'path = "a.whl"') };
    assert.equal(await first(lines, withFile, 'wheel-dependencies'), undefined);
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
    const behind = (install: string) =>
      first([...python, 'COPY pyproject.toml .', install, 'COPY . .', 'RUN pip install -e .'], files);
    for (const install of ['mkdir -p src && pip install -e .', 'pip install /app[gpu]', 'pip install ./'])
      assert.equal(await behind(`RUN ${install}`), undefined, install);
    assert.notEqual(await behind('RUN pip install /opt/libs'), undefined);
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
