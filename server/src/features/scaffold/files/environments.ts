import type { ContextFiles } from '../../../facts/build-context.ts';
import { folderOf } from '../paths.ts';

/** The virtual environments in a folder, by their paths: each has a file `pyvenv.cfg` (Python documentation, "venv"). */
export const environmentsIn = (files: ContextFiles | undefined): readonly string[] =>
  (files?.files ?? []).flatMap(({ path }) => (path.endsWith('/pyvenv.cfg') ? folderOf(path) : [])).sort();

/** Files without those of virtual environments, which are of one machine and no sources of the project. */
export function withoutEnvironments(files: ContextFiles, environments: readonly string[]): ContextFiles {
  if (environments.length === 0) return files;
  return {
    ...files,
    files: files.files.filter(({ path }) => !environments.some((folder) => path.startsWith(`${folder}/`))),
  };
}
