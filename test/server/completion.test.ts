// What is offered where a tag of nvidia/cuda, a flag of uv or a mount is typed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cudaTagFault } from '../../server/src/facts/cuda-tags.ts';
import type { Completion } from '../../server/src/features/completion.ts';
import { createToyService } from './toy-service.ts';

const { service } = createToyService();
type Complete = (text: string, offset: number) => Completion | undefined;

/** Completes at `|`. */
function at(marked: string, complete: Complete) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = complete(text, offset);
  const { start, end } = found?.typed ?? { start: 0, end: 0 };
  const put = (label: string) => {
    const offer = found?.offers.find((one) => one.label === label);
    return offer && text.slice(0, start) + (offer.text ?? label) + text.slice(end);
  };
  return {
    found,
    typed: found && text.slice(start, end),
    labels: found?.offers.map(({ label }) => label),
    put,
  };
}

describe('tags of nvidia/cuda', () => {
  const tags = (marked: string) => at(marked, service.completeCudaTag);

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

describe('flags of uv', () => {
  const flags = (marked: string) => at(marked, (text, offset) => service.completeUvFlag(text, offset));
  const labels = (marked: string) => flags(`FROM a\n${marked}`).labels;

  it('are those of the command, with a word on each', () => {
    const { labels, found } = flags('FROM a\nRUN uv sync |');
    assert.deepEqual(labels?.slice(0, 3), ['--locked', '--frozen', '--no-install-project']);
    assert.ok(found?.offers.every(({ detail }) => detail.length > 5 && !detail.endsWith('.')));
    assert.ok(!labels?.includes('--system'));
    assert.deepEqual(flags('FROM a\nRUN uv pip install |').labels?.slice(0, 2), [
      '--system',
      '--torch-backend',
    ]);
    for (const command of ['export', 'run', 'build'])
      assert.ok((flags(`FROM a\nRUN uv ${command} --|`).labels?.length ?? 0) > 20, command);
  });

  it('take the place of what is typed', () => {
    const { put, typed } = flags('FROM a\nRUN uv sync --fro|z && ls\n');
    assert.equal(typed, '--froz');
    assert.equal(put('--frozen'), 'FROM a\nRUN uv sync --frozen && ls\n');
    assert.equal(put('--group'), 'FROM a\nRUN uv sync --group= && ls\n');
    assert.equal(put('--link-mode=copy'), 'FROM a\nRUN uv sync --link-mode=copy && ls\n');
    const valued = flags('FROM a\nRUN uv pip install --torch-backend=c| torch\n');
    assert.equal(valued.put('--torch-backend=cpu'), 'FROM a\nRUN uv pip install --torch-backend=cpu torch\n');
    assert.equal(flags('FROM a\nRUN uv sync --gr|=a').put('--group'), 'FROM a\nRUN uv sync --group=a');
  });

  it('leave out what is there, and what uv refuses beside it', () => {
    const frozen = labels('RUN uv sync --frozen --no-dev | --group dev') ?? [];
    for (const label of ['--frozen', '--locked', '--no-dev', '--group', '--only-group'])
      assert.ok(!frozen.includes(label), label);
    assert.ok(frozen.includes('--extra'));
    assert.ok(!labels('RUN uv pip install -r a.txt |')?.includes('--requirements'));
    // Those of another command do not count.
    assert.ok(labels('RUN uv sync --frozen && uv sync |')?.includes('--frozen'));
    assert.ok(labels('RUN uv run | python --frozen')?.includes('--frozen'));
  });

  it('are offered wherever a command goes on', () => {
    for (const marked of [
      'RUN uv sync \\\n    |',
      'RUN uv sync \\\n    --frozen \\\n    --no|\\\n    --group a\n',
      'RUN --mount=type=cache,target=/a uv --no-cache sync |',
      'RUN uv --directory /app sync |',
      'RUN a && sudo uv pip install |&& b',
      'RUN <<EOF\nuv sync --|\nls\nEOF\n',
      'RUN bash -c "uv sync --|"',
      'run uv run --with numpy | python a.py',
      'RUN uv pip install torch --|',
    ])
      assert.ok(labels(marked), marked);
  });

  it('are not offered elsewhere', () => {
    for (const marked of [
      'RUN pip install |',
      'RUN uv |',
      'RUN uv pip |',
      'RUN uv lock |',
      'RUN uv sync --group |',
      'RUN uv pip install -r |',
      'RUN uv pip install tor|',
      'RUN uv run python |',
      'RUN uv run -- |',
      'RUN uv sync && |',
      'RUN uv sync; ls |',
      'RUN <<EOF\nuv sync\n|\nEOF\n',
      'RUN uv sync \\\n# uv sync |\n  --frozen\n',
      'RUN ["uv", "sync", "--|"]',
      'RUN uv pip install "a |"',
      'CMD uv run |',
      'RUN uv sync\n|',
    ])
      assert.equal(labels(marked), undefined, marked);
  });
});
