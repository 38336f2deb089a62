// What hovering over the image of a FROM tells.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
  parseShell: await loadTestShellParser(),
});
const told = (image: string) =>
  service.explainBaseImage(`FROM ${image} AS x\n`, 7)?.markdown.split('\n').slice(2);

it('Python and distribution are told with the end of their support', () => {
  const [python, system] = told('ghcr.io/astral-sh/uv:python3.13-bookworm') ?? [];
  assert.match(python ?? '', /^- Python 3\.13, supported until 20\d\d-\d\d-\d\d$/);
  assert.match(system ?? '', /^- Debian 12 \(bookworm\), supported until 20\d\d-\d\d-\d\d$/);
  assert.match(
    told('python:3.7-buster')?.join('\n') ?? '',
    /Python 3\.7, without updates since 2023-06-27\n- Debian 10 \(buster\), without/,
  );
});

it('CUDA is told with its lowest driver, its flavour and cuDNN', () => {
  const cuda = told('nvidia/cuda:12.8.1-cudnn-devel-ubuntu24.04') ?? [];
  assert.ok(cuda.includes('- CUDA 12.8, which asks for driver 525.60.13 or newer'));
  assert.ok(cuda.some((line) => line.startsWith('- `devel`')));
  assert.ok(cuda.some((line) => line.startsWith('- cuDNN')));
  assert.match(cuda[0] ?? '', /Ubuntu 24\.04, supported until/);
});

it('the framework is told, and the file that names it marked', () => {
  const pytorch = told('pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime') ?? [];
  assert.ok(pytorch.includes('- torch 2.7.1'));
  assert.match(pytorch.at(-1) ?? '', /^- about 3\.2 GB to pull \(January 2024/);
  assert.ok(told('nvcr.io/nvidia/pytorch:25.06-py3')?.some((line) => line.includes('NVIDIA’s own build')));
  const text = 'FROM python:3.12-slim\nFROM alpine\n';
  assert.deepEqual(service.explainBaseImage(text, 10)?.span, { start: 5, end: 21 });
});

it('nothing is told of what is not known, of stages, and beside the name', () => {
  assert.equal(told('team/base:1'), undefined);
  assert.equal(told('${BASE}'), undefined);
  const text = 'FROM python:3.12 AS base\nFROM base\nRUN true\n';
  for (const at of [2, text.indexOf('AS') + 1, text.lastIndexOf('base') + 1, text.indexOf('true')])
    assert.equal(service.explainBaseImage(text, at), undefined, `${at}`);
});
