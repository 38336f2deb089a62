import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { loginPatterns, withTryAgain } from '../../client/src/registries/failures.ts';
import { configFacts, leadsTo, manifestFacts } from '../../client/src/registries/manifest.ts';
import {
  checkHost,
  checkUsername,
  contextFlags,
  knownRegistries,
  offeredHosts,
  type Registry,
  repositoriesOf,
  splitName,
  stateColor,
  stateIcon,
  stateWords,
  tagWords,
} from '../../client/src/registries/model.ts';
import { explainFailure } from '../../client/src/runtime/failures.ts';
import { forgeRegistry, gitRemote } from '../../client/src/runtime/git-remote.ts';
import { isLoopback, isRegistryHost, registryHost } from '../../client/src/runtime/registry-host.ts';
import {
  brokenLoginFile,
  lastUsedFirst,
  loginFiles,
  parseLogins,
  readLogins,
  rememberPush,
  rememberRegistry,
  rememberUse,
} from '../../client/src/runtime/registry-logins.ts';

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

test('every spelling of a registry is one host', () => {
  const cases: Readonly<Record<string, string>> = {
    'https://ghcr.io/owner/': 'ghcr.io',
    ' GHCR.io ': 'ghcr.io',
    'https://index.docker.io/v1/': 'docker.io',
    'registry-1.docker.io': 'docker.io',
    'http://127.0.0.1:5000/v2/': '127.0.0.1:5000',
    '[::1]:5000': '[::1]:5000',
  };
  for (const [text, host] of Object.entries(cases)) assert.equal(registryHost(text), host);
});

test('a manifest tells the size, a list the platforms; what is neither tells nothing', () => {
  const image = { schemaVersion: 2, config: { size: 7 }, layers: [{ size: 1_000 }, { size: 34 }, null] };
  assert.deepEqual(manifestFacts(image), { bytes: 1_034, platforms: [] });
  const list = {
    manifests: [
      { platform: { os: 'linux', architecture: 'amd64' } },
      { platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
      { platform: { os: 'unknown', architecture: 'unknown' } },
      { platform: { os: 'linux', architecture: 'amd64' } },
      { platform: { os: 1 } },
      {},
    ],
  };
  assert.deepEqual(manifestFacts(list), { platforms: ['linux/amd64', 'linux/arm/v7'] });
  for (const other of [undefined, null, 1, 'x', [], {}, { layers: 1, manifests: 'x' }])
    assert.deepEqual(manifestFacts(other), { platforms: [] });
});

test('a config tells platform and day, but no day that a build has made up, and a list leads past attestations', () => {
  const made = { os: 'linux', architecture: 'arm', variant: 'v7', created: '2026-11-28T10:00:00Z' };
  assert.deepEqual(configFacts(made), {
    platform: 'linux/arm/v7',
    created: new Date(Date.UTC(2026, 10, 28, 10)),
  });
  for (const created of ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', 'never', undefined])
    assert.deepEqual(configFacts({ os: 'linux', architecture: 'amd64', created }), {
      platform: 'linux/amd64',
    });
  for (const other of [undefined, 'missing', [], { os: 1, created: 2 }])
    assert.deepEqual(configFacts(other), {});
  const [one, two] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`);
  const manifests = [
    { digest: one, platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: two, platform: { os: 'linux', architecture: 'amd64' } },
  ];
  assert.deepEqual(leadsTo({ manifests }), { config: undefined, image: two });
  assert.deepEqual(leadsTo({ config: { digest: one } }), { config: one, image: undefined });
  assert.deepEqual(leadsTo({ config: { digest: '../x' } }), { config: undefined, image: undefined });
});

test('a host is checked before it becomes an argument', () => {
  for (const good of [
    'ghcr.io',
    'localhost',
    'localhost:5000',
    '127.0.0.1:5000',
    '[::1]:5000',
    'a-b.example',
  ]) {
    assert.ok(isRegistryHost(good), good);
    assert.equal(checkHost(good), undefined);
  }
  for (const bad of [
    '--help',
    '-x',
    '',
    ' ',
    'foo bar',
    'ghcr.io:port',
    'a@b',
    '.io',
    'x;y',
    'user:secret@ghcr.io',
  ]) {
    assert.equal(isRegistryHost(bad), false, bad);
    assert.ok(checkHost(bad), bad);
  }
  assert.equal(checkUsername(' owner '), undefined);
  for (const bad of ['', '  ', 'a b', 'a:b']) assert.ok(checkUsername(bad), bad);
});

test('loopback is this machine and nothing that looks like it', () => {
  for (const host of ['localhost', 'localhost:1', '127.0.0.1', '127.1.2.3:5000', '[::1]:5000'])
    assert.ok(isLoopback(host));
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', 'ghcr.io', '10.0.0.1']) {
    assert.equal(isLoopback(host), false, host);
  }
});

test('the registry of a forge is derived from the git remote', () => {
  const forge = (url: string) => {
    const remote = gitRemote(`[remote "origin"]\n\turl = ${url}\n`);
    return remote && forgeRegistry(remote);
  };
  assert.equal(forge('git@github.com:Owner/Bikes.git'), 'ghcr.io');
  assert.equal(forge('https://gitlab.example.org/a/b/c.git'), 'registry.gitlab.example.org');
  assert.equal(forge('https://bitbucket.org/a/b'), undefined);
});

test('the known registries: what the engine is logged in to, the usual two, and those of this machine', () => {
  const known = knownRegistries(
    [{ host: 'ghcr.io', username: 'owner' }, { host: 'store.example' }, { host: 'gcr.io', helper: 'gcloud' }],
    { 'store.example': 'me', 'old.example': 'me' },
    ['127.0.0.1:5000/owner/bikes:1', 'nvcr.io/nvidia/cuda:13', 'bikes:latest'],
  );
  assert.deepEqual(known, [
    { host: 'ghcr.io', state: 'logged-in', username: 'owner' },
    { host: 'store.example', state: 'logged-in', username: 'me' },
    { host: 'gcr.io', state: 'helper', helper: 'gcloud' },
    { host: 'docker.io', state: 'logged-out' },
    { host: 'old.example', state: 'logged-out' },
    { host: '127.0.0.1:5000', state: 'logged-out' },
  ]);
  const used = knownRegistries([], {}, [], ['registry.example:5000', 'ghcr.io', 'no host']);
  assert.deepEqual(
    used.map(({ host }) => host),
    ['ghcr.io', 'docker.io', 'registry.example:5000'],
  );
  // A login remembered here says nothing once the engine has lost it.
  assert.equal(knownRegistries([], { 'ghcr.io': 'owner' }, [])[0]?.state, 'logged-out');
});

const drawn: readonly [Registry, string, string, string][] = [
  [
    { host: 'x', state: 'logged-in', username: 'owner' },
    'owner · logged in',
    ';registry;loggedin;',
    'charts.green',
  ],
  [{ host: 'x', state: 'logged-in' }, 'logged in', ';registry;loggedin;', 'charts.green'],
  [{ host: 'x', state: 'logged-out' }, 'not logged in', ';registry;loggedout;', 'disabledForeground'],
  [{ host: 'x', state: 'open' }, 'reachable', ';registry;loggedout;', 'charts.green'],
  [{ host: 'x', state: 'silent' }, 'does not answer', ';registry;loggedout;', 'charts.red'],
  [
    { host: 'x', state: 'helper', helper: 'gcloud' },
    'login by docker-credential-gcloud',
    ';registry;',
    'charts.green',
  ],
];

for (const [registry, words, flags, color] of drawn) {
  test(`a registry: ${words}`, () => {
    assert.equal(stateWords(registry), words);
    assert.equal(contextFlags(registry), flags);
    assert.equal(stateColor(registry), color);
    // Not by its colour alone.
    assert.equal(stateIcon(registry) === 'cloud', registry.state !== 'silent');
  });
}

test('names of images fall into registry and repository', () => {
  const cases: readonly [string, string, string][] = [
    ['ghcr.io/owner/bikes:1.0', 'ghcr.io', 'owner/bikes'],
    ['127.0.0.1:5000/bikes', '127.0.0.1:5000', 'bikes'],
    ['127.0.0.1:5000/bikes@sha256:ab', '127.0.0.1:5000', 'bikes'],
    ['localhost/bikes:1', 'localhost', 'bikes'],
    ['owner/bikes:1', 'docker.io', 'owner/bikes'],
    ['bikes:1', 'docker.io', 'bikes'],
  ];
  for (const [name, host, repository] of cases) assert.deepEqual(splitName(name), { host, repository });
  const names = cases.map(([name]) => name);
  assert.deepEqual(repositoriesOf('127.0.0.1:5000', names), ['bikes']);
  assert.deepEqual(repositoriesOf('docker.io', names), ['owner/bikes']);
  assert.deepEqual(repositoriesOf('quay.io', names), []);
});

test('tags are counted in words', () => {
  assert.deepEqual(
    [tagWords([]), tagWords(['a']), tagWords(['a', 'b']), tagWords('missing'), tagWords('denied')],
    ['0 tags', '1 tag', '2 tags', 'not pushed', 'no access'],
  );
});

test('the registry of the forge is offered first, then the last one, each once', () => {
  const known: readonly Registry[] = ['docker.io', 'ghcr.io'].map((host) => ({ host, state: 'logged-out' }));
  assert.deepEqual(offeredHosts('ghcr.io', 'quay.io', known), ['ghcr.io', 'quay.io', 'docker.io']);
  assert.deepEqual(offeredHosts(undefined, undefined, known), ['docker.io', 'ghcr.io']);
});

test('of logins that comes first which was logged in to or pushed to last, whatever was pulled since', async () => {
  const inMemory = () => {
    const kept = new Map<string, unknown>();
    return {
      get: <T>(key: string) => kept.get(key) as T | undefined,
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
  };
  const memories = { memory: inMemory(), globalMemory: inMemory() };
  const logins = [{ host: 'docker.io' }, { host: 'ghcr.io' }, { host: 'r.example' }];
  const first = () => lastUsedFirst(logins, memories.globalMemory)[0]?.host;
  assert.equal(first(), 'docker.io');
  await rememberPush(memories, 'ghcr.io');
  await rememberUse(memories.memory, 'docker.io');
  assert.equal(first(), 'ghcr.io');
  await rememberRegistry(memories.globalMemory, 'r.example');
  assert.equal(first(), 'r.example');
});

test('logins are read from what Docker and Podman write', () => {
  const text = JSON.stringify({
    auths: {
      'https://index.docker.io/v1/': auth('owner:pass:with:colons'),
      'ghcr.io': {},
      'azure.example': { ...auth('00000000-0000-0000-0000-000000000000:'), identitytoken: 'x' },
      'gcr.io': {},
    },
    credsStore: 'desktop',
    credHelpers: { 'gcr.io': 'gcloud' },
  });
  assert.deepEqual(parseLogins(text), [
    { host: 'docker.io', username: 'owner', secret: 'pass:with:colons' },
    { host: 'ghcr.io', username: undefined, secret: undefined },
    { host: 'azure.example' },
    { host: 'gcr.io', helper: 'gcloud' },
  ]);
  for (const broken of ['', '{', '[]', '{"auths":[1]}', 'null'])
    assert.deepEqual(parseLogins(broken), [], broken);
  assert.deepEqual(parseLogins('{"auths":{"x.example":{"auth":"%%%"}}}'), [
    { host: 'x.example', username: undefined, secret: undefined },
  ]);
});

test('login files are where DOCKER_CONFIG and Podman’s variables say', () => {
  const docker = path.join(homedir(), '.docker', 'config.json');
  assert.deepEqual(loginFiles('docker', {}), [docker]);
  assert.deepEqual(loginFiles('docker', { DOCKER_CONFIG: '/c' }), [path.join('/c', 'config.json')]);
  const podman = loginFiles('podman', { XDG_RUNTIME_DIR: '/run/user/1', XDG_CONFIG_HOME: '/x' });
  assert.deepEqual(podman, ['/run/user/1/containers/auth.json', '/x/containers/auth.json', docker]);
  assert.deepEqual(loginFiles('podman', { REGISTRY_AUTH_FILE: '/a.json' }), ['/a.json', docker]);
});

test('the first file that knows a host wins, and a broken one is named before a login replaces it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse logins ü '));
  try {
    const own = path.join(folder, 'auth.json');
    const environment = { REGISTRY_AUTH_FILE: own, DOCKER_CONFIG: folder };
    writeFileSync(own, JSON.stringify({ auths: { 'ghcr.io': auth('podman:p') } }));
    writeFileSync(
      path.join(folder, 'config.json'),
      JSON.stringify({ auths: { 'ghcr.io': auth('docker:d'), 'quay.io': auth('q:q') } }),
    );
    const users = (await readLogins('podman', environment)).map(
      ({ host, username }) => `${username}@${host}`,
    );
    assert.deepEqual(users, ['podman@ghcr.io', 'q@quay.io']);
    assert.equal(await brokenLoginFile('podman', environment), undefined);
    writeFileSync(own, '{"auths": {');
    assert.equal(await brokenLoginFile('podman', environment), own);
    writeFileSync(own, '');
    assert.equal(await brokenLoginFile('podman', environment), undefined);
    assert.equal(await brokenLoginFile('docker', { DOCKER_CONFIG: path.join(folder, 'none') }), undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// What engines and registries print, of several versions.
const wordings: readonly [string, readonly string[]][] = [
  [
    'login-refused',
    [
      'Error response from daemon: login attempt to http://127.0.0.1:33439/v2/ failed with status: 401 Unauthorized',
      // Docker 20.10 tries TLS first and prints that too.
      'time="x" level=info msg="Error logging in to endpoint, trying next endpoint" error="Get \\"https://127.0.0.1:1/v2/\\": http: server gave HTTP response to HTTPS client"\nlogin attempt to http://127.0.0.1:1/v2/ failed with status: 401 Unauthorized',
      'Error response from daemon: Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
      'Error response from daemon: Get "https://ghcr.io/v2/": denied: denied',
      'Error: logging into "quay.io": invalid username/password',
      'denied: permission_denied: The token provided does not match expected scopes.',
    ],
  ],
  [
    'registry-down',
    [
      'Error response from daemon: Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
      'Error response from daemon: Get "https://no.such.host.example/v2/": dial tcp: lookup no.such.host.example on 10.0.0.53:53: no such host',
      'Error response from daemon: Get "https://10.1.1.1/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      'Error response from daemon: Get "https://10.1.1.1/v2/": context deadline exceeded',
      'Error: authenticating creds for "localhost:1": pinging container registry localhost:1: Get "https://localhost:1/v2/": dial tcp [::1]:1: connect: connection refused',
    ],
  ],
  [
    'registry-http',
    [
      'Error response from daemon: Get "https://192.0.2.2:18099/v2/": tls: first record does not look like a TLS handshake',
      'Error response from daemon: Get "https://192.0.2.2:5000/v2/": http: server gave HTTP response to HTTPS client',
      'Error response from daemon: Get "https://10.255.255.1:5000/v2/": x509: cannot validate certificate for 10.255.255.1 because it doesn\'t contain any IP SANs',
      'Error response from daemon: Get "https://r.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
  ],
  [
    'credential-helper-missing',
    [
      'Error saving credentials: error storing credentials - err: exec: "docker-credential-nothere": executable file not found in $PATH, out: ``',
      'Error saving credentials: open /root/.docker/config.json: permission denied',
    ],
  ],
  [
    'not-a-registry',
    [
      'Error response from daemon: login attempt to http://127.0.0.1:18098/v2/ failed with status: 404 Not Found',
    ],
  ],
  [
    'rate-limited',
    [
      'Error response from daemon: toomanyrequests: too many failed login attempts for username or IP address',
    ],
  ],
];

for (const [id, texts] of wordings) {
  for (const stderr of texts) {
    test(`a failed login: ${id}, from "${stderr.slice(-60)}"`, () => {
      const exit = { kind: 'exited', file: 'docker', code: 1, stdout: '', stderr } as const;
      const facts = { step: 'The login to r.example', tool: 'engine', registry: 'r.example' } as const;
      const failure = explainFailure(exit, facts, loginPatterns);
      assert.equal(failure.id, id);
      for (const sentence of [failure.message, failure.remedy]) assert.match(sentence, /^[^\n]+\.$/);
      const { action } = withTryAgain(failure, { registry: 'r.example', suggested: 'me' });
      assert.deepEqual(action?.arguments, [{ registry: 'r.example', suggested: 'me' }]);
    });
  }
}
