// What is offered where a tag of nvidia/cuda, a flag of uv or a mount is typed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cudaTagFault } from '../../server/src/facts/cuda-tags.ts';
import type { Completion } from '../../server/src/features/completion.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
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

describe('mounts', () => {
  const mounts = (marked: string) => at(marked, (text, offset) => service.completeMount(text, offset));
  const labels = (marked: string) => mounts(marked).labels ?? [];

  it('are complete, those of what the RUN runs first', () => {
    assert.deepEqual(labels('FROM python:3.13\nRUN --mount=| npm ci && pip install torch\n').slice(0, 3), [
      'type=cache,target=/root/.cache/pip',
      'type=cache,target=/root/.npm',
      'type=cache,target=/root/.cache/uv',
    ]);
    const apt =
      'type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked';
    assert.equal(labels('FROM debian:12\nRUN --mount=| \\\n  apt-get update')[0], apt);
    assert.equal(labels('FROM x\nRUN --mount=|').length, 13);
    const uv = mounts('FROM x\nRUN --mount=| uv pip install torch');
    assert.equal(uv.labels?.[0], 'type=cache,target=/root/.cache/uv');
    assert.ok(
      uv.found?.offers.every(({ detail, documentation = '' }) => detail && documentation.endsWith('.')),
    );
  });

  it('take the place of what is typed', () => {
    const { put } = mounts('FROM x\nRUN --mount=type=cache,target=/ro|ot pip install torch\n');
    assert.equal(
      put('type=cache,target=/root/.cache/pip'),
      'FROM x\nRUN --mount=type=cache,target=/root/.cache/pip pip install torch\n',
    );
    const kept = mounts('FROM x\nRUN --mount=type=cache,id=a,target=|,sharing=locked dnf install a\n');
    assert.equal(kept.labels?.[0], '/var/cache/dnf');
    assert.equal(
      kept.put('/var/cache/dnf'),
      'FROM x\nRUN --mount=type=cache,id=a,target=/var/cache/dnf,sharing=locked dnf install a\n',
    );
  });

  it('leave out what is mounted, and what the system has not', () => {
    const left = labels(
      'FROM debian:12\nRUN --mount=type=cache,target=/root/.cache/pip --mount=| pip install a',
    );
    assert.ok(!left.includes('type=cache,target=/root/.cache/pip'));
    assert.ok(!left.some((label) => /apk|dnf/.test(label)));
    assert.ok(
      labels('FROM alpine:3.22\nRUN --mount=| apk add a')[0]?.includes('/etc/apk/cache,sharing=locked'),
    );
  });

  it('are at the home of the user who runs them, and belong to it', () => {
    const first = (above: string) => labels(`FROM python:3.13\n${above}\nRUN --mount=| pip install a\n`)[0];
    assert.equal(
      first('RUN useradd -u 1234 app\nUSER app'),
      'type=cache,target=/home/app/.cache/pip,uid=1234',
    );
    assert.equal(
      first('RUN useradd --uid 1234 -d /srv/app app\nUSER 1234:1234'),
      'type=cache,target=/srv/app/.cache/pip,uid=1234',
    );
    assert.equal(
      first('RUN adduser -D -h /srv/app app\nUSER app'),
      'type=cache,target=/srv/app/.cache/pip,uid=1000',
    );
    assert.equal(first('USER app'), 'type=cache,target=/home/app/.cache/pip,uid=1000');
    assert.equal(first('USER app\nUSER root'), 'type=cache,target=/root/.cache/pip');
    assert.equal(first('USER app\nENV HOME=/data'), 'type=cache,target=/data/.cache/pip,uid=1000');
    assert.equal(first('ENV PIP_CACHE_DIR=/pip'), 'type=cache,target=/pip');
    // Whose home that is nobody knows.
    assert.ok(!first('ARG USER\nUSER $USER')?.includes('pip'));
    assert.ok(!first('USER 1234')?.includes('pip'));
  });

  it('bind files of the build context that reach the builder', async () => {
    const offered = async (files: ExampleContext) => {
      const context = await contextOfTexts(files);
      return at('FROM x\nRUN --mount=| uv sync\n', (text, offset) =>
        service.completeMount(text, offset, context),
      ).labels?.slice(0, 5);
    };
    const bind = (name: string) => `type=bind,source=${name},target=${name}`;
    const both = `${bind('uv.lock')} --mount=${bind('pyproject.toml')}`;
    const project = { 'uv.lock': 'version = 1\n', 'pyproject.toml': '' };
    const uv = 'type=cache,target=/root/.cache/uv';
    assert.deepEqual((await offered(project))?.slice(0, 4), [
      uv,
      both,
      bind('uv.lock'),
      bind('pyproject.toml'),
    ]);
    const ignoring = await offered({ ...project, '.dockerignore': 'uv.lock\n' });
    assert.deepEqual(ignoring?.slice(0, 2), [uv, bind('pyproject.toml')]);
    assert.ok(!(await offered({ 'a/uv.lock': '' }))?.some((label) => label.includes('bind')));
  });

  it('are offered on continued lines', () => {
    for (const marked of [
      'RUN \\\n  --mount=|',
      'RUN --mount=type=cache,target=/a \\\n    --mount=type=cache,target=| \\\n    pip install a\n',
      'run --network=none --mount=type=|',
    ])
      assert.ok(labels(`FROM a\n${marked}`).length > 0, marked);
  });

  it('are not offered elsewhere', () => {
    for (const marked of [
      'RUN --mount|',
      'RUN docker run --mount=|',
      'COPY --mount=|',
      'RUN --mount=type=cache,target=/a,|',
      'RUN --mount=type=secret,id=a,target=|',
      'RUN ls \\\n# --mount=|\n  a',
      'RUN --mount=type=cache,target=/a |',
    ])
      assert.equal(mounts(`FROM a\n${marked}`).found, undefined, marked);
  });
});
