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
    const locked = text.replace('COPY . .', 'COPY pyproject.toml uv.lock ./\nCOPY . .');
    assert.deepEqual(await ignored(locked, plain), []);
    assert.notDeepEqual(await ignored(locked, { ...plain, 'uv.lock': '' }), []);
  });
});

describe('a cache mount', () => {
  const start = 'CMD ["serve"]';
  const mounted = async (text: string, files: ExampleContext = {}) =>
    (await optimized(text, files, 'cache-mounts')).text;
  const lines = async (...before: string[]) =>
    (await mounted(`${['FROM python:3.12-slim', ...before, start].join('\n')}\n`)).split('\n').slice(1, -2);
  const pip = 'RUN --mount=type=cache,target=/root/.cache/pip ';
  const uv = 'RUN --mount=type=cache,target=/root/.cache/uv ';
  const link = 'ENV UV_LINK_MODE=copy';

  const removals: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'at the end': ['pip install numpy && rm -rf /root/.cache/pip', `${pip}pip install numpy`],
    'of all caches': ['pip install numpy && rm -rf ~/.cache', `${pip}pip install numpy`],
    'by a variable': ['pip install numpy && rm -rf "$HOME/.cache/"', `${pip}pip install numpy`],
    'of what lies in it': ['pip install numpy && rm -rf /root/.cache/*', `${pip}pip install numpy`],
    'between others': [
      'pip install numpy && rm -rf ~/.cache/pip && echo done',
      `${pip}pip install numpy && echo done`,
    ],
    'at the beginning': ['rm -rf ~/.cache/pip && pip install numpy', `${pip}pip install numpy`],
    'beside other folders': [
      'pip install numpy && rm -rf /tmp/* /root/.cache /var/tmp/*',
      `${pip}pip install numpy && rm -rf /tmp/* /var/tmp/*`,
    ],
    'by pip': ['pip install numpy && pip cache purge', `${pip}pip install numpy`],
    'by the module': [
      'python -m pip install numpy && python -m pip cache purge',
      `${pip}python -m pip install numpy`,
    ],
    'by its own answer': ['pip install numpy && rm -rf $(pip cache dir)', `${pip}pip install numpy`],
    'of other files by find': [
      "pip install numpy && find / -name '*.pyc' -delete",
      `${pip}pip install numpy && find / -name '*.pyc' -delete`,
    ],
    'by find': ['pip install numpy && find /root/.cache -type f -delete', `${pip}pip install numpy`],
    'that may fail': [
      'pip install numpy && rm -rf ~/.cache 2>/dev/null || true',
      `${pip}pip install numpy || true`,
    ],
    'behind a version that is a redirect': [
      'pip install numpy>=1.26 && pip cache purge',
      `${pip}pip install numpy>=1.26`,
    ],
    'behind output that goes elsewhere': [
      'pip install numpy >/dev/null 2>&1 && rm -rf ~/.cache && echo done',
      `${pip}pip install numpy >/dev/null 2>&1 && echo done`,
    ],
    'whatever came before': ['pip install numpy; rm -rf ~/.cache', `${pip}pip install numpy; true`],
    'where errors end it': ['set -e; pip install numpy; rm -rf ~/.cache', `${pip}set -e; pip install numpy`],
    'in a shell of its own': [
      'bash -c "pip install numpy && rm -rf /root/.cache"',
      `${pip}bash -c "pip install numpy && true"`,
    ],
  };
  for (const [name, [before, after]] of Object.entries(removals)) {
    it(`takes the place of a removal ${name}`, async () => {
      assert.deepEqual(await lines(`RUN ${before}`), [after]);
    });
  }

  it('takes removals over several lines away with their lines', async () => {
    assert.deepEqual(
      await lines(
        'RUN pip install numpy \\',
        '    # Small.',
        '    && rm -rf /root/.cache/pip \\',
        '    && echo done',
      ),
      [`${pip}pip install numpy \\`, '    && echo done'],
    );
    assert.deepEqual(await lines('RUN <<EOF', 'set -e', 'pip install numpy', 'rm -rf /root/.cache', 'EOF'), [
      `${pip}<<EOF`,
      'set -e',
      'pip install numpy',
      'EOF',
    ]);
  });

  it('takes the place of what empties the cache of uv', async () => {
    for (const cleaning of ['uv cache clean', 'uv cache prune --ci', 'rm -rf /root/.cache/uv'])
      assert.deepEqual(await lines(`RUN uv sync --locked && ${cleaning}`), [link, `${uv}uv sync --locked`]);
    const both = 'RUN pip install uv && uv pip install --system numpy && rm -rf ~/.cache';
    const [, run] = await lines(both);
    assert.match(
      run ?? '',
      /cache\/pip --mount=\S+cache\/uv pip install uv && uv pip install --system numpy$/,
    );
  });

  it('is not offered where it would hold installers alone', async () => {
    for (const run of ['pip install poetry==2.1.1', 'python -m pip install -U pip && pip install uv'])
      assert.deepEqual(await lines(`RUN ${run}`), [`RUN ${run}`]);
    assert.deepEqual(await lines('RUN pip install uv', 'RUN pip install -r r.txt'), [
      `${pip}pip install uv`,
      `${pip}pip install -r r.txt`,
    ]);
  });

  it('lies where the installer looks', async () => {
    for (const [before, folder] of [
      ['ENV HOME=/srv', '/srv/.cache/pip'],
      ['ENV XDG_CACHE_HOME=/var/cache', '/var/cache/pip'],
      ['ENV PIP_CACHE_DIR=/wheels', '/wheels'],
      ['RUN useradd -m -u 1500 ride\nUSER ride', '/home/ride/.cache/pip,uid=1500,gid=1500'],
    ] as const)
      assert.equal(
        (await lines(...before.split('\n'), 'RUN pip install numpy')).at(-1),
        `RUN --mount=type=cache,target=${folder} pip install numpy`,
      );
    assert.deepEqual(await lines('RUN HOME=/srv pip install numpy'), [
      'RUN --mount=type=cache,target=/srv/.cache/pip HOME=/srv pip install numpy',
    ]);
  });

  const stays: Readonly<Record<string, string>> = {
    'all of the home folder goes': 'RUN pip install numpy && rm -rf /root/.??* /root',
    'a folder of the shell may be it': 'RUN pip install numpy && rm -rf $MY_CACHE',
    'all files are looked through': 'RUN uv sync && find / -name __pycache__ -exec rm -rf {} +',
    'the cache is moved': 'RUN pip install numpy && mv /root/.cache /srv/cache',
    'the cache is given away': 'RUN pip install numpy && chown -R 1000 /root',
    'another user installs': 'RUN su ride -c "pip install numpy"',
    'the number of the user is not known': 'RUN useradd -r -m ride\nUSER ride\nRUN pip install numpy',
    'another account has the first number':
      'RUN useradd -m app && useradd -m ride\nUSER ride\nRUN pip install numpy',
    'the number is changed': 'RUN useradd -m ride && usermod -u 1500 ride\nUSER ride\nRUN pip install numpy',
    'a folder is named': 'RUN pip install --cache-dir=/wheels numpy',
    'a file of pip switches it off':
      'RUN pip config set global.no-cache-dir true\nRUN pip install --no-cache-dir numpy',
    'a file of pip moves it': 'RUN pip config set global.cache-dir /wheels\nRUN pip install numpy',
    'the command switches it off': 'RUN PIP_NO_CACHE_DIR=1 pip install numpy',
    'it is a volume': 'VOLUME /root/.cache\nRUN pip install numpy',
    'files are put there': 'COPY wheels /root/.cache/pip\nRUN pip install numpy',
    'another folder is mounted above': 'RUN --mount=type=bind,source=.,target=/root pip install numpy',
    'it is mounted by its variable':
      'ENV PIP_CACHE_DIR=/wheels\nRUN --mount=type=cache,target=${PIP_CACHE_DIR} pip install numpy',
    'where another mount lies is not known': 'ARG D\nRUN --mount=type=cache,target=$D pip install numpy',
    'links would lead into it': 'ENV UV_LINK_MODE=symlink\nRUN uv sync',
    'environments of scripts lie in it': 'RUN uv sync --script job.py',
    'a later stage takes it':
      'RUN pip install numpy\nFROM python:3.12-slim\nCOPY --from=0 /root/.cache /root/.cache\nRUN --mount=type=cache,target=/root/.cache/pip pip install numpy',
    'code comes by itself': 'COPY pyproject.toml ./\nCOPY src src\nRUN uv pip install --system .',
  };
  for (const [name, text] of Object.entries(stays)) {
    it(`is left out: ${name}`, async () => {
      assert.deepEqual(await lines(...text.split('\n')), text.split('\n'));
    });
  }

  it('comes to a folder that is built with its manifest', async () => {
    assert.deepEqual(await lines('COPY . .', 'RUN uv pip install --system .'), [
      link,
      'COPY . .',
      `${uv}uv pip install --system .`,
    ]);
  });

  it('says that it knows the default alone of an image that a build argument names', async () => {
    const assumes = async (from: string) =>
      (await optimized(`${from}\nRUN pip install numpy\n${start}\n`, {}, 'cache-mounts')).applied.map(
        (one) => one.assumes,
      );
    const told = ['other images in BASE leave HOME and the caches as they are'];
    assert.deepEqual(await assumes('ARG BASE=python:3.12-slim\nFROM $BASE'), told);
    assert.deepEqual(await assumes('ARG BASE=cuda\nFROM nvidia/${BASE}:12.4.1-devel-ubuntu22.04'), told);
    assert.deepEqual(await assumes('ARG TAG=3.12\nFROM python:$TAG'), [undefined]);
    assert.deepEqual(await assumes('ARG HUB=docker.io\nFROM $HUB/python:3.12'), [undefined]);
  });

  it('leaves the cache off where something below it would keep its downloads', async () => {
    const off = 'ENV PIP_NO_CACHE_DIR=1';
    const install = 'RUN pip install numpy';
    const from = 'FROM python:3.12-slim';
    for (const text of [
      `${from}\n${off}\n${install}\n`,
      `${from}\n${off}\n${install}\nRUN ./more.sh\n${start}\n`,
      `${from}\n${off}\n${install}\nONBUILD RUN pip install .\n${start}\n`,
      `${from} AS base\n${off}\n${install}\nFROM base\nUSER app\nRUN pip install torch\n${start}\n`,
    ])
      assert.equal(await mounted(text), text);
    assert.equal(
      await mounted(`${from} AS base\n${off}\nFROM base\n${install}\n${start}\n`),
      `${from} AS base\nFROM base\n${pip}pip install numpy\n${start}\n`,
    );
  });

  it('keeps the downloads of Poetry where the environment lies elsewhere', async () => {
    const install = 'RUN poetry install --no-cache && rm -rf $POETRY_CACHE_DIR';
    assert.deepEqual(
      await lines('ENV POETRY_VIRTUALENVS_IN_PROJECT=1 POETRY_CACHE_DIR=/tmp/poetry', install),
      [
        'ENV POETRY_VIRTUALENVS_IN_PROJECT=1 POETRY_CACHE_DIR=/tmp/poetry',
        'RUN --mount=type=cache,target=/tmp/poetry,sharing=locked poetry install',
      ],
    );
    const config = 'RUN poetry config virtualenvs.create false && poetry install';
    assert.match(
      (await lines(config))[0] ?? '',
      /target=\/root\/\.cache\/pypoetry,sharing=locked poetry config/,
    );
    // The environment lies beside its downloads.
    const of = (folder: string) => `--mount=type=cache,target=/root/.cache/pypoetry/${folder},sharing=locked`;
    assert.deepEqual(await lines('RUN poetry install'), [
      `RUN ${of('cache')} ${of('artifacts')} poetry install`,
    ]);
    const elsewhere = ['ENV POETRY_CACHE_DIR=/poetry', 'RUN poetry install'];
    assert.deepEqual(await lines(...elsewhere), elsewhere);
  });

  it('lies for another user in a folder that this user makes before', async () => {
    const user = ['RUN useradd -m -u 1500 ride', 'USER ride'];
    const mount = 'RUN --mount=type=cache,target=/home/ride/.cache/pip,uid=1500,gid=1500 ';
    assert.deepEqual(await lines(...user, 'RUN pip install a', 'RUN pip install b'), [
      ...user,
      'RUN mkdir -p /home/ride/.cache/pip',
      `${mount}pip install a`,
      `${mount}pip install b`,
    ]);
    for (const other of [
      'useradd -u 1500 ride',
      'useradd -M -u 1500 ride',
      'useradd -m -d /x -b /y -u 1500 ride',
    ]) {
      const text = [`RUN ${other}`, 'USER ride', 'RUN pip install a'];
      assert.deepEqual(await lines(...text), text);
    }
    const moved = ['ENV HOME=/srv', 'RUN pip install a', 'USER 1500'];
    assert.deepEqual(await lines(...moved), moved);
  });

  it('belongs to the first account of an image without people, which gets a number that is known', async () => {
    const uid = async (from: string, make = 'useradd --create-home ride') =>
      /,uid=(\d+),gid=\1 /.exec(
        await mounted(`${from}\nRUN ${make}\nUSER ride\nRUN pip install numpy\n${start}\n`),
      )?.[1];
    for (const from of ['FROM python:3.12', 'FROM ubuntu:22.04', 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04'])
      assert.equal(await uid(from), '1000', from);
    assert.equal(await uid('FROM python:3.12-alpine', 'adduser -D ride'), '1000');
    assert.equal(await uid('FROM python:3.12 AS base\nRUN useradd -m app\nFROM base'), undefined);
    assert.equal(await uid('FROM python:3.12 AS base\nRUN useradd -u 1500 app\nFROM base'), undefined);
    // They have somebody already.
    for (const from of [
      'FROM ubuntu:24.04',
      'FROM ubuntu',
      'FROM node:22',
      'FROM nvidia/cuda:12.8.0-devel-ubuntu24.04',
    ])
      assert.equal(await uid(from), undefined, from);
  });

  it('goes with installers alone, not with what else pip does', async () => {
    const text = `FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN pip install numpy\nRUN pip uninstall -y pip\n${start}\n`;
    assert.match(await mounted(text), /:3.12\nRUN --mount/);
  });

  it('comes without the setting for copies where uv keeps downloads elsewhere', async () => {
    const text = 'FROM python:3.12-slim\nRUN uv sync\nRUN uv pip install --cache-dir=/c numpy\n';
    assert.doesNotMatch(await mounted(text), /UV_LINK_MODE/);
    const child = 'FROM python:3.12-slim AS base\nRUN uv sync\nFROM base\nRUN uv sync\n';
    assert.equal((await mounted(child)).match(/UV_LINK_MODE/g)?.length, 1);
  });

  it('is not known to old frontends', async () => {
    const text = '# syntax=docker/dockerfile:1.0\nFROM python:3.12\nRUN pip install numpy\n';
    assert.equal(await mounted(text), text);
  });
});
