// Links and configuration files that lead out of a folder nobody trusts yet, over the real server's pipe.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { existsUri, isOwnFile, listFolderUri, readFileUri } from '../../server/src/adapters/node-files.ts';
import { placeBelow } from '../../server/src/adapters/place-below.ts';
import {
  type ConfigurationParams,
  configurationNotification,
  trustNotification,
} from '../../server/src/protocol/requests.ts';
import { startServer } from '../server/client.ts';
import { harmlessDockerfile } from './input.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-links-'));
after(() => rmSync(root, { recursive: true }));
const at = (...parts: string[]) => path.join(root, ...parts);
const uriOf = (...parts: string[]) => pathToFileURL(at(...parts)).href;
function write(file: string, text: string): string {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
  return at(file);
}
function link(file: string, target: string): void {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  symlinkSync(target, at(file));
}

/** A server with one folder open, and what it says of a Dockerfile. */
async function openFolder(folder: string | undefined, dockerfile: string, trusted: boolean) {
  const server = await startServer({
    initializationOptions: { trusted },
    ...(folder !== undefined && { workspaceFolders: [uriOf(folder)] }),
  });
  const told: ConfigurationParams[] = [];
  server.connection.onNotification(configurationNotification, (params: ConfigurationParams) => {
    told.push(params);
  });
  const uri = uriOf(dockerfile);
  await server.open(uri, harmlessDockerfile);
  return {
    server,
    uri,
    told,
    codes: async () => {
      const report = await server.pull(uri);
      return report.kind === 'full' ? report.items.map(({ code }) => String(code)) : [];
    },
  };
}
type Opened = Awaited<ReturnType<typeof openFolder>>;
async function within<T>(
  [folder, dockerfile, trusted]: readonly [string | undefined, string, boolean],
  look: (opened: Opened) => Promise<T>,
): Promise<T> {
  const opened = await openFolder(folder, dockerfile, trusted);
  try {
    return await look(opened);
  } finally {
    assert.equal(await opened.server.stop(), 0);
  }
}

describe('a .hadolint.yaml', () => {
  write('home/.hadolint.yaml', 'ignored: [DL3042]\n');
  write('home/work/Dockerfile', harmlessDockerfile);
  const above = uriOf('home/.hadolint.yaml');

  it('above the workspace folder is read once the folder is trusted, and the editor is told of both', async () => {
    await within(['home/work', 'home/work/Dockerfile', false], async ({ server, uri, told, codes }) => {
      assert.ok((await codes()).includes('DL3042'), 'not read');
      assert.deepEqual(told, [{ uri, file: null, passedOver: above }]);
      await server.connection.sendNotification(trustNotification);
      assert.ok(!(await codes()).includes('DL3042'), 'read');
      assert.deepEqual(told.at(-1), { uri, file: above, passedOver: null });
    });
  });

  it('above it is read at once where the editor knows no trust', async () => {
    await within(['home/work', 'home/work/Dockerfile', true], async ({ uri, told, codes }) => {
      assert.ok(!(await codes()).includes('DL3042'));
      assert.deepEqual(told, [{ uri, file: above, passedOver: null }]);
    });
  });

  it('in the workspace folder is read, also for a Dockerfile below', async () => {
    write('own/.hadolint.yaml', 'ignored: [DL3042]\n');
    write('own/a/b/Dockerfile', harmlessDockerfile);
    await within(['own', 'own/a/b/Dockerfile', false], async ({ uri, told, codes }) => {
      assert.ok(!(await codes()).includes('DL3042'));
      assert.deepEqual(told, [{ uri, file: uriOf('own/.hadolint.yaml'), passedOver: null }]);
    });
  });

  it('that is a link out of the folder is passed over, and one that stays inside is not', async () => {
    write('linked/inside/rules.yaml', 'ignored: [DL3042]\n');
    write('linked/Dockerfile', harmlessDockerfile);
    write('linked/sub/Dockerfile', harmlessDockerfile);
    link('linked/.hadolint.yaml', 'inside/rules.yaml');
    link('linked/sub/.hadolint.yaml', '../../home/.hadolint.yaml');
    await within(['linked', 'linked/sub/Dockerfile', false], async ({ told, codes }) => {
      assert.ok(!(await codes()).includes('DL3042'), 'that of the folder above holds');
      assert.equal(told[0]?.file, uriOf('linked/.hadolint.yaml'));
      assert.equal(told[0]?.passedOver, uriOf('linked/sub/.hadolint.yaml'));
    });
  });

  it('of somebody else is passed over', { skip: process.getuid?.() !== 0 }, async () => {
    chownSync(write('theirs/.hadolint.yaml', 'ignored: [DL3042]\n'), 4242, 4242);
    write('theirs/Dockerfile', harmlessDockerfile);
    await within(['theirs', 'theirs/Dockerfile', false], async ({ server, told, codes }) => {
      assert.ok((await codes()).includes('DL3042'));
      assert.equal(told[0]?.passedOver, uriOf('theirs/.hadolint.yaml'));
      await server.connection.sendNotification(trustNotification);
      assert.ok(!(await codes()).includes('DL3042'));
    });
  });

  it('above a Dockerfile that lies in no folder of the editor is passed over', async () => {
    for (const folder of [undefined, 'own']) {
      await within([folder, 'home/work/Dockerfile', false], async ({ told, codes }) => {
        assert.ok((await codes()).includes('DL3042'));
        assert.equal(told[0]?.passedOver, above);
      });
    }
    write('home/work2/.hadolint.yaml', 'ignored: [DL3042]\n');
    write('home/work2/Dockerfile', harmlessDockerfile);
    await within([undefined, 'home/work2/Dockerfile', false], async ({ codes }) => {
      assert.ok(!(await codes()).includes('DL3042'), 'its own folder is read');
    });
  });
});

describe('neighbours', () => {
  it('behind links out of the folder are not read before it is trusted', async () => {
    write('outside/.dockerignore', '*\n');
    write('shop/Dockerfile', 'FROM python:3.13-slim\nCOPY app /app\n');
    link('shop/.dockerignore', at('outside/.dockerignore'));
    write('shop/app', '');
    await within(['shop', 'shop/Dockerfile', false], async ({ server, uri, codes }) => {
      await server.change(uri, 2, { text: 'FROM python:3.13-slim\nCOPY app /app\n' });
      assert.ok(!(await codes()).includes('CopyIgnoredFile'));
      await server.connection.sendNotification(trustNotification);
      assert.ok((await codes()).includes('CopyIgnoredFile'));
    });
  });

  it('that are devices and pipes do not hold up the server', async () => {
    write('devices/Dockerfile', harmlessDockerfile);
    for (let i = 1; i <= 12; i++) link(`devices/requirements-${i}.txt`, '/dev/zero');
    for (const name of ['pyproject.toml', 'uv.lock', 'compose.yaml', '.hadolint.yaml', '.dockerignore'])
      execFileSync('mkfifo', [at('devices', name)]);
    for (const trusted of [true, false]) {
      await within(['devices', 'devices/Dockerfile', trusted], async ({ codes }) => {
        const found = await codes();
        assert.ok(
          ['DL3000', 'DL3042', 'DL3025'].every((code) => found.includes(code)),
          found.join(),
        );
      });
    }
  });
});

describe('a link', () => {
  it('is followed as far as it stays below the folders', async () => {
    write('maze/in/file', 'x');
    write('maze/other/deep/x', '');
    write('secret/file', 'x');
    link('maze/a', 'in/file');
    link('maze/b', at('maze/in/file'));
    link('maze/c', 'a');
    link('maze/folder', 'in');
    link('maze/out', '../secret/file');
    link('maze/absolute', at('secret/file'));
    link('maze/outFolder', '../secret');
    link('maze/in/back', '../../maze/in/file');
    link('maze/circle', 'circle');
    link('maze/deep', 'other/deep');
    link('maze/behind', 'deep/../../in/file');
    link('maze/nowhere', 'in/nothing');
    link('maze/twice', 'outFolder/../maze/in/file');
    const place = (name: string) => placeBelow(at('maze', name), [at('maze')]).catch(() => undefined);
    for (const name of ['a', 'b', 'c', 'folder/file', 'behind', 'in/file'])
      assert.equal(await place(name), at('maze/in/file'), name);
    for (const name of [
      'out',
      'absolute',
      'outFolder/file',
      'in/back',
      'circle',
      'nowhere',
      'twice',
      '../secret/file',
    ])
      assert.equal(await place(name), undefined, name);
    link('alias', 'maze');
    assert.equal(
      await placeBelow(at('alias/b'), [at('alias')]),
      at('maze/in/file'),
      'the folder may be a link',
    );
    const listed = await listFolderUri(uriOf('maze'), [uriOf('maze')]);
    assert.deepEqual(listed?.map(({ name }) => name).sort(), [
      'a',
      'b',
      'behind',
      'c',
      'deep',
      'folder',
      'in',
      'other',
    ]);
  });

  it('to nothing, a pipe and a device are no files of a folder', async () => {
    write('odd/file', 'x');
    link('odd/dangling', 'nothing');
    link('odd/zero', '/dev/zero');
    execFileSync('mkfifo', [at('odd/pipe')]);
    link('odd/toPipe', 'pipe');
    link('odd/toFile', 'file');
    const listed = await listFolderUri(uriOf('odd'));
    assert.deepEqual(listed?.map(({ name }) => name).sort(), ['file', 'toFile']);
    for (const name of ['pipe', 'toPipe', 'zero', 'dangling'])
      assert.equal(await readFileUri(uriOf('odd', name)), undefined, name);
    assert.equal(await readFileUri(uriOf('odd/file'), 0), undefined, 'larger than the limit');
    assert.deepEqual(
      [await existsUri(uriOf('odd/dangling')), await isOwnFile(uriOf('odd/file'))],
      [true, true],
    );
  });
});
