// What the refactoring that makes two stages does with files of many forms. That what it makes builds and runs is tried with
// the engine (test/engine, test/bench/optimize).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: {
    readFile: async () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  },
  parseShell: await loadTestShellParser(),
});

type Files = Readonly<Record<string, string>>;

/** A file in two stages, or undefined where that is not offered. */
async function split(text: string, files: Files = {}) {
  const context = await contextOfTexts(files);
  const choice = { ids: ['multi-stage'], sources: new Map(Object.entries(files)) };
  const { text: after, applied } = service.optimize(text, defaultConfiguration, context, choice);
  const [one] = applied;
  return one && { ...one, text: after, final: after.slice(after.lastIndexOf('\n\nFROM') + 2) };
}

const install = 'RUN pip install flask==3.0.3\n';
const rest = 'COPY app.py .\nCMD ["python", "app.py"]\n';

describe('the image of the final stage', () => {
  const same = {
    'python:3.12': 'python:3.12-slim',
    'python:3.12.4-bookworm': 'python:3.12.4-slim-bookworm',
    'docker.io/library/python:3.11-bullseye': 'docker.io/library/python:3.11-slim-bullseye',
    '--platform=linux/amd64 python:3.12': '--platform=linux/amd64 python:3.12-slim',
    'ghcr.io/astral-sh/uv:0.9.2-python3.13-trixie-slim': 'python:3.13-slim-trixie',
    'python:$PY': 'python:$PY-slim',
    ['python:$' + '{PY}-bookworm']: 'python:$' + '{PY}-slim-bookworm',
    ['python:$' + '{PY:-3.11}']: 'python:$' + '{PY:-3.11}-slim',
    ['--platform=$TARGETPLATFORM python:$' + '{PY}']: '--platform=$TARGETPLATFORM python:$' + '{PY}-slim',
  };
  for (const [image, slim] of Object.entries(same)) {
    it(`is of the same Python: ${image}`, async () => {
      const args = image.includes('$PY') || image.includes('{PY') ? 'ARG PY=3.12\n' : '';
      const made = await split(`${args}FROM ${image}\n${install}${rest}`);
      assert.ok(made?.final.startsWith(`FROM ${slim}\n`), made?.text);
      assert.equal(made?.assumes?.includes('PY is given as a bare version') ?? false, args !== '');
    });
  }

  for (const image of [
    'python:3',
    'python:2.7',
    'python:3.12-alpine',
    'python:3.14-rc',
    'python:3.12@sha256:0',
    'team/python:3.12',
    'python:$WHOLE',
    '$IMAGE',
  ]) {
    it(`is not known: ${image}`, async () => {
      const args = 'ARG WHOLE=3.12-bookworm\nARG IMAGE=python:3.12\n';
      assert.equal(await split(`${args}FROM ${image}\n${install}${rest}`), undefined);
    });
  }

  it('is not known where a file of the project gives the variable more than a version', async () => {
    const text = `ARG PY=3.12\nFROM python:$PY\n${install}${rest}`;
    for (const [value, isOffered] of [
      ['3.11', true],
      ['3.11-bookworm', false],
    ] as const) {
      const compose = `services:\n  app:\n    build:\n      args:\n        PY: "${value}"\n`;
      assert.equal((await split(text, { 'compose.yaml': compose })) !== undefined, isOffered, value);
    }
  });
});
