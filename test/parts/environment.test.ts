import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Parts, partsToEnvironment, readParts, toolEnvironment } from './environment.ts';

const parts: Parts = {
  engine: {
    host: 'unix:///run/test.sock',
    own: true,
    config: '/tmp/config',
    buildx: true,
    builder: 'platforms',
    baseImage: 'base:1',
    baseStandIn: false,
  },
  registry: '127.0.0.1:5000',
  protectedRegistry: { address: '127.0.0.1:5001', user: 'someone', password: 'secret' },
  uv: { file: '/tools/uv', cache: '/cache', tools: '/tools' },
  hadolint: '/tools/hadolint',
  shellcheck: '/tools/shellcheck',
  browser: { node: '/node', codeServer: '/entry.js', chromium: '/chromium' },
  corpus: '/corpus',
  missing: [{ missing: 'a part', why: 'it is not here', install: 'get it' }],
};

test('what the parts are survives the way through the environment', () => {
  assert.deepEqual(readParts(partsToEnvironment(parts)), parts);
});

test('a part that is not there is undefined, not half there', () => {
  const rest = partsToEnvironment(parts);
  delete rest.WHEELHOUSE_TEST_DOCKER_CONFIG;
  delete rest.WHEELHOUSE_TEST_PROTECTED_REGISTRY_PASSWORD;
  const read = readParts(rest);
  assert.equal(read.engine, undefined);
  assert.equal(read.protectedRegistry, undefined);
  assert.equal(read.registry, parts.registry);
  assert.deepEqual(readParts({}).missing, []);
});

test('tools get the engine under test and a configuration that is not the user’s', () => {
  const env = toolEnvironment(parts, { PATH: '/bin', DOCKER_HOST: 'tcp://other', HOME: '/home/me' });
  assert.equal(env.DOCKER_HOST, 'unix:///run/test.sock');
  assert.equal(env.DOCKER_CONFIG, '/tmp/config');
  assert.equal(env.PATH, '/tools:/bin');
  assert.equal(env.HOME, '/home/me');
});
