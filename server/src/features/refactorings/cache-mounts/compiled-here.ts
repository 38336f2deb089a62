import { compiledPackages } from '../../../data/compiled-packages.ts';
import { compiledLibraries, sourceOnly } from '../../../data/native-libraries.ts';
import { baseImage, fullName } from '../../../facts/base-images.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { stageSays } from '../../../facts/stage-text.ts';
import type { Stage } from '../../../facts/stages.ts';
import { readPipfile } from '../../../project/pipfile.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { namesIn } from './unkept-builds.ts';

const compiler = /\b(?:gcc|g\+\+|build-essential|build-base|clang)\b/;

/**
 * Whether something may be compiled in a RUN and kept in the cache: the file installs a compiler, or the base has one, as the full
 * images of Python do, and a package comes as source.
 */
export const compilesIn = (
  facts: FileFacts,
  { stage, run }: { readonly stage: Stage; readonly run: Instruction },
  sources: SourceTexts | undefined,
): boolean =>
  stageSays(stage, compiler) ||
  (hasCompiler(stage) && [...namesIn(facts, run), ...ofPipenv(facts, run, sources)].some(comesAsSource));

/** The full images of Python, and those of uv on them (their Dockerfiles, 2026-11). */
function hasCompiler(stage: Stage): boolean {
  const base = baseImage(stage);
  const { tag = 'latest' } = base;
  const name = fullName(base);
  const isPython = name === 'python' || (/(?:^|\/)uv$/.test(name) && tag.includes('python'));
  return isPython && !/slim|alpine|windows/.test(tag);
}

const comesAsSource = (name: string) =>
  Object.hasOwn(sourceOnly, name) || Object.hasOwn(compiledLibraries, name) || compiledPackages.has(name);

/** What the Pipfile names, where pipenv installs it. */
function ofPipenv(facts: FileFacts, run: Instruction, sources: SourceTexts | undefined): readonly string[] {
  const isPipenv = facts.commands(run).some((one) => readDependencyInstall(one)?.tool === 'pipenv');
  const text = isPipenv ? sources?.get('Pipfile') : undefined;
  return text === undefined ? [] : (readPipfile(text)?.dependencies ?? []).map(({ name }) => name);
}
