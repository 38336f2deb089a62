// Builds by a real BuildKit in a container, as buildx makes it: its result in the engine and in a real registry, for one platform
// and for two, its cache, and what is said where it does not start or does not reach what it needs.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  boxed,
  cli,
  container,
  failures,
  folder,
  limits,
  makeBuildkitImage,
  makeImageOf,
  names,
  node,
  nodes,
  parts,
  results,
} from './builder-world.ts';
import { enter, execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const slow = { ...limits, timeout: 300_000 };
const of = (builder: string) => ({ builder });
const did = <T>(verb: string, argument?: object) => execute<T>(`wheelhouse.builders.${verb}`, argument);
const last = () => JSON.stringify(failures.at(-1));
const context = path.join(folder, 'context');
const registry = parts.registry ?? '';
const built = `whboxed${process.pid}:1`;

/** Asked for by a view of Wheelhouse. */
async function buildImage(file: string, text: string, tag: string, platforms?: readonly string[]) {
  writeFileSync(path.join(context, file), text);
  const request = { context, dockerfile: path.join(context, file), tag, platforms };
  return execute<{ imageId: string } | undefined>('wheelhouse.images.build', request);
}

/** The smallest that has a shell, in the registry. */
async function pushBase(): Promise<string> {
  const from = path.join(folder, 'base');
  const tag = `${registry}/shell:1`;
  mkdirSync(from);
  const files = ['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2'];
  const copies = files.map((file) => `COPY --from=whole ${file} ${file}`).join('\n');
  const whole = `FROM ${parts.engine?.baseImage} AS whole\nFROM scratch\n`;
  writeFileSync(path.join(from, 'Dockerfile'), `${whole}${copies}\nCOPY --from=whole /bin/dash /bin/sh\n`);
  await cli('buildx', 'build', '--builder', 'default', '--load', '--tag', tag, from);
  await cli('push', tag);
  await cli('image', 'rm', tag);
  return tag;
}

test(
  'one with the network of its machine is created, after a question with its command line',
  slow,
  async () => {
    const line = 'docker buildx create --driver docker-container --driver-opt network=host --name';
    await executeFromElsewhere('wheelhouse.builders.create', { name: 'linked', network: 'host' });
    assert.deepEqual(screen.shown.at(-1)?.detail, `${line} linked`);
    assert.ok(!(await names()).includes('linked'));
    screen.answer = ({ kind, title, labels }) =>
      kind === 'input' && title.includes('Name')
        ? boxed
        : (labels?.find((label) => label === 'That of its machine') ?? enter);
    try {
      assert.deepEqual(await did('create'), of(boxed));
    } finally {
      screen.answer = () => undefined;
    }
    assert.ok(screen.asked.at(-1)?.details?.join().includes(`${line} ${boxed}`));
    assert.match(await cli('buildx', 'inspect', boxed), /^Driver Options:\s+network="host"$/m);
  },
);

test('of one whose BuildKit ends at once, the log of its container is offered', slow, async () => {
  const from = path.join(folder, 'broken');
  mkdirSync(from);
  await makeImageOf(from, 'ENTRYPOINT ["sh", "-c", "echo no room; exit 3"]');
  await did('start', of(boxed));
  assert.equal(failures.at(-1)?.id, 'builder-ends', last());
  assert.deepEqual(failures.at(-1)?.action?.arguments, [{ container }]);
  assert.match(await cli('logs', container), /no room/);
  await cli('rm', '--force', container);
});

test('an image for one platform is in the engine afterwards, and runs', slow, async () => {
  await makeBuildkitImage();
  const base = await pushBase();
  await did('use', of(boxed));
  const made = await buildImage('one', `FROM ${base}\nRUN echo wheels > /made\n`, built);
  assert.ok(made, last());
  assert.equal(await cli('image', 'inspect', '--format', '{{.Id}}', built), made.imageId);
  assert.equal(
    await cli('run', '--rm', '--network', 'none', built, 'sh', '-c', 'read it < /made; echo $it'),
    'wheels',
  );
  assert.equal((await node(boxed)).description, 'in use, chosen here · running · docker-container');
  assert.equal(await cli('inspect', '--format', '{{.HostConfig.Privileged}}', container), 'true');
  const [newest] = await nodes(await node('Builds', await node(boxed)));
  assert.match(newest?.description ?? '', /^succeeded · /);
});

test('one for two platforms is in the registry afterwards, with both', slow, async () => {
  const tag = `${registry}/two:1`;
  const made = await buildImage('two', 'FROM scratch\nCOPY a /a\n', tag, ['linux/amd64', 'linux/arm64']);
  assert.ok(made, last());
  assert.match(results.at(-1)?.message ?? '', /was built for linux\/amd64, linux\/arm64 and pushed/);
  const accept = { accept: 'application/vnd.oci.image.index.v1+json' };
  const answer = await fetch(`http://${registry}/v2/two/manifests/1`, { headers: accept });
  assert.equal(answer.headers.get('docker-content-digest'), made.imageId);
  const { manifests } = (await answer.json()) as {
    manifests: { platform: { os: string; architecture: string } }[];
  };
  assert.deepEqual(
    manifests.map(({ platform: { os, architecture } }) => `${os}/${architecture}`).slice(0, 2),
    ['linux/amd64', 'linux/arm64'],
  );
});

test('a step that runs programs of another platform says what is missing for it', slow, async (t) => {
  const emulated = existsSync('/proc/sys/fs/binfmt_misc') ? readdirSync('/proc/sys/fs/binfmt_misc') : [];
  if (process.arch !== 'x64' || emulated.some((name) => /aarch64|arm64/.test(name)))
    return t.skip('this machine runs programs of arm64, or is no amd64');
  // elf(5): a program of AArch64 that has nothing in it.
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(183, 18);
  writeFileSync(path.join(context, 'sh'), header, { mode: 0o755 });
  await buildImage('arm', 'FROM scratch\nCOPY sh /bin/sh\nRUN hello\n', built, ['linux/arm64']);
  assert.equal(failures.at(-1)?.id, 'platform-not-run', last());
});

test(
  'where it does not find a base, it is said that the images of the engine are none of its',
  slow,
  async () => {
    await cli('tag', built, `${registry}/nowhere:1`);
    await buildImage('local', `FROM ${registry}/nowhere:1\n`, built);
    assert.equal(failures.at(-1)?.id, 'base-unknown', last());
    assert.match(
      failures.at(-1)?.remedy ?? '',
      new RegExp(`the builder ${boxed} has none of the images of the engine`),
    );
    await cli('image', 'rm', `${registry}/nowhere:1`);
  },
);

test('one with a network of its own does not reach a registry at localhost, and says so', slow, async () => {
  await execute('wheelhouse.builders.create', { name: 'apart' });
  await did('use', of('apart'));
  await buildImage('two', 'FROM scratch\nCOPY a /a\n', `${registry}/two:2`, ['linux/amd64', 'linux/arm64']);
  const { message, action } = failures.at(-1) ?? {};
  assert.equal(
    message,
    `The builder apart does not reach the registry ${registry} from its container.`,
    last(),
  );
  assert.deepEqual(action?.arguments, [{ network: 'host' }]);
  const reason = failures.length;
  await did('use', of(boxed));
  await did('remove', of('apart'));
  assert.equal(failures.length, reason, last());
});

test('the builder that is offered instead reaches that registry', slow, async () => {
  const { action, remedy } = failures.at(-1) ?? {};
  assert.match(remedy ?? '', /create a builder with the network of its machine/);
  screen.answer = ({ labels }) => labels?.find((label) => label === 'That of its machine') ?? enter;
  const made = await execute<{ builder: string } | undefined>(
    action?.command ?? '',
    ...(action?.arguments ?? []),
  ).finally(() => {
    screen.answer = () => undefined;
  });
  assert.ok(made, last());
  assert.match(await cli('buildx', 'inspect', made.builder), /^Driver Options:\s+network="host"$/m);
  await did('use', made);
  const tag = `${registry}/two:2`;
  const pushed = await buildImage('two', 'FROM scratch\nCOPY a /a\n', tag, ['linux/amd64', 'linux/arm64']);
  assert.ok(pushed, last());
  const accept = { accept: 'application/vnd.oci.image.index.v1+json' };
  const answer = await fetch(`http://${registry}/v2/two/manifests/2`, { headers: accept });
  assert.equal(answer.headers.get('docker-content-digest'), pushed.imageId);
  await did('use', of(boxed));
  await did('remove', made);
});

test('its cache is measured and pruned, and it goes with its container and its volume', slow, async () => {
  const size = async () => /^Total:\s+(\S+)$/m.exec(await cli('buildx', 'du', '--builder', boxed))?.[1];
  assert.notEqual(await size(), '0B');
  const { freed } = await did<{ freed: number }>('prune', of(boxed));
  assert.ok(freed > 2_000_000, `${freed}`);
  assert.equal(await size(), '0B');
  await did('stop', of(boxed));
  assert.equal(await cli('inspect', '--format', '{{.State.Running}}', container), 'false');
  await did('start', of(boxed));
  assert.equal(await cli('inspect', '--format', '{{.State.Running}}', container), 'true', last());
  await did('remove', of(boxed));
  assert.ok(!(await names()).includes(boxed));
  const volumes = await cli('volume', 'ls', '--quiet', '--filter', `name=${container}_state`);
  assert.equal(volumes, '');
  assert.equal(await cli('ps', '--all', '--quiet', '--filter', `name=${container}`), '');
  await cli('image', 'rm', '--force', built);
});
