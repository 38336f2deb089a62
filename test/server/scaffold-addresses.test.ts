// Servers that a project starts without an address listen on 127.0.0.1, where nothing outside of their container reaches them.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { app, lists, on312 } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, newest } from './scaffold-world.ts';

const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const wsgi: Files = { ...lists('flask', 'gunicorn'), 'main.py': flask, 'wsgi.py': 'from main import app\n' };
const asgi: Files = { ...lists('fastapi', 'uvicorn'), 'main.py': app };
/** What is offered first for the service, or made without a question. */
async function command(files: Files, answers: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = scaffold(await know(files), { kind: 'serving', answers: { ...newest, ...answers } });
  const [dockerfile] = made?.files ?? [];
  const said = /^CMD \[(.*)\]$/m.exec(dockerfile?.text ?? '')?.[1]?.replaceAll(/[",]/g, '');
  return made?.question?.choices[0]?.value ?? said ?? made?.refused ?? '';
}
const procfile = (files: Files, line: string) => command({ ...files, Procfile: `web: ${line}\n` });

it('are told one where a Procfile tells none', async () => {
  const of = (line: string) => procfile(wsgi, line);
  assert.equal(await of('gunicorn wsgi:app'), 'gunicorn --bind 0.0.0.0:8000 wsgi:app');
  assert.equal(
    await of('gunicorn wsgi:app --log-file -'),
    'gunicorn --bind 0.0.0.0:8000 wsgi:app --log-file -',
  );
  assert.equal(await of('gunicorn -b 127.0.0.1:5000 wsgi:app'), 'gunicorn -b 0.0.0.0:5000 wsgi:app');
  assert.equal(await of('gunicorn --bind=localhost:5000 wsgi:app'), 'gunicorn --bind=0.0.0.0:5000 wsgi:app');
  assert.equal(await of('gunicorn --bind :$PORT wsgi:app'), 'gunicorn --bind :8000 wsgi:app');
  assert.equal(await of('python -m gunicorn wsgi:app'), 'python -m gunicorn --bind 0.0.0.0:8000 wsgi:app');
});

it('are told none besides their own files', async () => {
  const of = (config: string) => procfile({ ...wsgi, 'gunicorn.conf.py': config }, 'gunicorn wsgi:app');
  assert.equal(await of('bind = "0.0.0.0:8000"\n'), 'gunicorn wsgi:app');
  assert.equal(await of('bind = "127.0.0.1:8000"\n'), 'gunicorn --bind 0.0.0.0:8000 wsgi:app');
  assert.equal(await of('workers = 2\n'), 'gunicorn --bind 0.0.0.0:8000 wsgi:app');
});

it('are told one by whoever answers with a line', async () => {
  const of = async (files: Files, start: string) => command(files, { start });
  assert.equal(
    await of(asgi, 'uvicorn main:app --workers 2'),
    'uvicorn --host 0.0.0.0 --port 8000 main:app --workers 2',
  );
  assert.equal(
    await of(asgi, 'uvicorn main:app --host 127.0.0.1 --port 9000'),
    'uvicorn main:app --host 0.0.0.0 --port 9000',
  );
  assert.equal(await of(asgi, 'hypercorn main:app'), 'hypercorn --bind 0.0.0.0:8000 main:app');
  assert.equal(await of(asgi, 'daphne main:app'), 'daphne -b 0.0.0.0 -p 8000 main:app');
  assert.equal(await of(asgi, 'granian main:app'), 'granian --host 0.0.0.0 --port 8000 main:app');
  assert.equal(await of(asgi, 'fastapi run main.py'), 'fastapi run --port 8000 main.py');
  assert.equal(await of(wsgi, 'waitress-serve wsgi:app'), 'waitress-serve --listen=*:8000 wsgi:app');
  assert.equal(await of(wsgi, 'flask --app main run'), 'flask --app main run --host 0.0.0.0 --port 8000');
  assert.equal(
    await of(asgi, 'python prepare.py && exec uvicorn main:app'),
    'sh -c python prepare.py && exec uvicorn --host 0.0.0.0 --port 8000 main:app',
  );
});

it('are asked for their health where they listen', async () => {
  const made = scaffold(
    await know({
      ...on312,
      ...lists('streamlit'),
      'app.py': 'import streamlit\n',
      'other.py': 'import streamlit\n',
    }),
    { kind: 'serving', answers: { ...newest, start: 'streamlit run app.py' } },
  );
  assert.match(made?.files[0]?.text ?? '', /^EXPOSE 8501$[\s\S]*"--server\.port=8501"/m);
});

it('are not left to a script that tells none', async () => {
  const of = (line: string) => procfile({ ...wsgi, 'start.sh': `#!/bin/sh\nexec ${line}\n` }, './start.sh');
  assert.equal(await of('gunicorn \\\n  --bind 0.0.0.0:8000 wsgi:app'), 'sh start.sh');
  assert.doesNotMatch(await of('gunicorn wsgi:app'), /start\.sh/);
});
