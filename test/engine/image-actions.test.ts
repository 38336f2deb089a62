// What can be done with images from their nodes, each asked of the engine by another way.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { agree, createContext, enter, execute, executeFromElsewhere, screen, typing } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const parts = readParts();
const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
const limits = { skip, timeout: 60_000 };
const prefix = `wh-i-${process.pid}`;
const workbench = createWorkbench(createContext() as never);
registerImages(workbench, async () => undefined as never);

const results: JobResult[] = [];
const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

const docker = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();
const tags = async (repository: string) =>
  (await docker('images', '--format', '{{.Tag}}', `${prefix}/${repository}`))
    .split('\n')
    .filter(Boolean)
    .sort();
const give = async (...refs: string[]) => {
  for (const ref of refs) await docker('tag', image, `${prefix}/${ref}`);
};
async function node(repository: string, tag?: string): Promise<Node> {
  const roots = (await screen.trees.get('wheelhouse.images')?.provider.getChildren()) as Node[];
  const found = roots.find(({ label }) => label === `${prefix}/${repository}`);
  assert.ok(found, repository);
  if (tag === undefined) return found;
  const below = (await screen.trees.get('wheelhouse.images')?.provider.getChildren(found)) as Node[];
  const image = below.find(({ label }) => label === tag);
  assert.ok(image, tag);
  return image;
}
const yes = () => {
  screen.press = agree;
};
const no = () => {
  screen.press = () => undefined;
};

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  if (skip) return;
  const left = await docker('images', '--format', '{{.Repository}}:{{.Tag}}', `${prefix}/*`);
  if (usersMade.length) await run('docker', ['rm', '--force', ...usersMade]);
  if (left) await run('docker', ['rmi', ...left.split('\n')]);
});

test('several images go after one question that names them, and stay after a no', limits, async () => {
  await give('bikes:1', 'bikes:2', 'bikes:3', 'cars:1');
  const selection = [await node('bikes', '1'), await node('bikes', '2'), await node('cars', '1')];
  no();
  assert.equal(await execute('wheelhouse.images.remove', selection[0], selection), undefined);
  const question = screen.shown.at(-1);
  assert.equal(question?.text, 'Remove 3 images?');
  for (const ref of ['bikes:1', 'bikes:2', 'cars:1'])
    assert.ok(question?.detail?.includes(`${prefix}/${ref}`), question?.detail);
  assert.deepEqual(await tags('bikes'), ['1', '2', '3']);
  yes();
  const asked = screen.shown.length;
  await execute('wheelhouse.images.remove', selection[0], selection);
  assert.equal(screen.shown.length, asked + 1);
  assert.deepEqual(await tags('bikes'), ['3']);
  assert.deepEqual(await tags('cars'), []);
  // A node outside of the selection is meant alone.
  await give('bikes:4');
  await execute('wheelhouse.images.remove', await node('bikes', '3'), [await node('bikes', '4')]);
  assert.deepEqual(await tags('bikes'), ['4']);
});

test('the question says where only one name of an image goes', limits, async () => {
  await give('ships:1');
  await docker('tag', `${prefix}/ships:1`, `${prefix}/ferries:3`);
  const asked = async () => {
    no();
    await execute('wheelhouse.images.remove', await node('ships', '1'));
    return screen.shown.at(-1)?.detail ?? '';
  };
  const names = await docker('image', 'inspect', '--format', '{{join .RepoTags " "}}', `${prefix}/ships:1`);
  const other = names.split(' ').find((each) => each !== `${prefix}/ships:1`);
  assert.equal(await asked(), `Only this name goes; the image stays as ${other}.`);
  assert.deepEqual(await tags('ships'), ['1']);
});

/** An image with an id of its own, with a container that ended and one that runs where that is wished. */
const own = async (ref: string, users: Readonly<Record<string, readonly string[]>> = {}) => {
  const from = await docker('create', '--label', `of=${ref}`, image, 'true');
  await docker('commit', from, `${prefix}/${ref}`);
  await docker('rm', from);
  for (const [user, command] of Object.entries(users)) {
    usersMade.push(`${prefix}-${user}`);
    await docker('run', '--detach', '--name', `${prefix}-${user}`, `${prefix}/${ref}`, ...command);
  }
};
const usersMade: string[] = [];
const isThere = async (user: string) => (await run('docker', ['inspect', `${prefix}-${user}`])).code === 0;

test(
  'the question names the containers that use an image, and offers to remove them too',
  limits,
  async () => {
    await own('held:1', { idle: ['true'], busy: ['sleep', '300'] });
    await docker('wait', `${prefix}-idle`);
    const ask = async (press: string | undefined, ...of: readonly Node[]) => {
      screen.press = ({ buttons }) => buttons.find((button) => button === press);
      const from = failures.length;
      await execute('wheelhouse.images.remove', of[0], of);
      no();
      assert.deepEqual(failures.slice(from), []);
      return screen.shown.at(-1);
    };
    const asked = await ask(undefined, await node('held', '1'));
    assert.deepEqual(asked?.buttons, ['Remove with 2 Containers']);
    const users = /have to go first: ([^\n]+)\.\n/
      .exec(asked?.detail ?? '')?.[1]
      ?.split(', ')
      .sort();
    assert.deepEqual(users, [`${prefix}-busy (running)`, `${prefix}-idle`]);
    assert.ok((await isThere('idle')) && (await isThere('busy')));

    // Another name holds it.
    await docker('tag', `${prefix}/held:1`, `${prefix}/held:2`);
    const kept = await ask('Remove', await node('held', '2'));
    assert.deepEqual(kept?.buttons, ['Remove']);
    assert.deepEqual(await tags('held'), ['1']);

    // With all its names it goes.
    await docker('tag', `${prefix}/held:1`, `${prefix}/held:2`);
    await own('free:1');
    const three = [await node('held', '1'), await node('held', '2'), await node('free', '1')];
    const some = await ask('Remove Unused Only (1)', ...three);
    assert.deepEqual(some?.buttons, ['Remove Unused Only (1)', 'Remove with 2 Containers']);
    assert.deepEqual([await tags('held'), await tags('free')], [['1', '2'], []]);
    assert.ok(await isThere('busy'));
    await ask('Remove with 2 Containers', await node('held', '1'), await node('held', '2'));
    assert.deepEqual(await tags('held'), []);
    assert.ok(!(await isThere('idle')) && !(await isThere('busy')));

    await own('lone:1', { lone: ['true'] });
    const one = await ask(`Remove with ${prefix}-lone`, await node('lone', '1'));
    assert.match(
      one?.detail ?? '',
      new RegExp(`^The container ${prefix}-lone( .running.)? uses it, and has to`),
    );
    assert.deepEqual([await tags('lone'), await isThere('lone')], [[], false]);
  },
);

test('a repository goes with all its tags, also by the key of the view', limits, async () => {
  await give('boats:1', 'boats:2');
  yes();
  await execute('wheelhouse.images.remove', await node('boats'));
  assert.equal(screen.shown.at(-1)?.text, 'Remove 2 images?');
  assert.deepEqual(await tags('boats'), []);

  await give('planes:1');
  const view = screen.trees.get('wheelhouse.images')?.view;
  assert.ok(view);
  view.selection = [await node('planes')];
  no();
  await executeFromElsewhere('wheelhouse.images.remove', { selection: true });
  assert.equal(screen.shown.at(-1)?.text, `Remove the image ${prefix}/planes:1?`);
  assert.deepEqual(await tags('planes'), ['1']);
  await executeFromElsewhere('wheelhouse.images.copyName', { selection: true });
  assert.equal(screen.copied.at(-1), `${prefix}/planes:1`);
});

test(
  'Pull Image brings an image from its registry, and says what is wrong with its name',
  limits,
  async (t) => {
    if (!parts.registry) return t.skip('needs a registry');
    const ref = `${parts.registry}/${prefix}/pulled`;
    // Of a layer of its own: of those that are there a pull says nothing.
    const packed = path.join(mkdtempSync(path.join(tmpdir(), 'pulled-')), 'layer.tar');
    await runOrThrow('tar', ['-cf', packed, '-C', import.meta.dirname, path.basename(import.meta.filename)]);
    await docker('import', packed, `${ref}:latest`);
    await docker('push', '--quiet', `${ref}:latest`);
    await docker('rmi', `${ref}:latest`);
    screen.reported.length = 0;
    screen.answer = () => ref;
    const made = await execute<{ ref: string; imageId: string }>('wheelhouse.images.pull');
    assert.equal(made.ref, `${ref}:latest`);
    assert.equal(await docker('image', 'inspect', '--format', '{{.Id}}', `${ref}:latest`), made.imageId);
    assert.match(results.at(-1)?.message ?? '', /pulled:latest was pulled, [\d.]+ kB, linux\/\w+\.$/);
    const last = screen.reported.at(-1) as { readonly message: string };
    assert.match(last.message, /^1 of 1 layers · /);
    await docker('rmi', `${ref}:latest`);

    for (const [name, id, said] of [
      [`${ref}:9`, 'image-unknown', /has no image .*pulled:9, or shows it after a login only/],
      [`${parts.registry}/${prefix}/nothing`, 'image-unknown', /nothing:latest/],
      ['127.0.0.1:1/x:1', 'registry-down', /127\.0\.0\.1:1/],
      ['UPPER:1', 'invalid-reference', /./],
    ] as const) {
      assert.equal(await execute('wheelhouse.images.pull', { image: name }), undefined);
      assert.equal(failures.at(-1)?.id, id, JSON.stringify(failures.at(-1)));
      assert.match(failures.at(-1)?.message ?? '', said);
    }
    screen.answer = () => undefined;
    assert.equal(await execute('wheelhouse.images.pull'), undefined);
  },
);

test(
  'Run Container mounts the open folder by one choice, and one that is chosen in a dialogue',
  limits,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mounted, '));
    const vscode = await import('./fake-vscode.ts');
    const open = vscode.workspace as { workspaceFolders: unknown };
    open.workspaceFolders = [{ uri: vscode.Uri.file(tmpdir()) }];
    screen.choose = () => folder;
    const answers = [
      ...['Mounts', 'This Project as /workspace'],
      ...['Mounts', 'Choose a Folder…', 'no path'],
      ...['Mounts', 'Choose a Folder…', '/data in'],
      ...['Name', `${prefix}-mounts`, 'Command', 'true', enter],
    ];
    const asked = screen.asked.length;
    screen.answer = ({ labels }) => {
      const next = answers.shift();
      // What is not among the rows would be nothing, and the person waits for ever.
      assert.ok(!labels || next === enter || labels.includes(next ?? ''), `${next} of ${labels}`);
      return next;
    };
    try {
      await execute('wheelhouse.images.run', { ref: image });
      assert.deepEqual(answers, []);
      const mounted = await docker(
        'inspect',
        '--format',
        '{{range .Mounts}}{{.Type}} {{.Source}} {{.Destination}} {{.RW}}\n{{end}}',
        `${prefix}-mounts`,
      );
      assert.deepEqual(mounted.split('\n').filter(Boolean).sort(), [
        `bind ${tmpdir()} /workspace true`,
        `bind ${folder} /data in true`,
      ]);
      const again = screen.asked.slice(asked).filter(({ title }) => / Mounts$/.test(title));
      // The project is mounted already.
      const rows = again.at(-1)?.labels ?? [];
      assert.deepEqual([rows.slice(0, 2), rows.at(-1)], [['Choose a Folder…', 'Type Them…'], 'None']);
    } finally {
      screen.answer = () => undefined;
      open.workspaceFolders = undefined;
      await run('docker', ['rm', '--force', `${prefix}-mounts`]);
    }
  },
);

test('Run Container mounts volumes of the engine, new ones, and what is typed', limits, async () => {
  const volume = `${prefix}-data`;
  await docker('volume', 'create', volume);
  const answers = [
    // What is no mount can be gone on with.
    ...['Mounts', typing('/etc, with no place'), '/srv:/mine'],
    ...['Mounts', volume, '/old'],
    ...['Mounts', typing(`${prefix}-new`), '/new'],
    ...['Mounts', typing('/tmp:/tmp/here:ro')],
    ...['Mounts', typing(`${prefix}-third:/third`)],
    ...['Name', `${prefix}-volumes`, 'Command', 'true'],
  ];
  const mounted = async (format: string) =>
    (await docker('inspect', '--format', `{{range .Mounts}}${format}\n{{end}}`, `${prefix}-volumes`))
      .split('\n')
      .filter(Boolean)
      .sort();
  screen.answer = ({ labels }) => {
    const next = answers.length ? answers.shift() : enter;
    // What is not among the rows would be nothing, and the person waits for ever.
    const isThere = !labels || next === enter || next?.startsWith(typing('')) || labels.includes(next ?? '');
    assert.ok(isThere, `${next} of ${labels}`);
    return next;
  };
  try {
    await execute('wheelhouse.images.run', { ref: image });
    assert.deepEqual(await mounted('{{.Type}} {{.Name}} {{.Destination}} {{.RW}}'), [
      'bind  /mine true',
      'bind  /tmp/here false',
      `volume ${prefix}-data /old true`,
      `volume ${prefix}-new /new true`,
      `volume ${prefix}-third /third true`,
    ]);
    const { rows = [] } = screen.asked.findLast(({ title }) => / Mounts$/.test(title)) ?? {};
    assert.ok(rows.includes(`${volume} volume`), rows.join());
  } finally {
    screen.answer = () => undefined;
    await run('docker', ['rm', '--force', `${prefix}-volumes`]);
    await run('docker', ['volume', 'rm', volume, `${prefix}-new`, `${prefix}-third`]);
  }
});

test(
  'the terminal of what went well makes room for the next one, and that of a failure stays',
  limits,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'saved-'));
    const save = (ref: string, file: string) =>
      execute('wheelhouse.images.save', { image: ref, file: path.join(folder, file) });
    await give('other:1');
    const begun = screen.terminals.length;
    await execute('wheelhouse.images.pull', { image: `${parts.registry}/${prefix}/none:1` });
    assert.ok(await save(image, 'one.tar'));
    assert.ok(await save(`${prefix}/other:1`, 'two.tar'));
    const disposed = () => screen.terminals.slice(begun).map((terminal) => terminal.disposed);
    assert.deepEqual(disposed(), [false, true, false]);
    await execute('wheelhouse.images.pull', { image: `${parts.registry}/${prefix}/none:2` });
    assert.deepEqual(disposed(), [false, true, true, false]);
    await docker('rmi', `${prefix}/other:1`);
  },
);
