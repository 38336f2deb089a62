import { addWord } from '../../facts/run-edits.ts';
import { isSwitchedOn, settingAt } from '../../facts/settings.ts';
import { isForWork, isToWorkIn, stagesOfImage, usesDevTools } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { hasUvFlag, isUvInstall, uvCommands } from '../../facts/uv.ts';
import { defineRule } from '../../lint/rule.ts';

/** What decides over the dev group, and other syncs than that of the project. */
const decides = [
  ...['no-dev', 'dev', 'only-dev', 'no-default-groups', 'no-group', 'only-group', 'all-groups'],
  ...['script', 'only-install-project', 'only-install-local', 'only-install-workspace'],
];

export default defineRule({
  code: 'uv-sync-dev-group',
  name: 'uv-sync-dev-group',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'uv',
  summary: 'The development group of the project gets into the image',
  why: '`uv sync` installs the group `dev`, with test runners, linters and what they need, unless it is told otherwise (uv documentation, "Default groups"; measured with uv 0.13). `--no-dev` or `UV_NO_DEV=1` leaves it out, the variable also for a later `uv run`. Stages whose name or commands say that they are for tests or development are left alone, and so is a project whose `pyproject.toml` has no such group.',
  messages: {
    dev: '`uv sync` installs the development group of the project as well. Add `--no-dev`.',
    perhaps:
      '`uv sync` installs the development group of the project as well, where it has one. Add `--no-dev`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN uv sync --locked --no-dev' },
      { code: 'FROM python:3.12-slim\nENV UV_NO_DEV=1\nRUN uv sync --locked' },
      { code: 'FROM python:3.12-slim AS test\nRUN uv sync --locked' },
      { code: 'FROM python:3.12-slim\nRUN uv sync --locked\nCMD ["pytest"]' },
      { code: 'FROM python:3.12-slim\nRUN uv sync --locked\nCMD ["bash"]', note: 'an image to work in' },
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --locked --group dev && uv sync --locked --only-group docs',
      },
      { code: 'FROM python:3.12-slim AS a\nRUN uv sync --locked\nFROM python:3.12-slim\nRUN python -V' },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\n[dependency-groups]\ndocs = ["sphinx"]' },
        note: 'the project has no such group',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN uv ⟦sync⟧ --frozen',
        fixed: 'FROM python:3.12-slim\nRUN uv sync --no-dev --frozen',
      },
      {
        code: 'FROM python:3.12-slim AS build\nRUN uv ⟦sync⟧ --locked --no-install-project\nCOPY . .\nRUN ["uv", ⟦"sync"⟧, "--locked"]\nFROM python:3.12-slim\nCOPY --from=build /app/.venv /app/.venv',
        fixed:
          'FROM python:3.12-slim AS build\nRUN uv sync --no-dev --locked --no-install-project\nCOPY . .\nRUN ["uv", "sync", "--no-dev", "--locked"]\nFROM python:3.12-slim\nCOPY --from=build /app/.venv /app/.venv',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv ⟦sync⟧ --locked',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\n[dependency-groups]\ndev = ["ruff"]' },
        fixed: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --no-dev --locked',
      },
    ],
  },
  create: () => {
    let shipped: ReadonlySet<Stage> | undefined;
    return {
      RUN(run, { facts, report }) {
        if (!/\bsync\b/.test(run.node.text)) return;
        const { finalStage, context } = facts;
        const stage = facts.stageOf(run);
        if (!stage || !finalStage || (context?.project && !context.project.uv.defaultGroups.includes('dev')))
          return;
        shipped ??= isToWorkIn(finalStage) ? new Set() : stagesOfImage(facts);
        if (!shipped.has(stage) || isForWork(stage)) return;
        for (const uv of uvCommands(facts, run)) {
          if (uv.verb !== 'sync' || !isUvInstall(uv) || hasUvFlag(uv, decides)) continue;
          if (uv.args.some(({ value }, i) => isGroup(value, uv.args[i - 1]?.value))) continue;
          if (isSwitchedOn(facts, run, 'UV_NO_DEV') || isSwitchedOn(facts, run, 'UV_NO_DEFAULT_GROUPS'))
            continue;
          if (settingAt(facts, run, 'UV_NO_GROUP') !== 'unset' || usesDevTools(stage)) continue;
          report(run.at(uv.verbWord), context?.project ? 'dev' : 'perhaps', undefined, () => ({
            title: 'Add --no-dev',
            safety: 'unsafe',
            edits: [addWord(run, uv.verbWord, '--no-dev')],
          }));
        }
      },
    };
  },
});

/** `--group dev`, `--group=test`. */
const isGroup = (word: string, before = '') =>
  /^(?:--group=)?(?:dev\w*|test\w*|lint\w*)$/.test(
    before === '--group' ? word : word.replace(/^(?!--group=).*/, ''),
  );
