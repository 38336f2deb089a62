// The files of Add Container Files, built and run: a real engine, real BuildKit and real uv. What cannot be pulled is a
// stand-in under the very name that the Dockerfile has, so that nothing of the file changes:
// - python:… and ghcr.io/astral-sh/uv:…-python… are Debian with Python and uv, as for the example project;
// - ghcr.io/astral-sh/uv:VERSION is an image with uv and nothing else;
// - nvidia/cuda:… is that Debian without Python and CUDA, where `uv python install` finds the Python that it would fetch.
// The packages that the projects ask for are small ones of our own behind an index on the loopback address; `uvicorn` and
// `fastapi` among them answer as the real ones do, as far as the test goes.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ScaffoldKind } from '../../server/src/protocol/requests.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { type PackageIndex, servePackages } from '../parts/package-index.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { createFolderService } from '../server/folder-service.ts';

const parts = readParts();
const standIn = parts.engine?.baseStandIn ? parts.engine.baseImage : undefined;
const env = { ...process.env, ...toolEnvironment(parts), DOCKER_BUILDKIT: '1', UV_OFFLINE: '0' };
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-scaffold-'));
const made = new Set<string>();
const uv = parts.uv?.file ?? 'uv';
let index: PackageIndex | undefined;
let address = '';

type Tree = Readonly<Record<string, string>>;

function write(folder: string, files: Tree): string {
  const full = path.join(root, folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(full, file)), { recursive: true });
    writeFileSync(path.join(full, file), text);
  }
  return full;
}

const backend = '\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n';
const manifest = (name: string, dependencies: readonly string[], rest = backend) =>
  `[project]\nname = "${name}"\nversion = "1.0"\nrequires-python = ">=3.11"\nreadme = "README.md"\nlicense-files = ["LICENSE"]\ndependencies = ${JSON.stringify(dependencies)}\n\n[[tool.uv.index]]\nurl = "${address}"\ndefault = true\n${rest}`;

/** Packages behind the index, by name: the module, and the rest of the manifest. */
const packages: Readonly<Record<string, readonly [module: string, rest: string]>> = {
  gearbox: ['def shift():\n    return "third gear"\n', ''],
  'nvidia-cuda-runtime-cu12': ['', ''],
  fastapi: [
    'class FastAPI:\n    def __init__(self):\n        self.routes = {}\n\n    def get(self, path):\n        def keep(function):\n            self.routes[path] = function\n            return function\n\n        return keep\n',
    '',
  ],
  uvicorn: [
    'import argparse, http.server, importlib, json, sys\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("app")\n    parser.add_argument("--host", default="127.0.0.1")\n    parser.add_argument("--port", type=int, default=8000)\n    parser.add_argument("--factory", action="store_true")\n    args = parser.parse_args()\n    module, name = args.app.split(":")\n    sys.path.insert(0, "")\n    app = getattr(importlib.import_module(module), name)\n    routes = (app() if args.factory else app).routes\n\n    class Handler(http.server.BaseHTTPRequestHandler):\n        def do_GET(self):\n            found = routes.get(self.path)\n            self.send_response(200 if found else 404)\n            self.end_headers()\n            self.wfile.write(json.dumps(found() if found else None).encode())\n\n    http.server.HTTPServer((args.host, args.port), Handler).serve_forever()\n',
    '\n[project.scripts]\nuvicorn = "uvicorn:main"\n',
  ],
};

before(async () => {
  if (!standIn) return;
  const wheels = path.join(root, 'wheels');
  for (const [name, [module, rest]] of Object.entries(packages)) {
    const folder = write(`packages/${name}`, {
      'pyproject.toml': `[project]\nname = "${name}"\nversion = "${name.startsWith('nvidia') ? '12.8.90' : '1.0'}"\n${rest}${backend}`,
      [`src/${name.replaceAll('-', '_')}/__init__.py`]: module,
    });
    await runOrThrow(uv, ['build', '--wheel', '--offline', '--out-dir', wheels, folder], { env });
  }
  index = await servePackages(wheels);
  address = index.url;
});

after(async () => {
  index?.stop();
  rmSync(root, { recursive: true, force: true });
  if (made.size > 0) await run('docker', ['image', 'rm', '--force', ...made], { env });
});

/** Gives each image that a Dockerfile takes something from a stand-in, where the engine has none. */
async function provideImages(text: string): Promise<void> {
  const stages = new Set([...text.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, name]) => name));
  for (const [, name = ''] of text.matchAll(/^(?:FROM |COPY --from=)(\S+)/gm)) {
    if (stages.has(name) || (await run('docker', ['image', 'inspect', name], { env })).code === 0) continue;
    made.add(name);
    if (name.startsWith('nvidia/cuda:')) await buildStandIn(name, withManagedPython);
    else if (/^ghcr\.io\/astral-sh\/uv:[\d.]+$/.test(name))
      await buildStandIn(name, 'FROM scratch\nCOPY uv /uv\n');
    else await runOrThrow('docker', ['tag', standIn ?? '', name], { env });
  }
}

const withManagedPython = `FROM ${standIn}
RUN home=/opt/python/cpython-$(python3 -c 'import platform; print(platform.python_version())')-linux-$(uname -m)-gnu \\
    && mkdir -p $home/bin $home/lib && cp /usr/bin/python3.13 $home/bin/ && cp -r /usr/lib/python3.13 $home/lib/ \\
    && ln -s python3.13 $home/bin/python3 && ln -s python3.13 $home/bin/python \\
    && rm /usr/bin/python3* /usr/local/bin/python /usr/local/bin/uv
`;

async function buildStandIn(name: string, text: string): Promise<void> {
  const folder = write(`stand-ins/${name.replace(/\W/g, '-')}`, { Dockerfile: text });
  copyFileSync(uv, path.join(folder, 'uv'));
  await runOrThrow('docker', ['build', '--network=none', `--tag=${name}`, folder], { env });
}

/** Writes the files into the project as the client does, and builds what they say. */
async function scaffoldAndBuild(folder: string, kind: ScaffoldKind) {
  const full = path.join(root, folder);
  const uri = pathToFileURL(full).href;
  const service = await createFolderService();
  const written = await service.scaffold({ folder: uri, kind });
  assert.ok(written);
  for (const { path: file, text } of written.files) writeFileSync(path.join(full, file), text);
  const text = readFileSync(path.join(full, 'Dockerfile'), 'utf8');
  await provideImages(text);
  service.forgetFiles();
  const context = await service.contextOf(`${uri}/Dockerfile`);
  assert.deepEqual(service.lint(text, defaultConfiguration, context), [], text);
  const tag = `wheelhouse-scaffold-${folder}-${kind}:1`;
  made.add(tag);
  // The index is on the loopback address of this machine.
  const built = await run('docker', ['build', '--network=host', `--tag=${tag}`, full], { env });
  assert.equal(built.code, 0, `${text}\n${built.stdout}\n${built.stderr}`);
  return tag;
}

const output = async (args: readonly string[]) => (await runOrThrow('docker', args, { env })).stdout;
const start = (...args: readonly string[]) => output(['run', '--rm', '--network=none', ...args]);
const inImage = (tag: string, script: string) => start('--entrypoint=sh', tag, '-c', script);
const lock = (folder: string) => runOrThrow(uv, ['lock', '--project', path.join(root, folder)], { env });

const main =
  'import argparse\n\nfrom gearbox import shift\n\n\ndef main():\n    parser = argparse.ArgumentParser(prog="bikes")\n    parser.add_argument("--hour", type=int, default=0)\n    print("hour", parser.parse_args().hour, shift())\n';
const around: Tree = {
  'README.md': '# Bikes',
  LICENSE: 'MIT',
  'data/train.csv': 'a,b\n',
  'src/bikes/model.pt': 'x'.repeat(64),
  'best.pt': 'x',
  '.env': 'TOKEN=1',
  'mlruns/0/meta.yaml': '',
};
const bikes = (dependencies: readonly string[] = ['gearbox'], module = main): Tree => ({
  ...around,
  'pyproject.toml': manifest('bikes', dependencies, `\n[project.scripts]\nbikes = "bikes:main"\n${backend}`),
  'src/bikes/__init__.py': module,
});

describe('container files that were added', {
  skip: standIn ? false : 'needs an engine of our own with a stand-in',
}, () => {
  test('wheel: built before, installed, run as a user who is not root', async () => {
    const folder = write(
      'wheel',
      bikes([], main.replace('from gearbox import shift\n', 'shift = lambda: "no gear"\n')),
    );
    await runOrThrow(uv, ['build', '--wheel', '--offline', folder], { env });
    const tag = await scaffoldAndBuild('wheel', 'wheel');
    assert.match(await start(tag), /usage: bikes/);
    assert.match(await start(tag, 'bikes', '--hour', '8'), /^hour 8 no gear$/m);
    assert.equal((await inImage(tag, 'id -u; touch here && ls')).trim(), '10001\nhere');
  });

  test('multi-stage: what is locked is there, and neither uv nor the sources', async () => {
    write('staged', bikes());
    await lock('staged');
    const tag = await scaffoldAndBuild('staged', 'multi-stage');
    assert.match(await start(tag), /usage: bikes/);
    assert.match(await start(tag, '--hour', '8'), /^hour 8 third gear$/m);
    const files = await inImage(tag, 'id -u; ls; cd .venv/lib/*/site-packages/bikes && ls *.*');
    assert.equal(files, '10001\n__init__.py\nmodel.pt\n');
  });

  test('multi-stage without a lock file, and of scripts that are no package', async () => {
    write('unlocked', bikes());
    assert.match(
      await start(await scaffoldAndBuild('unlocked', 'multi-stage'), '--hour', '7'),
      /^hour 7 third gear$/m,
    );
    write('scripts', {
      'pyproject.toml': manifest('scripts', ['gearbox'], ''),
      'main.py': `${main}\n\nmain()\n`,
      'README.md': '',
    });
    await lock('scripts');
    // Not the release that the image has.
    write('scripts', { '.python-version': '3.13.0\n' });
    assert.match(
      await start(await scaffoldAndBuild('scripts', 'multi-stage'), '--hour', '6'),
      /^hour 6 third gear$/m,
    );
    write('listed', {
      '.python-version': '3.13\n',
      'requirements.txt': `--index-url ${address}\ngearbox==1.0\n`,
      'main.py': `${main}\n\nmain()\n`,
    });
    assert.match(
      await start(await scaffoldAndBuild('listed', 'multi-stage'), '--hour', '5'),
      /^hour 5 third gear$/m,
    );
  });

  test('multi-stage of a workspace', async () => {
    const own = `\n[tool.uv.workspace]\nmembers = ["packages/*"]\n\n[tool.uv.sources]\npart = { workspace = true }\n\n[project.scripts]\nbikes = "bikes:main"\n${backend}`;
    write('workspace', {
      ...bikes(),
      'pyproject.toml': manifest('bikes', ['part'], own),
      'src/bikes/__init__.py': main.replace('gearbox', 'part'),
      'packages/part/pyproject.toml': `[project]\nname = "part"\nversion = "1.0"\ndependencies = ["gearbox"]\n${backend}`,
      'packages/part/src/part/__init__.py': 'from gearbox import shift\n',
    });
    await lock('workspace');
    assert.match(
      await start(await scaffoldAndBuild('workspace', 'multi-stage'), '--hour', '4'),
      /^hour 4 third gear$/m,
    );
  });

  test('training: on a CUDA image, with the Python of uv', async () => {
    write('training', { ...bikes(['gearbox', 'nvidia-cuda-runtime-cu12']), 'src/bikes/train.py': '' });
    await lock('training');
    // The one that the stand-in has.
    write('training', { '.python-version': '3.13\n' });
    const tag = await scaffoldAndBuild('training', 'training');
    assert.match(await start(tag, '--hour', '9'), /^hour 9 third gear$/m);
    const python = await inImage(tag, 'id -u; readlink -f /app/.venv/bin/python; echo $PYTHONUNBUFFERED; ls');
    assert.match(python, /^10001\n\/opt\/python\/cpython-3\.13\.\d+-[\w-]+\/bin\/python3\.13\n1\n$/);
  });

  test('serving: answers on its port, and its health check tells', async () => {
    const service =
      'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/healthz")\ndef health():\n    return {"ok": True}\n';
    write('serving', {
      ...around,
      'pyproject.toml': manifest('bikes', ['fastapi', 'uvicorn']),
      'src/bikes/__init__.py': '',
      'src/bikes/api.py': service,
    });
    await lock('serving');
    const tag = await scaffoldAndBuild('serving', 'serving');
    const inspected = JSON.parse(await output(['image', 'inspect', tag]))[0].Config;
    assert.deepEqual(Object.keys(inspected.ExposedPorts), ['8000/tcp']);
    const check: string[] = inspected.Healthcheck.Test.slice(1);
    const container = (await output(['run', '--detach', tag])).trim();
    try {
      const ask = () => run('docker', ['exec', container, ...check], { env });
      let answer = await ask();
      for (let left = 20; answer.code !== 0 && left > 0; left--) answer = await ask();
      assert.equal(answer.code, 0, answer.stderr);
      const others = check.map((word) => word.replace('/healthz', '/elsewhere'));
      assert.notEqual((await run('docker', ['exec', container, ...others], { env })).code, 0);
    } finally {
      await run('docker', ['rm', '--force', container], { env });
    }
  });

  test('serving of what is no package: as its imports ask for, with the files that it reads', async () => {
    const reads =
      'from src.settings import name\nfrom fastapi import FastAPI\n\n\ndef build():\n    app = FastAPI()\n    lines = open("prompts.txt").read(), open("models/scale.joblib").read()\n    open("models/log", "w").write(name)\n    app.get("/health")(lambda: lines)\n    return app\n';
    write('factory', {
      '.python-version': '3.13\n',
      'requirements.txt': `--index-url ${address}\nfastapi\nuvicorn\n`,
      'src/__init__.py': '',
      'src/settings.py': 'name = "shop"\n',
      'src/main.py': reads,
      'prompts.txt': 'hello',
      'models/scale.joblib': 'small',
      'health_check.py': 'print("tool")\n',
    });
    const tag = await scaffoldAndBuild('factory', 'serving');
    const container = (await output(['run', '--detach', tag])).trim();
    try {
      const ask = () =>
        run(
          'docker',
          [
            'exec',
            container,
            'python',
            '-c',
            'import urllib.request as u; print(u.urlopen("http://127.0.0.1:8000/health").read())',
          ],
          { env },
        );
      let answer = await ask();
      for (let left = 20; answer.code !== 0 && left > 0; left--) answer = await ask();
      assert.match(answer.stdout, /\["hello", "small"\]/, answer.stderr);
    } finally {
      await run('docker', ['rm', '--force', container], { env });
    }
  });

  test('multi-stage with a package in another folder, of a package that reads files around it, of a module', async () => {
    const shared = {
      'libs/shared/pyproject.toml': `[project]\nname = "shared"\nversion = "1"\n${backend}`,
      'libs/shared/src/shared/__init__.py': 'from gearbox import shift\n',
    };
    const source = '\n[tool.uv.sources]\nshared = { path = "libs/shared" }\n';
    write('path', {
      ...shared,
      'pyproject.toml': manifest('path', ['shared', 'gearbox'], source),
      'main.py': 'from shared import shift\nprint(shift())\n',
      'README.md': '',
    });
    await lock('path');
    assert.match(await start(await scaffoldAndBuild('path', 'multi-stage')), /^third gear$/m);

    const reader =
      'from pathlib import Path\n\n\ndef main():\n    print((Path(__file__).parents[2] / "prompts.yaml").read_text())\n';
    write('around', { ...bikes([], reader), 'prompts.yaml': 'a: 1' });
    await lock('around');
    assert.match(await start(await scaffoldAndBuild('around', 'multi-stage')), /^a: 1$/m);

    write('module', {
      'pyproject.toml': manifest('other-name', ['gearbox'], ''),
      'worker/__main__.py': 'from worker.job import run\nrun()\n',
      'worker/job.py': 'from gearbox import shift\n\n\ndef run():\n    print(shift())\n',
      'health_check.py': 'print("tool")\n',
      'README.md': '',
    });
    assert.match(await start(await scaffoldAndBuild('module', 'multi-stage')), /^third gear$/m);
  });
});
