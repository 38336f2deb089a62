import { defaultConfiguration } from '../server/src/config/configuration.ts';
import { createService } from '../server/src/service.ts';
import { loadTestShellParser } from './server/linter.ts';

const parseShell = await loadTestShellParser();
const service = createService({ ports: { readFile: async () => undefined, log: console.error }, parseShell });
const base =
  'FROM python:3.12\n' + Array.from({ length: 1000 }, (_, i) => `RUN echo ${i} ${'x'.repeat(80)}\n`).join('');
globalThis.gc?.();
console.log('base', base.length, process.memoryUsage());
for (let i = 0; i < 3000; i++) {
  const e = Buffer.from(base + `RUN echo edit number ${i} is here\n`).toString();
  service.lint(e, defaultConfiguration);
}
globalThis.gc?.();
console.log('after 3000 edits', process.memoryUsage());
