// What is offered where a tag of nvidia/cuda is typed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cudaTagFault } from '../../server/src/facts/cuda-tags.ts';
import { completeAt } from './complete-at.ts';
import { createToyService } from './toy-service.ts';

const { service } = createToyService();

describe('tags of nvidia/cuda', () => {
  const tags = (marked: string) => completeAt(marked, service.completeCudaTag);

  it('are those of the table, the newest that NVIDIA supports first', () => {
    const { labels = [], found } = tags('FROM nvidia/cuda:|');
    assert.deepEqual(labels.slice(0, 5), [
      '13.2.1-base-ubuntu24.04',
      '13.2.1-runtime-ubuntu24.04',
      '13.2.1-cudnn-runtime-ubuntu24.04',
      '13.2.1-devel-ubuntu24.04',
      '13.2.1-cudnn-devel-ubuntu24.04',
    ]);
    assert.ok(labels.includes('12.3.2-cudnn9-devel-ubuntu22.04'));
    assert.ok(!labels.some((label) => /cudnn\d*-base/.test(label)));
    assert.equal(new Set(labels).size, labels.length);
    const faults = labels.map(cudaTagFault);
    assert.ok(faults.every((fault) => fault === undefined || fault === 'ended'));
    assert.ok(faults.indexOf('ended') > faults.lastIndexOf(undefined));
    const details = found?.offers.map(({ detail }) => detail) ?? [];
    assert.match(details[0] ?? '', /CUDA runtime alone$/);
    assert.match(details.at(-1) ?? '', /cuDNN; no longer supported$/);
  });

  it('take the place of what is typed', () => {
    const { put, typed } = tags('FROM --platform=linux/amd64 nvidia/cuda:12.|4-devel AS build\n');
    assert.equal(typed, '12.4-devel');
    assert.equal(
      put('12.8.1-devel-ubuntu22.04'),
      'FROM --platform=linux/amd64 nvidia/cuda:12.8.1-devel-ubuntu22.04 AS build\n',
    );
  });

  it('are offered wherever the image is named', () => {
    for (const marked of [
      'from nvidia/cuda:12|',
      '# a\nFROM docker.io/nvidia/cuda:|\n',
      'FROM nvcr.io/nvidia/cuda:|',
      'FROM \\\n  --platform=$P \\\n  nvidia/cuda:|',
      'ARG BASE=nvidia/cuda:|',
      'ARG BASE="nvidia/cuda:|"',
    ])
      assert.ok(tags(marked).found, marked);
  });

  it('are not offered elsewhere', () => {
    for (const marked of [
      'FROM python:|',
      'FROM nvidia/cuda|:12',
      'FROM nvidia/cudagl:|',
      'FROM a.example.org/nvidia/cuda:|',
      `FROM nvidia/cuda:\${CUDA|}`,
      'FROM nvidia/cuda:12.4.1@|',
      'RUN docker pull nvidia/cuda:|',
      '# FROM nvidia/cuda:|',
      'FROM a AS nvidia/cuda:|',
    ])
      assert.equal(tags(marked).found, undefined, marked);
  });
});
