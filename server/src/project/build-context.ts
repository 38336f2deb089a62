import type { BuildContext } from '../facts/build-context.ts';
import type { Ports } from '../ports/ports.ts';
import { parseIgnoreFile } from '../syntax/ignore-file.ts';
import { folderOf, parentsOf } from '../text/uri.ts';

export interface ContextReader {
  /** The build context of a Dockerfile; undefined where it has no folder, as a text that was never saved. */
  contextOf(dockerfileUri: string): Promise<BuildContext | undefined>;
  /** Forgets what was read; call it when a file of a context changes. */
  forget(): void;
}

/** Folders that keep Dockerfiles alone, so that the context is the project around them. */
const dockerfileFolder = /\/\.?(?:docker|dockerfiles|containers?|build|deploy)$/i;

/** Reads each build context once and keeps it until told to forget. */
export function createContextReader({ readFile }: Pick<Ports, 'readFile'>): ContextReader {
  let known = new Map<string, Promise<BuildContext | undefined>>();

  async function load(dockerfileUri: string): Promise<BuildContext | undefined> {
    const folder = await contextFolder(dockerfileUri);
    if (folder === undefined) return undefined;
    // BuildKit prefers the one that is named after the Dockerfile (Docker build documentation, ".dockerignore files").
    const text =
      (await readFile(`${dockerfileUri}.dockerignore`)) ?? (await readFile(`${folder}/.dockerignore`));
    return { ignoreFile: text === undefined ? undefined : parseIgnoreFile(text) };
  }

  async function contextFolder(dockerfileUri: string): Promise<string | undefined> {
    const folder = folderOf(dockerfileUri);
    if (folder === undefined || !dockerfileFolder.test(folder)) return folder;
    for (const parent of parentsOf(folder)) {
      if ((await readFile(`${parent}/pyproject.toml`)) !== undefined) return parent;
    }
    return undefined;
  }

  return {
    contextOf(dockerfileUri) {
      let entry = known.get(dockerfileUri);
      if (!entry) {
        entry = load(dockerfileUri);
        known.set(dockerfileUri, entry);
      }
      return entry;
    },
    forget() {
      known = new Map();
    },
  };
}
