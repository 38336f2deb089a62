// What a devcontainer.json says of a Dockerfile or an image.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  extensions,
  renderDevContainer,
  traitsOfDockerfile,
  traitsOfImage,
} from '../../client/src/devcontainers/model.ts';

test('the last stage of a Dockerfile counts, with the stages it begins from', () => {
  const text = `ARG CUDA=12.8.0
FROM nvidia/cuda:\${CUDA}-runtime-ubuntu24.04 AS base
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/
USER trainer:trainer
EXPOSE 6006
FROM python:3.13 AS other
USER nobody
EXPOSE 1
FROM base
EXPOSE 8000/tcp 53/udp \\
  $PORT 9000-9010 8000 99999
`;
  assert.deepEqual(traitsOfDockerfile(text), {
    user: 'trainer',
    ports: [6006, 8000],
    hasUv: true,
    cuda: true,
  });
  const slim =
    'FROM ghcr.io/astral-sh/uv:python3.13-bookworm AS build\nRUN uv sync\nFROM python:3.13-slim\nCOPY --from=build /app /app\nUSER 1000:1000\n';
  assert.deepEqual(traitsOfDockerfile(slim), { user: '1000', ports: [], hasUv: false, cuda: false });
  assert.equal(traitsOfDockerfile('FROM python\nRUN pip install --no-cache-dir uv==0.9\n').hasUv, true);
  assert.equal(traitsOfDockerfile('FROM python\nRUN pip install uvicorn\n').hasUv, false);
  assert.equal(traitsOfDockerfile('FROM python\nARG U\nUSER $U\n').user, undefined);
  assert.deepEqual(traitsOfDockerfile(''), { user: undefined, ports: [], hasUv: false, cuda: false });
  // A stage that begins from itself, which no builder takes.
  assert.equal(traitsOfDockerfile('FROM a AS a\n').cuda, false);
});

test('an image tells its user, its ports and CUDA', () => {
  const config = {
    User: 'root',
    ExposedPorts: { '8888/tcp': {}, '53/udp': {} },
    Env: ['CUDA_VERSION=12.8', 'A=b'],
  };
  assert.deepEqual(traitsOfImage(config), { user: undefined, ports: [8888], cuda: true });
  assert.deepEqual(traitsOfImage({}), { user: undefined, ports: [], cuda: false });
});

test('only what is known is written', () => {
  const traits = { ports: [], hasUv: true, cuda: false };
  const plain = JSON.parse(renderDevContainer('a "b"', { from: { image: 'x:1' }, ...traits }, undefined));
  assert.deepEqual(Object.keys(plain), ['name', 'image', 'customizations']);
  const from = { dockerfile: '../docker/Dockerfile', context: '..' };
  const all = JSON.parse(
    renderDevContainer('b', { from, user: 'u', ports: [1], hasUv: true, cuda: true }, "sub 'dir"),
  );
  assert.deepEqual(all.build, from);
  assert.deepEqual(all.hostRequirements, { gpu: 'optional' });
  assert.deepEqual(all.postCreateCommand, ['uv', 'sync', '--directory', "sub 'dir"]);
  assert.equal(JSON.parse(renderDevContainer('b', { from, ...traits }, '')).postCreateCommand, 'uv sync');
});

test('the extensions name this one as its manifest does', () => {
  const { publisher, name } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  assert.ok(extensions.includes(`${publisher}.${name}`));
});
