import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refactorings } from '../../../../server/src/features/refactorings/all.ts';
import { imagesOf } from '../bases.ts';
import { optimizeCases, scaffoldCases } from './all.ts';
import { compareConfigurations, compareFiles, compareRuns } from './compare.ts';
import type { Configuration, Ran } from './observe.ts';

const configuration = (env: readonly string[], more: Partial<Configuration> = {}): Configuration => ({
  env,
  user: '',
  settings: { WorkingDir: '/app' },
  healthcheck: undefined,
  ...more,
});
const ran = (more: Partial<Ran> = {}): Ran => ({
  code: 0,
  output: '',
  errors: '',
  answer: undefined,
  health: undefined,
  left: [],
  ...more,
});

test('the user, new variables and new folders of PATH are meant; what is lost is not', () => {
  const before = configuration(['PATH=/usr/bin', 'MODE=1', 'PIP_NO_CACHE_DIR=1']);
  const after = configuration(['PATH=/opt/venv/bin:/usr/bin', 'MODE=1', 'VIRTUAL_ENV=/opt/venv'], {
    user: '10001',
  });
  assert.deepEqual(compareConfigurations(before, after), []);
  assert.deepEqual(
    compareConfigurations(before, configuration(['PATH=/bin'], { settings: { WorkingDir: '/' } })),
    ['lost ENV MODE=1', 'lost /usr/bin of PATH', 'WorkingDir of the image: "/app" became "/"'],
  );
  const check = ['CMD', 'curl', 'localhost'];
  assert.deepEqual(compareConfigurations(configuration([], { healthcheck: check }), configuration([])), [
    'HEALTHCHECK: ["CMD","curl","localhost"] became null',
  ]);
});

test('files may go that only the install reads, and those that the new ignore file keeps out', () => {
  const before = new Map([
    ['/app/app.py', '1'],
    ['/app/requirements.txt', '2'],
    ['/app/data/a.csv', '3'],
    ['/data/b.csv', '4'],
  ]);
  const kept = new Map([
    ['/app/app.py', '1'],
    ['/data/b.csv', '4'],
  ]);
  assert.deepEqual(compareFiles(before, kept, ['data/a.csv']), []);
  assert.deepEqual(
    compareFiles(
      before,
      new Map([
        ['/app/app.py', '9'],
        ['/cache/x', '1'],
      ]),
      ['data/a.csv'],
    ),
    ['lost /data/b.csv', 'changed /app/app.py', 'added /cache/x'],
  );
});

test('runs differ in their end, what they say and what they leave', () => {
  assert.deepEqual(compareRuns(ran({ errors: 'a' }), ran({ errors: 'b' }), 'at the start'), []);
  assert.deepEqual(
    compareRuns(ran({ output: 'a', left: ['/x'] }), ran({ code: 1, output: 'b' }), 'at the start'),
    [
      'exit code at the start: 0 became 1',
      'output at the start: "a" became "b"',
      'files that it leaves at the start: ["/x"] became []',
    ],
  );
});

test('the images that a Dockerfile names, by arguments and in mounts too', () => {
  const text = `ARG V=3.12
FROM --platform=linux/amd64 python:\${V}-slim AS build
RUN --mount=type=bind,from=ghcr.io/astral-sh/uv:0.9,source=/uv,target=/uv true
FROM python:\${W:-3.11}
COPY --from=build /a /a
COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /uv
`;
  const others = ['ghcr.io/astral-sh/uv:0.9', 'python:3.11', 'ghcr.io/astral-sh/uv:0.8'];
  assert.deepEqual(imagesOf(text), ['python:3.12-slim', ...others]);
  assert.deepEqual(imagesOf(text, { V: '3.10' }), ['python:3.10-slim', ...others]);
});

test('the cases have names of their own, and speak of refactorings that there are', () => {
  const names = [...optimizeCases, ...scaffoldCases].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const ids = new Set(refactorings.map(({ id }) => id));
  for (const { only = [], offers = [], never = [] } of optimizeCases)
    for (const id of [...only, ...offers, ...never]) assert.ok(ids.has(id), id);
});
