import { basePython } from '../../facts/base-python.ts';
import { pythonInstalls } from '../../facts/python-installs.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { rootStage } from '../../facts/stages.ts';
import { replacePython } from '../../facts/tag-edits.ts';
import { wheelPythons, wheelSources } from '../../facts/torch.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

/** Another Python, or wheels from elsewhere. */
const others =
  /conda|mamba|pyenv|deadsnakes|uv python|uv venv|virtualenv|--python[ =]|_INDEX|FIND_LINKS|pip\.conf|pip config/;

export default defineRule({
  code: 'torch-python-unsupported',
  name: 'torch-python-unsupported',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'torch',
  summary: 'A pinned torch or tensorflow has no wheel for the Python of the base image',
  why: 'Each release has wheels for four or five Pythons, and neither package has its sources on PyPI, so pip ends with "Could not find a version that satisfies the requirement torch==2.4.1 (from versions: …)", which names no Python. The Pythons are those of the wheels on PyPI, read by a script; releases that the table does not know are left alone, and so are files that bring another Python or index.',
  messages: {
    old: '{name} {version} has wheels for Python {first} to {last} only, and the base image has {python}. Take a base image with one of them, or a newer {name}.',
    young:
      '{name} {version} has wheels for Python {first} to {last} only, and the base image has {python}. Take a base image with one of them, or an older {name}.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.4.1' },
      { code: 'FROM python:3.13-slim\nRUN pip install tensorflow==2.20.0 torch==2.6.0' },
      { code: 'FROM python:3.13-slim\nRUN conda install python=3.11 && pip install torch==2.4.1' },
      { code: 'FROM python:3.13-slim\nRUN pip install --index-url https://wheels.example.org torch==2.4.1' },
      { code: 'FROM team/python:3.13\nRUN pip install torch' },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nRUN pip install ⟦torch==2.4.1⟧',
        fixed: 'FROM python:3.12-slim\nRUN pip install torch==2.4.1',
      },
      {
        code: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nRUN uv pip install --system ⟦tensorflow==2.18.0⟧',
        fixed:
          'FROM ghcr.io/astral-sh/uv:python3.12-bookworm\nRUN uv pip install --system tensorflow==2.18.0',
      },
      {
        code: 'FROM python:3.8\nCOPY requirements.txt .\nRUN pip install -r ⟦requirements.txt⟧',
        context: { 'requirements.txt': 'torch==2.8.0\n' },
        fixed: 'FROM python:3.12\nCOPY requirements.txt .\nRUN pip install -r requirements.txt',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      const python = stage && basePython(stage);
      if (!python || !/torch|tensorflow|requirements/.test(run.node.text)) return;
      for (const { word, name, exact, command } of requiredPackages(facts, run)) {
        const span = exact === undefined ? undefined : wheelPythons(name, exact);
        if (!span || exact === undefined || isElsewhere(command)) continue;
        const [first, last] = span;
        const isOld = python.minor > last.minor;
        if (!isOld && python.minor >= first.minor) continue;
        if (stageSays(stage, others) || pythonInstalls(facts, run).length > 0) return;
        const print = ({ minor }: { minor: number }) => `3.${minor}`;
        const data = { name, version: exact, first: print(first), last: print(last), python: print(python) };
        return report(run.at(word), isOld ? 'old' : 'young', data, () => {
          // The newest one is still new for everything else.
          const better = isOld || last.minor === first.minor ? last : { major: 3, minor: last.minor - 1 };
          return replacePython(rootStage(stage), python, better);
        });
      }
    },
  }),
});

const isElsewhere = (command: ShellCommand) =>
  wheelSources(command).some(
    ({ kind, value }) => kind !== 'backend' && !/^https:\/\/(?:download\.pytorch|pypi)\.org\//.test(value),
  );
