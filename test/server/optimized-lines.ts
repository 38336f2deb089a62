import assert from 'node:assert/strict';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { tellsAround } from '../../server/src/project/around-texts.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { readSourceTexts } from '../../server/src/project/source-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

export const service = createService({
  ports: {
    readFile: async () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  },
  parseShell: await loadTestShellParser(),
});

/** What becomes of a Dockerfile; undefined where nothing is offered. */
export async function first(lines: readonly string[], files?: ExampleContext, id = 'dependencies-first') {
  const text = `${lines.join('\n')}\n`;
  const context = files && (await contextOfTexts(files));
  const sources = await readSourceTexts(
    context?.files,
    'file:///project',
    async (uri) => {
      const content = files?.[uri.replace('file:///project/', '')];
      return typeof content === 'string' ? content : undefined;
    },
    tellsAround,
  );
  const optimized = service.optimize(text, defaultConfiguration, context, { ids: [id], sources });
  return optimized.applied.length > 0 ? optimized.text.trimEnd().split('\n') : undefined;
}

/** What the refactorings of some ids, or all, make of a Dockerfile beside files. */
export async function optimized(text: string, files: ExampleContext, ...ids: string[]) {
  const context = await contextOfTexts(files);
  const texts = Object.entries(files).filter((file): file is [string, string] => typeof file[1] === 'string');
  const wanted = ids.length > 0 ? ids : undefined;
  return service.optimize(text, defaultConfiguration, context, { ids: wanted, sources: new Map(texts) });
}

/** A `uv.lock` of packages p0, p1, … from these sources. */
export const lockOf = (...sources: string[]) =>
  `version = 1\n${sources.map((source, i) => `\n[[package]]\nname = "p${i}"\nsource = { ${source} }\n`).join('')}`;
/** The source of the project itself. */
export const own = 'editable = "."';

/** How most of these Dockerfiles begin, and a project of a list. */
export const python = ['FROM python:3.12-slim AS base', 'WORKDIR /app'];
export const plain = { 'requirements.txt': 'flask==3.1.0\n', 'app.py': '' };
