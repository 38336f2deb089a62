// What is wrong in a file beside a Dockerfile is said there, and hides nothing else.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createConfigurationFinder } from '../../server/src/config/find-configuration.ts';
import { readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import type { FileProblem } from '../../server/src/ports/ports.ts';
import { createContextReader } from '../../server/src/project/build-context.ts';
import { readCompose } from '../../server/src/project/compose.ts';
import { readEnvironment } from '../../server/src/project/conda-environment.ts';
import { listContext } from '../../server/src/project/context-files.ts';
import { readUvLock } from '../../server/src/project/uv-lock.ts';
import { readYaml } from '../../server/src/syntax/yaml.ts';

/** What a reader gives, and the place of what it complains about. */
function faulty<T>(text: string, read: (say: (problem: FileProblem) => void) => T) {
  const problems: FileProblem[] = [];
  const result = read((problem) => problems.push(problem));
  return { result, places: problems.map(({ start, end }) => text.slice(start, end)), problems };
}
const compose = (text: string) => {
  const { result, places } = faulty(text, (say) => readCompose('file:///c', text, 'Dockerfile', say));
  return {
    services: result.map(({ name, hasSharedMemory }) => `${name}${hasSharedMemory ? '+' : ''}`),
    places,
  };
};

describe('a Compose file', () => {
  it('with one bad service still has the others, and its fault at its place', () => {
    const good = '  good:\n    build: .\n    shm_size: 1g\n';
    for (const [bad, place] of [
      ['    volumes: *nowhere\n', '*nowhere'],
      ['    <<: text\n', 'text'],
      ['    volumes: &a [*a]\n', '*a'],
      ['    build: .\n', 'build'],
      ['    ports: [1, 2\n', ''],
    ] as const) {
      const { services, places } = compose(`services:\n${good}  bad:\n    build: .\n${bad}`);
      assert.ok(services.includes('good+'), bad);
      assert.equal(places.length, 1, bad);
      if (place) assert.deepEqual(places, [place]);
    }
  });

  it('may use an anchor as often as it likes, and merge mappings', () => {
    const uses = Array.from({ length: 150 }, (_, at) => `  s${at}: *base\n`).join('');
    const { services, places } = compose(
      `x-base: &base\n  build: .\n  volumes: [{type: tmpfs, target: /dev/shm}]\nservices:\n${uses}  own:\n    <<: [*base]\n    build: ./other\n  merged:\n    <<: *base\n`,
    );
    assert.deepEqual(places, []);
    assert.equal(services.length, 151);
    assert.deepEqual(services.slice(-1), ['merged+']);
  });

  it('gives names that every object has as they stand', () => {
    const { services } = compose(
      'services:\n  __proto__: {build: .}\n  constructor: {build: .}\n  toString: 3\n',
    );
    assert.deepEqual(services, ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>).build, undefined);
  });

  it('of several documents is read by its first, and one that ends in a mark has no second', () => {
    const text = 'services: {a: {build: .}}\n---\nb: 2\n';
    assert.equal(compose(text).services.length, 1);
    assert.equal(compose(text).places.length, 1);
    assert.deepEqual(compose('---\nservices: {a: {build: .}}\n---\n').places, []);
  });
});

it('an environment file with a fault gives what can be read', () => {
  const text = 'channels: [defaults, *x]\ndependencies:\n  - python=3.12\n  - pip: [torch==2.9.0, *y]\n';
  const { result, places } = faulty(text, (say) => readEnvironment('environment.yml', text, say));
  assert.deepEqual(result?.channels, ['defaults']);
  assert.deepEqual(result?.packages, ['python=3.12']);
  assert.deepEqual(
    result?.requirements.map(({ name }) => name),
    ['torch'],
  );
  assert.deepEqual(places, ['*x']);
});

it('a .hadolint.yaml with a fault has its other keys', () => {
  const text =
    'ignored: [DL3042, *x]\nlabel-schema: {constructor: text, __proto__: text}\nignored: [DL3000]\n';
  const { configuration, problems } = readHadolintYaml(text);
  assert.equal(configuration.levels.get('DL3000'), 'off');
  assert.deepEqual(
    problems.map(({ start, end }) => text.slice(start, end)),
    ['*x'],
  );
  assert.equal(readHadolintYaml('['.repeat(100_000)).problems.length, 1);
});

it('a lock with one broken table has the others, and the place of the fault', async () => {
  const text = '[[package]]\nname = "a"\n[[package]]\nname =\n[[package]]\nname = "b"\n';
  const problems: FileProblem[] = [];
  const lock = await readUvLock(text, (problem) => problems.push(problem));
  assert.deepEqual(
    lock?.packages.map(({ name }) => name),
    ['a', 'b'],
  );
  assert.equal(problems.length, 1);
  assert.equal(text.slice(0, problems[0]?.start).split('\n').length, 4);
});

it('YAML that doubles with each line is read once for each line', () => {
  const lines = Array.from({ length: 60 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]\n`);
  const { value, fault } = readYaml(`l0: &l0 [x]\n${lines.join('')}`, true);
  assert.equal(fault, undefined);
  assert.equal(Object.keys(value as object).length, 61);
});

describe('a port that fails', () => {
  const failing = () => Promise.reject(new Error('no'));
  const throwing = () => {
    throw new Error('no');
  };
  it('gives a context without what it was asked for', async () => {
    for (const fails of [failing, throwing]) {
      const reader = createContextReader({ readFile: fails, listFolder: fails, reportProblems: throwing });
      const context = await reader.contextOf('file:///a/Dockerfile');
      assert.equal(context?.ignoreFileUri, 'file:///a/.dockerignore');
      assert.equal((await reader.contextIn('file:///a')).files, undefined);
    }
    const files: Record<string, string> = {
      'file:///a/Dockerfile': 'FROM a\nCOPY . .\n',
      'file:///a/pyproject.toml': '[',
    };
    const reader = createContextReader({
      readFile: async (uri) => files[uri],
      listFolder: failing,
      reportProblems: throwing,
    });
    assert.equal((await reader.contextOf('file:///a/Dockerfile'))?.manifest?.text, '[');
  });

  it('gives the configuration of the next file', async () => {
    const finder = createConfigurationFinder({
      log: () => {},
      readFile: async (uri) => (uri === 'file:///.hadolint.yaml' ? 'ignored: [DL1]' : failing()),
    });
    const { configuration, used } = await finder.find('file:///a/Dockerfile');
    assert.deepEqual([...configuration.levels.keys()], ['DL1']);
    assert.equal(used, 'file:///.hadolint.yaml');
  });
});

it('a folder that holds itself is looked into as deep as folders are made', async () => {
  let asked = 0;
  const listed = await listContext('file:///a', async () => {
    asked++;
    return [{ name: 'a', kind: 'folder', size: 0, changed: 0 }];
  });
  assert.equal(listed?.isComplete, false);
  assert.ok(asked < 100, `${asked} folders`);
  asked = 0;
  const wide = await listContext('file:///a', async () => {
    asked++;
    return Array.from(
      { length: 20 },
      (_, at) => ({ name: `${at}`, kind: 'folder', size: 0, changed: 0 }) as const,
    );
  });
  assert.equal(wide?.isComplete, false);
  assert.ok(asked < 20_000, `${asked} folders`);
});
