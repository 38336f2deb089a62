import { trimEnd } from '../text/trim.ts';
import { readGlob, type Work } from './glob.ts';

/** More than thousands of patterns need for a hundred thousand files, and some seconds. */
const enoughWork = 300_000_000;

/**
 * Reads a `.gitignore` (gitignore(5)). What it gives says whether a path below its folder is kept out, is brought back,
 * or is none of its business; case does not matter, as on the disks of Windows and macOS. A file that takes too long to
 * match keeps nothing more out.
 */
export function parseGitIgnore(text: string): (path: string, isFolder: boolean) => boolean | undefined {
  const rules = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line) => readRule(line) ?? []);
  const work: Work = { left: enoughWork };
  const judge = (path: string, isFolder: boolean): boolean | undefined => {
    work.left -= rules.length;
    if (work.left <= 0) return undefined;
    const last = rules.findLast(
      ({ glob, isForFolders }) => (isFolder || !isForFolders) && glob.matches(path, work),
    );
    return last && !last.isException;
  };
  return (path, isFolder) => {
    const lower = path.toLowerCase();
    // What lies in a folder that is out cannot be brought back.
    for (let slash = lower.indexOf('/'); slash >= 0; slash = lower.indexOf('/', slash + 1)) {
      if (judge(lower.slice(0, slash), true)) return true;
    }
    return judge(lower, isFolder);
  };
}

function readRule(line: string) {
  const isException = line.startsWith('!');
  const written = withoutBlanks(isException ? line.slice(1) : line).toLowerCase();
  if (written === '' || line.startsWith('#')) return undefined;
  const isForFolders = written.endsWith('/');
  const plain = isForFolders ? written.slice(0, -1) : written;
  const parts = plain.replace(/^\//, '').replaceAll('[!', '[^').split('/');
  // Beside anything but slashes two stars are one.
  const pattern = parts.map((part) => (part === '**' ? part : part.replace(/\*{2,}/g, '*'))).join('/');
  const glob = readGlob(plain.includes('/') ? pattern : `**/${pattern}`, 'ignore');
  return { isException, isForFolders, glob };
}

/** Blanks at the end do not count, save one behind a backslash. */
function withoutBlanks(line: string): string {
  const kept = trimEnd(line, / /);
  return kept.endsWith('\\') && kept.length < line.length ? `${kept} ` : kept;
}
