import { builderFiles, builderFolders } from '../data/classic-builders.ts';
import type { Ports } from '../ports/ports.ts';
import { parentsOf } from '../text/uri.ts';
import { encodePath } from './context-files.ts';
import type { SourceTexts } from './source-texts.ts';

/** Whether a file of a project tells what builds its images. */
export const tellsBuilders = (path: string) =>
  builderFiles.test(path.slice(path.lastIndexOf('/') + 1)) ||
  /^(?:readme(?:\.md|\.rst|\.txt)?|justfile|app\.ya?ml|railway\.(?:json|toml)|\.circleci\/config\.yml)$|^\.do\//i.test(
    path,
  );

/** A repository is so many folders above a build context at most. */
const highest = 5;

/** What tells that above a build context, up to the repository that it lies in: `../.travis.yml`. */
export async function readBuildersAbove(
  { readFile, listFolder }: Pick<Ports, 'readFile' | 'listFolder'>,
  folder: string,
): Promise<SourceTexts> {
  const texts = new Map<string, string>();
  const isRepository = async (at: string) => (await listFolder?.(at))?.some(({ name }) => name === '.git');
  if (!listFolder || (await isRepository(folder))) return texts;
  const above = parentsOf(folder).slice(0, highest);
  let steps = 0;
  while (steps < above.length && !(await isRepository(above[steps] ?? ''))) steps++;
  // What lies above a folder that is in no repository is not its project.
  for (let i = 0; i <= steps && steps < above.length; i++) {
    for (const inner of builderFolders) {
      const entries = (await listFolder(`${above[i]}/${inner}`.replace(/\/$/, ''))) ?? [];
      for (const { name, kind } of entries) {
        if (kind === 'folder' || !(inner ? /\.ya?ml$/ : builderFiles).test(name)) continue;
        const text = await readFile(`${above[i]}/${inner}${encodePath(name)}`);
        if (text !== undefined) texts.set(`${'../'.repeat(i + 1)}${inner}${name}`, text);
      }
    }
  }
  return texts;
}
