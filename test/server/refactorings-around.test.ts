// What the repository around a build context says of builds and containers.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createFolderService } from './folder-service.ts';

const dockerfile = `FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "ride.py"]
`;
const project = { 'requirements.txt': 'flask==3.1.0\n', 'ride.py': 'print(1)\n' };

/** What is offered for `api/Dockerfile` of a repository with these files. */
async function offered(files: Readonly<Record<string, string>>, at = 'api/Dockerfile', isCloned = true) {
  const root = await mkdtemp(path.join(tmpdir(), 'around-'));
  try {
    const own = Object.entries(project).map(([name, text]) => [`api/${name}`, text] as const);
    const top = isCloned ? [['.git/HEAD', 'ref: refs/heads/main\n'] as const] : [];
    const all = [...top, [at, dockerfile] as const, ...own, ...Object.entries(files)];
    for (const [name = '', text = ''] of all) {
      await mkdir(path.join(root, path.dirname(name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    }
    const service = await createFolderService();
    const { href } = pathToFileURL(path.join(root, at));
    const [context, sources] = await Promise.all([service.contextOf(href), service.sourcesOf(href)]);
    const { applied } = service.optimize(dockerfile, defaultConfiguration, context, { sources });
    return applied.map(({ id }) => id);
  } finally {
    await rm(root, { recursive: true });
  }
}

const service = (build: string, more = '') => `services:\n  ride:\n    build: ${build}\n${more}`;
const data = '    volumes:\n      - ./data:/app/data\n';

describe('the repository around a build context', () => {
  it('may say nothing', async () => {
    const ids = await offered({ 'README.md': 'A ride.\n', 'web/Dockerfile': 'FROM scratch\n' });
    assert.deepEqual(
      ids.filter((id) => /mounts|root/.test(id)),
      ['cache-mounts', 'non-root'],
    );
  });

  const rooted: Readonly<Record<string, readonly [file: string, text: string]>> = {
    'Compose mounts a folder': ['docker-compose.yml', service('./api', data)],
    'Compose names the Dockerfile': [
      'compose.yaml',
      service('\n      context: .\n      dockerfile: api/Dockerfile', data),
    ],
    'Compose builds it in one line': [
      'compose.prod.yml',
      service('{ context: ./api, dockerfile: Dockerfile }', data),
    ],
    'Compose has it in an anchor': [
      'compose.yml',
      `x-ride: &ride\n  build: ./api\n  volumes:\n  - ./data:/app/data\nservices:\n  ride:\n    <<: *ride\n`,
    ],
    'Compose has its mounts in an anchor': [
      'compose.yml',
      `x-data: &data\n- ./data:/app/data\n${service('./api', '    volumes: *data\n')}`,
    ],
    'a variable names the folder': [
      'compose.yml',
      service('./api', '    volumes:\n      - "${DATA:-./data}:/app/data"\n'),
    ],
    'one of two mounts in the long form is for reading': [
      'docker-stack.yml',
      service(
        './api',
        '    volumes:\n      - { type: bind, source: ./a, target: /a, read_only: true }\n      - type: bind\n        source: ./data\n        target: /app/data\n    read_only: true\n',
      ),
    ],
    'another service runs its image': [
      'compose.yml',
      service('./api', `    image: rides\n  worker:\n    image: rides\n${data}`),
    ],
    'a service and its image are named as the folder': [
      'compose.yml',
      `services:\n  api:\n    image: shop_api:latest\n    volumes:\n      - media:/app/media\nvolumes:\n  media:\n`,
    ],
    'Compose extends a service': [
      'compose.yml',
      service('./api', `    extends:\n      service: base\n  base:\n    init: true\n${data}`),
    ],
    'Compose in a folder of its own': ['docker/compose.yml', service('../api', data)],
    'a mount with a comment': [
      'compose.yml',
      service('api', '    volumes:\n      - ./data:/app/data  # of today\n'),
    ],
    'a script mounts a folder': ['scripts/run.sh', 'docker run --rm -v "$PWD/data:/app/data" ride\n'],
    'readers are told to': ['README.md', '    docker run -v "$(pwd)/data:/app/data" ride\n'],
    'a claim of Kubernetes': [
      'k8s/ride.yaml',
      'image: ride:1\nvolumes:\n- persistentVolumeClaim:\n    claimName: a\n',
    ],
    'a folder of the node': ['deploy/base/ride.yml', 'image: ride:1\nvolumes:\n- hostPath:\n    path: /a\n'],
  };
  for (const [name, [file, text]] of Object.entries(rooted))
    it(`keeps root where ${name}`, async () =>
      assert.ok(!(await offered({ [file]: text })).includes('non-root')));

  it('keeps root where a second Compose file says more of the service', async () => {
    const override = `services:\n  ride:\n${data}`;
    const files = { 'compose.yml': service('./api'), 'compose.override.yml': override };
    assert.ok(!(await offered(files)).includes('non-root'));
    assert.ok((await offered({ 'compose.yml': service('./api') })).includes('non-root'));
    assert.ok((await offered({ ...files, 'compose.yml': service('./web') })).includes('non-root'));
  });

  it('is known of an archive, which has no .git', async () => {
    const files = { '.gitignore': '*.pyc\n', 'docker-compose.yml': service('./api', data) };
    assert.ok(!(await offered(files, 'api/Dockerfile', false)).includes('non-root'));
    assert.ok((await offered({ '.gitignore': '*.pyc\n' }, 'api/Dockerfile', false)).includes('non-root'));
  });

  it('has no ignore file made for a folder of one program, in which nothing lies that it would keep out', async () => {
    const around = { 'README.md': 'A ride.\n' };
    assert.ok(!(await offered(around)).includes('ignore-file'));
    assert.ok((await offered({ ...around, 'api/venv/pyvenv.cfg': '\n' })).includes('ignore-file'));
    // Two that are started one by one leave no bytecode, and a module that is imported does.
    const two = { ...around, 'api/road.py': '\n' };
    assert.ok(!(await offered(two)).includes('ignore-file'));
    for (const text of ['import road\n', '    from road import lanes\n', 'importlib.import_module("road")\n'])
      assert.ok((await offered({ ...two, 'api/ride.py': text })).includes('ignore-file'), text);
    assert.ok((await offered({ ...two, 'api/lanes/one.py': '\n' })).includes('ignore-file'));
  });

  it('has no ignore file made in a folder that Compose beside it does not build from', async () => {
    const compose = (build: string) => ({
      'api/road.py': '',
      'api/compose.yml': `services:\n  api:\n${build}`,
    });
    for (const build of [
      '    build: ..\n',
      '    build:\n      context: ../\n      dockerfile: ./api/Dockerfile\n',
    ])
      assert.ok(!(await offered(compose(build))).includes('ignore-file'), build);
    assert.ok((await offered(compose('    build: .\n  web:\n    build: ..\n'))).includes('ignore-file'));
  });

  const free: Readonly<Record<string, readonly [file: string, text: string]>> = {
    'Compose mounts it into another service': ['docker-compose.yml', service('./web', data)],
    'Compose has the mounts of another service in an anchor': [
      'compose.yml',
      `x-log: &log\n  driver: local\n${service('./api', `    logging: *log\n  data:\n    image: postgres:18\n${data}`)}`,
    ],
    'both mounts in the long form are for reading': [
      'compose.yml',
      service(
        './api',
        '    volumes:\n      - { type: bind, source: ./a, target: /a, read_only: true }\n      - type: bind\n        source: ./b\n        target: /b\n        read_only: true\n',
      ),
    ],
    'its ports are variables': ['compose.yml', service('./api', '    ports:\n      - "${PORT}:${PORT}"\n')],
    'nothing can be written there': [
      'compose.yml',
      service('./api', '    volumes:\n      - ./data:/app/data:ro\n'),
    ],
    'the claim is of a database': [
      'k8s/db.yaml',
      'image: postgres:17\nvolumes:\n- persistentVolumeClaim:\n    claimName: a\n',
    ],
    'the volume belongs to a group': [
      'k8s/ride.yaml',
      'image: ride:1\nfsGroup: 1000\nvolumes:\n- persistentVolumeClaim:\n    claimName: a\n',
    ],
  };
  for (const [name, [file, text]] of Object.entries(free))
    it(`lets a user be made where ${name}`, async () =>
      assert.ok((await offered({ [file]: text })).includes('non-root')));

  it('is known without a context, too', async () => {
    const files = {
      'docker-compose.yml': service('\n      context: .\n      dockerfile: docker/Dockerfile', data),
    };
    assert.ok((await offered({}, 'docker/Dockerfile')).includes('non-root'));
    assert.ok(!(await offered(files, 'docker/Dockerfile')).includes('non-root'));
    const beside = {
      'docker/compose.yml': service('\n      context: ..\n      dockerfile: docker/Dockerfile', data),
    };
    assert.ok(!(await offered(beside, 'docker/Dockerfile')).includes('non-root'));
  });

  for (const [file, text] of [
    ['.travis.yml', 'script: docker build api\n'],
    ['.github/workflows/ci.yml', 'env:\n  DOCKER_BUILDKIT: 0\n'],
    ['manifests/kaniko-build.yaml', 'kind: Job\n'],
    ['railway.toml', '[build]\nbuilder = "DOCKERFILE"\n'],
    ['docs/gcloud.md', 'gcloud run deploy ride --source .\n'],
    ['api/DEPLOY.md', 'gcloud run deploy ride --source .\n'],
    ['deploy/app.prod.yaml', 'runtime: custom\n'],
  ] as const)
    it(`takes mounts away by ${file}`, async () =>
      assert.ok(!(await offered({ [file]: text })).includes('cache-mounts')));
});
