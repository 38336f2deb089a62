import { existsSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readRegularFileSync } from '../adapters/regular-file.ts';
import { usualLimit } from '../ports/ports.ts';

interface Level {
  readonly folder: string;
  readonly patterns: Ignore;
}

export interface GitIgnore {
  /** Whether a file or folder is kept out of the repository by the `.gitignore` of its folder or of one above. */
  ignores(absolute: string, isFolder: boolean): boolean;
}

/** The `.gitignore` files from a folder's repository down; outside a repository, from the folder itself down. */
export function createGitIgnore(root: string): GitIgnore {
  const top = repositoryOf(root) ?? root;
  const levels = new Map<string, readonly Level[]>();

  /** Levels that hold for what lies in a folder, innermost first. */
  const levelsOf = (folder: string): readonly Level[] => {
    const known = levels.get(folder);
    if (known) return known;
    const outer = folder === top || path.dirname(folder) === folder ? [] : levelsOf(path.dirname(folder));
    const own = read(folder);
    const all = own ? [own, ...outer] : outer;
    levels.set(folder, all);
    return all;
  };

  return {
    ignores(absolute, isFolder) {
      for (const { folder, patterns } of levelsOf(path.dirname(absolute))) {
        const relative = path.relative(folder, absolute).split(path.sep).join('/');
        const { ignored, unignored } = patterns.test(isFolder ? `${relative}/` : relative);
        if (ignored || unignored) return ignored;
      }
      return false;
    },
  };
}

function read(folder: string): Level | undefined {
  try {
    const text = readRegularFileSync(path.join(folder, '.gitignore'), usualLimit).toString('utf8');
    return { folder, patterns: ignore({ allowRelativePaths: true }).add(text) };
  } catch {
    return undefined;
  }
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
