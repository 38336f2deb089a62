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

describe('a folder that Compose mounts', () => {
  const built = (name: string, mount = '') =>
    `  ${name}:\n    build:\n      context: .\n${mount && `    volumes:\n      - ./${mount}:/app/${mount}\n`}`;
  const kept = async (...services: string[]) => {
    const compose = `services:\n${services.join('')}`;
    return (await lines({ 'docker-compose.yml': compose })).filter((line) => line === 'model');
  };

  it('is kept out where each service that is built has it', async () => {
    assert.deepEqual(await kept(built('train', 'model'), built('infer', 'model')), ['model']);
    const database = '  db:\n    image: postgres\n';
    for (const other of ['build: ./web', 'build:\n      context: web', 'build: { context: "../web" }'])
      assert.deepEqual(await kept(built('train', 'model'), `  web:\n    ${other}\n`), ['model'], other);
    assert.deepEqual(await kept(built('train', 'model'), database), ['model']);
  });
  it('is left where one has what the image holds', async () => {
    assert.deepEqual(await kept(built('train', 'model'), built('infer', 'results')), []);
    for (const own of [
      'build: .',
      'build: ./',
      'build: { dockerfile: D }',
      'build: "."',
      'build: ${HERE:-.}',
    ])
      assert.deepEqual(await kept(built('train', 'model'), `  infer:\n    ${own}\n`), [], own);
  });
});

describe('secrets that an ignore file lets in', () => {
  const there = { '.dockerignore': '.git\n**/__pycache__\n**/*.py[cod]\n' };

  it('get lines of their own where nothing names them', async () => {
    const { ignoreLines, applied } = await made({
      ...there,
      'conf/server.key': 'x',
      'conf/.env': 'TOKEN=ride\n',
    });
    assert.deepEqual(ignoreLines, ['conf/.env', 'conf/server.key']);
    assert.equal(applied[0]?.assumes, 'nothing in the image reads conf/.env, conf/server.key');
  });

  const kept: Readonly<Record<string, readonly [files: ExampleContext, text?: string]>> = {
    'a program names them': [{ 'app.py': 'open("conf/server.key")\n' }],
    'a program takes all of their kind': [{ 'app.py': 'Path("conf").glob("*.key")\n' }],
    'a script names them': [{ 'start.sh': 'openssl s_server -key conf/server.key\n' }],
    'the file copies their folder': [{}, dockerfile.replace('COPY . .', 'COPY . .\nCOPY conf /etc/ride')],
  };
  for (const [name, [files, text]] of Object.entries(kept))
    it(`stay where ${name}`, async () =>
      assert.deepEqual(await lines({ ...there, 'conf/server.key': 'x', ...files }, text), []));

  it('stay where programs read such files by themselves', async () => {
    const settings = { ...there, 'conf/.env': 'TOKEN=ride\n' };
    assert.deepEqual(await lines({ ...settings, 'app.py': 'load_dotenv()\n' }), []);
    assert.deepEqual(await lines(settings, dockerfile.replace('CMD', 'RUN npm run build\nCMD')), []);
  });
});

describe('environments of this machine', () => {
  it('are kept out where git is told of them, or uv makes them', async () => {
    assert.ok((await lines({ '.gitignore': 'env/\n' })).includes('env'));
    assert.ok(!(await lines({ '.gitignore': 'build/\n' })).includes('env'));
    assert.ok(!(await lines({ '.gitignore': 'env/\n', 'env/taxi.py': '' })).includes('env'));
    const there = { '.dockerignore': '.git\n' };
    assert.deepEqual(await lines({ ...there, '.gitignore': 'env/\n' }), ['env']);
    assert.deepEqual(await lines({ ...there, 'uv.lock': 'version = 1\n' }), ['.venv']);
    assert.deepEqual(await lines({ '.dockerignore': '.git\n.venv\n', 'uv.lock': 'version = 1\n' }), []);
  });

  it('are kept out where the image makes its own at the same place', async () => {
    const venv = { '.dockerignore': '.git\n', '.venv/lib/a.py': '' };
    const path = 'ENV PATH=/app/.venv/bin:$PATH\n';
    const having = (line: string) => dockerfile.replace('COPY', `${path}${line}\nCOPY`);
    assert.deepEqual(await lines(venv, having('RUN uv --no-cache sync --frozen')), ['.venv']);
    assert.deepEqual(await lines(venv, having('ENV UV_PROJECT_ENVIRONMENT=/app/.venv')), ['.venv']);
    assert.deepEqual(await lines(venv, having('ENV A=1')), []);
  });
});

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

describe('dumps of databases that git leaves alone', () => {
  const dumps = async (gitignore: string, files: ExampleContext = {}, text?: string) =>
    (await lines({ '.gitignore': `${gitignore}\n`, ...files }, text)).filter((line) => /sql|dump/.test(line));

  it('are kept out, whether one lies there yet or not', async () => {
    assert.deepEqual(await dumps('data.sql\ndatabase/data.sql\r\n/db/all.sql.gz\n*.dump'), [
      '**/data.sql',
      'db/all.sql.gz',
      '**/*.dump',
    ]);
    const files = { 'data.sql': 'x', 'app.py': 'import a\n', '.dockerignore': '.git\n' };
    assert.deepEqual(await dumps('data.sql', files), ['**/data.sql']);
    const compose = { 'compose.yaml': 'services:\n  db:\n    volumes:\n      - ./data.sql:/init/data.sql\n' };
    assert.deepEqual(await dumps('data.sql', { ...compose, 'README.md': 'psql -f data.sql' }), [
      '**/data.sql',
    ]);
    const { applied } = await made({ '.gitignore': 'data.sql\n' });
    assert.equal(applied[0]?.assumes, 'nothing in the image reads **/data.sql');
  });

  const kept: Readonly<Record<string, readonly [gitignore: string, files?: ExampleContext, text?: string]>> =
    {
      'a program reads it': ['data.sql', { 'app.py': 'open("db/data.sql")\n' }],
      'a program reads all of its kind': ['data.sql', { 'app.py': 'Path("db").glob("*.sql")\n' }],
      'the file copies it': ['/db/data.sql', {}, `${dockerfile}COPY db/data.sql /init/\n`],
      'a script reads it': ['data.sql', { 'start.sh': 'psql -f data.sql\n' }],
      'the project has one': ['*.sql', { 'db/seed.sql': 'x', '.gitignore': '*.sql\n!seed.sql\n' }],
      'it is kept out already': ['data.sql', { '.dockerignore': '**/*.sql\n' }],
      'it is a database': ['data.sqlite3\n*.db'],
    };
  for (const [name, [gitignore, files, text]] of Object.entries(kept))
    it(`are left where ${name}`, async () => assert.deepEqual(await dumps(gitignore, files, text), []));
});
