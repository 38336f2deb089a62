import type { Connection, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type {
  existsUri,
  isOwnFile,
  listFolderUri,
  readFileUri,
  readUnpackedUri,
  Within,
} from '../adapters/node-files.ts';
import { type Ports, usualLimit } from '../ports/ports.ts';
import { type ReadFileParams, type ReadFileResult, readFileRequest } from '../protocol/requests.ts';
import { trimEnd } from '../text/trim.ts';
import { folderOf } from '../text/uri.ts';

/** How the disk is reached, by `file:` URIs. */
export interface Disk {
  readonly readFileUri: typeof readFileUri;
  readonly readUnpackedUri: typeof readUnpackedUri;
  readonly listFolderUri: typeof listFolderUri;
  readonly isOwnFile: typeof isOwnFile;
  readonly existsUri: typeof existsUri;
}

/**
 * The one way to files. What lies in a folder that nobody trusts must not lead out of it: of files and links, only those
 * are followed that stay below the workspace folders, or below a Dockerfile's own folder where it lies in none of them. A
 * configuration file must belong to this user or to root besides, as git asks of a repository (`safe.directory`).
 */
export interface Files
  extends Required<Pick<Ports, 'readFile' | 'readUnpacked' | 'listFolder' | 'isPassedOver'>> {
  /** Told at the start; what was read before, was read as from a folder that nobody trusts and that holds nothing. */
  begin(trusted: boolean, workspaceFolders: readonly string[]): void;
  trust(): void;
  workspaceChanged(change: WorkspaceFoldersChangeEvent): void;
}

export interface FilesOptions {
  readonly connection: Connection;
  readonly disk: Disk;
  /** URIs of the open documents. */
  open(): readonly string[];
}

/** So long an editor may take for a file of a file system that only it reaches, in milliseconds. */
const editorPatience = 10_000;
const isConfiguration = (uri: string) => /\/\.hadolint\.ya?ml$/.test(uri);

export function createFiles({ connection, disk, open }: FilesOptions): Files {
  let trusted = false;
  let workspace: readonly string[] = [];

  /** The folders that what is read at a URI may lie in; none where it may not be read. */
  function within(uri: string): Within {
    if (trusted) return undefined;
    if (workspace.some((folder) => isBelow(folder, uri))) return workspace.filter(isFile);
    return open()
      .filter((document) => !workspace.some((folder) => isBelow(folder, document)))
      .flatMap((document) => folderOf(document) ?? [])
      .filter((folder) => isBelow(folder, uri));
  }
  const isFile = (uri: string) => uri.startsWith('file:');
  const mayConfigure = async (uri: string) =>
    trusted || !isFile(uri) ? within(uri)?.length !== 0 : disk.isOwnFile(uri, within(uri));

  return {
    async readFile(uri, limit = usualLimit) {
      const folders = within(uri);
      if (folders?.length === 0 || (isConfiguration(uri) && !(await mayConfigure(uri)))) return undefined;
      if (isFile(uri)) return disk.readFileUri(uri, limit, folders);
      // Other file systems are the editor's; one that does not know the request has none to offer.
      const params: ReadFileParams = { uri, limit };
      const asked = connection.sendRequest<ReadFileResult>(readFileRequest, params).catch(() => undefined);
      const text = (await Promise.race([asked, after(editorPatience)]))?.text ?? undefined;
      return text === undefined || text.length > limit ? undefined : text;
    },
    readUnpacked: async (uri, limit) => {
      const folders = within(uri);
      return isFile(uri) && folders?.length !== 0 ? disk.readUnpackedUri(uri, limit, folders) : undefined;
    },
    listFolder: async (uri) => (isFile(uri) ? disk.listFolderUri(uri, within(uri)) : undefined),
    isPassedOver: async (uri) =>
      !trusted && isFile(uri) && !(await mayConfigure(uri)) && (await disk.existsUri(uri)),
    begin(isTrusted, folders) {
      trusted = isTrusted;
      workspace = folders;
    },
    trust() {
      trusted = true;
    },
    workspaceChanged({ added, removed }) {
      const kept = workspace.filter((folder) => !removed.some(({ uri }) => uri === folder));
      workspace = [...kept, ...added.map(({ uri }) => uri)];
    },
  };
}

/** By their words alone; where links lead is for who reads the disk. */
function isBelow(folder: string, uri: string): boolean {
  const [above, below] = [trimEnd(plain(folder), /\//), plain(uri)];
  return (below === above || below.startsWith(`${above}/`)) && !below.includes('/../');
}

/** Editors differ in what they write as `%3A`. */
function plain(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds, undefined).unref());
}
