import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuildContext, checkWheels } from '../../client/src/images/preflight.ts';
import { readDockerfile } from '../../client/src/runtime/dockerfile-facts.ts';
import { copiedFiles } from '../../server/src/features/copied-files.ts';

test('stages, open arguments and copied sources', () => {
  const facts = readDockerfile(`# syntax=docker/dockerfile:1
ARG BASE=python:3.13
FROM \${BASE} AS builder
ARG TARGETPLATFORM
ARG VERSION CHANNEL=stable
COPY --link dist/*.whl \\
     # a comment inside
     extra.txt ./
RUN <<EOF
COPY not/this.whl .
EOF
ADD https://example.com/x.whl /x
from scratch as final
copy --from=builder /app/y.whl /y
COPY ["a b.whl", "/c/"]
`);
  assert.deepEqual(facts, {
    stages: ['builder', 'final'],
    openArgs: ['VERSION'],
    copied: ['dist/*.whl', 'extra.txt', 'a b.whl'],
    platforms: [],
  });
});

test('the platforms that stages name, and none that the builder says', () => {
  const text =
    'FROM --platform=$BUILDPLATFORM x AS a\nFROM --platform=linux/arm64 x\nFROM --platform=linux/arm64 y\n';
  assert.deepEqual(readDockerfile(text).platforms, ['linux/arm64']);
});

test('an argument declared open in one stage and with a default above is not asked for', () => {
  assert.deepEqual(readDockerfile('ARG V=1\nFROM x\nARG V\n').openArgs, []);
});

test('a file that is no Dockerfile does no harm', () => {
  assert.deepEqual(readDockerfile('{"a": [1,\\\n'), { stages: [], openArgs: [], copied: [], platforms: [] });
});

const context = (files: Readonly<Record<string, readonly string[]>>, ignore?: string): BuildContext => ({
  folder: '/home/ada/my bikes',
  ignoreFile: ignore === undefined ? undefined : '/home/ada/my bikes/.dockerignore',
  list: async (folder) => files[folder] ?? [],
  copied: async (source, files) => copiedFiles({ source, files, ignoreFile: ignore ?? null }),
});
const one = { dist: ['.gitignore', 'bikes-1.0.0-py3-none-any.whl'] };
const two = { dist: ['bikes-1.0.0-py3-none-any.whl', 'bikes-0.9.0-py3-none-any.whl'] };
const id = async (
  copied: readonly string[],
  files: Readonly<Record<string, readonly string[]>>,
  ignore?: string,
) => (await checkWheels(copied, context(files, ignore)))?.id;

test('the cases that BuildKit builds in silence are found before (course-workflow.md section 2)', async () => {
  const copied = ['dist/*.whl'];
  assert.equal(await id(copied, {}), 'wheel-missing');
  assert.equal(await id(copied, { dist: ['.gitignore', 'bikes-1.0.0.tar.gz'] }), 'wheel-missing');
  assert.equal(await id(copied, one), undefined);
  assert.equal(await id(copied, two), 'wheel-several');
  assert.equal(await id(copied, one, 'dist'), 'wheel-ignored');
  assert.equal(await id(copied, one, 'dist/*'), 'wheel-ignored');
  assert.equal(await id(copied, one, '**/*.whl'), 'wheel-ignored');
  assert.equal(await id(copied, one, 'dist\n!dist/*.whl'), undefined);
  assert.equal(await id(copied, one, '.venv\nmlruns'), undefined);
});

test('an exact name, other folders, and no wheel at all', async () => {
  assert.equal(await id(['./dist/bikes-1.0.0-py3-none-any.whl'], two), undefined);
  assert.equal(await id(['dist/bikes-2.0.0-py3-none-any.whl'], two), 'wheel-missing');
  assert.equal(await id(['*.whl'], { '': ['bikes-1.0.0-py3-none-any.whl'] }), undefined);
  assert.equal(await id(['src', 'pyproject.toml'], {}), undefined);
  assert.equal(await id(['dist/$' + '{WHEEL}.whl'], {}), undefined);
  assert.equal(
    await id(['dist/*.whl'], { dist: ['bikes-1-py3-none-any.whl', 'trainer-1-py3-none-any.whl'] }),
    undefined,
  );
});

test('an ignored old wheel leaves one', async () => {
  assert.equal(await id(['dist/*.whl'], two, 'dist/*-0.9.0-*.whl'), undefined);
});

test('each says what is wrong, and has its button', async () => {
  const missing = await checkWheels(['dist/*.whl'], context({}));
  assert.deepEqual(missing?.action?.arguments, [{ project: '/home/ada/my bikes' }]);
  const ignored = await checkWheels(['dist/*.whl'], context(one, 'dist'));
  assert.deepEqual(ignored?.action?.arguments, ['/home/ada/my bikes/.dockerignore']);
  const several = await checkWheels(['dist/*.whl'], context(two));
  assert.match(several?.message ?? '', /2 wheels .*bikes-1\.0\.0.*bikes-0\.9\.0/);
});

test('the ignore file is read as Docker reads it', () => {
  const ignoreFile = '# comment\n/build\n**/__pycache__\n*.log\n!keep.log\n';
  const ignored = (file: string) =>
    copiedFiles({ source: file, files: [file], ignoreFile }).sent.length === 0;
  assert.deepEqual(['build/x', 'a/b/__pycache__/c', 'x.log', 'keep.log', 'a/x.log'].map(ignored), [
    true,
    true,
    true,
    false,
    false,
  ]);
});
