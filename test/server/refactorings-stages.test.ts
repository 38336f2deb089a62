// What the refactoring that makes two stages does with files of many forms. That what it makes builds and runs is tried with
// the engine (test/engine, test/bench/optimize).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: {
    readFile: async () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  },
  parseShell: await loadTestShellParser(),
});

type Files = Readonly<Record<string, string>>;

/** A file in two stages, or undefined where that is not offered. */
async function split(text: string, files: Files = {}) {
  const context = await contextOfTexts(files);
  const choice = { ids: ['multi-stage'], sources: new Map(Object.entries(files)) };
  const { text: after, applied } = service.optimize(text, defaultConfiguration, context, choice);
  const [one] = applied;
  return one && { ...one, text: after, final: after.slice(after.lastIndexOf('\n\nFROM') + 2) };
}

const install = 'RUN pip install flask==3.0.3\n';
const rest = 'COPY app.py .\nCMD ["python", "app.py"]\n';

describe('the image of the final stage', () => {
  const same = {
    'python:3.12': 'python:3.12-slim',
    'python:3.12.4-bookworm': 'python:3.12.4-slim-bookworm',
    'docker.io/library/python:3.11-bullseye': 'docker.io/library/python:3.11-slim-bullseye',
    '--platform=linux/amd64 python:3.12': '--platform=linux/amd64 python:3.12-slim',
    'ghcr.io/astral-sh/uv:0.9.2-python3.13-trixie-slim': 'python:3.13-slim-trixie',
    'python:$PY': 'python:$PY-slim',
    ['python:$' + '{PY}-bookworm']: 'python:$' + '{PY}-slim-bookworm',
    ['python:$' + '{PY:-3.11}']: 'python:$' + '{PY:-3.11}-slim',
    ['--platform=$TARGETPLATFORM python:$' + '{PY}']: '--platform=$TARGETPLATFORM python:$' + '{PY}-slim',
  };
  for (const [image, slim] of Object.entries(same)) {
    it(`is of the same Python: ${image}`, async () => {
      const args = image.includes('$PY') || image.includes('{PY') ? 'ARG PY=3.12\n' : '';
      const made = await split(`${args}FROM ${image}\n${install}${rest}`);
      assert.ok(made?.final.startsWith(`FROM ${slim}\n`), made?.text);
      assert.equal(made?.assumes?.includes('PY is given as a bare version') ?? false, args !== '');
    });
  }

  for (const image of [
    'python:3',
    'python:2.7',
    'python:3.12-alpine',
    'python:3.14-rc',
    'python:3.12@sha256:0',
    'team/python:3.12',
    'python:$WHOLE',
    '$IMAGE',
  ]) {
    it(`is not known: ${image}`, async () => {
      const args = 'ARG WHOLE=3.12-bookworm\nARG IMAGE=python:3.12\n';
      assert.equal(await split(`${args}FROM ${image}\n${install}${rest}`), undefined);
    });
  }

  it('is not known where a file of the project gives the variable more than a version', async () => {
    const text = `ARG PY=3.12\nFROM python:$PY\n${install}${rest}`;
    for (const [value, isOffered] of [
      ['3.11', true],
      ['3.11-bookworm', false],
    ] as const) {
      const compose = `services:\n  app:\n    build:\n      args:\n        PY: "${value}"\n`;
      assert.equal((await split(text, { 'compose.yaml': compose })) !== undefined, isOffered, value);
    }
  });
});

const from = 'FROM python:3.12\n';
const slim = 'FROM python:3.12-slim\n';
const wheels =
  'RUN --mount=type=bind,from=build,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --no-deps /wheels/*.whl\n';
const environment =
  'COPY --from=build /opt/venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH\n';

describe('the final stage begins with what it needs of the part above the cut', () => {
  /** What stands above the install, and what of it is carried over. */
  const carried: Readonly<Record<string, readonly [above: string, final: string, files?: Files]>> = {
    'folders and files': [
      'RUN mkdir -p /models && printf "a=1\\n" > /etc/app.conf\n',
      'RUN mkdir -p /models && printf "a=1\\n" > /etc/app.conf\n',
    ],
    'accounts, beside an install of Python packages': [
      'RUN useradd app && pip install numpy\n',
      'RUN useradd app\n',
    ],
    'packages with those that they recommend': [
      'RUN apt-get update && apt-get install -y libreoffice-writer gcc && rm -rf /var/lib/apt/lists/*\n',
      'RUN apt-get update && apt-get install -y libreoffice-writer && rm -rf /var/lib/apt/lists/*\n',
    ],
    'packages of a list of lines, the last one dropped': [
      'RUN apt-get update && \\\n    apt-get install -y \\\n      libgl1=1.* \\\n      g++\n',
      'RUN apt-get update && \\\n    apt-get install -y \\\n      libgl1=1.*\n',
    ],
    'package lists of an instruction of their own': [
      'RUN apt-get update\nRUN apt-get install -y ffmpeg cmake\n',
      'RUN apt-get update\nRUN apt-get install -y ffmpeg\n',
    ],
    'nothing of compilers alone': ['RUN apt-get update\nRUN apt-get install -y build-essential\n', ''],
    'the source of packages': [
      'RUN echo "deb http://mirror/debian trixie-backports main" > /etc/apt/sources.list.d/b.list\nRUN apt-get update && apt-get install -y -t trixie-backports ffmpeg\n',
      'RUN echo "deb http://mirror/debian trixie-backports main" > /etc/apt/sources.list.d/b.list\nRUN apt-get update && apt-get install -y -t trixie-backports ffmpeg\n',
    ],
    'the library to headers': [
      'RUN apt-get update && apt-get install -y gcc libpq-dev && pip install psycopg2 && rm -rf /var/lib/apt/lists/*\n',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*\n',
    ],
    'headers whose library has another name in each release': [
      'RUN apt-get update && apt-get install -y gcc libicu-dev\n',
      'RUN apt-get update && apt-get install -y libicu-dev\n',
    ],
    'the settings of pip as a file': [
      'COPY pip.conf /etc/pip.conf\nRUN pip config set global.timeout 60\n',
      'COPY pip.conf /etc/pip.conf\nRUN pip config set global.timeout 60\n',
      { 'pip.conf': '[global]\n' },
    ],
    'no settings of installers where nothing is installed any more': [
      'ENV PIP_NO_CACHE_DIR=1\nARG PIP_INDEX_URL\nARG PORT=80\nENV MODE=prod\n',
      'ENV MODE=prod\n',
    ],
    'a build argument that is named below': [
      'ARG NAME=x\nLABEL name=$NAME\n',
      'ARG NAME=x\nLABEL name=$NAME\n',
    ],
    'a list of requirements that the program reads': [
      'COPY requirements.txt .\n',
      'COPY requirements.txt .\n',
      { 'requirements.txt': 'flask\n', 'app.py': 'print(open("requirements.txt").read())\n' },
    ],
    'no list of requirements that nobody reads': [
      'COPY requirements.txt .\n',
      '',
      { 'requirements.txt': 'flask\n', 'app.py': '' },
    ],
    'no pip of another version': ['RUN pip install --upgrade pip==23.0 setuptools==65\n', ''],
  };
  for (const [name, [above, final, files]] of Object.entries(carried)) {
    it(name, async () => {
      const made = await split(`${from}${above}${install}${rest}`, files);
      const isOne = !above.includes('pip install');
      assert.equal(made?.final, `${slim}${final}${isOne ? wheels : environment}${rest}`);
    });
  }

  it('makes the environment before pip is given another version', async () => {
    const made = await split(`${from}RUN pip install setuptools==65\n${install}${rest}`);
    assert.match(made?.text ?? '', /RUN python -m venv \/opt\/venv\nRUN pip install setuptools==65\n/);
  });
});

describe('one install by pip becomes one of wheels, whose packages are where they were before', () => {
  const made: Readonly<Record<string, string>> = {
    'RUN pip install flask': 'RUN pip wheel --wheel-dir=/wheels flask',
    'RUN python -m pip install -U --no-cache-dir flask':
      'RUN python -m pip wheel --wheel-dir=/wheels --no-cache-dir flask',
    'RUN pip install --upgrade pip && pip3 install git+https://x/flask.git':
      'RUN pip install --upgrade pip && pip3 wheel --wheel-dir=/wheels git+https://x/flask.git',
  };
  for (const [before, after] of Object.entries(made)) {
    it(before, async () => {
      const { text } = (await split(`${from}${before}\n${rest}`)) ?? {};
      assert.equal(text, `FROM python:3.12 AS build\n${after}\n\n${slim}${wheels}${rest}`);
    });
  }

  it('by the same cache mount', async () => {
    const mount = '--mount=type=cache,target=/root/.cache/pip,sharing=locked';
    const { final } = (await split(`${from}RUN ${mount} pip install flask\n${rest}`)) ?? {};
    const bind = '--mount=type=bind,from=build,source=/wheels,target=/wheels';
    assert.equal(
      final,
      `${slim}RUN ${mount} ${bind} pip install --no-index --no-deps /wheels/*.whl\n${rest}`,
    );
  });

  it('so that paths, login shells and cron find them', async () => {
    for (const below of [
      'CMD ["/usr/local/bin/gunicorn", "app:app"]\n',
      'COPY patch.py /usr/local/lib/python3.12/site-packages/flask/\n',
      'CMD ["bash", "-lc", "gunicorn app:app"]\n',
      'RUN apt-get update && apt-get install -y cron\n',
    ])
      assert.ok((await split(`${from}${install}${rest}${below}`))?.text.includes('/wheels'), below);
  });

  it('and an environment stays where that cannot be', async () => {
    for (const flag of ['--force-reinstall', '-Ur requirements.txt', '--report=x.json'])
      assert.ok(
        (
          await split(`${from}RUN pip install ${flag} flask\n${rest}`, { 'requirements.txt': '' })
        )?.text.includes('/opt/venv'),
        flag,
      );
  });
});

describe('the stages have names', () => {
  it('of which one that the stage had stays with the image', async () => {
    for (const [had, build] of [
      ['app', 'build'],
      ['build', 'environment'],
    ]) {
      const made = await split(`${from.trimEnd()} AS ${had}\n${install}${rest}`);
      assert.ok(made?.text.startsWith(`FROM python:3.12 AS ${build}\n`), made?.text);
      assert.ok(
        made?.final.startsWith(`FROM python:3.12-slim AS ${had}\nRUN --mount=type=bind,from=${build},`),
        made?.final,
      );
    }
  });

  it('and their instructions are written as the others', async () => {
    const made = await split('from python:3.12\nrun pip install flask\ncmd ["python", "app.py"]\n');
    assert.doesNotMatch(made?.text ?? 'FROM', /^[A-Z]|\bAS\b/m);
  });
});

describe('no second stage is offered', () => {
  const two = 'RUN pip install numpy\n';
  const stays: Readonly<Record<string, readonly [above: string, below?: string, files?: Files]>> = {
    'a package in the home folder': ['RUN pip install --user numpy\n'],
    'packages in a folder of their own': ['RUN pip install --target=/packages numpy\n'],
    'an environment variable that says so': ['ENV PIP_TARGET=/packages\n'],
    'a program by its old path': [two, 'CMD ["/usr/local/bin/gunicorn", "app:app"]\n'],
    'the Python of the image by its path': [two, 'CMD ["/usr/local/bin/python", "app.py"]\n'],
    'a file among the packages': [two, 'COPY patch.py /usr/local/lib/python3.12/site-packages/\n'],
    'the old path in a Compose file': [
      two,
      '',
      { 'compose.yaml': 'services:\n  a:\n    build: .\n    command: /usr/local/bin/celery worker\n' },
    ],
    'a PATH without the environment': [two, 'ENV PATH=/usr/local/bin:/usr/bin:/bin\n'],
    'a PATH with the old Python first': [two, 'ENV PATH=/usr/local/bin:$PATH\n'],
    'a login shell': [two, 'SHELL ["/bin/bash", "--login", "-c"]\n'],
    'a login shell at the start': [two, 'CMD ["bash", "-lc", "gunicorn app:app"]\n'],
    'a script that changes the user': [
      two,
      'ENTRYPOINT ["./start.sh"]\n',
      { 'start.sh': '#!/bin/sh\nsu - app -c "python app.py"\n' },
    ],
    'packages that are installed at the start': [
      '',
      'ENTRYPOINT ["./start.sh"]\n',
      { 'start.sh': 'pip install -r extra.txt\nexec python app.py\n' },
    ],
    'the project installed by a user, who may not write into the environment': [
      '',
      'USER app\nRUN pip install --no-deps .\n',
      { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n' },
    ],
    'a library that the code looks for': [
      '',
      '',
      { 'app.py': 'import ctypes.util\nctypes.util.find_library("yaml")\n' },
    ],
    'an extension that is compiled below': ['', 'RUN python setup.py build_ext --inplace\n'],
    'a folder of the project with what it asks for': ['', 'RUN pip install ./lib\n'],
    'the project with what an extra asks for': [
      '',
      'RUN pip install .[gpu]\n',
      { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n' },
    ],
    'another project, cloned and installed': [
      '',
      'RUN git clone https://x/y && cd y && pip install .\n',
      { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n' },
    ],
    cron: ['RUN apt-get update && apt-get install -y cron gcc\nRUN pip install numpy\n'],
    'a script that nobody knows': ['', 'ENTRYPOINT ["/start.sh"]\n'],
    'a shell': ['', 'CMD ["bash"]\n'],
    'another tool that installs': ['', 'RUN pip install poetry && poetry install\n'],
    'packages below the cut without package lists': [
      'RUN apt-get update\n',
      'RUN apt-get install -y ffmpeg\n',
    ],
    'code among what is installed': ['COPY src ./src\n', '', { 'src/a.py': '' }],
    'a compiler that goes away again': [
      'RUN apt-get update && apt-get install -y gcc && pip install numpy && apt-get purge -y gcc\n',
    ],
    'a compiler on one platform alone': [
      'RUN if [ "$(uname -m)" = arm64 ]; then apt-get update && apt-get install -y gcc; fi\n',
    ],
    'a list of packages out of sight': ['RUN apt-get update && apt-get install -y $(cat apt.txt)\n'],
    'files that an installer writes': ['RUN pip install numpy && pip freeze > /app/versions.txt\n'],
    'what compiles while it runs': ['RUN pip install vllm\n'],
    'code that compiles while it runs': ['', '', { 'app.py': 'model = torch.compile(model)\n' }],
    'a library of the full image that is not known': ['RUN pip install uwsgi\n'],
    'a compiler that a program calls': [
      '',
      '',
      { 'app.py': 'import subprocess\nsubprocess.run(["gcc", "x.c"])\n' },
    ],
  };
  for (const [name, [above, below = '', files]] of Object.entries(stays)) {
    it(name, async () => {
      const made = await split(`${from}${above}${install}${rest}${below}`, files);
      assert.equal(made, undefined);
    });
  }

  it('where the settings of uv go past an environment', async () => {
    const text = `FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nRUN uv pip install --system flask\n${rest}`;
    const manifest = '[project]\nname = "a"\nversion = "1"\n';
    assert.ok(await split(text, { 'pyproject.toml': manifest }));
    assert.equal(
      await split(text, { 'pyproject.toml': `${manifest}[tool.uv.pip]\nsystem = true\n` }),
      undefined,
    );
  });

  it('for a slim image where little is won', async () => {
    const text = (name: string) =>
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y ${name}\n${install}${rest}`;
    assert.equal(await split(text('curl')), undefined);
    assert.ok(await split(text('gcc')));
  });

  it('for requirements that are not known, or belong to the project', async () => {
    const text = `${from}COPY requirements.txt .\nRUN pip install -r requirements.txt\n${rest}`;
    assert.equal(await split(text), undefined);
    assert.equal(await split(text, { 'requirements.txt': '-r more.txt\n' }), undefined);
    assert.equal(await split(text, { 'requirements.txt': 'flask\n-e ./lib\n' }), undefined);
    assert.ok(await split(text, { 'requirements.txt': 'flask\n' }));
  });
});

describe('programs and libraries of the full image come along where they are called for', () => {
  const add = (...names: string[]) =>
    `RUN apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')} && rm -rf /var/lib/apt/lists/*\n`;
  const brought: Readonly<
    Record<string, readonly [above: string, below: string, add: string, files?: Files]>
  > = {
    'a program of the health check': ['', 'HEALTHCHECK CMD curl -f localhost\n', add('curl')],
    'a program of a Compose file': [
      '',
      '',
      add('wget'),
      {
        'compose.yaml':
          'services:\n  a:\n    build: .\n    healthcheck:\n      test: ["CMD", "wget", "-q", "localhost"]\n',
      },
    ],
    'a program that Python code starts': [
      '',
      '',
      add('git'),
      { 'app.py': 'import subprocess\nsubprocess.check_output(["git", "rev-parse", "HEAD"])\n' },
    ],
    'a program of a script that is started': [
      '',
      'ENTRYPOINT ["./start.sh"]\n',
      add('procps'),
      {
        'start.sh': '#!/bin/sh\n. ./lib.sh\n',
        'lib.sh': 'if ! pgrep worker; then make_it; fi\n',
        'ci.sh': 'make all && git push\n',
      },
    ],
    'no program of words and tests': [
      '',
      '',
      '',
      {
        'app.py': 'import subprocess\nkeys = {"file": 1, "git": 2}\nprint("make", keys["file"])\n',
        'tests/test_a.py': 'import subprocess\nsubprocess.run(["git", "init"])\n',
      },
    ],
    'a library that a package loads': ['RUN pip install lightgbm\n', '', add('libgomp1')],
    'a program that a package starts': ['RUN pip install GitPython\n', '', add('git')],
    'several of them': [
      'RUN pip install weasyprint "psycopg>=3"\n',
      '',
      add('libpango-1.0-0', 'libpangoft2-1.0-0', 'libharfbuzz-subset0', 'libpq5'),
    ],
    'none where the package brings it': ['RUN pip install "psycopg[binary]"\n', '', ''],
    'what OpenCV below another package loads': [
      'RUN apt-get update && apt-get install -y libgl1\nRUN pip install ultralytics\n',
      '',
      'RUN apt-get update && apt-get install -y libgl1 libglib2.0-0 libsm6 libxext6 libxrender1\n',
    ],
    'what packages below another one load': ['RUN pip install pycaret\n', '', add('libgomp1')],
    'fonts for code that draws with them': [
      '',
      '',
      add('fonts-dejavu-core'),
      { 'app.py': 'from PIL import ImageFont\nImageFont.truetype("DejaVuSans.ttf")\n' },
    ],
    'Tk for code that draws with it': ['', '', add('libtk8.6'), { 'app.py': 'import tkinter\n' }],
    'a program that the file installs and calls': [
      'RUN apt-get update && apt-get install -y gcc curl git\n',
      'HEALTHCHECK CMD curl -f localhost\n',
      'RUN apt-get update && apt-get install -y curl\n',
    ],
  };
  for (const [name, [above, below, added, files]] of Object.entries(brought)) {
    it(name, async () => {
      const made = await split(`${from}${above}${install}${rest}${below}`, files);
      assert.equal(
        made?.final,
        `${slim}${added}${above.includes('pip') ? environment : wheels}${rest}${below}`,
      );
    });
  }

  it('goes on with the project itself where all that it asks for is there', async () => {
    const project = (name: string) => ({
      'pyproject.toml': `[project]\nname = "a"\nversion = "1"\ndependencies = ["${name}"]\n`,
    });
    const text = `${from}${install}COPY . .\nRUN pip install -e .\nCMD ["python", "-m", "a"]\n`;
    assert.ok(await split(text, project('flask')));
    assert.equal(await split(text, project('psycopg2')), undefined);
  });

  it('reads lists that name others, and lock files', async () => {
    const text = `${from}COPY requirements.txt base.txt ./\nRUN pip install -r requirements.txt\n${rest}`;
    const files = { 'requirements.txt': 'flask\n-r base.txt\n', 'base.txt': 'python-magic\n' };
    assert.match((await split(text, files))?.final ?? '', / libmagic1 /);
    const synced = `${from}COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY app.py .\nCMD ["uv", "run", "--no-sync", "app.py"]\n`;
    const locked = (name: string, wheel: string) => ({
      'pyproject.toml': '[project]\nname = "bikes"\nversion = "1"\n',
      'uv.lock': `version = 1\n\n[[package]]\nname = "bikes"\nversion = "1"\nsource = { virtual = "." }\n\n[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://x/${name}-1.tar.gz" }\n${wheel}`,
    });
    const wheels = 'wheels = [{ url = "https://x/a-1-py3-none-any.whl" }]\n';
    assert.match((await split(synced, locked('lightgbm', wheels)))?.final ?? '', / libgomp1 /);
    assert.ok(await split(synced, locked('numpy', wheels)));
    assert.equal(await split(synced, locked('numpy', '')), undefined, 'compiled against what is not known');
  });
});

describe('a project of uv', () => {
  const manifest = (more = '') =>
    `[project]\nname = "bikes"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["uvicorn"]\n${more}`;
  const backend = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
  const lock = `version = 1\n\n[[package]]\nname = "bikes"\nversion = "1"\nsource = { editable = "." }\n\n[[package]]\nname = "uvicorn"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [{ url = "https://x/uvicorn-1-py3-none-any.whl" }]\n`;
  const application = { 'pyproject.toml': manifest(), 'uv.lock': lock };
  const aPackage = {
    'pyproject.toml': manifest(`[project.scripts]\nbikes = "bikes:main"\n${backend}`),
    'uv.lock': lock,
  };
  const head =
    'FROM python:3.13\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev --no-install-project\n';
  const mount = '--mount=type=bind,from=build,source=/usr/local/bin/uv,target=/usr/local/bin/uv';

  const starts = {
    'CMD ["uv", "run", "main.py"]': 'CMD ["python", "main.py"]',
    'CMD ["uv", "run", "python", "main.py"]': 'CMD ["python", "main.py"]',
    'CMD ["uv", "run", "--no-sync", "--frozen", "uvicorn", "a:b"]': 'CMD ["uvicorn", "a:b"]',
    'CMD ["uv", "run", "-m", "jobs.train"]': 'CMD ["python", "-m", "jobs.train"]',
    'CMD uv run uvicorn a:b --port $PORT': 'CMD uvicorn a:b --port $PORT',
    'CMD exec uv run main.py': 'CMD exec python main.py',
    'ENTRYPOINT ["/usr/local/bin/uv", "run", "main.py"]': 'ENTRYPOINT ["python", "main.py"]',
  };
  for (const [before, after] of Object.entries(starts)) {
    it(`starts without uv: ${before}`, async () => {
      const made = await split(`${head}COPY . .\n${before}\n`, application);
      assert.ok(made?.final.endsWith(`COPY . .\n${after}\n`), made?.text);
    });
  }

  for (const start of [
    'CMD ["uv", "run", "--with", "rich", "main.py"]',
    'CMD ["uv", "run", "--group", "serve", "uvicorn"]',
    'CMD ["uv", "run", "ruff"]',
    'CMD ["uv", "run"]',
    'CMD ["uvx", "ruff"]',
    'CMD uv sync && uv run main.py',
    'ENTRYPOINT ["uv", "run"]\nCMD ["main.py"]',
  ]) {
    it(`is left to uv: ${start}`, async () => {
      assert.equal(await split(`${head}COPY . .\n${start}\n`, application), undefined);
    });
  }

  it('stays one stage where `uv run` installs the project, and not where a second `uv sync` does', async () => {
    const start = 'CMD ["uv", "run", "bikes"]\n';
    assert.equal(await split(`${head}COPY . .\n${start}`, aPackage), undefined);
    const made = await split(`${head}COPY . .\nRUN uv sync --frozen --no-dev\n${start}`, aPackage);
    assert.ok(
      made?.final.endsWith(`COPY . .\nRUN ${mount} uv sync --frozen --no-dev\nCMD ["bikes"]\n`),
      made?.text,
    );
  });

  it('brings its manifests for the second `uv sync` where no COPY does', async () => {
    const text = `${head}COPY src ./src\nRUN uv sync --frozen --no-dev\nCMD ["bikes"]\n`;
    const made = await split(text, aPackage);
    assert.match(
      made?.final ?? '',
      /^FROM python:3.13-slim\nWORKDIR \/app\nCOPY pyproject.toml uv.lock .\/\nCOPY --from=build \/app\/.venv/,
    );
  });

  it('stays one stage where the second `uv sync` would bring more, or needs a program', async () => {
    const text = (sync: string) => `${head}COPY . .\nRUN ${sync}\nCMD ["bikes"]\n`;
    assert.equal(await split(text('uv sync --frozen'), aPackage), undefined);
    assert.equal(await split(text('uv sync --frozen --no-dev --all-extras'), aPackage), undefined);
    const withGit = {
      ...aPackage,
      'pyproject.toml': manifest(backend.replace('"hatchling"]', '"hatchling", "hatch-vcs"]')),
    };
    assert.equal(await split(text('uv sync --frozen --no-dev'), withGit), undefined);
  });

  it('stays one stage where uv downloads a Python of its own', async () => {
    const text = `${head}COPY . .\nCMD ["uv", "run", "main.py"]\n`;
    for (const [version, isOffered] of [
      ['3.13', true],
      ['3.12', false],
      ['3.13.2', false],
    ] as const)
      assert.equal(
        (await split(text, { ...application, '.python-version': version })) !== undefined,
        isOffered,
        version,
      );
  });

  it('has its environment where `uv sync` ran, whatever the folder below', async () => {
    const made = await split(`${head}WORKDIR /app/src\nCOPY . .\nCMD ["python", "main.py"]\n`, application);
    assert.match(made?.final ?? '', /COPY --from=build \/app\/.venv \/app\/.venv\n/);
  });
});
