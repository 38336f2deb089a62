// Volumes as a whole, over a real Docker and a real Podman, each result looked at by their command lines.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import type { EngineKind } from '../../client/src/runtime/engine.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { entry, tar } from '../client/made-tar.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { agree, createContext, execute, executeFromElsewhere, screen, workspace } from './fake-vscode.ts';
import { base, podmanEnvironment, skip } from './podman-world.ts';

let kind: EngineKind = 'docker';
workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (key === 'engine' ? (kind as T) : fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { overHttp } = await import('../../client/src/engine/connection.ts');
const { writeVolume } = await import('../../client/src/engine/volume-content.ts');
const { registerVolumes } = await import('../../client/src/volumes/commands.ts');

const workbench = createWorkbench(createContext() as never);
registerVolumes(workbench);
const failures: Failure[] = [];
const results: JobResult[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));
workbench.api.onDidFinish((result) => results.push(result));

const parts = readParts();
const limits = { skip, timeout: 240_000 };
const prefix = `wh-v-${process.pid}`;
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse volumes '));
const image = () => (kind === 'docker' ? (parts.engine?.baseImage ?? '') : base);
const env = () => (kind === 'docker' ? toolEnvironment(parts) : podmanEnvironment());
const engine = async (...args: string[]) => (await runOrThrow(kind, args, { env: env() })).stdout.trim();
const there = async (name: string) =>
  (await run(kind, ['volume', 'inspect', name], { env: env() })).code === 0;
/** What is in a volume: kind, mode, owner, size, name, where it leads. */
const content = (volume: string) =>
  engine(
    ...['run', '--rm', '--network=none', '--user=0', '--volume', `${volume}:/v`, image()],
    ...[
      'sh',
      '-c',
      "cd /v && find . -printf '%y %m %U:%G %s %n %P %l\\n' | sed 's/^d \\(.*\\) [0-9]* [0-9]* /d \\1 /' | LC_ALL=C sort -k5",
    ],
  );
const made = [
  'cd /v && mkdir -p deep/er "odd dir" && echo hi >a && chown 12:34 a && chmod 640 a && ln a hard',
  'ln -s a link && ln -s /etc/passwd out && printf x >"$(printf "new\\nline")" && printf y >-dash',
  'head -c 3000000 /dev/urandom >deep/er/model && chown -R 1000:1000 deep && chmod 2750 deep && : >empty',
  'chown 1000:100 . && chmod 770 .',
].join(' && ');
const fill = (volume: string, script = made) =>
  engine(
    'run',
    '--rm',
    '--network=none',
    '--user=0',
    '--volume',
    `${volume}:/v`,
    image(),
    'sh',
    '-c',
    script,
  );
const ours = () => engine('ps', '--all', '--quiet', '--filter', 'label=wheelhouse.stand-in-of');
const assertNothingLeft = async () => assert.equal(await ours(), '');

/** Programs read so many bytes at once (GNU tar, "Blocking Factor"), and no more behind the mark of the end. */
const record = 10_240;

/** An archive whose last block comes when what is before it is in the volume, and what unpacks it has come to its mark. */
async function* lateEnd(volume: string): AsyncGenerator<Buffer> {
  const place = await engine('volume', 'inspect', '--format', '{{.Mountpoint}}', volume);
  const whole = Buffer.concat([
    entry({ name: 'volume/', type: '5' }),
    tar({ name: 'volume/a', content: 'x' }),
  ]);
  yield Buffer.concat([whole, Buffer.alloc(record - whole.length)]);
  // That of an engine on another machine cannot be seen.
  const end = Date.now() + (existsSync(place) ? 60_000 : 3_000);
  while (Date.now() < end && !existsSync(path.join(place, 'a'))) await sleep(25);
  await sleep(300);
  yield Buffer.alloc(record);
}

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  rmSync(folder, { recursive: true });
  if (skip) return;
  // Podman's are gone with it.
  kind = 'docker';
  const containers = await engine('ps', '--all', '--quiet', '--filter', `name=${prefix}`);
  if (containers) await engine('rm', '--force', ...containers.split('\n'));
  const left = await engine('volume', 'ls', '--quiet', '--filter', `name=${prefix}`);
  if (left) await run(kind, ['volume', 'rm', ...left.split('\n')], { env: env() });
});

for (const way of ['docker', 'podman by its service', 'podman without its service']) {
  const name = (suffix: string) => `${prefix}-${way.replaceAll(' ', '-')}-${suffix}`;
  test(`a volume is cloned, exported and imported with all it has, by ${way}`, limits, async () => {
    kind = way === 'docker' ? 'docker' : 'podman';
    if (way === 'podman without its service') delete process.env.CONTAINER_HOST;
    workbench.engine.forget();
    const answers = (await overHttp(workbench, (http) => http.get('/version'))) !== undefined;
    assert.equal(answers, way !== 'podman without its service');
    await engine('volume', 'create', name('from'));
    await fill(name('from'));
    const told = await content(name('from'));
    assert.match(told, /^f 640 12:34 3 2 a $/m);
    assert.match(told, /^d 770 1000:100/m);

    const cloned = await execute<{ files: number }>('wheelhouse.volumes.clone', {
      volume: name('from'),
      to: name('clone'),
    });
    assert.ok(cloned, JSON.stringify(failures.at(-1)));
    assert.equal(cloned.files, 8);
    assert.equal(await content(name('clone')), told);
    await assertNothingLeft();

    // A container of this Podman takes as long as its image is copied.
    for (const end of kind === 'docker' ? ['tar', 'tar.gz'] : ['tgz']) {
      const file = path.join(folder, `${name('x')}.${end}`);
      const exported = await execute<{ files: number }>('wheelhouse.volumes.export', {
        volume: name('from'),
        to: file,
      });
      assert.ok(exported, JSON.stringify(failures.at(-1)));
      const listed = (await runOrThrow('tar', ['--numeric-owner', '-tvf', file])).stdout;
      assert.match(listed, /^-rw-r----- 12\/34 +3 .* \.\/(?:a|hard)$/m);
      assert.match(listed, /^drwxrwx--- 1000\/100 .* \.\/$/m);
      assert.equal(listed.match(/model$/gm)?.length, 1);
      const volume = name(`in${path.extname(file).slice(1)}`);
      assert.ok(
        await execute('wheelhouse.volumes.import', { from: file, name: volume }),
        JSON.stringify(failures.at(-1)),
      );
      assert.equal(await content(volume), told);
    }
    await assertNothingLeft();
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.endsWith('.part')),
      [],
    );

    // One without a name is another one for Podman, and stays as well.
    const anonymous = await engine(
      'create',
      '--name',
      name('holder'),
      '--volume',
      '/v',
      image(),
      'true',
    ).then(() => engine('inspect', '--format', '{{range .Mounts}}{{.Name}}{{end}}', name('holder')));
    await fill(anonymous);
    await engine('rm', name('holder'));
    assert.ok(
      await execute('wheelhouse.volumes.clone', { volume: anonymous, to: name('named') }),
      JSON.stringify(failures.at(-1)),
    );
    assert.equal(await content(name('named')), told);
    assert.equal(await there(anonymous), true);
    await engine('volume', 'rm', anonymous);

    // An empty one as well.
    await engine('volume', 'create', name('empty'));
    const none = await execute('wheelhouse.volumes.clone', { volume: name('empty'), to: name('empty2') });
    assert.deepEqual(none, { volume: name('empty2'), files: 0, bytes: 0 }, JSON.stringify(failures.at(-1)));

    // What fills the last block comes when the archive has been unpacked already.
    const late = Readable.from(lateEnd(name('empty2')), { objectMode: false });
    await writeVolume(workbench, name('empty2'), late, AbortSignal.timeout(60_000));
    assert.equal(late.readableEnded, true);
    assert.match(await content(name('empty2')), /^f 644 0:0 1 1 a$/m);
  });

  test(
    `an archive goes into a volume that is there after a question, and all else stays, by ${way}`,
    limits,
    async () => {
      const volume = name('into');
      await engine('volume', 'create', volume);
      await fill(volume, 'cd /v && echo old >both && echo mine >kept && mkdir deep && echo d >deep/kept');
      const file = path.join(folder, `${name('more')}.tar`);
      writeFileSync(file, tar({ name: 'both', content: 'new\n' }, { name: 'deep/added', content: 'a\n' }));
      const all = () =>
        engine(
          ...['run', '--rm', '--network=none', '--user=0', '--volume', `${volume}:/v`, image()],
          ...[
            'sh',
            '-c',
            'cd /v && LC_ALL=C; for f in both deep/added deep/kept kept; do echo "$f" $(cat "$f"); done',
          ],
        );
      const asked = screen.shown.length;
      screen.press = () => undefined;
      assert.equal(await execute('wheelhouse.volumes.import', { from: file, name: volume }), undefined);
      assert.equal(screen.shown.length, asked + 1);
      assert.equal(screen.shown.at(-1)?.text, `There is a volume ${volume} already. Import into it?`);
      assert.match(
        screen.shown.at(-1)?.detail ?? '',
        /replace those of the same name .* All others in it stay/s,
      );
      assert.match(
        await engine('run', '--rm', '--volume', `${volume}:/v`, image(), 'cat', '/v/both'),
        /^old$/,
      );

      screen.press = agree;
      // From the row of the volume only the archive is asked for.
      const rows = (await screen.trees.get('wheelhouse.volumes')?.provider.getChildren()) as Node[];
      screen.choose = () => file;
      const done = await execute<{ files: number }>(
        'wheelhouse.volumes.importInto',
        rows.find(({ label }) => label === volume),
      );
      assert.equal(done?.files, 2, JSON.stringify(failures.at(-1)));
      assert.equal(
        screen.shown.findLast(({ kind }) => kind === 'modal')?.text,
        `Import the archive into the volume ${volume}?`,
      );
      screen.press = () => undefined;
      screen.choose = () => undefined;
      assert.equal(await all(), 'both new\ndeep/added a\ndeep/kept d\nkept mine');
      // One that does not come to its end takes nothing that was there.
      writeFileSync(file, readFileSync(file).subarray(0, 700));
      await execute('wheelhouse.volumes.import', { from: file, name: volume, into: true });
      assert.equal(failures.at(-1)?.id, 'archive-broken');
      assert.equal(await all(), 'both new\ndeep/added a\ndeep/kept d\nkept mine');
      await assertNothingLeft();
    },
  );

  test(`what does not come to its end leaves nothing, by ${way}`, limits, async () => {
    await execute('wheelhouse.volumes.clone', { volume: name('from'), to: name('clone') });
    assert.equal(failures.at(-1)?.id, 'volume-exists');
    await execute('wheelhouse.volumes.clone', { volume: name('from'), to: '../x' });
    assert.equal(failures.at(-1)?.id, 'volume-name');
    await execute('wheelhouse.volumes.clone', { volume: name('nothing'), to: name('n') });
    assert.equal(failures.at(-1)?.id, 'volume-gone');

    await fill(name('from'), 'head -c 200000000 /dev/zero >/v/large');
    const jobs = results.length;
    for (const [command, request] of [
      ['clone', { to: name('stopped') }],
      ['export', { to: path.join(folder, 'stopped.tar') }],
    ] as const) {
      screen.cancelAtReport = /\d \w?B(?: ·|$)/;
      await execute(`wheelhouse.volumes.${command}`, { volume: name('from'), ...request });
      assert.equal(failures.at(-1)?.id, 'cancelled', JSON.stringify(failures.at(-1)));
    }
    assert.equal(results.length, jobs);
    assert.equal(await there(name('stopped')), false);

    // One that was there before stays as it is by then, which is said.
    const [kept, archive] = [name('kept'), path.join(folder, 'kept.tar')];
    await execute('wheelhouse.volumes.export', { volume: name('from'), to: archive });
    await engine('volume', 'create', kept);
    await fill(kept, 'echo mine >/v/mine');
    screen.cancelAtReport = /\d \w?B(?: ·|$)/;
    await execute('wheelhouse.volumes.import', { from: archive, name: kept, into: true });
    const told = failures.at(-1);
    assert.equal(told?.id, 'cancelled', JSON.stringify(told));
    assert.match(told?.remedy ?? '', new RegExp(`^A part of the archive may be in the volume ${kept} now`));
    const mine = ['cat', '/v/mine'];
    assert.equal(await engine('run', '--rm', '--volume', `${kept}:/v`, image(), ...mine), 'mine');
    rmSync(archive);
    await execute('wheelhouse.volumes.export', { volume: name('from'), to: '/no/such/folder/x.tar' });
    assert.equal(failures.at(-1)?.id, 'file-not-usable', JSON.stringify(failures.at(-1)));

    const file = path.join(folder, 'bad.tar');
    const good = tar({ name: 'a', content: 'x'.repeat(2_000) });
    const bad: Readonly<Record<string, Buffer>> = {
      'archive-broken': good.subarray(0, 1_000),
      'archive-leaves': tar({ name: '../../etc/x', content: 'x' }),
      'archive-empty': tar(),
    };
    for (const [id, bytes] of Object.entries(bad)) {
      for (const packed of [bytes, zlib.gzipSync(bytes)]) {
        writeFileSync(file, packed);
        await execute('wheelhouse.volumes.import', { from: file, name: name('bad') });
        assert.equal(failures.at(-1)?.id, id, JSON.stringify(failures.at(-1)));
      }
    }
    writeFileSync(file, zlib.gzipSync(good).subarray(0, 30));
    await execute('wheelhouse.volumes.import', { from: file, name: name('bad') });
    assert.equal(failures.at(-1)?.id, 'archive-broken', JSON.stringify(failures.at(-1)));
    writeFileSync(file, 'no archive at all');
    await execute('wheelhouse.volumes.import', { from: file, name: name('bad') });
    assert.equal(failures.at(-1)?.id, 'archive-broken');
    await execute('wheelhouse.volumes.import', { from: path.join(folder, 'no.tar'), name: name('bad') });
    assert.equal(failures.at(-1)?.id, 'file-not-usable');
    assert.equal(await there(name('bad')), false);
    await assertNothingLeft();
    assert.deepEqual(
      readdirSync(folder).filter((each) => each.includes('stopped') || each.includes('part')),
      [],
    );
  });

  test(
    `one that runs with it is told of, and what is there is replaced after a question, by ${way}`,
    limits,
    async () => {
      const [volume, user] = [name('used'), name('user')];
      await engine('volume', 'create', volume);
      await engine(
        'run',
        '--detach',
        '--network=none',
        // It does not end when it is asked to.
        '--stop-timeout=0',
        '--name',
        user,
        '--volume',
        `${volume}:/v`,
        image(),
        'sleep',
        '1000',
      );
      screen.press = () => undefined;
      screen.answer = () => name('asked');
      assert.equal(await executeFromElsewhere('wheelhouse.volumes.clone', { volume }), undefined);
      assert.equal(screen.shown.at(-1)?.text, `A running container uses the volume ${volume}.`);
      assert.match(screen.shown.at(-1)?.detail ?? '', new RegExp(`^Running: ${user}`));
      assert.equal(await there(name('asked')), false);
      const file = path.join(folder, 'there.tar');
      writeFileSync(file, 'precious');
      assert.equal(await executeFromElsewhere('wheelhouse.volumes.export', { volume, to: file }), undefined);
      assert.match(screen.shown.at(-1)?.text ?? '', /exists already\. Replace it\?$/);
      assert.equal(readFileSync(file, 'utf8'), 'precious');
      screen.press = agree;
      assert.ok(await executeFromElsewhere('wheelhouse.volumes.export', { volume, to: file }));
      assert.ok(existsSync(file) && readFileSync(file).length >= 1_024);
      screen.press = () => undefined;
      screen.answer = () => undefined;
      await engine('rm', '--force', user);
    },
  );

  test(`what a window left behind goes, what another one needs stays, by ${way}`, limits, async () => {
    const make = (suffix: string, host: string, pid: number) =>
      engine(
        'create',
        '--name',
        name(suffix),
        '--label',
        `wheelhouse.stand-in-of=${host}/${pid}`,
        image(),
        'true',
      );
    await make('left', hostname(), 4_000_000);
    await make('other', hostname(), process.ppid);
    await make('elsewhere', 'other-host', 4_000_000);
    workbench.engine.forget();
    assert.ok(
      await execute('wheelhouse.volumes.export', { volume: name('used'), to: path.join(folder, 'y.tar') }),
    );
    const names = (
      await engine('ps', '--all', '--format', '{{.Names}}', '--filter', 'label=wheelhouse.stand-in-of')
    ).split('\n');
    assert.deepEqual(names.sort(), [name('elsewhere'), name('other')].sort());
    await engine('rm', name('elsewhere'), name('other'));
  });
}
