// What the ignore file of a project keeps out below its top, leaves to those that read it, and cannot keep out.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: { readFile: async () => undefined, log: (level, message) => assert.fail(`${level}: ${message}`) },
  parseShell: await loadTestShellParser(),
});

const dockerfile = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n';

async function made(files: ExampleContext, text = dockerfile) {
  const all: ExampleContext = { 'app.py': 'import rides\n', 'rides.py': '', ...files };
  const context = await contextOfTexts(all);
  const texts = Object.entries(all).filter((file): file is [string, string] => typeof file[1] === 'string');
  const ids = ['ignore-file'];
  return service.optimize(text, defaultConfiguration, context, { ids, sources: new Map(texts) });
}
const lines = async (...of: Parameters<typeof made>) => (await made(...of)).ignoreLines;

describe('secrets that a COPY of the project takes along', () => {
  const told = async (files: ExampleContext) => (await made(files)).applied[0]?.assumes;
  const reader = { 'app.py': 'load_dotenv()\n' };

  it('are told of where the ignore file must leave them to a program', async () => {
    assert.equal(
      await told({ ...reader, '.env': 'TOKEN=ride\n' }),
      'whoever has the image may read any secrets in .env',
    );
    assert.equal(await told({ '.env': 'TOKEN=ride\n' }), undefined);
    assert.equal(await told({ ...reader, '.env': '', '.env.example': 'TOKEN=\n' }), undefined);
    assert.equal(await told({ ...reader, '.env.EXAMPLE': 'TOKEN=\n' }), undefined);
  });

  for (const path of [
    'private-key.pem',
    'conf/server.key',
    'conf/.env',
    'credentials.json',
    'gcp-credentials.json',
    'keys/rides-firebase-adminsdk-x1.json',
    'service_account.json',
    '.netrc',
  ])
    it(`may lie in ${path}`, async () =>
      assert.equal(await told({ [path]: 'x' }), `whoever has the image may read any secrets in ${path}`));

  for (const path of [
    'cacert.pem',
    'certs/fullchain.pem',
    'global-bundle.pem',
    'public.pem',
    'tests/server.key',
    'venv/lib/site-packages/x/own.pem',
    'key.json',
  ])
    it(`do not lie in ${path}`, async () => assert.equal(await told({ [path]: 'x' }), undefined));

  it('are kept out already', async () =>
    assert.equal(
      await told({ '.dockerignore': '*.pem\n', '.gitignore': 'venv\n', 'own.pem': 'x' }),
      undefined,
    ));

  it('are named as far as they are few', async () => {
    const four = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.key`, 'x']));
    assert.equal(
      await told(four),
      'whoever has the image may read any secrets in a.key, b.key, c.key, 1 more',
    );
  });
});

describe('.git', () => {
  const leavesOut: Readonly<Record<string, readonly [file: string, text: string]>> = {
    black: ['pyproject.toml', "[tool.black]\nexclude = '''\n/(\n    \\.git\n  | \\.venv\n)/\n'''\n"],
    ruff: ['pyproject.toml', '[tool.ruff]\nextend-exclude = [".git", "migrations"]\n'],
    flake8: ['setup.cfg', '[flake8]\nexclude = .git,__pycache__\n'],
    pytest: ['setup.cfg', '[tool:pytest]\nnorecursedirs = .git build\n'],
    'a walk over folders': ['app.py', 'SKIP = {"node_modules", ".git", ".venv"}\n'],
    'the last of a row': ['app.py', "skip = ('__pycache__', '.git')\n"],
    'a copy of the project': ['app.sh', "rsync -a --exclude='.git' . /tmp/ride\n"],
    find: ['app.sh', 'find . -name "*.py" -not -path "./.git/*"\n'],
  };
  for (const [name, [file, text]] of Object.entries(leavesOut))
    it(`is not read by what leaves it out: ${name}`, async () =>
      assert.ok((await lines({ [file]: text })).includes('.git')));

  const reads: Readonly<Record<string, readonly [file: string, text: string]>> = {
    'setuptools-scm': ['pyproject.toml', '[tool.setuptools_scm]\nroot = "."\n'],
    'a program': ['app.py', 'open(".git/HEAD")\n'],
    'a program by parts': ['app.py', 'os.path.join(ROOT, ".git")\n'],
    'setup.py': ['setup.py', 'if os.path.exists(".git"):\n    pass\n'],
    'another Dockerfile': ['web/Dockerfile', 'COPY .git /src/.git\n'],
    'a command in the settings': ['pyproject.toml', '[tool.taskipy.tasks]\nversion = "git describe"\n'],
  };
  for (const [name, [file, text]] of Object.entries(reads))
    it(`is left to ${name}`, async () => assert.ok(!(await lines({ [file]: text })).includes('.git')));
});

describe('what installers make below the top', () => {
  const web = { 'web/package.json': '{}' };
  const api = { 'api/requirements.txt': '' };

  it('is kept out where a manifest lies there', async () => {
    assert.ok((await lines(web)).includes('**/node_modules'));
    assert.ok((await lines({})).includes('node_modules'));
    const ignored = await lines(api);
    assert.ok(ignored.includes('**/.venv') && ignored.includes('**/venv') && !ignored.includes('venv'));
  });

  it('is added to an ignore file that means it at the top alone', async () => {
    const file = '.git\nnode_modules\n';
    assert.deepEqual(await lines({ ...web, '.dockerignore': file }), ['**/node_modules']);
    assert.deepEqual(await lines({ ...web, '.dockerignore': `${file}web/node_modules\n` }), []);
    assert.deepEqual(await lines({ ...web, '.dockerignore': `${file}web\n` }), []);
    assert.deepEqual(await lines({ ...web, '.dockerignore': '.git\n' }), []);
    const git = { '.dockerignore': '.git\n', '.gitignore': '.venv/\n' };
    assert.deepEqual(await lines({ ...api, ...git }), ['**/.venv']);
  });

  it('is left to what needs it', async () => {
    const vendored = { ...web, 'web/node_modules/chart/chart.js': 'x' };
    assert.ok((await lines(vendored)).includes('node_modules'));
    assert.ok(!(await lines(vendored)).includes('**/node_modules'));
    assert.ok((await lines({ ...vendored, '.gitignore': 'node_modules\n' })).includes('**/node_modules'));
    const copied = dockerfile.replace('COPY . .', 'COPY web/node_modules /srv/node_modules\nCOPY . .');
    assert.ok(!(await lines(web, copied)).includes('**/node_modules'));
    const serves = { ...web, 'app.py': 'app.mount("/js", "web/node_modules/chart")\n' };
    assert.ok(!(await lines(serves)).includes('**/node_modules'));
    const builds = dockerfile.replace('CMD', 'RUN cd web && npm ci && cp -r node_modules/x /srv\nCMD');
    assert.ok((await lines(web, builds)).includes('**/node_modules'));
    assert.ok(!(await lines({ ...api, 'api/venv/make.py': '' })).includes('**/venv'));
  });
});
