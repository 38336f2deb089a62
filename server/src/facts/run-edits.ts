import type { ShellWord } from '../syntax/shell.ts';
import type { Instruction, Run } from '../syntax/tree.ts';
import { type Edit, likeKeyword } from '../text/edit.ts';
import { appendToChain } from '../text/shell-chain.ts';
import type { FileFacts } from './file-facts.ts';
import type { ShellText } from './scripts.ts';

/** Puts a word behind one of a command, behind an element of the exec form as an element of its own. */
export function addWord(run: Instruction, behind: ShellWord, word: string): Edit {
  const { end } = run.at(behind);
  // In `["sh", "-c", "pip install x"]` the word stands within an element.
  const isElement = run.node.json?.some(({ from, to }) => from === behind.from && to === behind.to);
  return { span: { start: end, end }, text: isElement ? `, "${word}"` : ` ${word}` };
}

/** A folder, and the number of the user whom it must belong to where that is not root. */
interface MountedFolder {
  readonly folder: string;
  readonly uid: string | undefined;
  /** Of the cache, where those of one folder must not be the same. */
  readonly id?: string | undefined;
  /** Several builds may write to it at once. */
  readonly isShared?: boolean;
}

/** Mounts caches at folders, for one build at a time unless said otherwise: most package managers lock theirs. */
export function mountCaches(run: Instruction, folders: readonly (string | MountedFolder)[]): Edit {
  const { end } = run.at(run.node.keywordWord);
  const text = folders
    .map((it): MountedFolder => (typeof it === 'string' ? { folder: it, uid: undefined } : it))
    .map(
      ({ folder, uid, id, isShared }) =>
        `${folder}${id === undefined ? '' : `,id=${id}`}${uid === undefined ? '' : `,uid=${uid},gid=${uid}`}${isShared ? '' : ',sharing=locked'}`,
    )
    .map((options) => ` --mount=type=cache,target=${options}`)
    .join('');
  return { span: { start: end, end }, text };
}

/**
 * Appends a command to those of a RUN, to run where they succeed. What they return stays: `a; b && c` fails where b does.
 * Undefined where the text is none that can be appended to.
 */
export function appendCommand(facts: FileFacts, run: Instruction<Run>, command: string): Edit | undefined {
  const shell = facts.shellText(run);
  const { node } = run;
  if (!shell || shell.form === 'exec' || shell.script.hasErrors || shell.script.hasComments) return undefined;
  const { joints, from, to } = shell.script;
  const escape = shell.form === 'heredoc' ? undefined : facts.file.escape;
  const text = node.text.slice(from, to).trimEnd();
  if (/[;&]$|\s[\\`]$/.test(text) || joints.includes('&')) return undefined;
  // The place would be behind the body of a heredoc, not behind the command.
  if (escape === undefined ? text.includes('<<') : node.heredocs.length > 0) return undefined;
  // A comment line below the last command would swallow it.
  if (escape && node.plain.slice(from, to).trimEnd().length < text.length) return undefined;
  const stopsOnError = exitsOnError(shell) && joints.length > 0 && /^[;\n]$/.test(joints.at(-1) ?? '');
  return appendToChain(facts.file.text, run.at(shell.script), command, { escape, stopsOnError });
}

/** Whether a text begins with `set -e`, or its shell has the option. */
export function exitsOnError({ interpreterOptions, script }: ShellText): boolean {
  const has = (words: readonly string[]) =>
    words.some((word, i) => /^-[A-Za-z]*e/.test(word) || (word === 'errexit' && words[i - 1] === '-o'));
  const first = script.commands[0];
  return has(interpreterOptions) || (first?.name === 'set' && has(first.args.map(({ value }) => value)));
}

/** Puts another instruction in the place of a RUN; undefined where flags or comments would be lost with it. */
export function replaceRun(
  facts: FileFacts,
  run: Instruction<Run>,
  keyword: string,
  rest: string,
): Edit | undefined {
  const { flags, comments, heredocs, keywordWord } = run.node;
  const shell = facts.shellText(run);
  if (flags.length > 0 || comments.length > 0 || shell?.script.hasComments) return undefined;
  if (heredocs.length > 0 && shell?.form !== 'heredoc') return undefined;
  return { span: run.span, text: `${likeKeyword(keyword, keywordWord.raw)} ${rest}` };
}
