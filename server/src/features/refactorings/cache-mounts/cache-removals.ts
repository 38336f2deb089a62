import { hasFlag } from '../../../facts/command-flags.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { meansFolder } from '../../../facts/removals.ts';
import { settingAt } from '../../../facts/settings.ts';
import type { ShellCommand, ShellWord } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { type Edit, editsConflict } from '../../../text/edit.ts';
import { trimEnd } from '../../../text/trim.ts';
import { cutCommand, cutWords } from './cut-command.ts';
import type { Installer } from './installer.ts';

/** What a command does to a cache: all of it, these words of it, or something else that is not understood. */
type Removal = 'all' | readonly ShellWord[] | 'unclear';

/**
 * Takes what removes a cache out of a RUN that gets a mount there: the folder of a mount is busy, so that `rm -rf` fails with
 * the RUN, and what a tool empties would be gone for the next build. Undefined where something is done to the cache, or to
 * what lies around it, that is not understood.
 * @param home the user's own folder, as `~` means it
 */
export function withoutRemovals(
  facts: FileFacts,
  run: Instruction,
  { folder, home, installer }: { folder: string; home: string; installer: Installer },
): Edit[] | undefined {
  const edits: Edit[] = [];
  for (const command of facts.commands(run)) {
    const removal = installer.empties(command)
      ? 'all'
      : removalOf(command, { folder, home, resolve: (word) => resolved(facts, run, word, home) });
    if (removal === 'unclear') return undefined;
    const more = removal === 'all' ? [cutCommand(facts, run, command)] : cutWords(run, command, removal);
    if (editsConflict(edits, more)) return undefined;
    edits.push(...more);
  }
  return edits;
}

interface Place {
  readonly folder: string;
  readonly home: string;
  resolve(word: string): string;
}

function removalOf(command: ShellCommand, place: Place): Removal {
  const { name, args } = command;
  if (name === 'rm' || name === 'rmdir') return removedBy(args, place);
  if (name === 'find') return foundBy(args, place);
  const { folder, resolve } = place;
  const touches = (word: ShellWord) => isInside(resolve(word.value), place);
  if (
    /^(?:mkdir|ls|du|echo|printf|export|test|cd|\[|pip[\d.]*|uv|python[\d.]*|conda|mamba|micromamba|poetry)$/.test(
      name,
    )
  )
    return [];
  if (/^(?:chown|chmod|chgrp)$/.test(name))
    return hasFlag(command, ['R', 'recursive']) && args.some(({ value }) => means(resolve(value), folder))
      ? 'unclear'
      : [];
  return args.some(touches) ? 'unclear' : [];
}

/** Whether a word means a folder, what is in it, or any above it. */
const means = (word: string, folder: string) => meansFolder(word, folder) || folder.startsWith(`${word}/`);

/** Whether a word means the cache, or the folder of all caches that it lies in. */
function isInside(word: string, { folder }: Place): boolean {
  return (
    meansFolder(word, folder) && (word.startsWith(folder) || word.includes('/.cache') || word.includes('$'))
  );
}

function removedBy(args: readonly ShellWord[], place: Place): Removal {
  const words = args.filter(({ value }) => !value.startsWith('-'));
  const known = words.map((word) => ({ word, value: place.resolve(word.value) }));
  // Folders of the shell's own variables are others, unless they are called so.
  if (known.some(({ value }) => /^\$\{?(?:HOME\b|\w*CACHE)/i.test(value) && !/pip cache dir/.test(value)))
    return 'unclear';
  const meant = known.filter(({ value }) => value.includes('pip cache dir') || means(value, place.folder));
  if (meant.some(({ value }) => !value.includes('pip cache dir') && !isInside(value, place)))
    return 'unclear';
  return meant.length === words.length && words.length > 0 ? 'all' : meant.map(({ word }) => word);
}

function foundBy(args: readonly ShellWord[], place: Place): Removal {
  const values = args.map(({ value }) => value);
  const roots = values
    .slice(
      0,
      values.findIndex((value) => /^[-(!]/.test(value)),
    )
    .map(place.resolve);
  const changes = values.some((value) => /^-(?:delete|exec|execdir|ok)$/.test(value));
  if (!changes || !roots.some((root) => means(root, place.folder))) return [];
  // pip keeps archives under numbers; uv unpacks them.
  const name = values[values.indexOf('-name') + 1] ?? '';
  if (values.includes('-name') && place.folder.endsWith('/pip') && !/cache$|pip|^\*$|whl|body/.test(name))
    return [];
  const isAll = roots.every((root) => isInside(root, place));
  return isAll && values.includes('-delete') ? 'all' : 'unclear';
}

/** A word with the home folder and the variables of caches put in. */
function resolved(facts: FileFacts, run: Instruction, word: string, home: string): string {
  return trimEnd(
    word
      .replace(/^~(?=\/|$)/, () => home)
      .replace(/\$(?:\{([A-Z_]+)\}|([A-Z_]+))/g, (written, braced?: string, bare?: string) => {
        const name = braced ?? bare ?? '';
        if (name === 'HOME') return home;
        const value = settingAt(facts, run, name);
        return value === 'unset' || value === 'unknown' ? written : value;
      }),
    /\//,
  );
}
