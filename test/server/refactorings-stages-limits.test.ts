// Where no second stage is made, and what comes along where one is.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environment, type Files, from, install, rest, slim, split, wheels } from './split-stages.ts';

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
    'a compiled program of the project': [two, '', { 'tools/bin/zernike': `\0${'x'.repeat(60_000)}` }],
    'a compiled library of the project': [two, '', { 'app/fast.so.1': `\0${'x'.repeat(60_000)}` }],
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
    'notebooks, which people install for and compile in': [two, 'CMD ["jupyter", "lab", "--ip=0.0.0.0"]\n'],
    'notebooks in a Compose file': [
      two,
      '',
      { 'compose.yaml': 'services:\n  a:\n    build: .\n    command: ["jupyter", "notebook"]\n' },
    ],
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
    'programs for a look at the container': [
      'RUN apt-get update && apt-get install -y gcc git vim procps\n',
      '',
      'RUN apt-get update && apt-get install -y vim procps\n',
    ],
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

  const ofSlim: Readonly<Record<string, readonly [apt: string, pip: string, add: string, files?: Files]>> = {
    'no program that a slim base never had': ['gcc', 'GitPython python-magic', ''],
    'a program that is left out and that a package starts': [
      'gcc git',
      'GitPython ansible',
      add('git openssh-client'),
    ],
    'a library that comes with a compiler': ['build-essential', 'lightgbm', add('libgomp1')],
    'no Tk that a slim base never had': ['gcc', 'flask', '', { 'app.py': 'import tkinter\n' }],
  };
  for (const [name, [apt, pip, added, files]] of Object.entries(ofSlim)) {
    it(name, async () => {
      const above = `RUN apt-get update && apt-get install -y ${apt}\nRUN pip install ${pip}\n`;
      const made = await split(`${slim}${above}${rest}`, files);
      assert.equal(made?.final, `${slim}${added}${wheels}${rest}`);
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
