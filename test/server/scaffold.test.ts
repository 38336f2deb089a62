// The files that Add Container Files writes, for projects of many shapes: without a finding of any of our rules, the project
// taken into account, and without one of hadolint's.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { scaffold, scaffoldKinds } from '../../server/src/features/scaffold.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import type { ScaffoldKind } from '../../server/src/protocol/requests.ts';
import { rules } from '../../server/src/rules/index.ts';
import { askHadolint } from '../oracle/hadolint.ts';
import { readParts } from '../parts/environment.ts';
import { createTestLinter } from './linter.ts';
import { type Files, projects } from './scaffold-projects.ts';
import { know, make, textOf } from './scaffold-world.ts';

const lint = await createTestLinter();
const kinds: readonly ScaffoldKind[] = ['wheel', 'multi-stage', 'training', 'serving'];

const dockerfiles: { name: string; text: string }[] = [];

describe('container files', async () => {
  for (const [name, files] of Object.entries(projects)) {
    for (const kind of kinds) {
      const made = await make(files, kind);
      if (!made) continue;
      dockerfiles.push({ name: `${name}, ${kind}`, text: textOf(made) });
      it(`of ${name}, ${kind}: no finding of ours`, async () => {
        const wheel: Files = kind === 'wheel' ? { 'dist/x-1.0-py3-none-any.whl': 'x' } : {};
        const written = Object.fromEntries(made.files.map(({ path, text }) => [path, text]));
        const context = await contextOfTexts({ ...files, ...wheel, ...written });
        const found = lint(textOf(made), rules, defaultConfiguration, context);
        assert.deepEqual(
          found.map(({ code, message }) => `${code}: ${message}`),
          [],
          textOf(made),
        );
      });
    }
  }

  const { hadolint } = readParts();
  it('hadolint finds nothing in any of them', { skip: hadolint ? false : 'needs hadolint' }, async () => {
    const verdicts = await askHadolint(hadolint ?? '', dockerfiles);
    // The others are asked for what the project does not tell, or refused, which scaffold-forms.test.ts tries.
    assert.equal(dockerfiles.length, 29);
    for (const { name, text } of dockerfiles) {
      const said = verdicts.get(name);
      assert.ok(said, `hadolint cannot read ${name}`);
      assert.deepEqual([...said], [], `${name}\n${text}`);
    }
  });
});

describe('what a project is made into', () => {
  const kindsOf = async (name: string) => scaffoldKinds(await know(projects[name] ?? {}));
  const of = (name: string, kind: ScaffoldKind, path?: string) =>
    make(projects[name] ?? {}, kind).then((made) => textOf(made, path));
  const gpu = 'a GPU training with data and weights around it';
  const service = 'a service of FastAPI';
  const scripts = 'scripts with requirements.txt';

  it('the kinds that fit come first, with their reason, and those that cannot be are left out', async () => {
    assert.deepEqual((await kindsOf(gpu)).slice(0, 2), [
      { kind: 'training', because: 'torch' },
      { kind: 'multi-stage', because: 'uv.lock' },
    ]);
    assert.deepEqual((await kindsOf(service))[0], { kind: 'serving', because: 'fastapi' });
    const withoutWheel = [scripts, 'an application of uv that is no package', 'a workspace'];
    for (const name of withoutWheel) {
      assert.ok(!(await kindsOf(name)).some(({ kind }) => kind === 'wheel'), name);
      assert.equal(await make(projects[name] ?? {}, 'wheel'), undefined);
    }
    const forced = '[project]\nname = "a"\nversion = "1"\n[tool.uv]\npackage = true\n';
    assert.ok(scaffoldKinds(await know({ 'pyproject.toml': forced })).some(({ kind }) => kind === 'wheel'));
    assert.deepEqual(scaffoldKinds(await know({ 'README.md': '' })), []);
    // Why nothing can be made of a project is said for each kind.
    const reasons = [
      [{ 'pyproject.toml': '[project\n' }, /^pyproject\.toml is no valid TOML \(line 1\)/],
      [{ 'train.ipynb': '{}' }, /^The project is worked with in notebooks \(train\.ipynb\)/],
      [
        { 'environment.yml': 'dependencies:\n  - python=3.12\n  - numpy\n', 'train.ipynb': '{}' },
        /^The project is worked with in notebooks \(train\.ipynb\)/,
      ],
    ] as const;
    for (const [files, why] of reasons) {
      const known = await know(files);
      const [offer] = scaffoldKinds(known);
      assert.ok(offer);
      assert.match(scaffold(known, { kind: offer.kind, answers: {} })?.refused ?? '', why);
    }
  });

  it('a project whose wheel is built gets the image of the course first', async () => {
    const files = { ...projects['a package with a script'], 'dist/bikes-1.0-py3-none-any.whl': 'x' };
    assert.deepEqual(scaffoldKinds(await know(files))[0], { kind: 'wheel', because: 'dist' });
    const text = textOf(await make(files, 'wheel'));
    assert.match(
      text,
      /^FROM python:3\.11-slim-bookworm\nCOPY --from=ghcr\.io\/astral-sh\/uv:[\d.]+ \/uv \/bin\/$/m,
    );
    assert.match(text, /^COPY dist\/\*\.whl \/tmp\/$/m);
    assert.match(text, /^CMD \["bikes", "--help"\]$/m);
  });

  it('the Python is that of .python-version, else the oldest with support that requires-python and the locked wheels admit', async () => {
    const python = async (files: Files) =>
      /^FROM python:([\d.]+)-/m.exec(textOf(await make(files, 'multi-stage')))?.[1];
    const wants = (specifier: string) =>
      `[project]\nname = "a"\nversion = "1"\nrequires-python = "${specifier}"\n`;
    assert.equal(await python(projects[gpu] ?? {}), '3.12');
    assert.equal(await python({ 'pyproject.toml': wants('>=3.9') }), '3.11');
    assert.equal(await python({ 'pyproject.toml': wants('>=3.14') }), '3.14');
    assert.equal(await python({ 'pyproject.toml': wants('~=3.11.2') }), '3.11');
    assert.equal(await python({ 'pyproject.toml': wants('>=3.15') }), '3.15');
    assert.equal(await python({ 'pyproject.toml': wants('>=3.9'), '.python-version': '3.11\n' }), '3.11');
    assert.equal(await python({ 'pyproject.toml': wants('>=3.12'), '.python-version': '3.11\n' }), '3.12');
  });

  it('uv is told the Python where .python-version asks for a patch release or does not fit', async () => {
    const told = async (pin: string) =>
      /UV_PYTHON=/.test(
        textOf(
          await make(
            {
              'pyproject.toml': '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.12"\n',
              '.python-version': pin,
            },
            'multi-stage',
          ),
        ),
      );
    assert.deepEqual(await Promise.all([told('3.12\n'), told('3.12.4\n'), told('3.11\n')]), [
      false,
      true,
      true,
    ]);
  });

  it('the CUDA image is the one of the locked wheels, and none where they are for CPUs', async () => {
    const base = async (files: Files) => /^FROM (\S+)$/m.exec(textOf(await make(files, 'training')))?.[1];
    const lockOf = (name: string, version: string, index = 'https://pypi.org/simple') => ({
      'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["torch"]\n',
      'uv.lock': `version = 1\n\n[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "${index}" }\n`,
    });
    assert.equal(await base(projects[gpu] ?? {}), 'nvidia/cuda:12.8.1-base-ubuntu24.04');
    const torch = (tag: string) => lockOf('torch', `2.8.0+${tag}`, `https://download.pytorch.org/whl/${tag}`);
    assert.equal(await base(torch('cu129')), 'nvidia/cuda:12.9.1-base-ubuntu24.04');
    // 12.1 may be deleted any day: the next one that is kept has the same major version.
    assert.equal(await base(torch('cu121')), 'nvidia/cuda:12.6.3-base-ubuntu24.04');
    assert.equal(await base(torch('cpu')), 'python:3.12-slim-bookworm');
    assert.match(
      (await base(lockOf('nvidia-cuda-runtime', '13.0.96'))) ?? '',
      /^nvidia\/cuda:13\.0\.\d+-base-/,
    );
    assert.match((await base(lockOf('onnxruntime-gpu', '1.23.0'))) ?? '', /-cudnn-runtime-ubuntu24\.04$/);
  });

  it('a service is started by its server, and asked at the route that is there', async () => {
    const text = await of(service, 'serving');
    assert.match(
      text,
      /^CMD \["uvicorn", "price_api\.service:server", "--host", "0\.0\.0\.0", "--port", "8000"\]$/m,
    );
    assert.match(text, /127\.0\.0\.1:8000\/healthz/);
    assert.match(
      await of(scripts, 'serving'),
      /^CMD \["gunicorn", "--bind", "0\.0\.0\.0:8000", "app:app"\]$/m,
    );
    const board = await of('a dashboard of Streamlit with the ignore file of a template', 'serving');
    assert.match(board, /^EXPOSE 8501$/m);
    assert.match(board, /^COPY --chown=app:app app\.py \.\/$/m);
    const bare = {
      'requirements.txt': 'flask\n',
      'app.py': 'app = Flask(__name__)\n',
      '.python-version': '3.12\n',
    };
    // A server that no list names is installed, and Flask's own is for those who work on it.
    assert.match(textOf(await make(bare, 'serving')), /^CMD \["gunicorn", .*"app:app"\]$/m);
    const starlette = { ...bare, 'requirements.txt': 'starlette\n', 'app.py': 'app = Starlette()\n' };
    assert.match(textOf(await make(starlette, 'serving')), /^CMD \["uvicorn", "app:app", /m);
  });

  it('what is no package is copied file by file, without tests, data and weights', async () => {
    const text = await of(scripts, 'training');
    assert.match(
      text,
      /(?:^COPY --chown=app:app \w+\/ \S+\n){2}COPY --chown=app:app app\.py train\.py \.\/$/m,
    );
    const { parseIgnoreFile } = await import('../../server/src/syntax/ignore-file.ts');
    const { keepsOut } = parseIgnoreFile(await of(scripts, 'training', '.dockerignore'));
    assert.deepEqual(
      [
        'data/loader.py',
        'data/x.csv',
        'weights/best.pth',
        'train.py',
        '.git/HEAD',
        '.venv/bin/x',
        'mlruns/0',
      ].filter(keepsOut),
      ['data/x.csv', 'weights/best.pth', '.git/HEAD', '.venv/bin/x', 'mlruns/0'],
    );
  });

  it('the ignore file lets through what the Dockerfile needs', async () => {
    const { parseIgnoreFile } = await import('../../server/src/syntax/ignore-file.ts');
    const needed: Readonly<Record<string, readonly string[]>> = {
      wheel: ['dist/a-1-py3-none-any.whl'],
      'multi-stage': ['README.md', 'LICENSE', 'pyproject.toml', 'uv.lock', 'src/bikes/__init__.py'],
    };
    for (const kind of ['wheel', 'multi-stage'] as const) {
      const { keepsOut } = parseIgnoreFile(await of('a package with a script', kind, '.dockerignore'));
      assert.deepEqual(needed[kind]?.filter(keepsOut), []);
      assert.ok(keepsOut('dist/a-1.tar.gz'));
    }
    const { keepsOut } = parseIgnoreFile(await of(service, 'serving', '.dockerignore'));
    assert.deepEqual([keepsOut('src/price_api/scaler.pkl'), keepsOut('best.pkl')], [false, true]);
  });

  it('an ignore file that is there keeps its lines, and is left alone where it is fit', async () => {
    const board = 'a dashboard of Streamlit with the ignore file of a template';
    const text = await of(board, 'serving', '.dockerignore');
    assert.equal(text, '*.md\ndist\n.venv\n\n# For the board image\nwandb\n!README.md\n');
    const again = await make({ ...projects[board], '.dockerignore': text }, 'serving');
    assert.deepEqual(
      again?.files.map(({ path }) => path),
      ['Dockerfile'],
    );
    const wheel = await make({ ...projects[board], '.dockerignore': text }, 'wheel');
    assert.match(textOf(wheel, '.dockerignore'), /\n!dist\/\*\.whl\n$/);
  });

  it('tasks build the wheel before the image, and name files from the workspace folder', async () => {
    const known = await know(projects['a package with a script'] ?? {});
    const made = scaffold(known, { kind: 'wheel', below: 'packages/bikes' });
    assert.deepEqual(made?.tasks, [
      { label: 'Build wheel of bikes', type: 'wheelhouse', command: 'buildWheel', project: 'packages/bikes' },
      {
        label: 'Build image of bikes',
        type: 'wheelhouse',
        command: 'buildImage',
        dockerfile: 'packages/bikes/Dockerfile',
        tag: 'bikes:latest',
        dependsOn: 'Build wheel of bikes',
      },
      {
        label: 'Run bikes',
        type: 'wheelhouse',
        command: 'run',
        image: 'bikes:latest',
        dependsOn: 'Build image of bikes',
      },
    ]);
    const second = scaffold(known, { kind: 'training', dockerfile: 'Dockerfile.training' });
    assert.deepEqual(
      second?.tasks.map(({ label }) => label),
      ['Build image of bikes-training', 'Run bikes-training'],
    );
    assert.equal(second?.files[0]?.path, 'Dockerfile.training');
  });
});
