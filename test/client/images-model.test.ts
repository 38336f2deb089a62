import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSteps } from '../../client/src/images/build-step.ts';
import {
  checkReference,
  containerName,
  groupImages,
  imageChoices,
  imageName,
  imageTag,
  packagePage,
  parseReference,
} from '../../client/src/images/model.ts';
import { checkTarget, pushTarget, pushTargets } from '../../client/src/images/push-targets.ts';
import {
  readMounts,
  readPairs,
  readPorts,
  splitPairs,
  splitWords,
  writeMounts,
  writePairs,
  writePorts,
} from '../../client/src/images/run-options.ts';
import { gitRemote } from '../../client/src/runtime/git-remote.ts';
import type { ImageDetails } from '../../client/src/runtime/image-commands.ts';
import { lastOfReference, shortImage } from '../../client/src/ui/short.ts';

test('references fall into registry, repository, tag and digest', () => {
  const cases: [string, ReturnType<typeof parseReference>][] = [
    ['bikes', { repository: 'bikes', registry: undefined, tag: undefined, digest: undefined }],
    ['me/bikes:1.0', { repository: 'me/bikes', registry: undefined, tag: '1.0', digest: undefined }],
    [
      '127.0.0.1:5000/bikes',
      { repository: '127.0.0.1:5000/bikes', registry: '127.0.0.1:5000', tag: undefined, digest: undefined },
    ],
    [
      'localhost/bikes:x',
      { repository: 'localhost/bikes', registry: 'localhost', tag: 'x', digest: undefined },
    ],
    [
      'ghcr.io/o/b:1@sha256:ab',
      { repository: 'ghcr.io/o/b', registry: 'ghcr.io', tag: '1', digest: 'sha256:ab' },
    ],
  ];
  for (const [text, parts] of cases) assert.deepEqual(parseReference(text), parts, text);
});

test('good names pass, bad ones are told why', () => {
  for (const name of [
    'bikes',
    'bikes:1.0.0',
    'ghcr.io/o/my-bikes:sha-1',
    '127.0.0.1:5000/a__b/c.d:v1',
    'my-server.LAN:5000/x'.toLowerCase(),
  ]) {
    assert.equal(checkReference(name), undefined, name);
  }
  for (const [name, why] of [
    ['', /needs/],
    ['a b', /spaces/],
    ['Bikes:1', /lower case: bikes/],
    ['bikes:-1', /tag/],
    ['a//b', /separators/],
    ['bikes:', /tag/],
    ['-x', /separators/],
  ] as const) {
    assert.match(checkReference(name) ?? 'passed', why, name);
  }
});

test('any project name becomes a valid name of an image', () => {
  const names = ['Bikes', 'My Projékt ünï', 'a..b__c', '--x--', '日本', 'Foo.Bar_baz', 'a._b'];
  for (const name of names)
    assert.equal(checkReference(imageName(name)), undefined, `${name} → ${imageName(name)}`);
  assert.equal(imageName('My Projékt ünï'), 'my-projekt-uni');
  assert.deepEqual([imageTag('1.0.0+cu12'), imageTag(undefined)], ['1.0.0-cu12', 'latest']);
});

test('owner and name come from the git remote, in all the ways it is written', () => {
  const config = (url: string) =>
    `[core]\n\tbare = false\n[remote "upstream"]\n\turl = https://github.com/other/x\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs\n[branch "main"]\n`;
  for (const url of [
    'https://github.com/Fmind/My-Repo.git',
    'git@github.com:Fmind/My-Repo.git',
    'ssh://git@github.com:22/Fmind/My-Repo',
    'https://user:pw@github.com/Fmind/My-Repo/',
  ]) {
    assert.deepEqual(gitRemote(config(url)), { host: 'github.com', owner: 'Fmind', name: 'My-Repo' }, url);
  }
  assert.equal(gitRemote('[core]\n'), undefined);
  assert.equal(gitRemote('[remote "origin"]\n\turl = /srv/git/repo.git\n')?.host ?? 'local', 'local');
});

test('where an image is pushed to', () => {
  const github = { host: 'github.com', owner: 'FMind', name: 'MLOps-Package' };
  assert.equal(pushTarget('bikes:1.0', github), 'ghcr.io/fmind/mlops-package:1.0');
  assert.equal(
    pushTarget('bikes:1.0', { ...github, host: 'gitlab.com', owner: 'a/B' }),
    'registry.gitlab.com/a/b/mlops-package:1.0',
  );
  assert.equal(pushTarget('bikes', { ...github, host: 'codeberg.org' }), 'fmind/bikes:latest');
  assert.equal(pushTarget('127.0.0.1:5000/bikes:2', github), '127.0.0.1:5000/bikes:2');
  assert.equal(pushTarget('bikes:1.0', undefined), 'bikes:1.0');
});

test('where an image may be pushed to, where one is logged in before the rest', () => {
  const remote = { host: 'github.com', owner: 'FMind', name: 'MLOps' };
  const local = { host: '127.0.0.1:5000', username: 'me' };
  const hub = { host: 'docker.io', username: 'Ada' };
  const ghcr = { host: 'ghcr.io', username: 'ada' };
  assert.deepEqual(pushTargets('bikes:1.0', { logins: [], remote }), ['ghcr.io/fmind/mlops:1.0']);
  assert.deepEqual(pushTargets('bikes', { logins: [local, hub], remote }), [
    '127.0.0.1:5000/bikes:latest',
    'ada/bikes:latest',
    'ghcr.io/fmind/mlops:latest',
  ]);
  assert.deepEqual(pushTargets('bikes:2', { logins: [local, ghcr], remote }), [
    'ghcr.io/fmind/mlops:2',
    '127.0.0.1:5000/bikes:2',
  ]);
  assert.deepEqual(pushTargets('bikes:2', { logins: [ghcr, { host: 'r.example' }], last: 'old/bikes' }), [
    'old/bikes:2',
    'ghcr.io/ada/bikes:2',
    'r.example/bikes:2',
  ]);
  assert.deepEqual(pushTargets('team/bikes', { logins: [{ host: 'docker.io' }] }), ['team/bikes:latest']);
  assert.deepEqual(pushTargets('ghcr.io/a/b:1', { logins: [hub], last: 'x/y' }), ['ghcr.io/a/b:1']);
  assert.deepEqual(pushTargets('bikes', { logins: [{ host: 'docker.io' }] }), []);
  assert.match(checkTarget('bikes:1') ?? '', /ghcr\.io\/you\/bikes:1/);
  assert.equal(checkTarget('ada/bikes:1'), undefined);
});

test('the page of a pushed image', () => {
  assert.equal(packagePage('ghcr.io/fmind/bikes:1'), 'https://github.com/fmind/bikes/pkgs/container/bikes');
  assert.equal(packagePage('me/bikes:1'), 'https://hub.docker.com/r/me/bikes');
  assert.equal(packagePage('127.0.0.1:5000/bikes:1'), undefined);
});

const image = (
  id: string,
  tags: readonly string[],
  created: string,
  digests: readonly string[] = [],
): ImageDetails => ({
  id,
  tags,
  digests,
  created: new Date(created),
  bytes: 1,
  platform: 'linux/amd64',
  layers: [],
  ports: [],
  runnable: true,
  raw: {},
});

test('images are grouped by repository, newest first, and untagged ones apart', () => {
  const { repositories, untagged } = groupImages([
    image('sha256:old', ['bikes:0.9'], '2026-01-01'),
    image('sha256:new', ['bikes:1.0', 'bikes:latest', 'ghcr.io/o/bikes:1.0'], '2026-02-01', [
      'ghcr.io/o/bikes@sha256:dd',
    ]),
    image('sha256:none', [], '2026-03-01'),
  ]);
  assert.deepEqual(
    repositories.map(({ name, tags }) => [
      name,
      ...tags.map(({ tag, sameAs }) => (sameAs ? `${tag}=${sameAs}` : tag)),
    ]),
    [
      ['bikes', 'latest', '1.0=latest', '0.9'],
      ['ghcr.io/o/bikes', '1.0'],
    ],
  );
  assert.equal(repositories[1]?.tags[0]?.digest, 'sha256:dd');
  assert.equal(repositories[0]?.tags[0]?.digest, undefined);
  assert.deepEqual(
    untagged.map(({ id }) => id),
    ['sha256:none'],
  );
});

test('an image is chosen by its names, and one without by the beginning of its id', () => {
  const id = `sha256:0123456789ab${'c'.repeat(52)}`;
  const now = new Date('2026-03-01T01:00:00Z');
  const choices = imageChoices(
    [image('sha256:new', ['bikes:1.0', 'bikes:latest'], '2026-02-28'), image(id, [], '2026-03-01')],
    now,
  );
  assert.deepEqual(
    choices.map(({ label, value }) => [label, value]),
    [
      ['bikes:1.0', 'bikes:1.0'],
      ['bikes:latest', 'bikes:latest'],
      ['0123456789ab', id],
    ],
  );
  assert.match(choices[2]?.description ?? '', /^untagged · .*B · 1 h ago$/);
  assert.match(choices[0]?.description ?? '', /^[^u].*B · 1 day ago$/);
  assert.equal(lastOfReference(id), '0123456789ab');
  assert.equal(shortImage('0123456789ab'), '0123456789ab');
});

test('a container gets the first free name', () => {
  assert.equal(containerName('ghcr.io/o/bikes:1', []), 'bikes-1');
  assert.equal(containerName('bikes', ['bikes-1', 'bikes-3']), 'bikes-2');
});

test('choices of a run are read as they are written', () => {
  assert.deepEqual(readPorts('8000, 8080:80'), [
    { host: 8000, container: 8000 },
    { host: 8080, container: 80 },
  ]);
  assert.deepEqual([readPorts('web'), readPorts('70000:1'), readPorts('')], [undefined, undefined, []]);
  assert.equal(writePorts(readPorts('8080:80')), '8080:80');
  assert.deepEqual(readPorts('127.0.0.1:18001:8000, [::1]:80'), [
    { address: '127.0.0.1', host: 18001, container: 8000 },
    { address: '[::1]', host: 80, container: 80 },
  ]);
  assert.equal(writePorts(readPorts('127.0.0.1:1:2, [::1]:3')), '127.0.0.1:1:2, [::1]:3:3');
  assert.deepEqual(
    [readPorts('300.0.0.1:1:2'), readPorts('::1:80'), readPorts('[::g]:80')],
    [undefined, undefined, undefined],
  );
  assert.deepEqual(readPairs('A=1, B=x,y, C='), { A: '1', B: 'x,y', C: '' });
  assert.equal(readPairs('just text'), undefined);
  assert.deepEqual(splitPairs('A=1 B=x y,z\nC=, D=4'), { A: '1', B: 'x y,z', C: '', D: '4' });
  assert.deepEqual(splitPairs('A=1 2'), readPairs('A=1 2'));
  assert.equal(writePairs({ A: '1', B: '2' }), 'A=1, B=2');
  assert.deepEqual(readMounts('/a b/ü:/data:ro, C:\\x:/y'), [
    { source: '/a b/ü', destination: '/data', readOnly: true },
    { source: 'C:\\x', destination: '/y', readOnly: false },
  ]);
  const places = { home: '/home/ada', folder: '/projects/bikes' };
  assert.deepEqual(
    readMounts('.:/workspace, ./data:/data:ro, ${workspaceFolder}/m:/m, ~/c:/c', places)?.map(
      ({ source }) => source,
    ),
    ['/projects/bikes', '/projects/bikes/data', '/projects/bikes/m', '/home/ada/c'],
  );
  assert.equal(readMounts('./x:/y', { home: '/home/ada' }), undefined);
  assert.equal(readMounts('.hidden:/y', places), undefined);
  assert.deepEqual(readMounts('data:/x, d.b_1:/y:ro'), [
    { source: 'data', destination: '/x', readOnly: false },
    { source: 'd.b_1', destination: '/y', readOnly: true },
  ]);
  assert.equal(readMounts('no name:/x'), undefined);
  assert.equal(readMounts('-data:/x'), undefined);
  assert.equal(writeMounts(readMounts('/a:/b:ro')), '/a:/b:ro');
  assert.deepEqual(splitWords(`bikes "a b" 'c d' $X`), ['bikes', 'a b', 'c d', '$X']);
});

test('the step of a build is read from both builders', () => {
  const step = (line: string) => buildSteps()(line)?.text;
  assert.equal(step('#7 [3/7] RUN uv pip install'), '3/7 RUN uv pip install');
  assert.equal(step('#9 [builder 2/4] COPY . .'), '2/4 COPY . .');
  assert.equal(step('Step 3/7 : RUN make'), '3/7 RUN make');
  assert.equal(step('#7 0.345 installing'), undefined);
  const read = buildSteps();
  const lines = [
    '#5 [builder 1/4] FROM x',
    '#6 [builder 2/4] RUN a',
    '#7 [stage-1 1/4] FROM y',
    '#8 [builder 4/4] RUN b',
  ];
  // Of the second stage nothing is known at first.
  assert.deepEqual(
    lines.map((line) => read(line)?.share),
    [0, 1 / 4, 1 / 4, 3 / 8],
  );
});
