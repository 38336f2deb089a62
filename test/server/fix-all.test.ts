import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

it('fix-all leaves ignore comments of other linters alone', async () => {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
    parseShell: await loadTestShellParser(),
  });
  const fix = (comment: string) =>
    service.fixAll(`FROM debian:12\n# ${comment}\nRUN ls\n`, defaultConfiguration);
  for (const comment of [
    'hadolint ignore=DL3042',
    'check=skip=StageNameCasing',
    'tally ignore=hadolint/DL3042',
  ])
    assert.ok(fix(comment).includes(comment), comment);
  assert.equal(fix('wheelhouse ignore=DL3042'), 'FROM debian:12\nRUN ls\n');
});

it('fix-all sets a variable once where two rules want it in one stage', async () => {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
    parseShell: await loadTestShellParser(),
  });
  const mount = 'RUN --mount=type=cache,target=/root/.cache/uv';
  const text = [
    'FROM python:3.13-slim',
    'COPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/',
    'RUN uv pip install --system a==1',
    'WORKDIR /app',
    `${mount} uv pip install --system b==1`,
    'USER 1000',
    '',
  ].join('\n');
  const fixed = service.fixAll(text, defaultConfiguration);
  assert.equal(fixed.split('ENV UV_LINK_MODE=copy').length - 1, 1, fixed);
  assert.ok(fixed.indexOf('ENV UV_LINK_MODE') < fixed.indexOf(mount), fixed);
});
