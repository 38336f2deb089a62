import type { ScaffoldInstall } from '../../../protocol/requests.ts';

/** Flags of uv that say what is to be had; the others say where it goes. */
const telling =
  /^--(?:exclude-newer(?:-package)?|(?:extra-)?index-url|index|find-links|index-strategy|prerelease|torch-backend|no-build-isolation-package)$/;

/**
 * What the image asks `uv pip install` for, so that a person's own uv can be asked whether that can be had; undefined where a
 * lock file has answered that.
 *
 * @param dockerfile as it would be written
 */
export function askedInstall(dockerfile: string, python: string): ScaffoldInstall | undefined {
  const joined = dockerfile.replaceAll(/\\\n {1,20}/g, ' ');
  const asked = joined.split(/\n|&&/).find((line) => / uv pip install .*(?: -r | ['a-z])/i.test(` ${line}`));
  const written = asked?.split('uv pip install ')[1];
  if (written === undefined || written.includes('$')) return undefined;
  const words = (written.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) =>
    word.replace(/^(['"])(.*)\1$/, '$2'),
  );
  const flags: string[] = [];
  const files: string[] = [];
  const requirements: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [flag = '', value] = word.split(/=(.*)/s);
    if (word === '-r' || word === '--requirement') files.push(words[++at] ?? '');
    else if (telling.test(flag)) flags.push(flag, value ?? words[++at] ?? '');
    else if (word === '--no-deps') return undefined;
    else if (!word.startsWith('-') && !/^\.|[/\\]|\.whl$/.test(word)) requirements.push(word);
  }
  // What another program writes while the image is built is no file of the project.
  if (files.some((file) => file.startsWith('/'))) return undefined;
  return files.length + requirements.length > 0 ? { python, flags, files, requirements } : undefined;
}
