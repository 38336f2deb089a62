// What Optimize Dockerfile and Add Container Files make of some projects, built and run by a real engine. All of them, and what
// it brings in time and bytes, are for `npm run optimize` (test/bench/optimize). The bases are stand-ins under the names of the
// published images.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { optimizeCases, scaffoldCases } from '../bench/optimize/behaviour/all.ts';
import { judgeScaffold } from '../bench/optimize/behaviour/scaffolded.ts';
import { judgeOptimized } from '../bench/optimize/behaviour/verdict.ts';
import { smallWheels } from '../bench/optimize/wheels.ts';
import { makeWorld, type World } from '../bench/optimize/world.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { createFolderService, optimizeFolder } from '../server/folder-service.ts';

const parts = readParts();
const from = parts.engine?.baseImage;
const env = { ...process.env, ...toolEnvironment(parts), DOCKER_BUILDKIT: '1' };
const service = await createFolderService();
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-optimized-'));
/** The slim image that the last stage goes on with. */
const slim = 'python:3.13-slim-bookworm';
const made = ['wheelhouse-optimized:wheel', 'wheelhouse-optimized:sync'];

const manifest =
  '[project]\nname = "bikes"\nversion = "1.0"\nrequires-python = ">=3.9"\ndependencies = []\n\n[project.scripts]\nbikes = "bikes:main"\n';
const main = 'import os\n\n\ndef main() -> None:\n    print("rides as", os.getuid())\n';

describe('optimized Dockerfiles', { skip: from ? false : 'needs an engine' }, () => {
  before(() => runOrThrow('docker', ['tag', from ?? '', slim], { env }));
  after(async () => {
    rmSync(root, { recursive: true });
    await run('docker', ['image', 'rm', '--force', ...made, slim], { env });
  });

  function write(folder: string, files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(root, folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return path.join(root, folder);
  }

  /** Applies all that is proposed, builds and runs. */
  async function optimized(folder: string, image: string) {
    const { text, applied } = await optimizeFolder(service, folder);
    const built = await run('docker', ['build', '--network=none', `--tag=${image}`, folder], { env });
    assert.equal(built.code, 0, `${text}\n${built.stderr}`);
    const ran = await run('docker', ['run', '--rm', image], { env });
    return { ids: applied.map(({ id }) => id), stdout: ran.stdout, stderr: ran.stderr };
  }

  test('the wheel image of the course runs from a slim image, as a user', async () => {
    const folder = write('wheel', {
      'pyproject.toml': `${manifest}\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n`,
      'src/bikes/__init__.py': main,
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY dist/*.whl .\nRUN uv pip install --system --offline *.whl\nCMD ["bikes"]\n',
    });
    const uv = parts.uv?.file ?? '';
    await runOrThrow(uv, ['lock', '--offline'], { env, cwd: folder });
    await runOrThrow(uv, ['build', '--wheel', '--offline', folder], { env });
    const { ids, stdout, stderr } = await optimized(folder, 'wheelhouse-optimized:wheel');
    assert.deepEqual(ids, ['wheel-dependencies', 'cache-mounts', 'multi-stage', 'non-root']);
    assert.equal(stdout, 'rides as 10001\n', stderr);
  });

  test('a project of uv keeps its environment, found by the program', async () => {
    const folder = write('sync', {
      'pyproject.toml': manifest,
      'bikes.py': `${main}\nmain()\n`,
      '.venv/lib/leftover': 'of another machine',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nENV UV_OFFLINE=1\nWORKDIR /app\nCOPY . .\nRUN uv sync --locked\nCMD ["uv", "run", "python", "bikes.py"]\n',
    });
    await runOrThrow(parts.uv?.file ?? '', ['lock', '--offline'], { env, cwd: folder });
    const { ids, stdout, stderr } = await optimized(folder, 'wheelhouse-optimized:sync');
    assert.deepEqual(ids, ['ignore-file', 'dependencies-first', 'cache-mounts', 'multi-stage', 'non-root']);
    assert.equal(stdout, 'rides as 10001\n', stderr);
  });
});

/** One of each kind; they take some seconds each. */
const sample = [
  'cache-removed-by-the-same-run',
  'folders-made-by-run',
  'file-made-above',
  'health-by-compose',
  'two-syncs-of-uv',
  'requirements-name-files',
  'version-from-git',
  'service-with-health',
  'application-factory',
  'main-of-a-folder',
];

describe('projects of which container files were written or optimized', {
  skip: parts.engine?.baseStandIn ? false : 'needs an engine with a stand-in',
}, () => {
  let world: World;
  before(async () => {
    world = await makeWorld(parts, () => {}, smallWheels);
  });
  after(() => world.stop());
  for (const name of sample) {
    test(`${name} behaves as before`, async () => {
      const optimized = optimizeCases.find((one) => one.name === name);
      const added = scaffoldCases.find((one) => one.name === name);
      assert.ok(optimized ?? added);
      const { text, differences } = optimized
        ? await judgeOptimized(world, service, optimized)
        : await judgeScaffold(world, service, added as (typeof scaffoldCases)[number]);
      assert.deepEqual(differences, [], text);
    });
  }
});
