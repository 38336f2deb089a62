import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composePatterns } from '../../client/src/compose/patterns.ts';
import {
  buildPatterns,
  imagePatterns,
  noDockerfile,
  pushPatterns,
  runPatterns,
} from '../../client/src/images/failures.ts';
import type { Exit } from '../../client/src/runtime/exec.ts';
import {
  engineUnreachable,
  explainFailure,
  type Facts,
  lastMeaningfulLine,
  type Pattern,
} from '../../client/src/runtime/failures.ts';
import { wheelPatterns } from '../../client/src/wheels/failures.ts';

const exited = (stderr: string, code = 1): Exit => ({
  kind: 'exited',
  file: 'docker',
  code,
  stdout: '',
  stderr,
});
const facts: Facts = {
  step: 'The build of bikes:1.0',
  tool: 'engine',
  image: 'bikes:1.0',
  registry: 'ghcr.io',
};

// Each line as an engine, a registry or uv of some version words it: several wordings for one failure.
const cases: readonly [readonly Pattern[], string, readonly string[]][] = [
  [
    wheelPatterns,
    'no-pyproject',
    [
      'error: Failed to build `/x`\n  Caused by: /x does not appear to be a Python project, as neither `pyproject.toml` nor `setup.py` are present in the directory',
    ],
  ],
  [
    wheelPatterns,
    'pyproject-invalid',
    [
      'error: Failed to parse: `pyproject.toml`\n  Caused by: TOML parse error at line 3, column 8',
      'TOML parse error at line 12, column 1',
    ],
  ],
  [
    wheelPatterns,
    'python-missing',
    [
      'error: Failed to download https://github.com/astral-sh/python-build-standalone/releases/x',
      'error: No interpreter found for Python >=3.15 in managed installations or search path',
    ],
  ],
  [
    wheelPatterns,
    'index-unreachable',
    [
      '  × Failed to build\n ├─▶ Failed to fetch: `https://pypi.org/simple/hatchling/`\n dns error: failed to lookup address information',
      'Because hatchling was not found in the cache and you require hatchling, we can conclude',
    ],
  ],
  [
    wheelPatterns,
    'module-missing',
    [
      'Expected a Python module at: src/bikes/__init__.py',
      'ValueError: Unable to determine which files to ship inside the wheel using the following heuristics',
      'error: Multiple top-level packages discovered in a flat-layout',
    ],
  ],
  [wheelPatterns, 'readme-missing', ['OSError: Readme file does not exist: README.md']],
  [wheelPatterns, 'disk-full', ['error: failed to write: No space left on device (os error 28)']],
  [
    buildPatterns,
    'engine-stopped',
    [
      'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'error during connect: Post "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/build": open //./pipe: The system cannot find the file',
      'ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
      'failed to connect to the docker API at unix:///var/run/docker.sock',
      'Cannot connect to Podman. Please verify your connection to the Linux system',
    ],
  ],
  [
    buildPatterns,
    'engine-permission',
    ['permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock'],
  ],
  [
    buildPatterns,
    'buildx-missing',
    ['ERROR: BuildKit is enabled but the buildx component is missing or broken.', 'unknown flag: --progress'],
  ],
  [
    buildPatterns,
    'platforms-unsupported',
    [
      'ERROR: Multi-platform build is not supported for the docker driver.\nSwitch to a different driver',
      'error: multiple platforms feature is currently not supported for docker driver. Please switch',
      'ERROR: docker exporter does not currently support exporting manifest lists',
    ],
  ],
  [
    buildPatterns,
    'invalid-reference',
    [
      'ERROR: invalid tag "Bikes:1": repository name must be lowercase',
      'invalid argument "X" for "-t, --tag" flag: invalid reference format: repository name (library/X) must be lowercase',
    ],
  ],
  [
    buildPatterns,
    'wheel-missing',
    [
      'COPY failed: no source files were specified',
      'failed to solve: lstat /var/lib/docker/tmp/buildkit-mount1/dist: no such file or directory',
      'failed to compute cache key: "/dist/bikes-1.0.0-py3-none-any.whl" not found: not found',
      'error: The wheel filename "*.whl" is invalid: Must have a version',
    ],
  ],
  [
    buildPatterns,
    'wheel-several',
    [
      'error: Requirements contain conflicting URLs for package `bikes`:\n- file:///a',
      'When using COPY with more than one source file, the destination must be a directory and end with a /',
    ],
  ],
  [
    buildPatterns,
    'python-mismatch',
    [
      'Because the current Python version (3.11.7) does not satisfy Python>=3.13 and bikes==4.1.0 depends on Python>=3.13',
    ],
  ],
  [
    buildPatterns,
    'dockerfile-invalid',
    [
      'failed to solve with frontend dockerfile.v0: dockerfile parse error line 2: unknown instruction: COPYX',
      'ERROR: failed to build: failed to solve: dockerfile parse error on line 2: unknown instruction: COPYX',
      'unknown instruction: COPYX',
    ],
  ],
  [
    buildPatterns,
    'target-unknown',
    [
      'ERROR: failed to solve: target stage "prod" could not be found',
      'failed to reach build target prod in Dockerfile',
    ],
  ],
  [
    buildPatterns,
    'platform-missing',
    [
      'no matching manifest for linux/arm64/v8 in the manifest list entries',
      'no match for platform in manifest: not found',
    ],
  ],
  // Recorded of buildx 0.38 with a builder in a container.
  [
    buildPatterns,
    'builder-image',
    [
      '#1 [internal] booting buildkit\n#1 pulling image moby/buildkit:buildx-stable-1 0.1s done\n#1 ERROR: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    ],
  ],
  [
    buildPatterns,
    'builder-unprivileged',
    [
      '#1 [internal] booting buildkit\n#1 starting container buildx_buildkit_bx0 0.7s done\n#1 ERROR: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to apply caps: operation not permitted: unknown',
    ],
  ],
  [
    buildPatterns,
    'builder-ends',
    [
      '#1 creating container buildx_buildkit_bx0 18.1s done\n#1 ERROR: Error response from daemon: Container d693af9e5f442c32b648a65b5bb5e1404da497f6b6e76ab1f06d092297526aed is restarting, wait until the container is running',
      '#1 creating container buildx_buildkit_bx0 19.9s done\n#1 19.90 OCI runtime exec failed: exec failed: unable to start container process\n#1 ERROR: exit code 126',
    ],
  ],
  [
    buildPatterns,
    'platform-not-run',
    [
      '#5 [2/2] RUN hello\n#5 0.375 exec /bin/sh: exec format error\n#5 ERROR: process "/bin/sh -c hello" did not complete successfully: exit code: 1',
    ],
  ],
  [buildPatterns, 'rate-limited', ['toomanyrequests: You have reached your pull rate limit']],
  [
    buildPatterns,
    'base-unknown',
    [
      'failed to solve with frontend dockerfile.v0: failed to create LLB definition: 127.0.0.1:1/none:1: not found',
      'ERROR: failed to solve: nosuch:1: failed to resolve source metadata for docker.io/library/nosuch:1: not found',
      "pull access denied for nosuch, repository does not exist or may require 'docker login'",
    ],
  ],
  [
    composePatterns,
    'no-address-pool',
    [
      'failed to create network x_default: Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
      'failed to create network x_default: Error response from daemon: all predefined address pools have been fully subnetted',
      'Error: could not find free subnet from subnet pools',
    ],
  ],
  [
    buildPatterns,
    'step-failed',
    [
      'ERROR: failed to solve: process "/bin/sh -c pip install nope" did not complete successfully: exit code: 1',
      'executor failed running [/bin/sh -c pip install nope]: exit code: 1',
      "The command '/bin/sh -c false' returned a non-zero code: 1",
    ],
  ],
  [buildPatterns, 'disk-full', ['write /var/lib/docker/tmp/x: no space left on device']],
  [
    runPatterns,
    'gpu-missing',
    [
      'docker: Error response from daemon: could not select device driver "" with capabilities: [[gpu]].',
      'nvidia-container-cli: initialization error: nvml error: driver not loaded',
    ],
  ],
  [
    runPatterns,
    'port-taken',
    [
      'docker: Error response from daemon: driver failed programming external connectivity on endpoint x: Error starting userland proxy: listen tcp4 0.0.0.0:8000: bind: address already in use.',
      'Bind for 0.0.0.0:8000 failed: port is already allocated.',
      'Error: rootlessport listen tcp 0.0.0.0:8000: bind: address already in use',
    ],
  ],
  [
    runPatterns,
    'name-taken',
    [
      'docker: Error response from daemon: Conflict. The container name "/bikes-1" is already in use by container "ab"',
    ],
  ],
  [
    runPatterns,
    'image-unknown',
    [
      "Unable to find image 'bikes:9' locally\ndocker: Error response from daemon: pull access denied for bikes",
      'Error response from daemon: manifest for 127.0.0.1:5000/bikes:9 not found: manifest unknown',
      'Error: bikes:9: image not known',
    ],
  ],
  [runPatterns, 'no-command', ['docker: Error response from daemon: No command specified.']],
  [
    runPatterns,
    'program-missing',
    ['exec: "nope": executable file not found in $PATH: unknown.', 'exec /usr/bin/python: exec format error'],
  ],
  [pushPatterns, 'not-logged-in', ['no basic auth credentials', 'unauthorized: authentication required']],
  [
    pushPatterns,
    'push-denied',
    [
      'denied: permission_denied: write_package',
      'denied: requested access to the resource is denied',
      'denied\n',
      'error parsing HTTP 403 response body: no error details found in HTTP response body: "{}"',
      'denied: permission_denied: The token provided does not match expected scopes.',
      'unauthorized: unauthenticated: User cannot be authenticated with the token provided.',
    ],
  ],
  [
    pushPatterns,
    'registry-down',
    [
      'Get "http://127.0.0.1:5999/v2/": dial tcp 127.0.0.1:5999: connect: connection refused',
      'Get "https://registry.nowhere.example/v2/": dial tcp: lookup registry.nowhere.example: no such host',
      'Put "http://r/v2/x": EOF',
      'received unexpected HTTP status: 503 Service Unavailable',
    ],
  ],
  [
    pushPatterns,
    'registry-http',
    [
      'Get "https://192.168.1.2:5000/v2/": http: server gave HTTP response to HTTPS client',
      'Get "https://r/v2/": x509: certificate signed by unknown authority',
    ],
  ],
  [
    pushPatterns,
    'image-unknown',
    [
      'An image does not exist locally with the tag: ghcr.io/o/bikes',
      'tag does not exist: ghcr.io/o/bikes:1',
    ],
  ],
  [pushPatterns, 'connection-lost', ['write tcp 10.0.0.1:1->2: use of closed network connection']],
  [
    pushPatterns,
    'credential-helper-missing',
    [
      'error getting credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
    ],
  ],
  [
    imagePatterns,
    'image-in-use',
    [
      'Error response from daemon: conflict: unable to remove repository reference "b" (must force) - image is being used by running container abc',
      'conflict: unable to remove repository reference "b:1" (must force) - container abc is using its referenced image def',
    ],
  ],
];

for (const [patterns, id, outputs] of cases) {
  test(`${id} is told from its words (${patterns[0]?.id} …)`, () => {
    for (const output of outputs) {
      const failure = explainFailure(exited(output), facts, patterns);
      assert.equal(failure.id, id, output);
      for (const sentence of [failure.message, failure.remedy]) {
        assert.match(sentence, /^(?:[A-Z]|uv |pyproject|bikes).*(?:\.|: .+)$/s, sentence);
        assert.doesNotMatch(sentence, /!|please|successfully|undefined|\{\d\}/i, sentence);
      }
    }
  });
}

test('every pattern of a room has a case above', () => {
  const covered = new Set(cases.map(([, id]) => id));
  const all = [wheelPatterns, buildPatterns, runPatterns, pushPatterns, imagePatterns]
    .flat()
    .map(({ id }) => id);
  assert.deepEqual(
    [...new Set(all)].filter((id) => !covered.has(id)),
    ['hashes-missing', 'mount-missing'],
  );
});

test('an image that is not here and cannot be fetched is the reason, what comes after a fetch is another', () => {
  const fetching = "Unable to find image '127.0.0.1:5999/x:1' locally\n";
  const say = (text: string) => explainFailure(exited(fetching + text), facts, runPatterns);
  const down = say(
    'docker: Error response from daemon: Get "http://127.0.0.1:5999/v2/": dial tcp 127.0.0.1:5999: connect: connection refused.',
  );
  assert.deepEqual([down.id, down.action?.command], ['image-unknown', 'wheelhouse.images.build']);
  assert.match(down.message, /bikes:1\.0 here, and the registry ghcr\.io does not answer/);
  assert.equal(say('docker: Error response from daemon: No command specified.').id, 'no-command');
});

test('what the failure names comes from the output or from the facts', () => {
  const say = (patterns: readonly Pattern[], text: string) => explainFailure(exited(text), facts, patterns);
  assert.match(say(runPatterns, 'listen tcp4 0.0.0.0:8123: bind: address already in use').message, /8123/);
  assert.match(
    say(buildPatterns, 'dockerfile parse error on line 7: unknown instruction: COPYX').message,
    /line 7: unknown instruction: COPYX\.$/,
  );
  assert.match(say(pushPatterns, 'denied: x').message, /ghcr\.io does not let this user push bikes:1\.0\./);
  assert.deepEqual(say(pushPatterns, 'no basic auth credentials').action?.arguments, [
    { registry: 'ghcr.io' },
  ]);
});

test('no engine, no uv: told by the program that was not found', () => {
  const missing: Exit = { kind: 'not-found', file: '/x/docker', stdout: '', stderr: '' };
  assert.equal(explainFailure(missing, facts).id, 'engine-absent');
  assert.match(explainFailure(missing, facts).message, /\/x\/docker/);
  assert.equal(explainFailure(missing, { ...facts, tool: 'uv' }).id, 'uv-missing');
  assert.equal(engineUnreachable('docker', 'permission denied').id, 'engine-permission');
  assert.equal(engineUnreachable('docker', 'refused').id, 'engine-unreachable');
});

test('a cancel and a time limit are told as such, whatever the output says', () => {
  const words = { file: 'docker', stdout: '', stderr: 'Cannot connect to the Docker daemon' };
  assert.equal(explainFailure({ ...words, kind: 'cancelled' }, facts).id, 'cancelled');
  assert.equal(explainFailure({ ...words, kind: 'timed-out' }, facts).id, 'timed-out');
});

test('an unknown failure quotes the line that holds the reason, not a warning after it', () => {
  assert.equal(
    lastMeaningfulLine('Sending build context\nERROR: failed to frobnicate\n------\n'),
    'failed to frobnicate',
  );
  assert.equal(lastMeaningfulLine("docker: bad thing.\nSee 'docker run --help'.\n"), 'bad thing.');
  const failure = explainFailure(exited('ERROR: failed to frobnicate', 17), facts);
  assert.equal(failure.id, 'unknown');
  assert.match(failure.message, /^The build of bikes:1\.0 ended with exit code 17: failed to frobnicate\.$/);
});

test('where no Dockerfile is, one is offered', () => {
  assert.equal(noDockerfile().action?.command, 'wheelhouse.project.addContainerFiles');
});
