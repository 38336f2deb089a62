import type { ContextFiles } from '../facts/build-context.ts';
import type { FileProblem, Ports } from '../ports/ports.ts';
import { readPyproject } from './pyproject.ts';
import { isRequirementFile, readPythonVersion, readRequirementFile } from './requirement-files.ts';
import { readSetupScript } from './setup-script.ts';
import { readUvLock } from './uv-lock.ts';

/** The names that Compose looks for, in its order (Compose documentation, "The Compose file"). */
export const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
/** Names of conda's environment files, the usual one first. */
const environmentNames = ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'];
/** So many requirement files of a folder are read. */
const mostRequirementFiles = 20;
/** So many projects of a folder are read, those near its top first. */
const mostProjects = 40;
/** A file that lists packages is not larger, in bytes. */
const largest = 1_000_000;
/** Locks of large projects have 20 MB. */
const largestLock = 32_000_000;

export interface ProjectFolder extends Pick<Ports, 'reportProblems'> {
  /** A URI without a trailing slash. */
  readonly folder: string;
  readonly files: ContextFiles | undefined;
  /** The text of a file by its path below the folder; undefined where there is none. */
  read(path: string, limit?: number): Promise<string | undefined>;
}

/**
 * What the files of a folder say of its project; the Compose file is yet to be read for a Dockerfile. A file that cannot
 * be read hides no other.
 */
export async function readProject({ folder, files, read, reportProblems }: ProjectFolder) {
  const load = async <T>(
    path: string | undefined,
    parse: (text: string, path: string, say: (problem: FileProblem) => void) => T | Promise<T>,
    limit?: number,
  ) => {
    const text = path === undefined ? undefined : await read(path, limit);
    if (path === undefined || text === undefined) return undefined;
    try {
      return await parse(text, path, (problem) => reportProblems?.(`${folder}/${path}`, text, [problem]));
    } catch {
      // No reader fails by what it knows; one that does hides its own file alone.
      return undefined;
    }
  };
  const place = (text: string, path: string) => ({ uri: `${folder}/${path}`, text });
  const paths = (files?.files ?? []).filter(({ size }) => size <= largest).map(({ path }) => path);
  const firstOf = (names: readonly string[]) => names.find((name) => paths.includes(name));
  const nested = (name: string) =>
    paths
      .filter((path) => path.endsWith(`/${name}`) && !/(?:^|\/)(?:site-packages|node_modules)\//.test(path))
      .sort((a, b) => a.length - b.length)
      .slice(0, mostProjects);
  const folderMap = async <T>(files: readonly string[], parse: (text: string) => T | undefined) => {
    const read = await Promise.all(files.map(async (path) => [path, await load(path, parse)] as const));
    return new Map(
      read.flatMap(([path, value]) =>
        value ? [[path.slice(0, Math.max(0, path.lastIndexOf('/'))), value] as const] : [],
      ),
    );
  };
  const [manifest, lock, pinnedPython, environment, compose, requirementFiles, members, setupReads] =
    await Promise.all([
      load('pyproject.toml', async (text, path, say) => {
        const { project, problem } = readPyproject(text);
        if (problem) say(problem);
        const isHashed = project && paths.includes('poetry.lock');
        const hashes = isHashed ? await (await import('./poetry-hash.ts')).poetryHashes(text) : [];
        return { project, hashes, ...place(text, path) };
      }),
      load('uv.lock', (text, _, say) => readUvLock(text, say), largestLock),
      load('.python-version', readPythonVersion),
      load(firstOf(environmentNames), async (text, path, say) =>
        // The reader of YAML is large, and many a project has none.
        (await import('./conda-environment.ts')).readEnvironment(path, text, say),
      ),
      load(firstOf(composeNames), place),
      Promise.all(
        paths
          .filter(isRequirementFile)
          .slice(0, mostRequirementFiles)
          .map((path) => load(path, (text) => readRequirementFile(path, text), largest)),
      ),
      folderMap(nested('pyproject.toml'), (text) => readPyproject(text).project),
      folderMap(['setup.py', ...nested('setup.py')], readSetupScript),
    ]);
  if (manifest?.project) members.set('', manifest.project);
  return {
    project: manifest?.project,
    projects: members,
    setupReads,
    manifest: manifest && { uri: manifest.uri, text: manifest.text },
    poetryHashes: manifest?.hashes,
    lock,
    requirementFiles: requirementFiles.filter((file) => file !== undefined),
    environment,
    pinnedPython,
    compose,
    files,
  };
}
