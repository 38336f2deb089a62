import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerPatterns, shellPatterns } from '../../client/src/containers/failures.ts';
import {
  checkContainerName,
  contextFlags,
  describeContainer,
  findContainer,
  hasFailed,
  inOrder,
  isActive,
  lastingWords,
  stateColor,
  stateWords,
  takesShell,
} from '../../client/src/containers/model.ts';
import type { ContainerDetails } from '../../client/src/runtime/container-details.ts';
import { explainFailure, type Pattern } from '../../client/src/runtime/failures.ts';
import { formatAge, formatSpan } from '../../client/src/ui/words.ts';

const now = new Date('2026-11-23T22:10:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const running: ContainerDetails = {
  id: 'a'.repeat(64),
  name: 'bikes-1',
  image: 'bikes:latest',
  created: ago(3),
  status: 'running',
  running: true,
  outOfMemory: false,
  exitCode: 0,
  started: ago(2),
  ports: [],
  mounts: [],
  command: ['python', '-m', 'bikes'],
  gpu: false,
  hasTerminal: false,
  raw: {},
};
const ended: ContainerDetails = { ...running, status: 'exited', running: false, finished: ago(5) };

const states: readonly [
  string,
  ContainerDetails,
  { failed?: true; active?: true; shell?: true; color?: string },
][] = [
  ['running · 2 min', running, { active: true, shell: true, color: 'charts.green' }],
  [
    'running · 2 min · :8000→8000 · :53→53/udp',
    {
      ...running,
      ports: [
        { host: 8000, container: '8000' },
        { host: 53, container: '53/udp' },
      ],
    },
    { active: true, shell: true, color: 'charts.green' },
  ],
  [
    'running · under 1 min',
    { ...running, started: ago(0.5) },
    { active: true, shell: true, color: 'charts.green' },
  ],
  [
    'running · 2 min',
    { ...running, health: 'healthy' },
    { active: true, shell: true, color: 'charts.green' },
  ],
  [
    'running · 2 min · unhealthy',
    { ...running, health: 'unhealthy' },
    { active: true, shell: true, color: 'charts.yellow' },
  ],
  ['paused', { ...running, status: 'paused' }, { active: true, color: 'charts.yellow' }],
  ['restarting · exited 0', { ...running, status: 'restarting' }, { active: true, color: 'charts.yellow' }],
  [
    'restarting · exited 127 · command not found',
    { ...running, status: 'restarting', exitCode: 127 },
    { active: true, failed: true, color: 'charts.red' },
  ],
  [
    'restarting · exited 1 · 14 restarts',
    { ...running, status: 'restarting', exitCode: 1, restarts: 14 },
    { active: true, failed: true, color: 'charts.red' },
  ],
  [
    'running · restarted 14 times · 2 min',
    { ...running, restarts: 14 },
    { active: true, shell: true, color: 'charts.green' },
  ],
  ['exited 0 · 5 min ago', ended, { color: 'disabledForeground' }],
  [
    'exited 137 · out of memory · 5 min ago',
    { ...ended, exitCode: 137, outOfMemory: true },
    { failed: true, color: 'charts.red' },
  ],
  ['exited 137 · killed · 5 min ago', { ...ended, exitCode: 137 }, { failed: true, color: 'charts.red' }],
  ['stopped · 5 min ago', { ...ended, exitCode: 143 }, { color: 'disabledForeground' }],
  ['stopped · 5 min ago', { ...ended, exitCode: 137, stoppedHere: true }, { color: 'disabledForeground' }],
  [
    'exited 137 · out of memory · 5 min ago',
    { ...ended, exitCode: 137, outOfMemory: true, stoppedHere: true },
    { failed: true, color: 'charts.red' },
  ],
  ['exited 130 · interrupted · 5 min ago', { ...ended, exitCode: 130 }, { color: 'disabledForeground' }],
  ['exited 3 · 5 min ago', { ...ended, exitCode: 3 }, { failed: true, color: 'charts.red' }],
  ['exited 1 · just now', { ...ended, exitCode: 1, finished: now }, { failed: true, color: 'charts.red' }],
  ['never started', { ...ended, status: 'created' }, { color: 'disabledForeground' }],
  [
    'did not start · command not found',
    { ...ended, status: 'created', exitCode: 127, error: 'exec: "x": executable file not found' },
    { failed: true, color: 'charts.red' },
  ],
  ['dead', { ...ended, status: 'dead' }, { failed: true, color: 'charts.red' }],
];

for (const [words, container, expected] of states) {
  test(`a container: ${words} (${container.health ?? container.status})`, () => {
    assert.equal(stateWords(container, now), words);
    assert.equal(hasFailed(container), expected.failed ?? false);
    assert.equal(isActive(container), expected.active ?? false);
    assert.equal(takesShell(container), expected.shell ?? false);
    assert.equal(stateColor(container), expected.color);
    const flags = [
      'container',
      expected.active ? 'running' : 'stopped',
      ...(expected.shell ? ['shell'] : []),
      ...(container.status === 'paused' ? ['paused'] : []),
      ...(container.ports.length ? ['port'] : []),
    ];
    assert.equal(contextFlags(container), `;${flags.join(';')};`);
  });
}

test('running ones come first, then those that ended last', () => {
  const list = [
    { ...ended, name: 'old', finished: ago(60) },
    { ...ended, name: 'new', finished: ago(1) },
    { ...running, name: 'b' },
    { ...running, name: 'a' },
    { ...running, name: 'c', started: ago(1) },
  ];
  assert.deepEqual(
    inOrder(list).map(({ name }) => name),
    ['c', 'a', 'b', 'new', 'old'],
  );
});

test('one that is restarted again and again says so before what it takes, and keeps its place', () => {
  const usage = ['340 MiB', 'CPU 12%'];
  const between = { ...running, status: 'restarting', exitCode: 1, restarts: 14, finished: now };
  assert.equal(stateWords(between, now, usage), 'restarting · exited 1 · 14 restarts · 340 MiB · CPU 12%');
  const again = { ...running, restarts: 15, started: now };
  assert.equal(
    stateWords(again, now, usage),
    'running · restarted 15 times · 340 MiB · CPU 12% · under 1 min',
  );
  const neighbour = { ...running, name: 'neighbour', created: ago(2.5) };
  for (const one of [between, again])
    assert.deepEqual(
      inOrder([one, neighbour]).map(({ name }) => name),
      ['neighbour', 'bikes-1'],
    );
});

test('what one that ended took last is not told, and what stands still says no age', () => {
  const usage = ['10 MiB'];
  assert.equal(stateWords(ended, now, usage), 'exited 0 · 5 min ago');
  assert.equal(stateWords({ ...running, status: 'paused' }, now, usage), 'paused · 10 MiB');
  const words = [ended, { ...ended, exitCode: 143 }, { ...ended, exitCode: 137 }, running].map(lastingWords);
  assert.deepEqual(words, ['exited 0', 'stopped', 'exited 137 · killed', 'running']);
});

test('a container is found by name, id or the beginning of its id, and a name comes before an id', () => {
  const id = 'deadbeefcafe'.repeat(6);
  const other = { id: 'f'.repeat(64), name: 'deadbeefcafe' };
  const list = [{ id, name: 'one' }, other];
  assert.equal(findContainer(list, 'one')?.id, id);
  assert.equal(findContainer(list, id)?.name, 'one');
  assert.equal(findContainer(list, id.slice(0, 20))?.name, 'one');
  assert.equal(findContainer(list, 'deadbeefcafe'), other);
  assert.equal(findContainer(list, 'dead'), undefined);
  assert.equal(findContainer(list, 'on'), undefined);
  assert.equal(findContainer(list, ''), undefined);
});

test('the tooltip says what there is to know, and nothing of the container becomes Markdown', () => {
  const text = describeContainer(
    {
      ...ended,
      exitCode: 2,
      error: 'no `sh`',
      gpu: true,
      ports: [{ host: 80, container: '8000' }],
      mounts: [{ from: '/data', to: '/app/data', readOnly: true }],
      command: ['sh', '-c', 'echo ``x``\n![i](https://evil.example/i.png)'],
    },
    ['line', '````', '[click](command:evil)'],
    now,
  );
  assert.equal(
    text,
    [
      '` bikes-1 ` exited 2 · 5 min ago · :80→8000',
      '',
      `- Id: \` ${'a'.repeat(12)} \``,
      '- Image: ` bikes:latest `',
      '- Created: 2026-11-23 22:07:00 UTC',
      '- Ports: :80→8000',
      '- Mounts: ` /data → /app/data ` read-only',
      "- Command: ``` sh -c 'echo ``x`` ![i](https://evil.example/i.png)' ```",
      '- GPU: yes',
      '- Error: `` no `sh` ``',
      '',
      'Last lines',
      '',
      '`````text',
      'line',
      '````',
      '[click](command:evil)',
      '`````',
    ].join('\n'),
  );
  assert.doesNotMatch(describeContainer(running, [], now), /Mounts|GPU|Error|Last lines/);
});

const wordings: readonly [readonly Pattern[], string, string, string][] = [
  [containerPatterns, 'container-gone', 'Error response from daemon: No such container: nix', 'nix'],
  [
    containerPatterns,
    'container-gone',
    'Error: no container with name or ID "nix" found: no such container',
    'nix',
  ],
  [
    containerPatterns,
    'container-not-running',
    'Error response from daemon: Container 6553482a34e4ab6f89a0 is not running',
    '6553482a34e4',
  ],
  [
    containerPatterns,
    'container-paused',
    'Error response from daemon: Container run is paused, unpause the container before exec',
    'run',
  ],
  [
    containerPatterns,
    'removal-under-way',
    'Error response from daemon: removal of container abc is already in progress',
    'already',
  ],
  [
    containerPatterns,
    'name-taken',
    'Conflict. The container name "/bikes-1" is already in use by container "ab".',
    'bikes-1',
  ],
  [containerPatterns, 'image-removed', 'Error response from daemon: No such image: sha256:12', 'image'],
  [
    containerPatterns,
    'logs-unreadable',
    'Error response from daemon: configured logging driver does not support reading',
    'driver',
  ],
  [
    containerPatterns,
    'port-taken',
    'driver failed programming external connectivity on endpoint p2: Bind for 0.0.0.0:18000 failed: port is already allocated\nError: failed to start containers: p2',
    '18000',
  ],
  [
    containerPatterns,
    'program-missing',
    'unable to start container process: exec: "nosuchcmd": executable file not found in $PATH: unknown',
    'nosuchcmd',
  ],
  [
    containerPatterns,
    'engine-stopped',
    'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?',
    'stopped answering',
  ],
  [
    shellPatterns,
    'no-shell',
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH: unknown',
    'no shell',
  ],
  [shellPatterns, 'container-not-running', 'Error response from daemon: Container ab is not running', 'ab'],
];

for (const [patterns, id, stderr, mentioned] of wordings) {
  test(`a failure of a container: ${id}, from "${stderr.slice(0, 50)}"`, () => {
    const exit = { kind: 'exited', file: 'docker', code: 1, stdout: '', stderr } as const;
    const failure = explainFailure(exit, { step: 'Starting bikes-1', tool: 'engine' }, patterns);
    assert.equal(failure.id, id);
    assert.ok(failure.message.includes(mentioned), failure.message);
    assert.match(failure.message, /^[^\n]+\.$/);
    assert.match(failure.remedy, /^[^\n]+\.$/);
  });
}

test('spans and ages', () => {
  const spans: readonly [number, string, string][] = [
    [0.9, 'under 1 min', 'just now'],
    [1, '1 min', '1 min ago'],
    [59.9, '59 min', '59 min ago'],
    [60, '1 h', '1 h ago'],
    [60 * 24 - 1, '23 h', '23 h ago'],
    [60 * 24, '1 day', '1 day ago'],
    [60 * 48, '2 days', '2 days ago'],
  ];
  for (const [minutes, span, age] of spans) {
    assert.equal(formatSpan(minutes * 60_000), span);
    assert.equal(formatAge(ago(minutes), now), age);
  }
});

test('only a port that a browser can open counts as one', () => {
  const ports = [{ host: 53, container: '53/udp' }];
  assert.ok(!contextFlags({ ...running, ports }).includes('port'));
});

test('a name of a container is one that engines take', () => {
  for (const name of ['bikes', 'Bikes-1.0_x', '1x']) assert.equal(checkContainerName(name), undefined);
  for (const name of ['', 'x', '-x', 'a b', 'ä1', 'a/b', 'a\n'])
    assert.match(checkContainerName(name) ?? '', /letters, digits/);
});

test('a command is told as a shell takes it, without secrets', () => {
  const told = (...command: string[]) =>
    /^- Command: (.*)$/m.exec(describeContainer({ ...running, command }, [], now))?.[1];
  assert.equal(told('python', '-c', 'import time; x = []'), "` python -c 'import time; x = []' `");
  assert.equal(told(), undefined);
  assert.doesNotMatch(told('serve', 'https://ada:s3cr3tValue@example.org/x y') ?? '', /s3cr3t/);
});
