// Compose: projects are brought up, used and removed by the real one, and the engine's command line tells what became of it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  asked,
  docker,
  folder,
  forever,
  image,
  lastFailure,
  limits,
  madeBy,
  projectOf,
  results,
  root,
  states,
  workbench,
} from './compose-world.ts';
import { enter, execute, executeFromElsewhere, screen, Uri, window } from './fake-vscode.ts';

const two = `services:
  web:
    image: IMAGE
    command: ${forever}
    ports: ["80"]
    volumes: ["data:/d", "/unnamed"]
  db:
    image: IMAGE
    command: ${forever}
  once:
    image: IMAGE
    command: "true"
volumes: {data: {}}
`;
const uri = (...parts: string[]) => new Uri(`file://${path.join(...parts)}`);
const forget = () => {
  screen.asked.length = 0;
  screen.shown.length = 0;
  screen.answer = () => enter;
  screen.press = () => undefined;
};

test(
  'a project is brought up from its file, stopped, restarted, and removed with what it has',
  limits,
  async () => {
    forget();
    const place = folder('whole', { 'compose.yaml': two });
    const project = projectOf('whole');
    const up = await execute('wheelhouse.compose.up', uri(place, 'compose.yaml'), [
      uri(place, 'compose.yaml'),
    ]);
    assert.deepEqual(up, { project, services: ['db', 'once', 'web'] }, JSON.stringify(lastFailure()));
    assert.deepEqual(asked(), ['Compose Up: Services [db, once, web]']);
    assert.deepEqual(await states('whole'), ['db running', 'once exited', 'web running']);
    assert.match(results.at(-1)?.message ?? '', /is up: .*web :\d+→80/);
    assert.match(results.at(-1)?.message ?? '', /once ended/);
    const said = screen.shown.at(-1);
    assert.deepEqual(said?.buttons, ['Open web in Browser', 'View Container Logs']);

    await execute('wheelhouse.compose.stop', { project, services: ['db'] });
    assert.deepEqual(await states('whole'), ['db exited', 'once exited', 'web running']);
    const before = await docker('inspect', '--format', '{{.State.StartedAt}}', `${project}-web-1`);
    await execute('wheelhouse.compose.restart', { project, services: ['web', 'db'] });
    assert.deepEqual(await states('whole'), ['db running', 'once exited', 'web running']);
    assert.notEqual(await docker('inspect', '--format', '{{.State.StartedAt}}', `${project}-web-1`), before);

    forget();
    // Nothing goes without a yes.
    await execute('wheelhouse.compose.down', uri(place, 'compose.yaml'));
    assert.equal((await states('whole')).length, 3);
    assert.equal(
      screen.shown.at(-1)?.text,
      `Remove ${project}: 3 containers, 2 of them running · 1 network?`,
    );
    assert.match(screen.asked[0]?.labels?.join() ?? '', /^2 volumes$/);
    screen.press = ({ kind }) => (kind === 'modal' ? 'Remove' : undefined);
    await execute('wheelhouse.compose.down', uri(place, 'compose.yaml'));
    assert.deepEqual([await states('whole'), await madeBy('network', 'whole')], [[], []]);
    assert.equal((await madeBy('volume', 'whole')).length, 1);
    assert.equal(results.at(-1)?.message, `${project} was removed: 3 containers · 1 network.`);
  },
);

test('down takes the volumes where they are ticked, those without a name as well', limits, async () => {
  forget();
  const place = folder('loss', { 'docker-compose.yml': two });
  await execute('wheelhouse.compose.up', { files: path.join(place, 'docker-compose.yml'), services: [] });
  const volumes = async () => (await docker('volume', 'ls', '--quiet')).split('\n').length;
  const before = await volumes();
  screen.answer = () => '2 volumes';
  screen.press = ({ kind }) => (kind === 'modal' ? 'Remove' : undefined);
  await execute('wheelhouse.compose.down', { project: projectOf('loss') });
  assert.deepEqual(
    await madeBy('volume', 'loss'),
    [`${projectOf('loss')}_data`],
    'what was agreed to beforehand asks nothing',
  );
  await execute('wheelhouse.compose.up', { files: path.join(place, 'docker-compose.yml'), services: [] });
  await executeFromElsewhere('wheelhouse.compose.down', { project: projectOf('loss') });
  assert.match(
    screen.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '',
    / · 1 network · 2 volumes\?$/,
  );
  assert.deepEqual([await states('loss'), await madeBy('volume', 'loss')], [[], []]);
  assert.ok((await volumes()) <= before - 1);
});

test('profiles are asked for and remembered, and a service may be called like a flag', limits, async () => {
  forget();
  const files = {
    'compose.yaml': `services:
  web: {image: IMAGE, command: ${JSON.stringify(forever)}}
  --debug: {image: IMAGE, command: ${JSON.stringify(forever)}, profiles: [debug, all]}
`,
  };
  const place = folder('profiles', files);
  screen.answer = ({ title }) => (title.endsWith('Profiles') ? 'debug' : '--debug');
  await execute('wheelhouse.compose.up', uri(place, 'compose.yaml'));
  assert.deepEqual(asked(), ['Compose Up: Profiles [all, debug]', 'Compose Up: Services [--debug, web]']);
  const [question] = screen.asked;
  assert.deepEqual(question?.rows, ['all adds --debug', 'debug adds --debug']);
  assert.equal(question?.placeholder, 'With none of them: web.');
  assert.deepEqual(await states('profiles'), ['--debug running'], JSON.stringify(lastFailure()));
  screen.answer = () => enter;
  await execute('wheelhouse.compose.up', uri(place, 'compose.yaml'));
  assert.deepEqual(await states('profiles'), ['--debug running', 'web running']);
  await execute('wheelhouse.compose.stop', { project: projectOf('profiles'), services: ['--debug'] });
  assert.deepEqual(await states('profiles'), ['--debug exited', 'web running']);
  await execute('wheelhouse.compose.down', { project: projectOf('profiles') });
  assert.deepEqual(await states('profiles'), []);
});

test(
  'the override beside the usual file is used, another one when it is chosen, several as selected',
  limits,
  async () => {
    forget();
    const command = (word: string) => `services: {web: {command: "sh -c 'echo ${word}; sleep 100'"}}\n`;
    const place = folder('over', {
      'docker-compose.yml': `services: {web: {image: IMAGE, command: sleep 100, stop_signal: KILL}}\n`,
      'docker-compose.override.yml': command('override'),
      'docker-compose.gpu.yml': command('gpu'),
    });
    const said = async () => {
      await sleep(300);
      return docker('logs', `${projectOf('over')}-web-1`);
    };
    await execute('wheelhouse.compose.up', uri(place, 'docker-compose.yml'));
    assert.equal(await said(), 'override');
    await execute('wheelhouse.compose.up', uri(place, 'docker-compose.gpu.yml'));
    assert.deepEqual(asked(), [
      'Compose Up: Files [docker-compose.gpu.yml over docker-compose.yml, docker-compose.gpu.yml alone]',
    ]);
    assert.equal(await said(), 'gpu');
    const selected = ['docker-compose.gpu.yml', 'docker-compose.override.yml', 'docker-compose.yml'].map(
      (name) => uri(place, name),
    );
    await execute('wheelhouse.compose.up', selected[0], selected);
    assert.equal(await said(), 'override');
    await execute('wheelhouse.compose.down', { project: projectOf('over') });
  },
);

test(
  'a project of the view is used by what its labels say, and one whose files are not here by its containers',
  limits,
  async () => {
    forget();
    const place = folder('node', { 'compose.yaml': two });
    await execute('wheelhouse.compose.up', {
      files: path.join(place, 'compose.yaml'),
      services: ['web', 'db'],
    });
    const project = projectOf('node');
    const node = {
      id: 'p',
      label: project,
      context: ';composeproject;',
      icon: '',
      value: { composeProject: project },
    };
    await execute('wheelhouse.compose.stop', node);
    assert.deepEqual(asked(), ['Compose Stop: Services [db, web]']);
    assert.deepEqual(await states('node'), ['db exited', 'web exited']);
    const id = await docker('inspect', '--format', '{{.Id}}', `${project}-db-1`);
    screen.answer = () => 'db';
    await execute('wheelhouse.compose.up', {
      ...node,
      context: ';container;compose;',
      value: { container: id },
    });
    assert.deepEqual(await states('node'), ['db running', 'web exited']);
    const pages = screen.pages.length;
    screen.answer = () => enter;
    await execute('wheelhouse.compose.logs', node);
    assert.match(screen.pages[pages]?.title ?? '', new RegExp(`^Logs of (${project}-\\w+-1(, |$)){2}$`));
    await execute('wheelhouse.compose.openFile', node);

    const { renameSync } = await import('node:fs');
    renameSync(place, `${place}-moved`);
    await execute('wheelhouse.compose.up', node);
    assert.equal(lastFailure().id, 'compose-files-elsewhere');
    assert.equal(
      lastFailure().message,
      `The files of ${project} are not on this machine: ${place}/compose.yaml.`,
    );
    await execute('wheelhouse.compose.restart', node);
    assert.deepEqual(await states('node'), ['db running', 'web running']);
    screen.press = ({ kind }) => (kind === 'modal' ? 'Remove' : undefined);
    screen.answer = () => '2 volumes';
    await execute('wheelhouse.compose.down', node);
    assert.deepEqual(
      [await states('node'), await madeBy('network', 'node'), await madeBy('volume', 'node')],
      [[], [], []],
    );
  },
);

test('images are pulled and built under the names that Compose gives them', limits, async () => {
  forget();
  const place = folder('images', {
    'compose.yaml':
      'services: {own: {build: .}, named: {build: ., image: "localhost/whc-named:1"}, alien: {image: IMAGE}}\n',
    Dockerfile: 'FROM IMAGE\nLABEL a=b\n',
  });
  const file = path.join(place, 'compose.yaml');
  const built = await execute<{ images: readonly string[] }>('wheelhouse.compose.build', {
    files: file,
    services: [],
  });
  assert.deepEqual(
    built?.images.toSorted(),
    ['localhost/whc-named:1', `${projectOf('images')}-own`],
    JSON.stringify(lastFailure()),
  );
  for (const image of built.images) assert.ok(await docker('image', 'inspect', '--format', '{{.Id}}', image));
  await execute('wheelhouse.compose.pull', { files: file, services: ['own'] });
  assert.equal(lastFailure().id, 'compose-nothing-to-pull');
  await execute('wheelhouse.compose.build', { files: file, services: ['alien'] });
  assert.equal(lastFailure().id, 'compose-nothing-to-build');
  await docker('image', 'rm', ...built.images);
});

test('files that a label or a link names are used only with a yes', limits, async () => {
  forget();
  const outside = folder('outside', { 'compose.yaml': two }, path.dirname(root));
  const file = path.join(outside, 'compose.yaml');
  try {
    await executeFromElsewhere('wheelhouse.compose.up', { files: file, services: [] });
    assert.equal(screen.shown.at(-1)?.text, 'Use these Compose files?');
    assert.deepEqual(await states('outside'), []);
    // An image can say the same of every container that it is run as.
    const labels = [
      'project=evil',
      `project.config_files=${file}`,
      `project.working_dir=${outside}`,
      'service=web',
    ];
    const flags = labels.flatMap((label) => ['--label', `com.docker.compose.${label}`]);
    const id = await docker('create', ...flags, image, 'true');
    const node = {
      id: 'e',
      label: 'evil',
      context: ';composeproject;',
      icon: '',
      value: { composeProject: 'evil' },
    };
    screen.shown.length = 0;
    await execute('wheelhouse.compose.up', node);
    assert.equal(screen.shown.at(-1)?.text, 'Use these Compose files?');
    await docker('rm', id);
    await execute('wheelhouse.compose.up', node);
    assert.equal(lastFailure().id, 'compose-files-elsewhere');
  } finally {
    const { rmSync } = await import('node:fs');
    rmSync(outside, { recursive: true });
  }
});

test('without a Compose it is said how to have one', limits, async () => {
  forget();
  const place = folder('without', { 'compose.yaml': two });
  const config = process.env.DOCKER_CONFIG;
  process.env.DOCKER_CONFIG = path.join(root, 'none');
  workbench.engine.forget();
  try {
    await execute('wheelhouse.compose.up', uri(place, 'compose.yaml'));
    assert.equal(lastFailure().id, 'compose-missing', lastFailure().message);
    assert.match(lastFailure().remedy, /docker-compose-plugin/);
  } finally {
    process.env.DOCKER_CONFIG = config;
    workbench.engine.forget();
  }
});

test('what is cancelled says what stays', limits, async () => {
  forget();
  const place = folder('slow', {
    'compose.yaml':
      `services: {a: {image: IMAGE, command: sleep 100, stop_signal: KILL}, b: {image: IMAGE, depends_on: {a: {condition: service_healthy}}, command: sleep 1}}\n`.replace(
        'KILL}',
        'KILL, healthcheck: {test: "false", interval: 1s, retries: 100}}',
      ),
  });
  screen.cancelAfterMs = 2_500;
  await execute('wheelhouse.compose.up', { files: path.join(place, 'compose.yaml'), services: [] });
  assert.equal(lastFailure().id, 'cancelled');
  assert.match(lastFailure().remedy, /"Compose Down" removes it/);
  assert.equal(lastFailure().action?.command, 'wheelhouse.compose.down');
  await execute('wheelhouse.compose.down', { project: projectOf('slow') });
  assert.deepEqual(await states('slow'), []);
});

test('the palette offers files and projects; the file in the editor needs no choice', limits, async () => {
  forget();
  const place = folder('offer', {
    'compose.yaml': `services: {web: {image: IMAGE, command: ${JSON.stringify(forever)}}}\n`,
  });
  screen.answer = ({ labels }) => labels?.find((label) => label.includes(projectOf('offer')));
  await execute('wheelhouse.compose.up');
  assert.deepEqual(await states('offer'), ['web running']);
  Object.assign(window, { activeTextEditor: { document: { uri: uri(place, 'compose.yaml') } } });
  screen.asked.length = 0;
  await execute('wheelhouse.compose.restart');
  assert.deepEqual(asked(), []);
  assert.match(results.at(-1)?.message ?? '', /offer is up/);
  Object.assign(window, { activeTextEditor: undefined });
  await execute('wheelhouse.compose.down', { project: projectOf('offer') });
});
