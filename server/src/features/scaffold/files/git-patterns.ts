import { parseGitIgnore } from '../../../syntax/git-ignore-file.ts';
import { folderOf, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { secretName } from './secret-files.ts';

const isPlain = (pattern: string) => !/[\s[\]\\#]/.test(pattern) && !pattern.endsWith('.py');

/**
 * Patterns of Git for what is not there yet and would come along with a folder of the project once a person has put it there,
 * as patterns of an ignore file for builds. Of those for any folder the ones that name secrets.
 */
export function gitPatterns(facts: ProjectFacts, copied: ReadonlySet<string>): string[] {
  const found = [...facts.texts].flatMap(([path, text]) => {
    if (nameOf(path) !== '.gitignore') return [];
    const folder = folderOf(path);
    const lines = text.split('\n').map((line) => line.trim());
    // A folder that is kept for what a person puts there, and not one of a program with tools of its own.
    const isPlace = folder === '' || lines.includes('*') || lines.includes('/*');
    return (isPlace ? lines : lines.filter((line) => secretName.test(line))).flatMap((line) =>
      patternOf(line, folder, copied),
    );
  });
  // What a program needs all the same is let in.
  const judge = parseGitIgnore(found.join('\n'));
  const isHarmful = (facts.context.files?.files ?? []).some(
    (file) => facts.files.belongs(file) && judge(file.path, false) === true,
  );
  const first = found.findIndex((one) => !one.startsWith('!'));
  return isHarmful || first < 0 ? [] : found.slice(first);
}

function patternOf(line: string, folder: string, copied: ReadonlySet<string>): string[] {
  if (line === '' || line.startsWith('#') || !isPlain(line)) return [];
  const sign = line.startsWith('!') ? '!' : '';
  const whole = line.slice(sign.length).replace(/\/$/, '');
  const body = whole.replace(/^\//, '');
  const isAnywhere = !whole.includes('/');
  const [top = ''] = (folder === '' ? body : folder).split('/', 1);
  if (folder === '' && isAnywhere) return secretName.test(body) ? [`${sign}**/${body}`] : [];
  if (!copied.has(top) || (folder === '' && !body.includes('/'))) return [];
  const below = isAnywhere && body !== '*' ? `**/${body}` : body;
  return [`${sign}${folder === '' ? body : `${folder}/${below}`}`];
}
