// Addresses of files in containers: tabs show the name that is in them, and the file stays the same under any.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import type { FileTree } from '../../client/src/engine/file-tree.ts';

const { createProvider } = await import('../../client/src/files/provider.ts');
const { placeOf, uriOf } = await import('../../client/src/files/uri.ts');

const container = 'f'.repeat(64);
const file = { container, path: '/etc/config.yaml' };

test('the name of a container is in the address, and tells nothing of where a file is', () => {
  const named = uriOf(file, 'Trainer_1');
  assert.equal(named.authority, 'container-ffffffffffff+trainer_1');
  assert.deepEqual(placeOf(named), placeOf(uriOf(file)));
  assert.deepEqual(placeOf(named), { container: 'f'.repeat(12), path: '/etc/config.yaml' });
  for (const odd of ['a/b', 'a b', '', undefined])
    assert.equal(uriOf(file, odd).authority, 'container-ffffffffffff');
  for (const [volume, authority] of [
    ['olddata', 'volume-olddata+olddata'],
    ['Old_Data.1', 'volume-~old_~data.1+old_data.1'],
    ['ab'.repeat(32), `volume-${'ab'.repeat(32)}+abababababab`],
  ]) {
    const ofVolume = { ...file, container: `volume:${volume}` };
    assert.equal(uriOf(ofVolume, 'x').authority, authority);
    assert.deepEqual(placeOf(uriOf(ofVolume)), ofVolume);
  }
  const ofImage = { ...file, container: `image:${'e'.repeat(64)}` };
  assert.deepEqual(placeOf(uriOf(ofImage, 'python')), ofImage);
});

test('the manifest labels these addresses, by what VS Code takes for the suffix of an authority', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const formatters = manifest.contributes.resourceLabelFormatters;
  const addresses = [uriOf(file, 'trainer'), uriOf({ ...file, container: 'volume:Data' })];
  for (const [index, { scheme, authority }] of addresses.entries()) {
    assert.equal(formatters[index].scheme, scheme);
    // Its only star may stand for any letters but slashes.
    const pattern = formatters[index].authority.replaceAll('+', '\\+').replaceAll('*', '[^/]*');
    assert.match(authority, new RegExp(`^${pattern}$`));
    assert.deepEqual(formatters[index].formatting, { label: '${path} (${authoritySuffix})', separator: '/' });
  }
  assert.doesNotMatch(uriOf(file).authority, /\+/);
});

test('a change is told under each name by which an editor knows the container', async () => {
  const fake = { stat: async () => undefined, remove: async () => {} } as unknown as FileTree;
  const provider = createProvider(
    () => fake,
    () => {},
  );
  const told: (readonly [number, string])[] = [];
  provider.onDidChangeFile((events) => {
    for (const { type, uri } of events) told.push([type, uri.authority]);
  });
  const look = async (uri: vscode.Uri) => provider.stat(uri);
  await assert.rejects(look(uriOf(file, 'before')));
  await assert.rejects(look(uriOf({ ...file, container: 'e'.repeat(64) }, 'other')));
  await provider.delete(uriOf(file), { recursive: true });
  assert.deepEqual(told, [
    [3, 'container-ffffffffffff+before'],
    [3, 'container-ffffffffffff'],
  ]);
});
