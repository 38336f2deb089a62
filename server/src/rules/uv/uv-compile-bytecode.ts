import { startCommand } from '../../facts/python-project.ts';
import { stagesOfImage } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { isPlainBase, isUvInstall, uvCommands } from '../../facts/uv.ts';
import { defineRule } from '../../lint/rule.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

/** Servers, and names of scripts that serve; others may be training jobs, where a start more or less does not count. */
const service =
  /(?:^|[\s"'/[])(?:uvicorn|gunicorn|hypercorn|granian|daphne|fastapi|flask|streamlit|chainlit|litestar|bentoml|waitress-serve)(?=["'\s,\]]|$)|\bpython[\d.]*["',\s]+(?:-[uOBEs]+["',\s]+)*(?:-m["',\s]+)?(?:[\w-]+[/.])*(?:app|server?|serving|api|inference|web|webapp|asgi|wsgi|handler)(?:\.py)?(?=["'\s,\]]|$)/i;

export default defineRule({
  code: 'uv-compile-bytecode',
  name: 'uv-compile-bytecode',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  family: 'uv',
  summary: 'A service starts with packages that are not compiled to bytecode',
  why: 'Unlike pip, uv does not compile what it installs (uv documentation, "Using uv in Docker", "Compiling bytecode"), so Python compiles each module at the first import: at each start of a container, as the image has no place to keep the result. `UV_COMPILE_BYTECODE=1` does it once in the build, for a longer build and a larger image. Only services are looked at, by their CMD or ENTRYPOINT.',
  messages: {
    source:
      'Each container compiles the modules of its packages when it starts, as uv leaves that out. Write `ENV UV_COMPILE_BYTECODE=1` above.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nENV UV_COMPILE_BYTECODE=1\nRUN uv sync --locked --no-dev\nCMD ["uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --frozen --no-dev --compile-bytecode\nCMD ["python", "serve.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv sync --frozen --no-dev\nCMD ["python", "train.py"]',
        note: 'a training job',
      },
      {
        code: 'FROM python:3.12-slim AS test\nRUN uv sync --locked\nFROM python:3.12-slim\nRUN pip install fastapi==0.116.1\nCMD ["uvicorn", "app:app"]',
        note: 'nothing of the stage gets into the image',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\nCMD ["uvicorn", "app:app"]',
        context: { 'pyproject.toml': '[tool.uv]\ncompile-bytecode = true' },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN uv ⟦sync⟧ --locked --no-dev\nCMD ["uvicorn", "app:app"]',
        fixed:
          'FROM python:3.12-slim\nENV UV_COMPILE_BYTECODE=1\nRUN uv sync --locked --no-dev\nCMD ["uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim AS build\nRUN uv ⟦sync⟧ --frozen --no-dev --no-install-project\nRUN uv sync --frozen --no-dev\nFROM python:3.12-slim\nCOPY --from=build /app /app\nCMD ["python", "-m", "shop.server"]',
        fixed:
          'FROM python:3.12-slim AS build\nENV UV_COMPILE_BYTECODE=1\nRUN uv sync --frozen --no-dev --no-install-project\nRUN uv sync --frozen --no-dev\nFROM python:3.12-slim\nCOPY --from=build /app /app\nCMD ["python", "-m", "shop.server"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const { finalStage, file } = facts;
      if (!finalStage || !/\buv\b/.test(file.joined) || !service.test(startCommand(finalStage))) return;
      if (/UV_COMPILE_BYTECODE|--compile|compileall/.test(file.joined)) return;
      if (facts.context?.project?.uv.settings.includes('compile-bytecode')) return;
      const told = new Set<Stage>();
      for (const stage of [...stagesOfImage(facts)].sort((a, b) => a.index - b.index)) {
        if (!isPlainBase(stage) || (stage.parent && told.has(stage.parent))) {
          if (stage.parent && told.has(stage.parent)) told.add(stage);
          continue;
        }
        for (const run of stage.byKeyword.get('RUN') ?? []) {
          const sync = uvCommands(facts, run).find((uv) => uv.verb === 'sync' && isUvInstall(uv));
          if (!sync) continue;
          told.add(stage);
          report(run.at(sync.verbWord), 'source', undefined, () => {
            const line = `${likeKeyword('ENV', run.node.keywordWord.raw)} UV_COMPILE_BYTECODE=1`;
            return {
              title: 'Set UV_COMPILE_BYTECODE=1',
              safety: 'unsafe',
              edits: [insertLineAbove(file.text, run.span.start, line)],
            };
          });
          break;
        }
      }
    },
  }),
});
