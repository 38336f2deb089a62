import { hasFlag } from '../../facts/command-flags.ts';
import { readDependencyInstall } from '../../facts/dependency-installs.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { isToWorkIn } from '../../facts/shipped-stages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { isPlainBase } from '../../facts/uv.ts';
import { defineRule } from '../../lint/rule.ts';

const tools =
  /^(?:pytest(?:-\w+)*|tox|nox|black|flake8|pylint|mypy|ruff|isort|bandit|pre-commit|coverage|ipdb|pudb|pyright|hypothesis|autopep8|yapf)$/;
const packaging = /^(?:pip|setuptools|wheel|uv|build|packaging|virtualenv)$/;
const developmentFile =
  /(?:^|[/_.-])(?:dev|develop|development|test|tests|testing|lint|ci)(?:[_-]?requirements)?\.txt$/;

export default defineRule({
  code: 'dev-tools-in-final',
  name: 'dev-tools-in-final',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'size',
  summary: 'Tools for tests and linting are installed into the image of a service',
  why: 'pytest, mypy and the like are of no use where the service runs; they add some hundred megabytes with what they depend on, and code that a scan of the image reports. Install them in a stage of their own that runs the tests, or leave the development group out. Silent in images that start a shell, tests or a notebook or that hold nothing but such tools, in stages whose names say so, and for an upgrade of what a base image may hold.',
  messages: {
    tool: '`{name}` is for development, and a program seldom needs it where it runs. Leave it out, or install it in a stage for tests, unless the program imports it.',
    file: '`{name}` seems to list what development needs, such as tests and linters. Leave it out where this image only runs the program, or install it in a stage for tests.',
    only: '`{name}` seems to list what development needs, and the program gets its packages from nothing else. Install a file with the packages of the program alone, such as `requirements.txt`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "app:app"]' },
      {
        code: 'FROM python:3.12-slim AS test\nRUN pip install pytest==8.4.1\nFROM python:3.12-slim\nRUN pip install fastapi==0.116.1\nCMD ["fastapi", "run"]',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install pytest==8.4.1\nCMD ["pytest"]' },
      { code: 'FROM python:3.12-slim\nRUN pip install black\nCMD ["bash"]' },
      { code: 'FROM python:3.12-slim\nRUN pip install black', note: 'what it is for is not said' },
      {
        code: 'FROM python:3.12-alpine\nRUN pip3 install -U setuptools pip bandit\nCOPY entrypoint.sh /\nENTRYPOINT ["sh", "/entrypoint.sh"]',
        note: 'an image of that tool',
      },
      {
        code: 'FROM lmsysorg/sglang:v0.5.6\nRUN pip install "pillow>=12.1.1" "black>=26.3.1"\nENTRYPOINT ["/serve"]',
        note: 'the base may hold an older one',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install fastapi ⟦pytest==8.4.1⟧ black==25.1.0\nCMD ["fastapi", "run"]',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY requirements-dev.txt .\nRUN pip install --no-cache-dir -r ⟦requirements-dev.txt⟧\nCMD ["python", "serve.py"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const final = facts.finalStage;
      if (!final?.byKeyword.has('CMD') && !final?.byKeyword.has('ENTRYPOINT')) return;
      if (isToWorkIn(final)) return;
      if (isOfTools(facts, final)) return;
      for (const stage of lineage(final)) {
        for (const run of stage.byKeyword.get('RUN') ?? []) {
          // A build argument may decide over it.
          if (!/pip|uv/.test(run.node.text) || /\bif\b|\[\[? /.test(run.node.text)) continue;
          const named = pythonPackages(facts, run).find(
            (one) => tools.test(one.name) && (isPlainBase(final) || !upgrades(one)),
          );
          if (named) return report(run.at(named.word), 'tool', { name: named.name });
          for (const command of facts.commands(run)) {
            const files = readDependencyInstall(command)?.files ?? [];
            const name = files.find((file) => developmentFile.test(file));
            const word =
              name === undefined ? undefined : command.args.find(({ value }) => value.endsWith(name));
            if (name === undefined || !word) continue;
            return report(run.at(word), isAlone(facts, final, name) ? 'only' : 'file', { name });
          }
        }
      }
    },
  }),
});

/** Whether an image installs tools alone, so that it is there for them. */
function isOfTools(facts: FileFacts, final: Stage): boolean {
  const runs = lineage(final).flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? []);
  const installsMore = runs.some((run) => {
    const isProject = facts.commands(run).some((command) => readDependencyInstall(command));
    return (
      isProject || pythonPackages(facts, run).some(({ name }) => !tools.test(name) && !packaging.test(name))
    );
  });
  return !installsMore;
}

/** Whether an image gets Python packages from one file and from nothing else. */
function isAlone(facts: FileFacts, final: Stage, file: string): boolean {
  if (final.byKeyword.get('COPY')?.some(({ node }) => node.flags.some(({ name }) => name === 'from')))
    return false;
  const runs = lineage(final).flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? []);
  return runs.every((run) => {
    const installs = facts.commands(run).flatMap((command) => readDependencyInstall(command) ?? []);
    const isOther = installs.some(({ files }) => files.length !== 1 || files[0] !== file);
    return !isOther && pythonPackages(facts, run).every(({ name }) => packaging.test(name));
  });
}

/** Whether a package is named to bring a newer one than may be there. */
const upgrades = ({ specifier, command }: PythonPackage) =>
  /^[>~]/.test(specifier) || hasFlag(command, ['U', 'upgrade']);
