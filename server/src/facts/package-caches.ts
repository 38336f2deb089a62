import type { PackageCache } from '../data/package-caches.ts';
import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction, Run } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { isInMount, isMountedAway } from './mounts.ts';
import type { OptionTable } from './option-table.ts';
import { removesFolder } from './removals.ts';
import { appendCommand, mountCaches } from './run-edits.ts';

/** The option of the rules on caches: which mounts count. */
export const mountOption = (example: string) =>
  ({
    acceptMounts: {
      default: true,
      description: 'Accept every cache or tmpfs mount that holds the folder.',
      hadolint: {
        value: false,
        reason:
          'What is in a cache or tmpfs mount never gets into the image, at whichever of its folders or above them it is mounted; hadolint knows some of the folders, and for yum none.',
        issue: 'hadolint#1139',
        example,
      },
    },
  }) as const satisfies OptionTable;

/** The option of the rules on caches: what counts as emptying one. */
export const cleanupOption = (example: string, issue?: string) =>
  ({
    exactCleanup: {
      default: true,
      description:
        'Judge by the last install whether the cache is emptied behind it, and by what is removed.',
      hadolint: {
        value: false,
        reason:
          'A cache is empty where a command behind the last install empties it, in any spelling. hadolint goes by words: it takes `rm -rf` of another folder for a clean-up, and misses one of its own by `rm -fr` or where another stands before the install.',
        ...(issue ? { issue } : {}),
        example,
      },
    },
  }) as const satisfies OptionTable;

interface CacheOptions {
  readonly acceptMounts: boolean;
  readonly exactCleanup: boolean;
}

/** A command that fills a cache, and its sub-command. */
export interface Fill {
  readonly command: ShellCommand;
  readonly verb: ShellWord;
}

/** The first command of a RUN whose downloads stay in the layer. */
export function cacheLeft(
  facts: FileFacts,
  run: Instruction,
  cache: PackageCache,
  { acceptMounts, exactCleanup }: CacheOptions,
): Fill | undefined {
  const { byWord } = cache;
  const commands = facts.commands(run);
  const fills = commands.flatMap((command, index) => {
    const verb =
      command.name === cache.program && command.args.find(({ value }) => cache.fills.includes(value));
    return verb ? [{ command, verb, index }] : [];
  });
  const first = fills[0];
  if (!first || byWord.mounts.some((folder) => isMountedAway(run.node, folder))) return undefined;
  if (acceptMounts && isInMount(run.node, cache.folders)) return undefined;
  if (exactCleanup) {
    const emptiedAt = commands.findLastIndex((command) => empties(command, cache));
    return fills.find(({ index }) => index >= emptiedAt);
  }
  const emptiedAt = commands.findIndex(
    (command) =>
      (command.name === cache.program && hasWord(command, byWord.cleans)) ||
      (command.name === 'rm' && hasWord(command, byWord.removals)),
  );
  return first.index >= emptiedAt ? first : undefined;
}

function empties(command: ShellCommand, { cleaners, cleans, folders }: PackageCache): boolean {
  if (cleaners.includes(command.name) && hasWord(command, cleans)) return true;
  return folders.some((folder) => removesFolder(command, folder));
}

const hasWord = ({ args }: ShellCommand, words: readonly string[]) =>
  args.some(({ value }) => words.includes(value));

/** The two answers to a cache that is left: empty it in the same RUN, or mount one that survives the build. */
export function cacheFixes(
  facts: FileFacts,
  run: Instruction<Run>,
  { command: { wrappers } }: Fill,
  { clean, folder }: { readonly clean: string; readonly folder: string | undefined },
) {
  const mount = folder !== undefined && {
    title: `Mount a cache at ${folder}`,
    safety: 'unsafe' as const,
    edits: [mountCaches(run, [folder])],
  };
  const edit = appendCommand(facts, run, wrappers.includes('sudo') ? `sudo ${clean}` : clean);
  const mounts = mount ? [mount] : [];
  if (!edit) return mounts;
  // In a branch the program may be one that only some images have.
  const hasBranches = /\|\||\b(?:if|case|while|until)\b/.test(run.node.text);
  const safety = hasBranches ? ('unsafe' as const) : ('safe' as const);
  return [{ title: `Append ${clean}`, safety, edits: [edit] }, ...mounts];
}
