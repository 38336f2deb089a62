import { startCommand } from '../../facts/python-project.ts';
import { isSwitchedOn, settingAt } from '../../facts/settings.ts';
import { stagesOfImage } from '../../facts/shipped-stages.ts';
import { isUvInstall, uvCommands } from '../../facts/uv.ts';
import { defineRule } from '../../lint/rule.ts';

/** What uses the environment of the project, or makes `uv sync` take another one. */
const finds =
  /\.venv|venv\/bin|VIRTUAL_ENV|UV_PROJECT_ENVIRONMENT|activate|\buv["']?,? *["']?run\b|--active|uv (?:export|pip)\b/;

/** A program of Python that is looked up on PATH. */
const startsPython =
  /^\[? *"?(?:exec )?(?:python[\d.]*|uvicorn|gunicorn|fastapi|flask|streamlit|celery|jupyter)(?=[" ]|$)/;

export default defineRule({
  code: 'uv-system-python-ignored',
  name: 'uv-system-python-ignored',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'uv',
  summary: 'UV_SYSTEM_PYTHON is set for `uv sync`, which does not look at it',
  why: '`UV_SYSTEM_PYTHON` is the flag `--system` of `uv pip` (uv documentation, "Environment variables"). `uv sync` installs into the environment of the project, `.venv` beside `pyproject.toml`, whatever that variable says (measured with uv 0.13), so that the Python on `PATH` has none of the packages. `UV_PROJECT_ENVIRONMENT=/usr/local` makes `uv sync` install for the Python of the official images, and takes away what the lock file does not know there. Silent where the file uses `.venv`, `uv run` or `uv pip`.',
  messages: {
    ignored:
      '`uv sync` does not look at UV_SYSTEM_PYTHON and installs into `.venv`, where the Python on PATH finds nothing. Put `.venv/bin` on PATH, or set `UV_PROJECT_ENVIRONMENT` to the prefix of that Python.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1\nRUN uv pip install -r requirements.txt\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1 PATH=/app/.venv/bin:$PATH\nRUN uv sync --locked\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1\nRUN uv sync --locked\nCMD ["uv", "run", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1 UV_PROJECT_ENVIRONMENT=/usr/local\nRUN uv sync --locked\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=0\nRUN uv sync --locked\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1\nRUN uv sync --locked\nCMD ["./start.sh"]',
        note: 'the script may know the environment',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1\nWORKDIR /app\nCOPY . .\nRUN uv ⟦sync⟧ --locked --no-dev\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN UV_SYSTEM_PYTHON=true uv ⟦sync⟧ --frozen\nCMD uvicorn app:app',
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        if (isReported || !/\bsync\b/.test(run.node.text) || !facts.file.joined.includes('UV_SYSTEM_PYTHON'))
          return;
        const stage = facts.stageOf(run);
        if (!stage || !stagesOfImage(facts).has(stage) || finds.test(facts.file.joined)) return;
        if (
          settingAt(facts, run, 'UV_SYSTEM_PYTHON') === 'unknown' ||
          !isSwitchedOn(facts, run, 'UV_SYSTEM_PYTHON')
        )
          return;
        const sync = uvCommands(facts, run).find((uv) => uv.verb === 'sync' && isUvInstall(uv));
        if (!sync || !facts.finalStage || !startsPython.test(startCommand(facts.finalStage))) return;
        isReported = true;
        report(run.at(sync.verbWord), 'ignored');
      },
    };
  },
});
