import type { BuildContext } from '../facts/build-context.ts';
import { parseIgnoreFile } from '../syntax/ignore-file.ts';
import { readCompose } from './compose.ts';
import { readProject } from './project-files.ts';

const folder = 'file:///project';

/**
 * The build context of an example of a rule.
 * @param files text or size by path; each was changed a minute after the one before
 */
export async function contextOfTexts(
  files: Readonly<Record<string, string | { readonly megabytes: number }>>,
): Promise<BuildContext> {
  const textOf = (path: string) => (typeof files[path] === 'string' ? files[path] : undefined);
  const ignored = textOf('.dockerignore');
  const entries = Object.entries(files).map(([path, content], at) => ({
    path,
    size: typeof content === 'string' ? content.length : content.megabytes * 1e6,
    changed: at * 60_000,
  }));
  const { compose, ...known } = await readProject({
    folder,
    files: { files: entries, isComplete: true },
    read: async (path) => textOf(path),
  });
  return {
    ignoreFile: ignored === undefined ? undefined : parseIgnoreFile(ignored),
    ignoreFileUri: `${folder}/.dockerignore`,
    isLive: true,
    ...known,
    services: compose && readCompose(compose.uri, compose.text, 'Dockerfile'),
  };
}
