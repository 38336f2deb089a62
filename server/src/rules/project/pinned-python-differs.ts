import { basePython } from '../../facts/base-python.ts';
import type { BuildContext } from '../../facts/build-context.ts';
import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { rootStage } from '../../facts/stages.ts';
import { replacePython } from '../../facts/tag-edits.ts';
import { defineRule } from '../../lint/rule.ts';

const pin = '.python-version';
const chosen = /UV_PYTHON\b|--python[ =]|-p \d|uv python pin/;

export default defineRule({
  code: 'pinned-python-differs',
  name: 'pinned-python-differs',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'project',
  summary: 'The .python-version that is copied names another Python than the base image has',
  why: '`uv sync` obeys `.python-version` in the folder of the project (uv documentation, "Python version files"). Where it is copied along and names another release than the base image holds, uv downloads that one, so that the image ships two Pythons, or the build ends where downloads are off. Keep both alike, or leave the file out of the build.',
  messages: {
    differs:
      '.python-version asks for Python {pinned} and the base image has {python}, so `uv sync` fetches another one. Take a base image with Python {pinned}, or keep the file out with .dockerignore.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY . /app\nWORKDIR /app\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', '.python-version': '3.13\n' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY pyproject.toml uv.lock /app/\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': 'version = 1\n', '.python-version': '3.12\n' },
        note: 'the file is not copied',
      },
      {
        code: 'FROM python:3.13-slim\nENV UV_PYTHON=/usr/local/bin/python\nCOPY . /app\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', '.python-version': '3.12\n' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . /app\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', '.python-version': '3.12\n', '.dockerignore': '.python-version\n' },
      },
    ],
    bad: [
      {
        code: 'FROM ⟦python:3.13-slim⟧\nCOPY . /app\nWORKDIR /app\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', '.python-version': '3.12\n' },
        fixed: 'FROM python:3.12-slim\nCOPY . /app\nWORKDIR /app\nRUN uv sync --locked',
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:python3.12-bookworm⟧\nCOPY pyproject.toml uv.lock .python-version ./\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': 'version = 1\n', '.python-version': '3.13.2\n' },
        fixed:
          'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY pyproject.toml uv.lock .python-version ./\nRUN uv sync --locked',
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        const { context } = facts;
        const stage = facts.stageOf(run);
        const python = stage && basePython(stage);
        const pinned = context?.pinnedPython;
        if (isReported || !python || pinned === undefined || pinned === `${python.major}.${python.minor}`)
          return;
        if (!projectInstalls(facts, run).some(({ from }) => from === 'lock') || stageSays(stage, chosen))
          return;
        const isCopied = stage.instructions.some(
          (it) => it.index < run.index && contextSources(facts, it).some(({ path }) => brings(context, path)),
        );
        const { from } = rootStage(stage);
        if (!isCopied || !from.node.imageWord) return;
        isReported = true;
        const minor = Number(pinned.split('.')[1]);
        const data = { pinned, python: `${python.major}.${python.minor}` };
        report(from.at(from.node.imageWord), 'differs', data, () =>
          replacePython(rootStage(stage), python, { major: 3, minor }),
        );
      },
    };
  },
});

/** Whether a source takes the file along to where the project lies. */
const brings = (context: BuildContext | undefined, path: string) =>
  context !== undefined &&
  (path === '.' || path === pin) &&
  sentFilesOf(context, path).some((file) => file.path === pin);
