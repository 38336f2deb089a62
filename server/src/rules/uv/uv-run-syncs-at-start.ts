import type { FileFacts } from '../../facts/file-facts.ts';
import { isWorkbench, startCommand } from '../../facts/python-project.ts';
import { isSwitchedOn, settingAt } from '../../facts/settings.ts';
import { isForWork, stagesOfImage } from '../../facts/shipped-stages.ts';
import { effective, type Stage } from '../../facts/stages.ts';
import { hasUvFlag, isPlainBase, isUvInstall, uvCommands } from '../../facts/uv.ts';
import { saysUv } from '../../facts/uv-text.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { inOrder } from '../../text/in-order.ts';

/** Flags of `uv run` with which it leaves the environment alone, or makes the same one as the build. */
const settles =
  /^--(?:no-sync|no-project|isolated|script|no-dev|only-dev|no-default-groups|no-group|only-group|help)(?:=|$)|^-s$/;
const valueFlags =
  /^--(?:extra|group|package|python|with|with-editable|with-requirements|env-file|directory|project|index|color)$|^-p$/;

export default defineRule({
  code: 'uv-run-syncs-at-start',
  name: 'uv-run-syncs-at-start',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'uv',
  summary: '`uv run` installs packages when the container starts',
  why: '`uv run` first brings the environment up to what the lock file says (uv documentation, "Running commands in projects"), with the development group, and `--frozen` does not change that. Where the image was made with `uv sync --no-dev`, each container downloads that group when it starts, and without a network it ends with an error (measured with uv 0.13). `UV_NO_SYNC=1`, `--no-sync` or the same groups as in the build avoid it. The same holds for the project itself where `--no-install-project` left it out: its build backend is downloaded then. Which groups a project has, and whether it is a package, is read from its `pyproject.toml`.',
  messages: {
    groups:
      '`uv run` installs the group {groups} at each start, which `{flag}` left out of the image. Add `--no-sync`, or write `ENV UV_NO_DEV=1` above in place of the flag.',
    project:
      '`uv run` builds and installs the project at each start, as `{flag}` left it out of the image. Add `RUN uv sync` without that flag below the COPY of its source.',
    nothing:
      'The image holds no packages of the project, so `uv run` downloads them for each new container. Add `RUN uv sync --locked --no-dev` above, and start with `uv run --no-sync`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --locked --no-dev\nENV PATH=/app/.venv/bin:$PATH\nCMD ["uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_NO_SYNC=1\nRUN uv sync --locked --no-dev\nCMD ["uv", "run", "uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_NO_DEV=1\nRUN uv sync --locked\nCMD ["uv", "run", "uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --locked --no-dev\nCMD ["uv", "run", "--no-dev", "uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --locked\nCMD ["uv", "run", "uvicorn", "app:app"]',
        note: 'nothing is missing',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --locked --no-dev\nCMD ["uv", "run", "uvicorn", "app:app"]',
        note: 'nothing is known of the project',
      },
      { code: 'FROM python:3.12-slim AS dev\nRUN uv sync --no-dev\nCMD ["uv", "run", "fastapi", "dev"]' },
      { code: 'FROM python:3.12-slim\nCOPY job.py .\nCMD ["uv", "run", "job.py"]', note: 'no project' },
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN uv sync --locked --no-dev\nCMD ["uv", "run", "app.py"]',
        context: { 'pyproject.toml': '[project]\nname = "bikes"' },
        note: 'the project has no such group',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN uv sync --locked --no-dev\nCMD ["uv", ⟦"run"⟧, "uvicorn", "app:app"]',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\n[dependency-groups]\ndev = ["ruff"]' },
        fixed:
          'FROM python:3.12-slim\nCOPY . .\nRUN uv sync --locked --no-dev\nCMD ["uv", "run", "--no-sync", "uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN uv sync --frozen --no-default-groups\nENTRYPOINT uv ⟦run⟧ --frozen serve.py',
        context: {
          'pyproject.toml': '[dependency-groups]\ntest = ["pytest"]\n[tool.uv]\ndefault-groups = "all"',
        },
        fixed:
          'FROM python:3.12-slim\nCOPY . .\nRUN uv sync --frozen --no-default-groups\nENTRYPOINT uv run --no-sync --frozen serve.py',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY src src\nCMD ["uv", ⟦"run"⟧, "bikes"]',
        context: { 'pyproject.toml': '[project]\nname = "bikes"\n[build-system]\nrequires = ["hatchling"]' },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock serve.py ./\nCMD ["uv", ⟦"run"⟧, "serve.py"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const { finalStage, file } = facts;
      if (!finalStage || !/\buv\b/.test(file.joined) || !/\brun\b/.test(startCommand(finalStage))) return;
      const start = findStart(finalStage);
      if (!start || isForWork(finalStage) || isWorkbench(finalStage)) return;
      const { instruction, word } = start;
      if (
        ['UV_NO_SYNC', 'UV_NO_DEV', 'UV_NO_DEFAULT_GROUPS', 'UV_NO_PROJECT'].some((name) =>
          isSwitchedOn(facts, instruction, name),
        )
      )
        return;
      if (settingAt(facts, instruction, 'UV_NO_GROUP') !== 'unset') return;
      const made = environmentOf(facts);
      const data = { flag: made.flag ?? '' };
      if (made.left === 'all') return report(instruction.at(word), 'nothing');
      const { isPackage, defaultGroups } = facts.context?.project?.uv ?? {
        isPackage: false,
        defaultGroups: [],
      };
      if (made.left === 'project' && isPackage) return report(instruction.at(word), 'project', data);
      if (!made.withoutGroups || defaultGroups.length === 0) return;
      const groups = defaultGroups.map((name) => `\`${name}\``).join(', ');
      report(instruction.at(word), 'groups', { groups, flag: made.withoutGroups }, (): Fix => {
        const { end } = instruction.at(word);
        const text = instruction.node.json ? ', "--no-sync"' : ' --no-sync';
        return { title: 'Add --no-sync', safety: 'unsafe', edits: [{ span: { start: end, end }, text }] };
      });
    },
  }),
});

/** The `run` of the `uv run` that a container starts with, where nothing keeps it from syncing. */
function findStart(stage: Stage): { instruction: Instruction; word: Word } | undefined {
  const instruction = effective(stage, 'ENTRYPOINT') ?? effective(stage, 'CMD');
  if (!instruction) return undefined;
  const words = instruction.node.json ?? instruction.node.args;
  const at = words.findIndex(
    ({ value }, i) => value === 'run' && /^(?:\S*\/)?uv$/.test(words[i - 1]?.value ?? ''),
  );
  const word = words[at];
  if (!word) return undefined;
  // The flags of uv end at the first word that is none.
  for (let i = at + 1; words[i]?.value.startsWith('-'); i++) {
    const flag = words[i]?.value ?? '';
    if (settles.test(flag)) return undefined;
    if (valueFlags.test(flag)) i++;
  }
  return { instruction, word };
}

/** What the build leaves out of the image that `uv run` wants there. */
interface Environment {
  readonly left?: 'all' | 'project';
  /** The flag that leaves the project out. */
  readonly flag?: string;
  /** The flag that leaves groups out. */
  readonly withoutGroups?: string | undefined;
}

const groupFlags = ['no-dev', 'no-default-groups', 'only-group'];
const projectFlags = ['no-install-project', 'no-install-workspace', 'no-install-local'];
/** Commands that may install as well. */
const installs = /\bpip[\d.]*\s|\.venv|(?<!\binstall)\.sh\b|\bmake\b|\bbash\b|\bjust\b|conda/;

function environmentOf(facts: FileFacts): Environment {
  const stages = [...stagesOfImage(facts)];
  const runs = stages.flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? []);
  const syncs = runs.flatMap((run) =>
    uvCommands(facts, run).filter((uv) => uv.verb === 'sync' && isUvInstall(uv)),
  );
  if (syncs.length === 0) {
    const isUnknown =
      stages.some((stage) => !stage.parent && !isPlainBase(stage)) || /\.venv/.test(facts.file.joined);
    const copiesLock = inOrder(facts.file.joined, /[\r\n]/, /^[ \t]*COPY\b/im, /\buv\.lock\b/i);
    return isUnknown ||
      !copiesLock ||
      runs.some(({ node }) => installs.test(node.text) || saysUv(node.text, /^(?:run|pip|add|venv|tool)\b/))
      ? {}
      : { left: 'all' };
  }
  if (runs.some(({ node }) => saysUv(node.text, /^(?:run|add)\b/))) return {};
  // One sync that installs them is enough.
  const flagOfAll = (names: readonly string[]) => {
    const flags = syncs.map((uv) => names.find((name) => hasUvFlag(uv, [name])));
    return flags.includes(undefined) ? undefined : `--${flags[0]}`;
  };
  const flag = flagOfAll(projectFlags);
  return { ...(flag ? { left: 'project' as const, flag } : {}), withoutGroups: flagOfAll(groupFlags) };
}
