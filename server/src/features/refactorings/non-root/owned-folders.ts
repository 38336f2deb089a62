import type { FileFacts } from '../../../facts/file-facts.ts';
import { joinPath, pathAt, pathBelow, workdirAt } from '../../../facts/paths.ts';
import { resolveWord } from '../../../facts/scope.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import { isPlainBase } from '../../../facts/uv.ts';
import type { ShellWord } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { trimEnd } from '../../../text/trim.ts';

/** Folders of the system (Filesystem Hierarchy Standard 3.0): below the first ones nothing is a program's own. */
const ofSystem =
  /^\/(?:etc|bin|sbin|lib\w*|boot|dev|proc|run|sys|tmp|root|usr\/(?!src\/|local\/src\/|app)\S*|var\/(?:lib\/apt|cache|run|tmp|lib\/dpkg)\S*)(?:\/|$)/;
const shared =
  /^\/(?:$|(?:usr|usr\/src|usr\/local|usr\/local\/src|var|var\/lib|var\/log|var\/www|opt|srv|home|mnt|media)$)/;
/** Variables that name folders in which programs write. */
const namesFolder = /(?:^|_)(?:HOME|DIR|DIRECTORY|FOLDER|CACHE|ROOT)$/;
const namesFile = /(?:^|_)(?:PATH|FILE|DB|DATABASE|LOG)$/;
/** Variables of tools that stay as the build left them. */
const ofTools =
  /^(?:PATH|VIRTUAL_ENV|(?:JAVA|CUDA|CUDNN|NCCL|CONDA|CARGO|RUSTUP|POETRY|PIPX|PIP|UV|NVM|NODE|GO|LD|SSL|CURL|REQUESTS|NVIDIA|CMAKE|SPARK|HADOOP|MAVEN|GRADLE|TCL|TK|LIBRARY|C|CPLUS)_\w+)$/;

/** What a program writes to. */
export interface Writable {
  readonly path: string;
  /** An instruction has made it. */
  readonly isThere: boolean;
}

/**
 * The folders that a program of an image writes to, as the file tells: where it works, and what a RUN, a VOLUME or a variable
 * names; undefined where one of them is not known.
 */
export function writableFolders(facts: FileFacts, stage: Stage, at: Instruction): Writable[] | undefined {
  const found = new Map<string, boolean>();
  for (const one of lineage(stage).reverse()) {
    for (const it of one.instructions) {
      if (it.index >= at.index) break;
      const isThere = it.node.keyword === 'WORKDIR' || it.node.keyword === 'RUN';
      for (const path of foldersOf(facts, one, it)) {
        if (path === undefined) return undefined;
        if (canBeOwned(path)) found.set(path, isThere || found.get(path) === true);
      }
    }
  }
  // `mkdir -p /app/data/rides` makes /app/data as well.
  for (const path of [...found.keys()])
    for (let above = folderAbove(path); isOwned(above, [...found.keys()]); above = folderAbove(above))
      if (!found.has(above)) found.set(above, found.get(path) === true);
  return [...found].map(([path, isThere]) => ({ path, isThere }));
}

/** Whether a folder may belong to one program. */
export const canBeOwned = (folder: string) => !ofSystem.test(`${folder}/`) && !shared.test(folder);

function foldersOf(facts: FileFacts, stage: Stage, it: Instruction): (string | undefined)[] {
  const { node } = it;
  const words = (all: readonly { readonly value: string }[]) =>
    all.map((word) => place(facts, stage, it, word));
  if (node.keyword === 'WORKDIR') {
    // The folder in which the instructions behind it begin; a relative one counts from the one before.
    const next = facts.file.instructions[it.index + 1];
    const folder = next && workdirAt(facts.file, stage, next);
    return [folder === undefined || folder === '.' ? words(node.args)[0] : folder];
  }
  if (node.keyword === 'VOLUME') return words(node.json ?? node.args);
  if (node.keyword === 'ENV')
    return node.pairs.flatMap(({ key, value }) =>
      value ? folderOfVariable(facts, stage, it, key.value, value) : [],
    );
  if (node.keyword !== 'RUN') return [];
  const commands = facts.commands(it);
  const removed = new Set(
    commands.flatMap(({ name, args }) =>
      name === 'rm' ? args.map(({ value }) => trimEnd(value, /[/*]/)) : [],
    ),
  );
  return commands
    .filter(({ name }) => name === 'mkdir' || name === 'touch')
    .flatMap(({ args }) => made(args))
    .filter(({ value }) => !removed.has(trimEnd(value, /\//)))
    .map((word) => place(facts, stage, it, word));
}

/** What a `mkdir` or `touch` makes, without the values of their flags. */
const made = (args: readonly ShellWord[]) =>
  args.filter(
    ({ value }, i) => !value.startsWith('-') && !/^-\w*[mdrt]$|^--mode$/.test(args[i - 1]?.value ?? ''),
  );

/** An absolute path of the image without a slash at its end; undefined where it is not known. */
function place(
  facts: FileFacts,
  stage: Stage,
  it: Instruction,
  word: { readonly value: string },
): string | undefined {
  const path = pathAt(facts.file, stage, it, word);
  // Plain images begin in `/`.
  const whole = path?.startsWith('./') && isPlainBase(stage) ? path.slice(1) : path;
  return whole?.startsWith('/') && !whole.includes('..') ? joinPath('/', whole) : undefined;
}

function folderOfVariable(
  facts: FileFacts,
  stage: Stage,
  it: Instruction,
  name: string,
  word: { readonly raw?: string; readonly value: string },
): string[] {
  const value = resolveWord(facts.file, stage, it, word);
  const database = value?.startsWith('sqlite') ? value.split('?')[0]?.split(':///')[1] : undefined;
  if (database?.startsWith('/')) return [folderAbove(joinPath('/', database))];
  if (!value?.startsWith('/') || /[:;, ]/.test(value) || ofTools.test(name) || name.includes('PYTHON'))
    return [];
  const path = joinPath('/', value);
  if (namesFolder.test(name)) return [path];
  return namesFile.test(name) ? [folderAbove(path)] : [];
}

/** The folder of a file. */
export const folderAbove = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';

/** Whether a path is one of some folders, or below one. */
export const isOwned = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path === folder || pathBelow(folder, path) !== undefined);
