import type { BuildContext } from './build-context.ts';
import { sentFilesOf } from './context-sources.ts';
import type { ManifestTexts } from './manifest-files.ts';

/** A folder of a build context as if it were one of its own; undefined where it is none that is known as a whole. */
export function partOfContext(context: BuildContext | undefined, folder: string): BuildContext | undefined {
  if (!context?.files?.isComplete) return undefined;
  const start = `${folder}/`;
  const files = sentFilesOf(context, folder).filter(({ path }) => path.startsWith(start));
  if (files.length === 0) return undefined;
  const own = files.map((file) => ({ ...file, path: file.path.slice(start.length) }));
  const { ignoreFileUri, isLive } = context;
  return { ignoreFile: undefined, ignoreFileUri, isLive, files: { files: own, isComplete: true } };
}

/** The texts of files in a folder, by their paths below it. */
export const textsOfPart = (texts: ManifestTexts, folder: string): ManifestTexts => ({
  requirements: (path) => texts.requirements(`${folder}/${path}`),
  text: (path) => texts.text(`${folder}/${path}`),
});
