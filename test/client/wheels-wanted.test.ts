import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesWheel, wheelSources } from '../../client/src/wheels/wanted.ts';
import { Uri } from '../engine/fake-vscode.ts';

const { packageNode } = await import('../../client/src/wheels/tree.ts');

const sources: readonly [string, string, ReturnType<typeof wheelSources>][] = [
  ['wheels of dist', 'COPY dist/*.whl /tmp/', [{ folder: 'dist', distribution: undefined }]],
  ['a named one', 'COPY ./dist/Bike.shop-*.whl /tmp/', [{ folder: 'dist', distribution: 'bike_shop' }]],
  [
    'ADD, JSON',
    'ADD ["packages/a/dist/a-1.0-py3-none-any.whl", "/"]',
    [{ folder: 'packages/a/dist', distribution: 'a' }],
  ],
  ['in quotes', 'COPY "dist/bikes-*.whl" /', [{ folder: 'dist', distribution: 'bikes' }]],
  ['of another stage', 'COPY --from=build /app/dist/*.whl /tmp/', []],
  ['a folder of wheels', 'COPY dist/ /tmp/\nRUN pip install /tmp/*.whl', [{ folder: 'dist' }]],
  ['its content', 'COPY dist/* /tmp/\nRUN pip install /tmp/*.whl', [{ folder: 'dist' }]],
  ['a folder of pages', 'COPY dist/ /srv/', []],
  ['a mount', 'RUN --mount=type=bind,source=dist,target=/d pip install /d/*.whl', [{ folder: 'dist' }]],
  [
    'a mount of a file',
    'RUN --mount=src=dist/b-1-py3-none-any.whl,target=/d pip install x',
    [{ folder: 'dist', distribution: 'b' }],
  ],
  ['a mount of a stage', 'RUN --mount=from=build,source=/dist,target=/d pip install /d/*.whl', []],
  ['a cache', 'RUN --mount=type=cache,source=dist,target=/d pip install /d/*.whl', []],
  ['by a variable', 'ARG W\nCOPY dist/$W.whl /tmp/', []],
  ['beside the Dockerfile', 'COPY bikes-*.whl /tmp/', [{ folder: '', distribution: 'bikes' }]],
  ['sources alone', 'COPY . .\nRUN uv sync', []],
  ['a comment', '# COPY dist/*.whl /tmp/\nFROM x', []],
];

for (const [what, line, wanted] of sources)
  test(`what a Dockerfile takes of wheels: ${what}`, () => {
    assert.deepEqual(wheelSources(`FROM python:3.13\n${line}\n`), wanted);
  });

const places = {
  root: ['/w'],
  docker: ['/w/docker', '/w'],
  a: ['/w/packages/a', '/w/packages', '/w'],
  b: ['/w/packages/b', '/w/packages', '/w'],
};
const cases: readonly [string, string, keyof typeof places, keyof typeof places, string, boolean][] = [
  ['of its folder', 'COPY dist/*.whl /', 'root', 'root', 'bikes', true],
  ['of a folder above', 'COPY dist/*.whl /', 'docker', 'root', 'bikes', true],
  ['of the folder that the context is', 'COPY packages/a/dist/*.whl /', 'root', 'a', 'a', true],
  ['of a package beside it', 'COPY packages/a/dist/*.whl /', 'root', 'b', 'b', false],
  ['of another name', 'COPY dist/trainer-*.whl /', 'root', 'root', 'bikes', false],
  ['named, in the dist of a workspace', 'COPY dist/my_b-*.whl /', 'root', 'b', 'My-B', true],
  ['not named, in the dist of a workspace', 'COPY dist/*.whl /', 'root', 'b', 'b', false],
  ['in its own folder', 'COPY dist/*.whl /', 'a', 'a', 'a', true],
  ['below another one', 'COPY dist/*.whl /', 'a', 'b', 'b', false],
  ['of another folder than dist', 'COPY wheels/*.whl /', 'root', 'root', 'bikes', false],
];

for (const [what, line, dockerfile, of, name, wanted] of cases)
  test(`a Dockerfile takes the wheel of a package, or not: ${what}`, () => {
    const file = { sources: wheelSources(`FROM x\n${line}`), upward: places[dockerfile] };
    assert.equal(takesWheel(file, { upward: places[of], name }), wanted);
  });

test('a wheel that is not there is missing only where it is taken', () => {
  const folder = Uri.file('/w') as never;
  const one = { folder, project: { name: 'bikes', requiresPython: '>=3.13' }, wheels: [] };
  const missing = { ...one, state: 'missing' } as const;
  const wanted = packageNode(missing, true);
  assert.equal(wanted.description, 'wheel missing · Python ≥3.13 · no build-system');
  assert.match(wanted.tooltip ?? '', /A Dockerfile copies its wheel\./);
  assert.equal(wanted.color, 'charts.yellow');
  const silent = packageNode(missing, false);
  assert.equal(silent.description, 'Python ≥3.13 · no build-system');
  assert.doesNotMatch(silent.tooltip ?? '', /wheel/);
  assert.equal(silent.color, undefined);
  // It is built from the same row.
  assert.equal(silent.context, wanted.context);
  assert.match(packageNode({ ...one, state: 'stale' }, false).description ?? '', /^wheel stale/);
});
