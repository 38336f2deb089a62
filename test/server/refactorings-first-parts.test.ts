// Dependencies first where the code of a project comes in by parts, behind its manifest.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lockOf, own, python } from './optimized-lines.ts';

const manifest = `[project]
name = "ride"
version = "1"
dependencies = ["flask==3.1.0", "six"]
[project.optional-dependencies]
serve = ["gunicorn"]
`;
const project = { 'pyproject.toml': manifest, 'README.md': '', 'ride/api.py': '', 'conf.py': '' };
const head = [...python, 'COPY pyproject.toml README.md ./'];
const [code, conf] = ['COPY ride ./ride', 'COPY --chown=1000 conf.py /app/'];

/** What pip installs by itself of the manifest, extras by their names. */
const dependencies = (flags = '', extra = '') => [
  '# What pyproject.toml names, in a layer that a change of the code leaves alone.',
  'RUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\',
  `    python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies']${extra}, sep='\\n')" > /tmp/requirements.txt && pip install ${flags}-r /tmp/requirements.txt`,
];

describe('dependencies first, a project in parts', () => {
  it('are installed above its code', async () => {
    const install = 'RUN pip install .';
    assert.deepEqual(await first([...head, code, install], project), [
      ...head,
      ...dependencies(),
      code,
      install,
    ]);
    const extras = 'RUN pip install --no-cache-dir ".[serve]"';
    assert.deepEqual(await first([...head, code, '# Settings', conf, extras, 'EXPOSE 80'], project), [
      ...head,
      ...dependencies('--no-cache-dir ', ", *p['optional-dependencies']['serve']"),
      code,
      '# Settings',
      conf,
      extras,
      'EXPOSE 80',
    ]);
  });

  it('are installed by what stands behind it, with all of it below', async () => {
    const [both, pip, install] = [
      'RUN pip install -U pip && pip install -e .',
      'RUN pip install -U pip',
      'RUN pip install -e .',
    ];
    assert.deepEqual(await first([...head, code, conf, both], project), [
      ...head,
      pip,
      ...dependencies(),
      code,
      conf,
      install,
    ]);
    const env = 'ENV RIDE=1';
    assert.deepEqual(await first([...head, code, conf, env, install], project), [
      ...head,
      env,
      ...dependencies(),
      code,
      conf,
      install,
    ]);
  });

  it('are synced by uv from where it works', async () => {
    const [manifests, at, sync] = [
      'COPY pyproject.toml uv.lock /app/',
      'WORKDIR /app',
      'RUN uv sync --locked',
    ];
    const top = ['FROM python:3.12-slim', 'COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /bin/', manifests];
    const files = { ...project, 'uv.lock': lockOf(own) };
    assert.deepEqual(await first([...top, 'COPY ride/ /app/ride/', at, sync], files), [
      ...top,
      at,
      `${sync} --no-install-project`,
      'COPY ride/ /app/ride/',
      sync,
    ]);
  });

  const others = {
    ...project,
    'pdm.lock': '',
    'poetry.lock': '',
    'Pipfile.lock': '',
    Pipfile: '[packages]\n',
  };

  it('are installed by PDM behind a folder that is made for them', async () => {
    const [manifests, make, sync] = ['COPY pyproject.toml pdm.lock ./', 'mkdir pkgs', 'pdm sync --prod'];
    const lines = [...python, manifests, code, `RUN ${make} && ${sync}`];
    const made = [...python, manifests, `RUN ${make}`, `RUN ${sync} --no-self`, code, `RUN ${sync}`];
    assert.deepEqual(await first(lines, others), made);
    // What the project has of that name comes in above it no more.
    assert.equal(await first(lines, { ...others, 'pkgs/a.py': '' }), undefined);
    for (const other of ['mkdir pkgs/all', 'mkdir ../pkgs', 'mkdir $PKGS'])
      assert.equal(await first([...lines.slice(0, -1), `RUN ${other} && ${sync}`], others), undefined);
    const whole = await first([...python, 'COPY . .', `RUN ${make} && ${sync}`], others);
    assert.deepEqual(whole?.slice(2, 5), made.slice(2, 5));
  });

  it('come first where nothing but these is installed', async () => {
    for (const [manifests, install] of [
      ['COPY pyproject.toml poetry.lock ./', 'RUN poetry install --no-root'],
      ['COPY pyproject.toml pdm.lock /app/', 'RUN mkdir pkgs && pdm sync --no-self'],
      ['COPY Pipfile Pipfile.lock ./', 'RUN pipenv install --system --deploy'],
    ] as const) {
      const made = await first([...python, manifests, code, conf, install, 'RUN python -m ride.api'], others);
      assert.deepEqual(made, [...python, manifests, install, code, conf, 'RUN python -m ride.api']);
    }
    // The lock file is not there before the code, or by another way.
    for (const more of ['COPY poetry.lock .', 'ENV RIDE=1'])
      assert.equal(
        await first(
          [...python, 'COPY pyproject.toml ./', code, more, 'RUN poetry install --no-root'],
          others,
        ),
        undefined,
      );
  });

  const kept: Readonly<Record<string, readonly [lines: readonly string[], files?: Record<string, string>]>> =
    {
      'its code goes elsewhere': [[...head, 'COPY ride ./rides', 'RUN pip install .']],
      'its code comes in above the manifest': [[...python, code, head[2] ?? '', 'RUN pip install .']],
      'other code comes in above': [[...python, 'COPY conf.py pyproject.toml ./', code, 'RUN pip install .']],
      'the backend finds the dependencies': [
        [...head, code, 'RUN pip install .'],
        { 'pyproject.toml': manifest.replace(/dependencies = .*/, 'dynamic = ["dependencies"]') },
      ],
      'they lie in the project': [
        [...head, code, 'RUN pip install .'],
        { 'pyproject.toml': manifest.replace('"six"', '"six @ file:six"') },
      ],
      'its code has a manifest of its own': [
        [...head, code, 'RUN pip install .'],
        { 'ride/pyproject.toml': manifest },
      ],
      'its code is called before': [[...head, code, 'RUN python ride/api.py && pip install .']],
      'settings of pip come with it': [
        [...head, 'COPY ride /app/ride', 'RUN pip install .'],
        { 'ride/pip.conf': '' },
      ],
      'they are there already': [[...head, 'RUN pip install .', code, 'RUN pip install --no-deps .']],
    };
  for (const [name, [lines, more]] of Object.entries(kept))
    it(`stay where ${name}`, async () =>
      assert.equal(await first(lines, { ...project, ...more }), undefined));
});
