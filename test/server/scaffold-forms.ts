// Small projects, and what is made of them.
import assert from 'node:assert/strict';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import type { Scaffold, ScaffoldKind } from '../../server/src/protocol/requests.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createTestLinter } from './linter.ts';
import type { Files } from './scaffold-projects.ts';
import { know, newest, textOf } from './scaffold-world.ts';

const lint = await createTestLinter();

export const on312: Files = { '.python-version': '3.12\n' };
export const fastapi = 'from fastapi import FastAPI\n';
export const app = `${fastapi}app = FastAPI()\n`;
export const lists = (...lines: string[]): Files => ({
  ...on312,
  'requirements.txt': `${lines.join('\n')}\n`,
});
export const project = (name: string, dependencies: string, rest = '') =>
  `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = [${dependencies}]\n${rest}`;
export const backend = (name: string) => `[build-system]\nrequires = ["${name}"]\n`;
/** What is asked or refused, or the Dockerfile that is made without a question. */
export async function first(files: Files, kind: ScaffoldKind = 'serving'): Promise<string> {
  const made = scaffold(await know(files), { kind, answers: newest });
  const { question } = made ?? {};
  if (question) return `${question.id}? ${question.choices.map(({ value }) => value).join(' | ')}`;
  if (made?.refused === null) await assertClean(files, made);
  return made?.refused ?? textOf(made);
}
export const nothingStarts = /^Nothing in the project starts by itself/;
export const startOf = (text: string) =>
  /^(?:CMD|ENTRYPOINT) \[(.*)\]$/m.exec(text)?.[1]?.replaceAll(/[",]/g, '') ?? text;
export const start = async (...given: Parameters<typeof first>) => startOf(await first(...given));
export const has = async (files: Files, pattern: RegExp, kind?: ScaffoldKind) =>
  assert.match(await first(files, kind), pattern);

/** None of our rules finds anything in what was made. */
async function assertClean(files: Files, made: Scaffold): Promise<void> {
  const written = Object.fromEntries(made.files.map(({ path, text }) => [path, text]));
  const all = lint(textOf(made), rules, defaultConfiguration, await contextOfTexts({ ...files, ...written }));
  // That a Python is old is the project's own choice.
  const found = all.filter(({ code }) => code !== 'python-eol');
  assert.deepEqual(
    found.map(({ code, message }) => `${code}: ${message}`),
    [],
    textOf(made),
  );
}
