import { ignoringPattern } from '../../facts/faults-elsewhere.ts';
import { commandName, projectCommands } from '../../facts/project-commands.ts';
import { leftOutOf } from '../../facts/project-needs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const messages = {
  dependencies:
    '`{command}` installs the project as well, and its code, `{file}`, is not copied yet, so the build ends with an error. Add `{flag}`, or move the COPY of the code above this line.',
  early:
    '`{command}` builds the project before its code, `{file}`, is copied, so the build ends with an error. Move the COPY of the code above this line.',
  ignored:
    '`{command}` builds the project, but .dockerignore keeps its code, `{file}`, out of the build. Add `!{allowed}` to .dockerignore.',
} as const;

const poetry =
  '[tool.poetry]\nname = "svc"\nversion = "1"\npackages = [{ include = "svc" }]\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n';
const hatch =
  '[project]\nname = "svc"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';

export default defineRule({
  code: 'project-built-before-code',
  name: 'project-built-before-code',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'project',
  summary: 'The project is installed before its code is copied',
  why: '`poetry install`, `uv sync` and `pip install .` install the project itself too, for which the build backend looks for its package. A file that copies the manifests first, so that the layer of dependencies is kept, has to say that it wants these alone: `poetry install --no-root`, `uv sync --no-install-project`. Else hatchling ends with "Unable to determine which files to ship", Poetry with "does not contain any element", uv_build with "Expected a Python module" and flit with "No file/folder found for module" (measured with their releases of November 2026). setuptools and pdm-backend make a wheel without code there, so nothing is said of them.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install --only main --no-root\nCOPY . .',
        context: { 'pyproject.toml': poetry, 'poetry.lock': '', 'svc/__init__.py': '' },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN poetry install --only main',
        context: { 'pyproject.toml': poetry, 'poetry.lock': '', 'svc/__init__.py': '' },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN mkdir -p svc && touch svc/__init__.py && uv sync --locked',
        context: { 'pyproject.toml': hatch, 'uv.lock': 'version = 1\n', 'svc/__init__.py': '' },
        note: 'a stand-in for the code',
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked',
        context: {
          'pyproject.toml': '[project]\nname = "svc"\nversion = "1"\n',
          'uv.lock': 'version = 1\n',
          'svc/__init__.py': '',
        },
        note: 'no package, so nothing is built',
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN poetry install',
        context: {
          'pyproject.toml': `${poetry}[tool.poetry.extras]\n`.replace(
            'version = "1"',
            'package-mode = false',
          ),
          'svc/__init__.py': '',
        },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN pip install .',
        context: {
          'pyproject.toml': `${hatch}[tool.hatch.build.targets.wheel]\nonly-include = ["conf"]\n`,
          'svc/__init__.py': '',
        },
        note: 'the wheel is told to hold something else',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir poetry==2.2.1\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry config virtualenvs.create false && poetry ⟦install⟧ --no-interaction --only main\nCOPY . .',
        fixed:
          'FROM python:3.12-slim\nRUN pip install --no-cache-dir poetry==2.2.1\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry config virtualenvs.create false && poetry install --no-root --no-interaction --only main\nCOPY . .',
        context: { 'pyproject.toml': poetry, 'poetry.lock': '', 'svc/__init__.py': '' },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nRUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv ⟦sync⟧ --locked --no-dev\nCOPY . .',
        fixed:
          'FROM python:3.12-slim\nWORKDIR /app\nRUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --no-install-project --locked --no-dev\nCOPY . .',
        context: { 'pyproject.toml': hatch, 'uv.lock': 'version = 1\n', 'src/svc/__init__.py': '' },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml /app/\nRUN pip ⟦install⟧ /app[serve]\nCOPY src /app/src',
        context: { 'pyproject.toml': hatch, 'src/svc/__init__.py': '' },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . /app\nRUN cd /app && python -m ⟦build⟧',
        context: { 'pyproject.toml': hatch, 'svc/__init__.py': '', '.dockerignore': '*\n!pyproject.toml\n' },
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        if (isReported) return;
        for (const build of projectCommands(facts, run)) {
          const lost = leftOutOf(facts, run, build);
          if (lost?.kind !== 'code') continue;
          isReported = true;
          const { file, path, why } = lost;
          const span = run.at(build.verb);
          const flag = flags[build.tool];
          const data = { command: commandName(build), file };
          if (why === 'ignored') {
            // The other files of its package are needed as well.
            const allowed = path.includes('/') ? path.replace(/\/[^/]*$/, '') : path;
            const title = `Add !${allowed} to the ignore file`;
            const fix = (): Fix => ({ title, safety: 'unsafe', edits: [], ignoreLines: [`!${allowed}`] });
            const elsewhere = () => ignoringPattern(facts.context, path);
            return report(span, 'ignored', { ...data, allowed }, fix, { elsewhere });
          }
          if (flag === undefined) return report(span, 'early', data);
          const edits = () => [addWord(run, build.verb, flag)];
          return report(span, 'dependencies', { ...data, flag }, () => ({
            title: `Add ${flag}`,
            safety: 'unsafe',
            edits: edits(),
          }));
        }
      },
    };
  },
});

/** What asks a tool for the dependencies alone. */
const flags = { 'uv sync': '--no-install-project', poetry: '--no-root', pip: undefined };
