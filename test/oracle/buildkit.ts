import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readBuildArgs } from '../../server/src/facts/build-args.ts';
import { readImageUses } from '../../server/src/facts/image-uses.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { buildStages, findStage } from '../../server/src/facts/stages.ts';
import { expandWord } from '../../server/src/facts/word-expansion.ts';
import { isImageName } from '../../server/src/syntax/image-reference.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import type { CorpusFile } from '../corpus/files.ts';
import { run } from '../parts/processes.ts';

/** A builder that can be asked for checks: the engine's built-in one knows no `frontend.lint`. */
export interface Builder {
  readonly name: string;
  /** DOCKER_CONFIG, in which the builder is known. */
  readonly config: string;
}

/** One finding of BuildKit. */
export interface Warning {
  /** Line that it names, from 1. */
  readonly line: number;
  readonly check: string;
  /** The sentence about this place. */
  readonly detail: string;
}

/** What BuildKit says of one file; of one that it refuses, what it found until then and why it refuses. */
export interface Answer {
  readonly warnings: readonly Warning[];
  readonly error?: string;
}

/** A Dockerfile with what a check of it needs. */
export interface Question extends CorpusFile {
  /** Files of the build context by path. */
  readonly context?: Readonly<Record<string, string>>;
  /** Images that are to come from a registry; all others are stood in for. */
  readonly pulled?: readonly string[];
}

interface Report {
  readonly warnings?: readonly {
    readonly ruleName: string;
    readonly detail: string;
    readonly location?: { readonly ranges?: readonly { readonly start: { readonly line: number } }[] };
  }[];
  readonly buildError?: { readonly message: string };
}

/** Asks the real BuildKit for its checks of each file, several at the same time. */
export async function askBuildkit(
  builder: Builder,
  questions: readonly Question[],
  workers = 3,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-check-'));
  try {
    const open = questions.values();
    const work = async () => {
      for (const question of open) answers.set(question.name, await ask(builder, question, folder));
    };
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return answers;
}

/** @throws where buildx gives no report, as when the builder has gone */
async function ask({ name, config }: Builder, question: Question, folder: string): Promise<Answer> {
  const context = mkdtempSync(path.join(folder, 'context-'));
  for (const [file, text] of Object.entries(question.context ?? {})) {
    mkdirSync(path.dirname(path.join(context, file)), { recursive: true });
    writeFileSync(path.join(context, file), text);
  }
  const standIns = imagesOf(question.text)
    .filter((image) => !question.pulled?.includes(image))
    .flatMap((image) => ['--build-context', `${image}=docker-image://scratch`]);
  const { stdout, stderr } = await run(
    'docker',
    ['buildx', 'build', '--builder', name, '--call=check,format=json', '--file=-', ...standIns, context],
    { env: { DOCKER_CONFIG: config }, input: question.text, timeout: 60_000 },
  );
  if (!stdout.startsWith('{')) throw new Error(`buildx gave no report of ${question.name}: ${stderr.trim()}`);
  const report = JSON.parse(stdout) as Report;
  const warnings = (report.warnings ?? []).map(({ ruleName, detail, location }) => ({
    line: location?.ranges?.[0]?.start.line ?? 0,
    check: ruleName,
    detail,
  }));
  return { warnings, error: report.buildError?.message };
}

/**
 * A file as it can be checked without a registry, with every check on: without the line that names another frontend,
 * and with one that asks for the experimental checks. Its images need no change, as BuildKit is given an empty one under
 * each of their names.
 */
export function prepare({ name, text }: CorpusFile): CorpusFile {
  const { directives } = parseDockerfile(text);
  const syntax = directives.find((directive) => directive.name === 'syntax');
  const start = syntax && text.lastIndexOf('\n', syntax.span.start) + 1;
  const cut = syntax ? text.slice(0, start) + text.slice(syntax.span.end).replace(/^.*\n?/, '') : text;
  if (directives.some((directive) => directive.name === 'check')) return { name, text: cut };
  const begin = cut.startsWith('\ufeff') ? 1 : 0;
  return { name, text: `${cut.slice(0, begin)}# check=experimental=all\n${cut.slice(begin)}` };
}

/** The images that BuildKit would ask a registry for. */
function imagesOf(text: string): string[] {
  const file = parseDockerfile(text);
  const options = readOptions(factOptions, {});
  const stages = buildStages(file, options);
  const { values = new Map<string, string>() } = readBuildArgs({ file, stages });
  const bases = stages
    .filter(({ parent }) => parent === undefined)
    .map(({ from }) => expandWord(from.node.imageWord?.raw ?? '', values, file.escape)?.text ?? '');
  const uses = file.instructions
    .flatMap(({ node }) => readImageUses(node).map((use) => use.text))
    .filter((name) => !/^\d+$/.test(name) && !findStage(stages, name, options));
  const isOutside = (name: string) => isImageName(name) && !/^(?:scratch|context)$/i.test(name);
  return [...new Set([...bases, ...uses].filter(isOutside))];
}
