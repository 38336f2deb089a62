import { isForWork } from '../../facts/shipped-stages.ts';
import { lineage } from '../../facts/stages.ts';
import { type StartedProgram, type StartWord, startedPrograms } from '../../facts/start-command.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';

/** Servers whose `--reload` starts the application again when a file changes. */
const reloading = /^(?:uvicorn|hypercorn|gunicorn|granian|fastapi|sanic|litestar)$/;

interface Found {
  readonly word: StartWord;
  readonly what: 'reload' | 'flask' | 'fastapi' | 'django';
}

export default defineRule({
  code: 'dev-server-in-cmd',
  name: 'dev-server-in-cmd',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'serving',
  summary: 'The image starts a development server, or one that reloads',
  why: 'Flask and Django say of their servers not to use them in production (Flask, "Development Server"; Django, `runserver`), and with debugging on Flask’s lets whoever reaches it run Python (Werkzeug, "Debugging Applications"). With `--reload` a second process watches files that do not change in an image, and uvicorn takes one worker only (uvicorn, "Settings": `--reload` and `--workers` exclude each other); a crash while it reloads leaves the container up and the server gone. Looks at the final stage only, and not where its name says that it is for development.',
  messages: {
    reload:
      '`--reload` watches for changes of files, which an image does not have, and allows one worker only. Leave it out here, and add it where you develop.',
    flask:
      '`flask run` starts the development server, which is not made for production. Start the app with gunicorn or waitress.',
    fastapi: '`fastapi dev` reloads, and listens inside the container only. Use `fastapi run`.',
    django:
      '`runserver` is the development server, which is not made for production. Start the app with gunicorn or uvicorn.',
    debug:
      'With {variable} the debugger of Flask is on, by which whoever reaches the server can run Python. Leave it out here, and set it where you develop.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nCMD ["uvicorn","app:app","--host","0.0.0.0"]' },
      { code: 'FROM python:3.12-slim\nCMD ["gunicorn","-w","1","-b","0.0.0.0:8000","app:app"]' },
      {
        code: 'FROM python:3.12 AS dev\nCMD ["uvicorn","app:app","--reload"]\nFROM python:3.12\nCMD ["uvicorn","app:app"]',
        note: 'a stage for development',
      },
      { code: 'FROM python:3.12 AS dev\nCMD ["flask","run"]' },
      {
        code: 'FROM python:3.12\nENV FLASK_ENV=development\nCMD ["python", "app.py"]',
        note: 'Flask no longer reads it since 2.3',
      },
      { code: 'FROM python:3.12\nENV FLASK_DEBUG=0\nCMD ["python", "run.py", "--reload"]' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCMD ["uvicorn","app:app",⟦"--reload"⟧]',
        fixed: 'FROM python:3.12-slim\nCMD ["uvicorn","app:app"]',
      },
      { code: 'FROM python:3.12-slim\nCMD ["flask",⟦"run"⟧,"--host=0.0.0.0"]' },
      {
        code: 'FROM python:3.12\nENTRYPOINT ["uv", "run"]\nCMD ["fastapi", ⟦"dev"⟧, "app/main.py"]',
        fixed: 'FROM python:3.12\nENTRYPOINT ["uv", "run"]\nCMD ["fastapi", "run", "app/main.py"]',
      },
      {
        code: 'FROM python:3.12\nCMD alembic upgrade head && uvicorn app:app ⟦--reload⟧ --port 80',
        fixed: 'FROM python:3.12\nCMD alembic upgrade head && uvicorn app:app --port 80',
      },
      { code: 'FROM python:3.12\nCMD python manage.py ⟦runserver⟧ 0.0.0.0:8000' },
      { code: 'FROM python:3.12\nENV A=1 ⟦FLASK_DEBUG=1⟧\nCMD ["python", "app.py"]' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      if (!stage || isForWork(stage)) return;
      const programs = startedPrograms(facts, stage);
      for (const program of programs) {
        const found = findIn(program);
        if (!found) continue;
        const { word, what } = found;
        report(word.span, what, undefined, (): Fix | undefined => {
          if (what === 'fastapi') {
            const edits = [{ span: word.inner, text: 'run' }];
            return { title: 'Use fastapi run', safety: 'unsafe', edits };
          }
          const span = what === 'reload' ? withGap(facts.file.text, program, word) : undefined;
          return span && { title: 'Leave --reload out', safety: 'unsafe', edits: [{ span, text: '' }] };
        });
      }
      if (!programs.some(({ name, python }) => python !== undefined || name === 'flask')) return;
      for (const { byKeyword } of lineage(stage))
        for (const env of byKeyword.get('ENV') ?? []) {
          if (env.node.keyword !== 'ENV' || !env.node.text.includes('FLASK_DEBUG')) continue;
          for (const pair of env.node.pairs) {
            const text = `${pair.key.value}=${pair.value?.value}`;
            if (/^FLASK_DEBUG=(?:1|true|on|yes)$/i.test(text))
              report(env.at(pair), 'debug', { variable: text });
          }
        }
    },
  }),
});

function findIn({ name, args }: StartedProgram): Found | undefined {
  const has = (value: string) => args.find((word) => word.value === value);
  const plain = args.find(({ value }) => !value.startsWith('-') && !/[:/.]/.test(value));
  const found = (what: Found['what'], word: StartWord | undefined) => word && { what, word };
  if (reloading.test(name) && has('--reload')) return found('reload', has('--reload'));
  if (name === 'fastapi' && plain?.value === 'dev') return found('fastapi', plain);
  if (name === 'flask') return found('flask', has('run'));
  const isManage = /(?:^|\/)manage\.py$/.test(name === 'manage.py' ? name : (args[0]?.value ?? ''));
  return isManage ? found('django', has('runserver')) : undefined;
}

/** A word with what stands between it and the one before. */
function withGap(text: string, { args, word: name }: StartedProgram, word: StartWord): Span | undefined {
  const before = args[args.indexOf(word) - 1] ?? name;
  const start = before.span.end;
  const isGap = /^[\s,]*(?:[\\`]\r?\n[\s,]*)?$/.test(text.slice(start, word.span.start));
  return isGap ? { start, end: word.span.end } : undefined;
}
