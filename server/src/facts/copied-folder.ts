import type { Copy, Instruction } from '../syntax/tree.ts';
import type { BuildContext } from './build-context.ts';
import type { FileFacts } from './file-facts.ts';
import type { ManifestTexts } from './manifest-files.ts';
import { joinPath, pathAt, pathBelow } from './paths.ts';
import { follow } from './project-commands.ts';
import type { Stage } from './stages.ts';

/** A folder of an image into which a COPY puts all of the build context, and what is known of both. */
export interface CopiedFolder {
  readonly facts: FileFacts;
  readonly stage: Stage;
  readonly copy: Instruction<Copy>;
  readonly context: BuildContext | undefined;
  /** The folder of the build context that the COPY brings, with a slash at its end; empty for all of it. */
  readonly from: string;
  readonly texts: ManifestTexts;
  /** As `workdirAt` has it. */
  readonly at: string;
  /** Virtual environments that the Dockerfile makes, in this folder or elsewhere. */
  readonly environments: Set<string>;
  /** Files that commands above the COPY download into the image. */
  readonly downloads: Set<string>;
}

/** What a command needs that may run before the project is copied. */
export interface Passing {
  /** Files of the context that it reads. */
  readonly files: readonly string[];
  /** It installs packages, other than installers. */
  readonly installs: boolean;
}

/** The folder of a COPY of the whole; undefined where its place is not known. */
export function copiedFolder(
  facts: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
  texts: ManifestTexts,
): CopiedFolder | undefined {
  const { destination } = copy.node;
  const at = destination && pathAt(facts.file, stage, copy, destination);
  if (at === undefined || facts.file.escape === '`') return undefined;
  return {
    facts,
    stage,
    copy,
    context: facts.context,
    from: '',
    texts,
    at,
    environments: new Set(),
    downloads: new Set(),
  };
}

/** The path in the context of what lies at a place of the image; `''` for the context itself. */
export function contextPathOf({ at }: CopiedFolder, path: string): string | undefined {
  return path === at ? '' : pathBelow(at, path);
}

/** Whether a word of a command is a path into the copied folder, or one above it, as far as can be told. */
export function touches(folder: CopiedFolder, word: string, cwd: string): boolean {
  const value = word.startsWith('-') ? word.slice(word.indexOf('=') + 1) : word;
  // An archive of Launchpad is called `ppa:deadsnakes/ppa` (add-apt-repository(1)).
  if (value.includes('://') || value.startsWith('ppa:')) return false;
  if (/^[~$].*\/|\*/.test(value)) return true;
  if (!value.startsWith('/')) {
    if (!/^\.\.?$|\//.test(value)) return false;
    const place = follow(cwd, value);
    return place === undefined || overlaps(folder.at, place);
  }
  return overlaps(folder.at, joinPath('/', value));
}

/** Whether one of two paths is the other, or lies below it. */
export function overlaps(a: string, b: string): boolean {
  if (a.startsWith('/') !== b.startsWith('/')) return false;
  return a === b || pathBelow(a, b) !== undefined || pathBelow(b, a) !== undefined;
}
