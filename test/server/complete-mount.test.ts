// What is offered where a mount of a RUN is typed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { completeAt } from './complete-at.ts';
import { createToyService } from './toy-service.ts';

const { service } = createToyService();

describe('mounts', () => {
  const mounts = (marked: string) =>
    completeAt(marked, (text, offset) => service.completeMount(text, offset));
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
    assert.equal(labels('FROM x\nRUN --mount=|').length, 14);
    assert.ok(labels('FROM opensuse/leap\nRUN --mount=| zypper in a')[0]?.includes('/var/cache/zypp,'));
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
      return completeAt('FROM x\nRUN --mount=| uv sync\n', (text, offset) =>
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
