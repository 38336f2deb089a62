import { bringAlong } from '../../facts/copy-edits.ts';
import { ignoringPattern, manifestKey } from '../../facts/faults-elsewhere.ts';
import { commandName, follow, projectCommands } from '../../facts/project-commands.ts';
import { leftOutOf } from '../../facts/project-needs.ts';
import { defineRule } from '../../lint/rule.ts';

const messages = {
  ignored:
    '{manifest} names `{file}`, which .dockerignore keeps out of the build, so the project cannot be built in the image. Add `!{path}` to .dockerignore.',
  uncopied:
    '{manifest} names `{file}`, which is not copied before `{command}` builds the project, so the build ends with an error. Add it where {manifest} is copied or mounted.',
  outside:
    '{manifest} names `{file}`, which is not there in the image, so `{command}` cannot build the project. Copy the file to `{place}` above.',
  missing:
    '{manifest} names `{file}`, which is not in the build context, so `{command}` cannot build the project. Write the file, or take that line out of {manifest}.',
} as const;

const hatch = '\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const project = (lines: string, system = hatch) => `[project]\nname = "bikes"\n${lines}${system}`;

export default defineRule({
  code: 'readme-left-out',
  name: 'readme-left-out',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'project',
  summary:
    'A readme or licence that the build backend needs does not reach the project’s folder in the image',
  why: 'A build backend reads the file behind `readme` and those of `license-files` when it makes the wheel, also for `pip install -e .`, `uv sync` and `poetry install`, which then end with "Readme file does not exist" or the like. It happens where the Dockerfile copies `pyproject.toml` and the source alone, and where an ignore file lists `*.md`. hatchling, flit, poetry-core, pdm-backend, uv_build, scikit-build-core, meson-python and maturin need the file (measured with their releases of November 2026); setuptools goes on without it, unless a `setup.py` opens it. Silent where a command of the Dockerfile may have made the file.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN pip install --no-cache-dir .',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '# Bikes',
          '.dockerignore': '*.md\n!README.md\n',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl .\nRUN pip install --no-cache-dir *.whl',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '',
          '.dockerignore': '*.md\n',
        },
        note: 'the wheel was built outside',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked --no-install-project',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '',
          '.dockerignore': '*.md\n',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN pip install --no-cache-dir .',
        context: {
          'pyproject.toml': project(
            'readme = "README.md"\n',
            '\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
          ),
          'README.md': '',
          '.dockerignore': '*.md\n',
        },
        note: 'setuptools warns and goes on',
      },
      {
        code: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nCOPY src src\nCOPY <<EOF README.md\n# Bikes\nEOF\nRUN pip install --no-cache-dir .',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '',
          'src/bikes/__init__.py': '',
        },
      },
      {
        code: 'FROM python:3.13-slim AS build\nFROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nCOPY --from=build /docs ./\nRUN pip install --no-cache-dir .',
        context: { 'pyproject.toml': project('readme = "README.md"\n'), 'README.md': '' },
        note: 'another stage may have it',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY pyproject.toml ./\nRUN pip install --no-cache-dir . || true',
        context: { 'pyproject.toml': project('readme = "README.md"\n'), 'README.md': '' },
      },
      {
        code: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml README.md LICENSE ./\nCOPY src/ src/\nRUN pip install --no-cache-dir .',
        context: {
          'pyproject.toml': project('readme = "README.md"\nlicense = { file = "LICENSE" }\n'),
          'README.md': '',
          LICENSE: '',
          'src/bikes/__init__.py': '',
        },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN ⟦pip⟧ install --no-cache-dir .',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '# Bikes',
          '.dockerignore': '*.md\n',
        },
      },
      {
        code: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY . .\nRUN ⟦uv⟧ sync --locked',
        context: {
          'pyproject.toml': project('readme = { file = "docs/about.rst" }\nlicense-files = ["LICENSE"]\n'),
          'docs/about.rst': '',
          '.dockerignore': 'docs\n',
        },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nENV UV_COMPILE_BYTECODE=1\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY src src\nRUN ⟦uv⟧ sync --frozen --no-dev --no-cache',
        fixed:
          'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nENV UV_COMPILE_BYTECODE=1\nWORKDIR /app\nCOPY pyproject.toml README.md uv.lock ./\nCOPY src src\nRUN uv sync --frozen --no-dev --no-cache',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '',
          'uv.lock': 'version = 1\n',
          'src/bikes/__init__.py': '',
        },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nRUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml --mount=type=bind,source=src,target=src ⟦pip⟧ install --no-cache-dir .',
        fixed:
          'FROM python:3.12-slim\nWORKDIR /app\nRUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml --mount=type=bind,source=README.md,target=README.md --mount=type=bind,source=src,target=src pip install --no-cache-dir .',
        context: {
          'pyproject.toml': project('readme = "README.md"\n'),
          'README.md': '',
          'src/bikes/__init__.py': '',
        },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /srv\nCOPY backend/pyproject.toml backend/uv.lock backend/\nCOPY backend/src backend/src\nRUN cd backend && ⟦uv⟧ sync --locked',
        context: {
          'backend/pyproject.toml': project('readme = "../README.md"\n'),
          'backend/uv.lock': 'version = 1\n',
          'backend/src/bikes/__init__.py': '',
          'README.md': '',
        },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY setup.py /app/\nCOPY bikes /app/bikes\nRUN ⟦pip⟧ install --no-cache-dir -e /app',
        fixed:
          'FROM python:3.12-slim\nCOPY setup.py README.rst /app/\nCOPY bikes /app/bikes\nRUN pip install --no-cache-dir -e /app',
        context: {
          'setup.py':
            'from setuptools import setup\nsetup(name="bikes", long_description=open("README.rst").read())\n',
          'README.rst': '',
          'bikes/__init__.py': '',
        },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nCOPY svc ./svc\nRUN ⟦poetry⟧ install --only main',
        context: {
          'pyproject.toml':
            '[tool.poetry]\nname = "svc"\nversion = "1"\nreadme = "README.md"\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
          'poetry.lock': '',
          'svc/__init__.py': '',
        },
        note: 'there is none',
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        if (isReported) return;
        for (const build of projectCommands(facts, run)) {
          const { command } = build;
          const lost = leftOutOf(facts, run, build);
          if (lost?.kind !== 'file' || !command.nameWord) continue;
          isReported = true;
          const { manifest, file, path, why } = lost;
          const place = follow(build.folder, file) ?? file;
          const data = { manifest, file, path, place, command: commandName(build) };
          report(run.at(command.nameWord), why, data, () => bringAlong(facts, run, lost), {
            elsewhere: () =>
              why === 'ignored' ? ignoringPattern(facts.context, path) : manifestKey(facts.context, 'readme'),
          });
          return;
        }
      },
    };
  },
});
