import { readGlob, type Work } from '../syntax/glob.ts';
import type { Copy, Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { LocalSpan } from '../text/span.ts';
import type { BuildContext, ContextFile } from './build-context.ts';
import type { FileFacts } from './file-facts.ts';
import { readMounts } from './mounts.ts';
import { resolveWord } from './scope.ts';

/** A path of the build context that an instruction reads. */
export interface ContextSource {
  /** The word that names it, or the flag that mounts it. */
  readonly word: LocalSpan;
  /** As the builder understands it, with variables put in and without `./` and slashes at the ends; `.` for all. */
  readonly path: string;
  readonly kind: 'copy' | 'mount';
}

/** A source that is no path of the build context. */
const elsewhere = /^(?:https?:\/\/|git@|git:\/\/|ssh:\/\/|<<)/i;

/** What a COPY, ADD or `RUN --mount=type=bind` reads of the build context; words with unknown variables are left out. */
export function contextSources(facts: FileFacts, instruction: Instruction): ContextSource[] {
  const { node } = instruction;
  const stage = facts.stageOf(instruction);
  if (!stage) return [];
  if (node.keyword === 'RUN') {
    return readMounts(node).flatMap(({ type, options, from, to }) => {
      const source = options.get('source') ?? options.get('src');
      if (type !== 'bind' || options.has('from') || source === undefined || source.includes('$')) return [];
      return [{ word: { from, to }, path: clean(source), kind: 'mount' as const }];
    });
  }
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return [];
  const copy = node as Copy;
  if (copy.flags.some(({ name }) => name === 'from')) return [];
  return copy.sources.flatMap((word) => {
    const path = elsewhere.test(word.value) ? undefined : resolveWord(facts.file, stage, instruction, word);
    return path === undefined ? [] : [{ word, path: clean(path), kind: 'copy' as const }];
  });
}

/** The files of a context that a source means, whether the ignore file keeps them out or not. */
export const filesOf = ofContext((context, path): readonly ContextFile[] => {
  const files = context.files?.files ?? [];
  if (path === '.') return files;
  // What a source means takes what lies below it along.
  if (!hasWildcard(path) && !path.includes('\\'))
    return files.filter((file) => file.path === path || file.path.startsWith(`${path}/`));
  const { covers } = readGlob(path, 'copy');
  const work = workOf(context);
  return files.filter((file) => covers(file.path, work));
});

/** Those of them that reach the builder. */
export const sentFilesOf = ofContext((context, path): readonly ContextFile[] => {
  const files = filesOf(context, path);
  return context.ignoreFile ? files.filter((file) => !keptOut(context).has(file)) : files;
});

/**
 * Whether nothing of what a source means gets past the ignore file: a file that is there by all patterns, and a folder or a
 * pattern only where no exception may let through what a build is yet to make.
 */
export function isKeptOut(context: BuildContext, path: string): boolean {
  const { ignoreFile } = context;
  const isFile = filesOf(context, path).some((file) => file.path === path);
  return ignoreFile !== undefined && (isFile ? ignoreFile.keepsOut(path) : ignoreFile.excludes(path));
}

const keptOut = remember(
  ({ files, ignoreFile }: BuildContext) =>
    new Set(files?.files.filter((file) => ignoreFile?.keepsOut(file.path))),
);

/** More than all patterns need that people try on a context; one that comes after that matches nothing. */
const workOf = remember((_: BuildContext): Work => ({ left: 200_000_000 }));

/** Remembers answers for as long as a context is known: it may hold many files, and each change of the text asks anew. */
function ofContext<T>(answer: (context: BuildContext, path: string) => T) {
  const answersOf = remember((_: BuildContext) => new Map<string, T>());
  return (context: BuildContext, path: string): T => {
    const answers = answersOf(context);
    const found = answers.get(path) ?? answer(context, path);
    answers.set(path, found);
    return found;
  };
}

export const hasWildcard = (path: string) => /[*?[]/.test(path);

/** The path without `.` and `..`, which cannot leave the context. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/') || '.';
}
