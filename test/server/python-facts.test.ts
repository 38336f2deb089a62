import assert from 'node:assert/strict';
import { it } from 'node:test';
import { basePython, baseRelease } from '../../server/src/facts/base-python.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { readRequirement } from '../../server/src/facts/requirements.ts';
import { buildStages } from '../../server/src/facts/stages.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';

const stage = (image: string) => {
  const [only] = buildStages(parseDockerfile(`FROM ${image}\n`), readOptions(factOptions, {}));
  assert.ok(only);
  return only;
};

it('reads requirements', () => {
  const cases: [string, string, string[], string, string | undefined][] = [
    ['torch', 'torch', [], '', undefined],
    ['Torch_Vision==0.15.1+cu118', 'torch-vision', [], '==0.15.1+cu118', '0.15.1+cu118'],
    ['jax[cuda12, k8s]>=0.4, <0.6', 'jax', ['cuda12', 'k8s'], '>=0.4,<0.6', undefined],
    ['numpy (==2.*) ; python_version < "3.12"', 'numpy', [], '==2.*', undefined],
    ['bikes @ file:///wheels/bikes.whl', 'bikes', [], '', undefined],
  ];
  for (const [text, name, extras, specifier, exact] of cases) {
    const { marker: _, ...read } = readRequirement(text) ?? {};
    assert.deepEqual(read, { name, extras, specifier, exact }, text);
  }
  for (const text of ['.', './dist', '*.whl', 'https://x.org/a.whl', '', '$PACKAGE', 'torch$SUFFIX']) {
    assert.equal(readRequirement(text), undefined, text);
  }
});

it('reads the Python of a base image', () => {
  const cases: [string, string | undefined][] = [
    ['python:3.12-slim', '3.12'],
    ['python:3.12.4', '3.12'],
    ['docker.io/library/python:3.15-rc', '3.15'],
    ['python:3.14rc2-slim', '3.14'],
    ['python:3', undefined],
    ['python', undefined],
    ['ghcr.io/astral-sh/uv:python3.13-bookworm', '3.13'],
    ['ghcr.io/astral-sh/uv:0.9.2-python3.13-trixie-slim', '3.13'],
    ['ghcr.io/astral-sh/uv:0.9.2', undefined],
    ['nvidia/cuda:12.4.1-base-ubuntu22.04', undefined],
    [`python:\${UNSET}-slim`, undefined],
  ];
  for (const [image, expected] of cases) {
    const version = basePython(stage(image));
    assert.equal(version && `${version.major}.${version.minor}`, expected, image);
  }
});

it('reads the release of a base image', () => {
  const cases: [string, string | undefined][] = [
    ['ubuntu:22.04', 'ubuntu 22.04'],
    ['ubuntu:jammy-20240101', 'ubuntu 22.04'],
    ['debian:12.5-slim', 'debian 12'],
    ['debian:bookworm-slim', 'debian 12'],
    ['python:3.12-slim-bullseye', 'debian 11'],
    ['python:3.12-slim', undefined],
    ['nvidia/cuda:12.4.1-cudnn-devel-ubuntu20.04', 'ubuntu 20.04'],
    ['mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04:latest', undefined],
    ['alpine:3.12', undefined],
    ['debian:1', undefined],
  ];
  for (const [image, expected] of cases) {
    const release = baseRelease(stage(image));
    assert.equal(release && `${release.distribution} ${release.version}`, expected, image);
  }
});
