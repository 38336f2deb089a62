import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProject } from '../../client/src/runtime/pyproject.ts';
import { buildWheel, initProject } from '../../client/src/runtime/uv-commands.ts';
import {
  checkProjectName,
  offeredProjectName,
  packageState,
  parseWheelName,
  type WheelFile,
  wheelsOf,
} from '../../client/src/wheels/model.ts';

const bikes = { name: 'Bike-Shop', version: '1.0.0' };
const file = (name: string, modified: number): WheelFile => ({ file: name, modified, bytes: 10 });
const states = (
  files: readonly WheelFile[],
  sources: number,
  project = bikes as { name: string; version?: string },
) => wheelsOf(project, files, sources).map(({ file, state }) => `${file.split('-')[1]} ${state}`);

test('a package is read from pyproject.toml', () => {
  const text =
    '[project]\nname = "bikes"\nversion = "1.0.0"\nrequires-python = ">=3.11"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
  assert.deepEqual(parseProject(text), {
    name: 'bikes',
    version: '1.0.0',
    requiresPython: '>=3.11',
    backend: 'hatchling',
  });
});

test('a pyproject.toml without a package, or broken, is none', () => {
  assert.equal(parseProject('[tool.ruff]\nline-length = 100\n'), undefined);
  assert.equal(parseProject('[project\nname = '), undefined);
  assert.equal(parseProject('[project]\nname = 3\n'), undefined);
});

test('a dynamic version and a missing build-system are told', () => {
  const project = parseProject('[project]\nname = "bikes"\ndynamic = ["version"]\n');
  assert.deepEqual([project?.version, project?.backend], [undefined, undefined]);
});

test('wheel names are read, with and without a build number', () => {
  assert.deepEqual(parseWheelName('bikes-1.0.0-py3-none-any.whl'), {
    distribution: 'bikes',
    version: '1.0.0',
    tags: 'py3-none-any',
  });
  assert.equal(
    parseWheelName('bikes-1.0.0-2-cp313-cp313-manylinux_2_28_x86_64.whl')?.tags,
    'cp313-cp313-manylinux_2_28_x86_64',
  );
  assert.equal(parseWheelName('bikes-1.0.0.tar.gz'), undefined);
});

test('a wheel is fresh, stale after its sources change, old under another version', () => {
  assert.deepEqual(states([file('bike_shop-1.0.0-py3-none-any.whl', 10)], 9), ['1.0.0 fresh']);
  assert.deepEqual(states([file('bike_shop-1.0.0-py3-none-any.whl', 10)], 11), ['1.0.0 stale']);
  assert.deepEqual(states([file('bike_shop-0.9.0-py3-none-any.whl', 10)], 9), ['0.9.0 old']);
});

test('wheels of other packages in the same dist do not count', () => {
  assert.deepEqual(states([file('trainer-1.0.0-py3-none-any.whl', 10)], 9), []);
});

test('with a dynamic version the newest wheel is the current one', () => {
  const files = [file('bikes-1.0-py3-none-any.whl', 5), file('bikes-1.1-py3-none-any.whl', 8)];
  assert.deepEqual(states(files, 6, { name: 'bikes' }), ['1.1 fresh', '1.0 old']);
});

test('a version is compared as wheel names spell it', () => {
  for (const [declared, spelled] of [
    ['1.0.0-rc.1', '1.0.0rc1'],
    ['1.0.0-beta', '1.0.0b0'],
    ['1.0-post1', '1.0.post1'],
    ['2.0.0+cu12', '2.0.0+cu12'],
  ]) {
    const wheels = wheelsOf(
      { name: 'bikes', version: declared },
      [file(`bikes-${spelled}-py3-none-any.whl`, 10)],
      1,
    );
    assert.equal(wheels[0]?.state, 'fresh', declared);
  }
});

test('the state of a package: none, one, or too many for COPY dist/*.whl', () => {
  const wheels = (files: readonly WheelFile[], sources = 1) => packageState(wheelsOf(bikes, files, sources));
  const now = file('bike_shop-1.0.0-py3-none-any.whl', 10);
  const before = file('bike_shop-0.9.0-py3-none-any.whl', 5);
  assert.deepEqual(
    [wheels([]), wheels([before]), wheels([now]), wheels([now], 11), wheels([now, before])],
    ['missing', 'missing', 'fresh', 'stale', 'several'],
  );
});

test('the path of the wheel is read from what uv prints, on stderr and in colour', () => {
  const { args, parse } = buildWheel('/opt/uv');
  assert.deepEqual(args, ['build', '--wheel']);
  assert.equal(
    parse?.('', 'Building wheel...\n\x1b[32mSuccessfully built\x1b[39m dist/bikes-4.1.0-py3-none-any.whl\n'),
    'dist/bikes-4.1.0-py3-none-any.whl',
  );
  assert.equal(parse?.('', 'Building wheel...\n'), undefined);
});

test('the name of a project is that of its folder as uv takes it, and no option', () => {
  const names = { 'Été 1': 'ete-1', bikes: 'bikes', '_My.App_': 'my-app', 日本: '', '--x': 'x' };
  for (const [folder, name] of Object.entries(names)) assert.equal(offeredProjectName(folder), name, folder);
  for (const good of ['a', '9b', 'Bike_shop.x-1']) assert.equal(checkProjectName(good), undefined, good);
  for (const bad of ['', '-a', 'a.', 'a b', 'é', '--help', 'a/b', 'a\n'])
    assert.ok(checkProjectName(bad), bad);
});

test('a project is made apart from those of folders above', () => {
  assert.deepEqual(
    [initProject('uv', 'bikes', 'package').args, initProject('uv', 'bikes', 'application').args],
    [
      ['init', '--package', '--no-workspace', '--name=bikes'],
      ['init', '--app', '--no-package', '--no-workspace', '--name=bikes'],
    ],
  );
});
