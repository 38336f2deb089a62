import { manifestKey } from '../../facts/faults-elsewhere.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { changedDependency } from '../../facts/stale-lock.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const messages = {
  stale:
    'uv.lock was made for other dependencies than those of pyproject.toml: `{name}` differs. Run `uv lock` and commit both files.',
} as const;

const project = (...dependencies: readonly string[]) =>
  `[project]\nname = "bikes"\nversion = "1.0"\ndependencies = [${dependencies.map((one) => `"${one}"`).join(', ')}]\n`;
const lock = (requires: string) =>
  `version = 1\n\n[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { editable = "." }\n\n[package.metadata]\nrequires-dist = [${requires}]\n`;

export default defineRule({
  code: 'lock-out-of-date',
  name: 'lock-out-of-date',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'project',
  summary: 'uv.lock does not belong to the dependencies in pyproject.toml',
  why: '`uv sync --locked` refuses such a lock file, `--frozen` installs what was asked for earlier, and without either flag the build looks up new versions, which differ from those that were tested (uv documentation, "Locking and syncing"). The names and versions of `project.dependencies` are compared with what the lock file says of the project.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked',
        context: {
          'pyproject.toml': project(
            'numpy >= 2.0, <3',
            'Scikit_Learn[alldeps]',
            "pywin32; sys_platform == 'win32'",
          ),
          'uv.lock': lock(
            '{ name = "numpy", specifier = ">=2,<3" }, { name = "pywin32", marker = "sys_platform == \'win32\'" }, { name = "scikit-learn", extras = ["alldeps"] }, { name = "ruff", marker = "extra == \'dev\'" }',
          ),
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN pip install .',
        context: { 'pyproject.toml': project('numpy'), 'uv.lock': lock('') },
        note: 'the lock file is not used',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\ndynamic = ["dependencies"]\n',
          'uv.lock': lock('{ name = "numpy" }'),
        },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN ⟦uv⟧ sync --locked',
        context: { 'pyproject.toml': project('numpy', 'pandas'), 'uv.lock': lock('{ name = "numpy" }') },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN cd /app && ⟦uv⟧ sync --frozen --no-dev',
        context: {
          'pyproject.toml': project('numpy>=2'),
          'uv.lock': lock('{ name = "numpy", specifier = ">=1" }'),
        },
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        const name = isReported ? undefined : changedDependency(facts.context);
        if (name === undefined) return;
        const install = projectInstalls(facts, run).find(({ from }) => from === 'lock');
        if (!install?.command.nameWord) return;
        isReported = true;
        report(run.at(install.command.nameWord), 'stale', { name }, updateLock, {
          elsewhere: () => manifestKey(facts.context, 'dependencies'),
        });
      },
    };
  },
});

const updateLock = (): Fix => ({ title: 'Update uv.lock', safety: 'unsafe', edits: [], task: 'lock' });
