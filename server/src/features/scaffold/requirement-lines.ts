import { posixJoin } from './paths.ts';

/** What a requirements file needs beside an index (pip documentation, "Requirements File Format"). */
export interface RequirementNeeds {
  /** It, and the files that it names with `-r` and `-c`, by their paths in the project. */
  readonly files: readonly string[];
  /** Paths of packages in the project. */
  readonly paths: readonly string[];
  /** Some package comes from a Git repository. */
  readonly hasRepositories: boolean;
  /** Environment variables that addresses hold, as pip puts them in. */
  readonly variables: readonly string[];
}

const includes = /^(?:-r|--requirement|-c|--constraint)(?:\s+|=)?(\S+)/;
const editable = /^(?:-e|--editable)(?:\s+|=)(.+)/;

/** Reads a requirements file and those that it names, as far as their texts are known. */
export function requirementNeeds(first: string, texts: ReadonlyMap<string, string>): RequirementNeeds {
  const files = new Set([first]);
  const paths: string[] = [];
  const variables = new Set<string>();
  let hasRepositories = false;
  for (const file of files) {
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    for (const line of linesOf(texts.get(file) ?? '')) {
      const included = includes.exec(line)?.[1];
      const path = included === undefined ? pathOf(line) : undefined;
      // A file is named from the one that names it, a package from where pip runs.
      if (included !== undefined && !included.includes('://')) files.add(posixJoin(folder, included));
      if (path !== undefined) paths.push(posixJoin('', path));
      if (/(?:^|[\s@=])git\+/.test(line)) hasRepositories = true;
      for (const [, name = ''] of line.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g)) variables.add(name);
    }
  }
  return { files: [...files], paths, hasRepositories, variables: [...variables] };
}

const linesOf = (text: string) =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*/s, '').trim())
    .filter((line) => line !== '');

/** The path of a package or of a folder of wheels in a line. */
function pathOf(line: string): string | undefined {
  const links = /^(?:-f|--find-links)(?:\s+|=)(\S+)/.exec(line)?.[1];
  const named = links ?? editable.exec(line)?.[1] ?? (line.startsWith('-') ? undefined : line);
  if (named === undefined) return undefined;
  const [bare = ''] = named.replace(/^[\w.[\],-]+\s*@\s*/, '').split(/\s*;|\s+--/);
  const place = bare.replace(/^file:(?:\/\/)?/, '');
  const local = place.replace(/\[[^\]]*\]$/, '');
  if (local.includes('://') || /^(?:git|hg|svn|bzr)\+/.test(local)) return undefined;
  const isPath =
    links !== undefined ||
    bare !== place ||
    /^[./~]|\.(?:whl|zip|tar\.gz)$/.test(local) ||
    editable.test(line);
  return isPath ? local : undefined;
}
