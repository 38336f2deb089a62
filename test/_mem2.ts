import { TextDocument } from 'vscode-languageserver-textdocument';
import { createInstructionCache } from '../server/src/syntax/instruction-cache.ts';
import { parseDockerfile } from '../server/src/syntax/parse.ts';

const keep: string[] = [];
for (let i = 0; i < 2000; i++) {
  const e = 'y'.repeat(94000) + `RUN echo edit number ${i} is here\n`;
  e.charCodeAt(5);
  keep.push(e.slice(93990));
}
globalThis.gc?.();
console.log('slices', process.memoryUsage().heapUsed / 1e6);
keep.length = 0;
globalThis.gc?.();
const cache = createInstructionCache(4096);
const base =
  'FROM python:3.12\n' +
  Array.from({ length: 1000 }, (_, i) => `RUN echo ${i} ${'x'.repeat(80)}\n`).join('') +
  'RUN echo edit here it is\n';
let d = TextDocument.create('a', 'b', 0, base);
const line = base.split('\n').length - 2;
for (let i = 0; i < 1500; i++) {
  d = TextDocument.update(
    d,
    [{ range: { start: { line, character: 13 }, end: { line, character: 13 } }, text: 'x' }],
    i,
  );
  parseDockerfile(d.getText(), cache);
}
globalThis.gc?.();
console.log('cache', process.memoryUsage().heapUsed / 1e6, d.getText().length);
