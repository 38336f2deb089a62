import { parseGitIgnore } from '../../../syntax/git-ignore-file.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';

/** So many bytes stand for a file that Git LFS keeps: three lines, of which the last one is the size (Git LFS, "Specification"). */
const shortest = 126;
const longest = 140;
/** So many files are named. */
const most = 3;

/** That files of an image hold nothing but where Git LFS keeps them, in a sentence. */
export function lfsNote({ texts, context, files }: ProjectFacts): string | undefined {
  const kept = [...texts].flatMap(([path, text]) => {
    if (nameOf(path) !== '.gitattributes') return [];
    const patterns = text
      .split('\n')
      .flatMap((line) => (/\sfilter=lfs\b/.test(line) ? line.trim().split(/\s/, 1) : []));
    const folder = path.slice(0, -'.gitattributes'.length);
    return { folder, judge: parseGitIgnore(patterns.join('\n')) };
  });
  const found = (context.files?.files ?? []).filter(
    (file) =>
      file.size >= shortest &&
      file.size <= longest &&
      (files.belongs(file) || files.isNamed(file.path)) &&
      kept.some(
        ({ folder, judge }) => file.path.startsWith(folder) && judge(file.path.slice(folder.length), false),
      ),
  );
  const names = found.slice(0, most).map(({ path }) => path);
  const more = found.length > most ? ` and ${found.length - most} more` : '';
  return found.length === 0
    ? undefined
    : `"git lfs pull" is run before the image is built, as ${names.join(', ')}${more} ${found.length === 1 ? 'is a pointer' : 'are pointers'} of Git LFS and ${found.length === 1 ? 'holds' : 'hold'} nothing else.`;
}
