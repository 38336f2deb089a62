// What Add Container Files takes over of the way in which a project starts its programs already.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, lists, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

describe('a program that runs others by their files', () => {
  const path = async (text: string, more: Files = {}) => {
    const files = {
      ...lists('six==1.17.0'),
      'main.py': `import subprocess\nimport sys\n${text}\n`,
      'src/__init__.py': '',
      'src/look.py': 'from src import net\n',
      'src/net.py': 'x = 1\n',
      'tools/alone.py': 'import json\n',
      ...more,
    };
    return /PYTHONPATH=(\S+)/.exec(textOf(await make(files, 'multi-stage')))?.[1];
  };

  it('tells them where their modules are, as Python looks beside the file alone', async () => {
    for (const text of [
      'subprocess.run(f"python3 src/look.py --iteration {1}", shell=True)',
      'subprocess.run(["python", "src/look.py"])',
      'subprocess.Popen(\n    [\n        sys.executable,\n        "./src/look.py",\n    ]\n)',
    ])
      assert.equal(await path(text), '/app', text);
    for (const text of [
      'subprocess.run(["python", "-m", "src.look"])',
      'subprocess.run(["python", "tools/alone.py"])',
      'subprocess.run(["cat", "src/look.py"])',
      '# subprocess.run(["python", "src/look.py"])',
      'subprocess.run(["python", "src/gone.py"])',
    ])
      assert.equal(await path(text), undefined, text);
  });
});

describe('what the project starts already', () => {
  const web = { ...lists('fastapi', 'uvicorn'), 'main.py': app };
  const behind = (cmd: string, more: Files = {}) =>
    start({ ...web, Dockerfile: `FROM python:3.12\nWORKDIR /app\n${cmd}\n`, ...more });

  it('keeps its flags, and listens where all addresses reach it', async () => {
    const given = 'uvicorn main:app --host 0.0.0.0 --port 8000';
    for (const [cmd, flags] of [
      ['CMD uvicorn main:app --workers 4 --proxy-headers', '--workers 4 --proxy-headers'],
      ['CMD ["uvicorn", "main:app", "--forwarded-allow-ips", "*"]', '--forwarded-allow-ips *'],
      ['CMD uvicorn main:app --root-path=/api --port 8000', '--root-path /api'],
      ['CMD uvicorn main:app --reload --workers 4', ''],
    ] as const)
      assert.equal(await behind(cmd), `${given} ${flags}`.trim(), cmd);
    const proc = {
      ...lists('flask', 'gunicorn'),
      'main.py': 'from flask import Flask\napp = Flask(__name__)\n',
    };
    assert.equal(
      await start({ ...proc, Procfile: 'web: gunicorn -w 3 --bind 127.0.0.1:9 main:app --timeout 90\n' }),
      'gunicorn --bind 0.0.0.0:8000 main:app -w 3 --timeout 90',
    );
  });

  it('is not offered where a file that it names is not there', async () => {
    const program = { ...lists('taipy'), 'main.py': 'print(1)\n' };
    const said = (line: string) => start({ ...program, Procfile: `web: ${line}\n` }, 'multi-stage');
    assert.equal(await said('taipy run app/main.py --port=8000'), 'start? python main.py');
    assert.equal(await said('python app/main.py'), 'start? python main.py');
    assert.equal(await said('gunicorn -c conf/gunicorn.py main:app'), 'start? python main.py');
    assert.match(
      await said('taipy run ./main.py --port=8000'),
      /^start\? taipy run \.\/main\.py --port=8000 \|/,
    );
  });

  it('is offered as it stands, through a shell and with quotes', async () => {
    const cmd =
      'ENV PORT=8080\nCMD ["/bin/sh", "-c", "exec fastapi run --host 0.0.0.0 --port \\"$PORT\\" --proxy-headers --forwarded-allow-ips \'*\'"]';
    const asked = await behind(cmd);
    assert.match(
      asked,
      /^start\? fastapi run --host 0\.0\.0\.0 --port 8080 --proxy-headers --forwarded-allow-ips '\*' \|/,
    );
    assert.match(
      asked,
      / \| uvicorn main:app --host 0\.0\.0\.0 --port 8080 --proxy-headers --forwarded-allow-ips '\*'/,
    );
  });

  const tool: Files = {
    'pyproject.toml': project(
      'bell',
      '"six"',
      '[project.scripts]\nbell = "bell:main"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    ),
    'src/bell/__init__.py': 'def main():\n    print()\n',
  };

  it('keeps the arguments of a command', async () => {
    const said = (cmd: string) => start({ ...tool, Dockerfile: `FROM python:3.12\n${cmd}\n` }, 'multi-stage');
    assert.equal(await said('CMD ["bell", "ring", "--times", "3"]'), 'bell ring --times 3');
    assert.equal(await said('CMD ["bell"]'), 'bell');
  });

  it('is its own script, whose folders the user of the image has', async () => {
    const script =
      '#!/bin/sh\nset -eu\nif [ ! -f /data/a.toml ]; then\n  cp a.example.toml /data/a.toml\nfi\nexec bell --config /data/a.toml\n';
    const files: Files = {
      ...tool,
      Dockerfile: 'FROM python:3.12\nWORKDIR /app\nVOLUME ["/data"]\nENTRYPOINT ["/app/entrypoint.sh"]\n',
      'entrypoint.sh': script,
      'a.example.toml': 'a = 1\n',
    };
    assert.match(await first(files, 'multi-stage'), /^start\? sh entrypoint\.sh \| bell$/);
    const text = textOf(await make(files, 'multi-stage'));
    assert.match(text, /^ {4}&& install --directory --owner app --group app \/data$/m);
    assert.match(text, /^COPY --chown=app:app a\.example\.toml entrypoint\.sh \.\/$/m);
    assert.match(text, /"sh", "entrypoint\.sh"\]$/m);
  });

  it('has the folders that Compose mounts for it, and none of the system', async () => {
    const of = async (volumes: string, more = '    build: .\n') =>
      /^ {4}&& install .* app (.*)$/m.exec(
        await first({
          ...web,
          'docker/docker-compose.yml': `services:\n  web:\n${more}    volumes: ${volumes}\n`,
        }),
      )?.[1];
    assert.equal(await of('["data:/data", "./out:/srv/out/"]'), '/data /srv/out');
    assert.equal(await of('[{type: volume, source: a, target: /data}]'), '/data');
    for (const volumes of [
      '["a:/data:ro"]',
      '["a:/app/data"]',
      '["/var/run/docker.sock:/var/run/docker.sock"]',
      '["./a:/etc/a"]',
    ])
      assert.equal(await of(volumes), undefined, volumes);
    assert.equal(await of('["data:/data"]', '    image: postgres\n'), undefined);
  });
});
