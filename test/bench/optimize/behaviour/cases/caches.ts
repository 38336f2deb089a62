// Caches of pip and uv that a Dockerfile removes, moves, switches off or passes on.
import type { OptimizeCase } from '../case.ts';

const hello = { 'app.py': 'import rich\n\nprint("hello from", rich.__version__)\n' };
const requirements = { 'requirements.txt': 'rich==14.1.0\n' };
const image = (...lines: readonly string[]) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt .\n${lines.join('\n')}\nCOPY app.py .\nCMD ["python", "app.py"]\n`;
const only = ['cache-mounts'];
const offers = only;

export const caches: readonly OptimizeCase[] = [
  {
    name: 'cache-removed-by-the-same-run',
    about: 'removes the cache of pip in the RUN that fills it',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image('RUN pip install -r requirements.txt && rm -rf /root/.cache/pip'),
    },
    only,
    offers,
  },
  {
    name: 'all-caches-removed',
    about: 'removes all of ~/.cache and of /tmp',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image('RUN pip install -r requirements.txt \\\n    && rm -rf ~/.cache /tmp/*'),
    },
    only,
  },
  {
    name: 'pip-cache-purge',
    about: 'purges the cache of pip',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image('RUN pip install -r requirements.txt && pip cache purge'),
    },
    only,
    offers,
  },
  {
    name: 'uv-cache-clean',
    about: 'cleans the cache of uv',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(
        'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv',
        'RUN uv pip install --system -r requirements.txt && uv cache clean',
      ),
    },
    only,
    offers,
  },
  {
    name: 'home-moved',
    about: 'sets HOME, so that pip caches elsewhere',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image('ENV HOME=/data', 'RUN pip install --no-cache-dir -r requirements.txt'),
    },
    only,
  },
  {
    name: 'xdg-cache-home',
    about: 'sets XDG_CACHE_HOME',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image('ENV XDG_CACHE_HOME=/caches', 'RUN pip install --no-cache-dir -r requirements.txt'),
    },
    only,
  },
  {
    name: 'pip-cache-dir',
    about: 'sets PIP_CACHE_DIR and removes it',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(
        'ENV PIP_CACHE_DIR=/pip',
        'RUN pip install -r requirements.txt && rm -rf $PIP_CACHE_DIR',
      ),
    },
    only,
  },
  {
    name: 'cache-of-a-user',
    about: 'installs as a user who is not root',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image(
        'RUN useradd --create-home --uid 1000 rider && chown rider /app',
        'USER rider',
        'RUN pip install --no-cache-dir -r requirements.txt && touch ~/.cache-is-writable && mkdir -p ~/.cache/app',
      ),
    },
    only,
  },
  {
    name: 'no-cache-for-a-script',
    about: 'PIP_NO_CACHE_DIR serves a script as well',
    files: {
      ...hello,
      ...requirements,
      'more.sh': '#!/bin/sh\npip install requests==2.32.5\n',
      Dockerfile: image(
        'ENV PIP_NO_CACHE_DIR=1 HOME=/home-of-all',
        'COPY more.sh .',
        'RUN pip install -r requirements.txt',
        'RUN ./more.sh',
      ),
    },
    only,
  },
  {
    name: 'cache-copied-by-a-stage',
    about: 'a later stage installs from the cache of an earlier one',
    files: {
      ...hello,
      ...requirements,
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm AS downloads\nCOPY requirements.txt .\nRUN uv pip install --system -r requirements.txt\n\nFROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY requirements.txt app.py ./\nCOPY --from=downloads /root/.cache/uv /downloads\nRUN UV_CACHE_DIR=/downloads uv pip install --system --offline -r requirements.txt\nCMD ["python", "app.py"]\n',
    },
    only,
  },
  {
    name: 'conda-clean',
    about: 'conda cleans what it has downloaded',
    files: {
      ...hello,
      Dockerfile:
        'FROM continuumio/miniconda3:25.7.0-2\nWORKDIR /app\nRUN conda install -y -c conda-forge rich=14.1.0 && conda clean -afy\nCOPY app.py .\nCMD ["python", "app.py"]\n',
    },
    only,
    offers,
  },
  {
    name: 'wheels-of-pip',
    about: 'a stage makes wheels, and the next one installs them',
    files: {
      ...hello,
      ...requirements,
      Dockerfile:
        'FROM python:3.13 AS wheels\nCOPY requirements.txt .\nRUN pip wheel --no-cache-dir --wheel-dir /wheels -r requirements.txt && rm -rf ~/.cache\n\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=wheels /wheels /wheels\nRUN pip install --no-cache-dir --no-index /wheels/*.whl && rm -rf /wheels\nCOPY app.py .\nCMD ["python", "app.py"]\n',
    },
    only,
    offers,
  },
  {
    name: 'platform-without-buildkit',
    about: 'a platform builds it that knows no mounts',
    files: {
      ...hello,
      ...requirements,
      'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n',
      Dockerfile: image('RUN pip install -r requirements.txt'),
    },
    only,
    never: only,
  },
  {
    name: 'cache-removed-later',
    about: 'removes the cache in a RUN of its own',
    files: {
      ...hello,
      ...requirements,
      Dockerfile: image('RUN pip install -r requirements.txt', 'RUN rm -rf /root/.cache'),
    },
    only,
    offers,
  },
];
