import { basePython, type PythonVersion } from '../../facts/base-python.ts';
import { manifestKey } from '../../facts/faults-elsewhere.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { rootStage, type Stage } from '../../facts/stages.ts';
import { replacePython } from '../../facts/tag-edits.ts';
import { admitsPython } from '../../facts/version-specifiers.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const messages = {
  unsupported:
    'The project asks for Python {wanted} and the base image has {python}. Take a base image with a Python that fits, or widen `requires-python`.',
} as const;

/** Releases that official images are built of (docker-library/python, versions.json, 2026-06), the best known first. */
const offered: readonly PythonVersion[] = [13, 12, 11, 14, 10].map((minor) => ({ major: 3, minor }));

export default defineRule({
  code: 'python-not-supported',
  name: 'python-not-supported',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'project',
  summary: 'The Python of the base image does not fit `requires-python`',
  why: 'Installing the project then ends with "the current Python version does not satisfy" (uv) or "requires a different Python" (pip), after all layers above have been built. With `uv sync`, uv fetches another Python instead where it may, so that the image holds two.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./\nRUN pip install *.whl',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\nrequires-python = ">=3.12,<4"\n' },
      },
      {
        code: 'FROM python:3.11-slim\nRUN pip install requests',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\nrequires-python = ">=3.13"\n' },
        note: 'the project is not installed',
      },
      {
        code: 'FROM debian:12\nCOPY . .\nRUN pip install .',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\nrequires-python = ">=3.13"\n' },
      },
    ],
    bad: [
      {
        code: 'FROM ⟦python:3.11-slim⟧\nCOPY dist/*.whl ./\nRUN pip install --no-cache-dir *.whl',
        fixed: 'FROM python:3.13-slim\nCOPY dist/*.whl ./\nRUN pip install --no-cache-dir *.whl',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\nrequires-python = ">=3.13"\n' },
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:python3.14-bookworm⟧ AS base\nFROM base\nCOPY . .\nRUN uv pip install --system .',
        fixed:
          'FROM ghcr.io/astral-sh/uv:python3.12-bookworm AS base\nFROM base\nCOPY . .\nRUN uv pip install --system .',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\nrequires-python = "~=3.12.0"\n' },
      },
    ],
  },
  create() {
    const reported = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const wanted = facts.context?.project?.requiresPython;
        const stage = facts.stageOf(run);
        const python = stage && basePython(stage);
        if (wanted === undefined || !python || admitsPython(wanted, python) !== false) return;
        const { from } = rootStage(stage);
        const word = from.node.imageWord;
        if (!word || reported.has(rootStage(stage)) || projectInstalls(facts, run).length === 0) return;
        reported.add(rootStage(stage));
        const data = { wanted, python: `${python.major}.${python.minor}` };
        report(from.at(word), 'unsupported', data, () => changeTag(rootStage(stage), wanted, python), {
          elsewhere: () => manifestKey(facts.context, 'requires-python'),
        });
      },
    };
  },
});

function changeTag(stage: Stage, wanted: string, python: PythonVersion): Fix | undefined {
  const better = offered.find((one) => admitsPython(wanted, one));
  return better && replacePython(stage, python, better);
}
