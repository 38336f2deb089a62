import type { BuildContext, ContextFiles } from '../facts/build-context.ts';
import { dockerfileLimit, type Ports } from '../ports/ports.ts';
import { parseIgnoreFile } from '../syntax/ignore-file.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import { trimEnd } from '../text/trim.ts';
import { folderOf, nameOf, parentsOf } from '../text/uri.ts';
import { readTextsAround, tellsAround } from './around-texts.ts';
import { encodePath, listContext } from './context-files.ts';
import { composeNames, readProject } from './project-files.ts';
import { readSourceTexts, type SourceTexts } from './source-texts.ts';

export interface ContextReader {
  /** The build context of a Dockerfile; undefined where it has no folder, as a text that was never saved. */
  contextOf(dockerfileUri: string): Promise<BuildContext | undefined>;
  /** The build context of a Dockerfile that is to be written into a folder. */
  contextIn(folder: string): Promise<BuildContext>;
  /** What the project around a Dockerfile says of how its container is run. */
  sourcesOf(dockerfileUri: string): Promise<SourceTexts | undefined>;
  /** Forgets what was read; call it when a file of a context changes. */
  forget(): void;
}

type Files = Pick<Ports, 'readFile' | 'listFolder' | 'reportProblems' | 'isLive'>;

/** Folders that keep Dockerfiles alone, so that the context is the project around them. */
const dockerfileFolder = /\/\.?(?:docker|dockerfiles|containers?|build|deploy)$/i;

/** In so many folders above a Dockerfile a Compose file is looked for. */
const mostAbove = 3;

/** The URI of a path from a folder; undefined for one that is no path below some folder, such as an address. */
function below(folder: string, path: string): string | undefined {
  if (/^(?:[/~$]|[a-z][\w+.-]*:)/i.test(path)) return undefined;
  let at: string | undefined = folder;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    at = part === '..' ? at && folderOf(at) : at && `${at}/${encodePath(part)}`;
  }
  return at;
}

/**
 * Reads each build context once and keeps it until told to forget. What cannot be read is as if it were not there.
 * @param parse may know instructions from before
 */
export function createContextReader(
  given: Files,
  parse: (text: string) => Dockerfile = parseDockerfile,
): ContextReader {
  const ports = forgiving(given);
  let known = new Map<string, Promise<BuildContext | undefined>>();
  let projects = new Map<string, ReturnType<typeof loadProject>>();
  let sources = new Map<string, Promise<SourceTexts>>();
  let builds = new Map<string, ReturnType<typeof readBuilds>>();

  async function load(dockerfileUri: string): Promise<BuildContext | undefined> {
    const folder = await contextFolder(dockerfileUri);
    if (folder === undefined) return undefined;
    // BuildKit prefers the one that is named after the Dockerfile (Docker build documentation, ".dockerignore files").
    const own = await ports.readFile(`${dockerfileUri}.dockerignore`);
    const ignoreFileUri = own === undefined ? `${folder}/.dockerignore` : `${dockerfileUri}.dockerignore`;
    const text = own ?? (await ports.readFile(ignoreFileUri));
    const ignoreFile = text === undefined ? undefined : parseIgnoreFile(text);
    const sources = copiedPaths(parse((await ports.readFile(dockerfileUri, dockerfileLimit)) ?? ''));
    if (sources.length === 0) return { ignoreFile, ignoreFileUri };
    const { files, compose, ...manifests } = await projectIn(folder);
    return {
      ignoreFile,
      ignoreFileUri,
      isLive: ports.isLive,
      ...manifests,
      services:
        compose &&
        // The reader of YAML is large, and many a project has none.
        (await import('./compose.ts')).readCompose(
          compose.uri,
          compose.text,
          nameOf(dockerfileUri),
          (problem) => ports.reportProblems?.(compose.uri, compose.text, [problem]),
        ),
      files: files && isContext(files, sources) ? files : undefined,
    };
  }

  function projectIn(folder: string): ReturnType<typeof loadProject> {
    let project = projects.get(folder);
    if (!project) {
      project = loadProject(ports, folder);
      projects.set(folder, project);
    }
    return project;
  }

  /** What the Compose files of a folder build: the URIs of contexts and of Dockerfiles. */
  async function readBuilds(folder: string): Promise<readonly (readonly [string, string])[]> {
    const found: (readonly [string, string])[] = [];
    for (const name of composeNames) {
      const text = await ports.readFile(`${folder}/${name}`);
      if (text === undefined || !/\bbuild\b/.test(text)) continue;
      // The reader of YAML is large, and many a project has none.
      for (const { context, dockerfile } of (await import('./compose.ts')).builtContexts(text)) {
        const place = below(folder, context);
        const file = place && below(place, dockerfile);
        if (place !== undefined && file !== undefined) found.push([place, file]);
      }
    }
    return found;
  }

  function buildsIn(folder: string) {
    let known = builds.get(folder);
    if (!known) {
      known = readBuilds(folder);
      builds.set(folder, known);
    }
    return known;
  }

  /** The one context in which Compose files, in the folder or above it, build a Dockerfile; undefined where they tell none, or several. */
  async function composedContext(dockerfileUri: string, folder: string): Promise<string | undefined> {
    const folders = [folder, ...parentsOf(folder).slice(0, mostAbove)];
    const all = (await Promise.all(folders.map(buildsIn))).flat();
    const found = new Set(all.flatMap(([place, file]) => (file === dockerfileUri ? place : [])));
    const [only] = found;
    return found.size === 1 ? only : undefined;
  }

  async function contextFolder(dockerfileUri: string): Promise<string | undefined> {
    const folder = folderOf(dockerfileUri);
    const told = folder && (await composedContext(dockerfileUri, folder));
    if (told) return told;
    if (folder === undefined || !dockerfileFolder.test(folder)) return folder;
    for (const parent of parentsOf(folder)) {
      if ((await ports.readFile(`${parent}/pyproject.toml`)) !== undefined) return parent;
    }
    return undefined;
  }

  return {
    contextOf(dockerfileUri) {
      let entry = known.get(dockerfileUri);
      if (!entry) {
        entry = load(dockerfileUri).catch(() => undefined);
        known.set(dockerfileUri, entry);
      }
      return entry;
    },
    async sourcesOf(dockerfileUri) {
      const context = await contextFolder(dockerfileUri);
      const folder = context ?? folderOf(dockerfileUri);
      if (folder === undefined) return undefined;
      let texts = sources.get(folder);
      if (!texts) {
        const own = async () => {
          const { files } = context === undefined ? {} : await projectIn(context);
          return readSourceTexts(files, folder, ports.readFile, tellsAround);
        };
        texts = own().then(
          async (known) =>
            new Map([...known, ...(await readTextsAround(ports, folder, context !== undefined))]),
        );
        sources.set(folder, texts);
      }
      return texts;
    },
    async contextIn(folder) {
      const ignoreFileUri = `${folder}/.dockerignore`;
      const text = await ports.readFile(ignoreFileUri);
      const ignoreFile = text === undefined ? undefined : parseIgnoreFile(text);
      const { compose: _, ...known } = await projectIn(folder);
      return { ignoreFile, ignoreFileUri, isLive: ports.isLive, ...known };
    },
    forget() {
      known = new Map();
      projects = new Map();
      sources = new Map();
      builds = new Map();
    },
  };
}

/** A port that fails gives nothing: what lies beside a Dockerfile hides none of its findings. */
function forgiving({ readFile, listFolder, reportProblems, isLive }: Files): Files {
  return {
    readFile: async (uri, limit) => {
      try {
        return await readFile(uri, limit);
      } catch {
        return undefined;
      }
    },
    listFolder:
      listFolder &&
      (async (uri) => {
        try {
          return await listFolder(uri);
        } catch {
          return undefined;
        }
      }),
    reportProblems: (...problems) => {
      try {
        reportProblems?.(...problems);
      } catch {
        // Then nobody is there to be told.
      }
    },
    isLive,
  };
}

/** What several Dockerfiles of a folder share. */
async function loadProject({ readFile, listFolder, reportProblems }: Files, folder: string) {
  const files = listFolder && (await listContext(folder, listFolder));
  const read = (path: string, limit?: number) => readFile(`${folder}/${encodePath(path)}`, limit);
  return readProject({ folder, files, read, reportProblems });
}

/** The paths that a Dockerfile copies from its context, without those that hold variables. */
function copiedPaths({ instructions }: Dockerfile): string[] {
  return instructions.flatMap(({ node }) => {
    if (node.keyword === 'RUN') return node.flags.some(({ name }) => name === 'mount') ? ['.'] : [];
    if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return [];
    if (!('sources' in node) || node.flags.some(({ name }) => name === 'from')) return [];
    return node.sources.flatMap(({ value }) => (/\$|:\/\/|^<<|^git@/.test(value) ? [] : value));
  });
}

/**
 * Whether a folder is the one that a Dockerfile is built from: a build may name any folder, and often one above. It is
 * where something lies that the Dockerfile copies by its name, or a `pyproject.toml`, and nothing is copied by name else.
 */
function isContext({ files }: ContextFiles, sources: readonly string[]): boolean {
  const named = sources
    .map((source) => trimEnd(source.replace(/^(?:\.?\/)+/, ''), /\//))
    .filter((source) => source !== '' && source !== '.' && !/[*?[]/.test(source));
  if (named.length === 0) return true;
  // Both may be tens of thousands.
  const wanted = new Set(named);
  return files.some(({ path }) => {
    if (path === 'pyproject.toml' || wanted.has(path)) return true;
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      if (wanted.has(path.slice(0, slash))) return true;
    return false;
  });
}
