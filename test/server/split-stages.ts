// Two stages made of one, as the tests of that refactoring look at them.
import assert from 'node:assert/strict';
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

export type Files = Readonly<Record<string, string>>;

/** A file in two stages, or undefined where that is not offered. */
export async function split(text: string, files: Files = {}) {
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('../')));
  const context = await contextOfTexts(own);
  const choice = { ids: ['multi-stage'], sources: new Map(Object.entries(files)) };
  const { text: after, applied } = service.optimize(text, defaultConfiguration, context, choice);
  const [one] = applied;
  return one && { ...one, text: after, final: after.slice(after.lastIndexOf('\n\nFROM') + 2) };
}

export const install = 'RUN pip install flask==3.0.3\n';
export const rest = 'COPY app.py .\nCMD ["python", "app.py"]\n';

export const from = 'FROM python:3.12\n';
export const slim = 'FROM python:3.12-slim\n';
export const wheels =
  'RUN --mount=type=bind,from=build,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --no-deps /wheels/*.whl\n';
export const environment =
  'COPY --from=build /opt/venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH\n';
