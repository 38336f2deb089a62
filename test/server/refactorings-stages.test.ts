// What the refactoring that makes two stages does with files of many forms. That what it makes builds and runs is tried with
// the engine (test/engine, test/bench/optimize).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environment, type Files, from, install, rest, slim, split, wheels } from './split-stages.ts';

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
    'packages of a line of its own': [
      'RUN apt-get update && apt-get install -y \\\n    g++ make \\\n    libgl1=1.* \\\n    && rm -rf /var/lib/apt/lists/*\n',
      'RUN apt-get update && apt-get install -y \\\n    libgl1=1.* \\\n    && rm -rf /var/lib/apt/lists/*\n',
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

  it('without the cache mount, as pip keeps nothing of wheels that are there', async () => {
    const mount = '--mount=type=cache,target=/root/.cache/pip';
    const { final } = (await split(`${from}RUN ${mount} pip install flask\n${rest}`)) ?? {};
    const bind = '--mount=type=bind,from=build,source=/wheels,target=/wheels';
    assert.equal(
      final,
      `${slim}RUN ${bind} pip install --no-cache-dir --no-index --no-deps /wheels/*.whl\n${rest}`,
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
  const mount = '--mount=type=bind,from=build,source=/uv,target=/usr/local/bin/uv';
  /** On another kind of machine the package is compiled. */
  const compiled = {
    ...application,
    'uv.lock': lock.replace(
      /wheels = .*/,
      'sdist = { url = "https://x/uvicorn-1.tar.gz" }\nwheels = [{ url = "https://x/uvicorn-1-cp313-cp313-manylinux_2_28_x86_64.whl" }]',
    ),
  };

  it('is installed in the final stage where all that is locked comes as wheels', async () => {
    const text = `${head}COPY . .\nCMD ["uv", "run", "main.py"]\n`;
    const made = await split(`# syntax=docker/dockerfile:1\n${text}`, application);
    const sync = `COPY pyproject.toml uv.lock ./\nRUN ${mount} uv sync --frozen --no-dev --no-install-project\n`;
    const final = `FROM python:3.13-slim\nWORKDIR /app\n${sync}ENV VIRTUAL_ENV=/app/.venv PATH=/app/.venv/bin:$PATH\nCOPY . .\nCMD ["python", "main.py"]\n`;
    assert.equal(
      made?.text,
      `# syntax=docker/dockerfile:1\nFROM ghcr.io/astral-sh/uv:0.9 AS build\n\n${final}`,
    );
    assert.equal(made?.cost, undefined);
  });

  const copied: Readonly<Record<string, readonly [text: string, files: Files]>> = {
    'a package has no wheel for some machine': [head, compiled],
    'the settings keep uv from wheels': [
      head,
      { ...application, 'pyproject.toml': manifest('[tool.uv]\nno-binary-package = ["uvicorn"]\n') },
    ],
    'a variable does': [head.replace('WORKDIR', 'ENV UV_NO_BINARY=1\nWORKDIR'), application],
    'uv is called by its path': [head.replace('RUN uv', 'RUN /usr/local/bin/uv'), application],
    'uv comes from an image of somebody else': [head.replace('ghcr.io/astral-sh', 'team'), application],
    'the same RUN installs packages of the system': [
      head.replace('RUN uv', 'RUN apt-get update && apt-get install -y gcc && uv'),
      application,
    ],
    'a package comes from a repository': [
      head,
      {
        ...application,
        'uv.lock': lock.replace('registry = "https://pypi.org/simple"', 'git = "https://x/uvicorn"'),
      },
    ],
  };
  for (const [reason, [above, files]] of Object.entries(copied))
    it(`is copied where ${reason}`, async () => {
      const made = await split(`${above}COPY . .\nCMD ["uv", "run", "main.py"]\n`, files);
      assert.match(made?.final ?? '', /COPY --from=build \/app\/.venv \/app\/.venv\n/);
      assert.match(made?.cost ?? '', /twice/);
    });

  it('leaves compilers out of the final stage, and all else where it was', async () => {
    const text = `FROM ghcr.io/astral-sh/uv:python3.13-bookworm AS api\n# For git.\nRUN apt-get update && apt-get install -y gcc curl\n# gcc\nRUN apt-get update && apt-get install -y g++\nWORKDIR /app\n# The lock.\n${head.slice(head.indexOf('COPY pyproject'))}COPY . .\nHEALTHCHECK CMD curl -f localhost\nCMD ["/app/.venv/bin/uvicorn", "a:b"]\n`;
    const made = await split(text, application);
    assert.equal(
      made?.text,
      `FROM ghcr.io/astral-sh/uv:python3.13-bookworm AS build\n\nFROM python:3.13-slim-bookworm AS api\n# For git.\nRUN apt-get update && apt-get install -y curl\nWORKDIR /app\n# The lock.\nCOPY pyproject.toml uv.lock ./\nRUN ${mount.replace('/uv,', '/usr/local/bin/uv,')} uv sync --frozen --no-dev --no-install-project\nCOPY . .\nHEALTHCHECK CMD curl -f localhost\nCMD ["/app/.venv/bin/uvicorn", "a:b"]\n`,
    );
  });

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
      made?.final.endsWith(
        `ENV VIRTUAL_ENV=/app/.venv PATH=/app/.venv/bin:$PATH\nCOPY . .\nRUN ${mount} uv sync --frozen --no-dev\nCMD ["bikes"]\n`,
      ),
      made?.text,
    );
  });

  it('is cut behind the first of two `uv sync`, also where it is no package', async () => {
    const text = `${head}COPY . .\nRUN uv sync --frozen --no-dev\nCMD ["uv", "run", "python", "main.py"]\n`;
    const made = await split(text, application);
    assert.match(
      made?.final ?? '',
      /COPY \. \.\nRUN .* uv sync --frozen --no-dev\nCMD \["python", "main.py"\]\n$/,
    );
  });

  it('brings its manifests for the second `uv sync` where no COPY does', async () => {
    const text = `${head}COPY src ./src\nRUN uv sync --frozen --no-dev\nCMD ["bikes"]\n`;
    const made = await split(text, aPackage);
    assert.match(
      made?.final ?? '',
      /^FROM python:3.13-slim\nWORKDIR \/app\nCOPY pyproject.toml uv.lock .\/\nRUN --mount=/,
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
    const made = await split(`${head}WORKDIR /app/src\nCOPY . .\nCMD ["python", "main.py"]\n`, compiled);
    assert.match(made?.final ?? '', /COPY --from=build \/app\/.venv \/app\/.venv\n/);
  });
});
