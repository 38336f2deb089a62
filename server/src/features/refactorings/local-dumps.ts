import type { BuildContext } from '../../facts/build-context.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { parseGitIgnore } from '../../syntax/git-ignore-file.ts';
import { parseIgnoreFile } from '../../syntax/ignore-file.ts';

/** Dumps of databases, by a line of `.gitignore`: `data.sql`, `/db/all.dump`, `*.sql.gz`. */
const dump = /^\/?(?:[\w.-]+\/)*(?:\*|[\w-][\w-]*)\.(sql|sql\.gz|dump|pgdump)$/;
/** Each is looked for in all texts and files. */
const most = 20;
/** Texts by which nothing in an image reads a file: Compose mounts it from the machine. */
const otherwise = /(?:^|\/)(?:\.gitignore|readme[^/]*|[^/]*\.ya?ml)$/i;

/**
 * Patterns of dumps of databases that git is told to leave alone, that no program or file of settings names, and that the ignore
 * file lets into the build: a clone has none of them, so that no image needs them.
 */
export function localDumps(
  { file, context }: FileFacts,
  sources: SourceTexts | undefined,
): readonly string[] {
  const text = sources?.get('.gitignore') ?? '';
  const isLocal = parseGitIgnore(text);
  const readers = [
    file.text,
    ...[...(sources ?? [])].flatMap(([path, one]) => (otherwise.test(path) ? [] : one)),
  ];
  if (!context?.files?.isComplete) return [];
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => dump.test(line));
  const found = lines.slice(0, most).flatMap((written) => {
    const ending = dump.exec(written)?.[1];
    const name = written.slice(written.lastIndexOf('/') + 1);
    const words = [name.replace('*', ''), `*.${ending}`, `".${ending}`, `'.${ending}`];
    // Without a slash git means any folder, and Docker the top of the context.
    const pattern = written.includes('/') ? written.replace(/^\//, '') : `**/${written}`;
    const example = pattern.replace('**', 'a').replace('*', 'a');
    const isKeptOut = context.ignoreFile?.keepsOut(example) === true;
    const isNamed = readers.some((reader) => words.some((word) => reader.includes(word)));
    return isKeptOut || isNamed || isCommitted(context, pattern, isLocal) ? [] : pattern;
  });
  return [...new Set(found)].filter(
    (one) => !found.includes(`**/${one.slice(one.lastIndexOf('/') + 1)}`) || one.startsWith('**/'),
  );
}

/** Whether the project has files of a pattern that git is told to keep after all. */
function isCommitted(
  context: BuildContext,
  pattern: string,
  isLocal: ReturnType<typeof parseGitIgnore>,
): boolean {
  const { keepsOut } = parseIgnoreFile(pattern);
  return (context.files?.files ?? []).some(({ path }) => keepsOut(path) && isLocal(path, false) !== true);
}
