import { buildPackages, headerLibraries } from '../../../data/build-packages.ts';
import { programPackages } from '../../../data/full-image-programs.ts';
import { isAptUpdate, removesAptLists } from '../../../facts/apt.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { systemPackages } from '../../../facts/system-packages.ts';
import type { ShellCommand, ShellWord } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { applyEdits, removeWord } from '../../../text/edit.ts';
import { trimEnd } from '../../../text/trim.ts';
import { kindOf } from './command-kinds.ts';

/** A RUN above the cut in the final stage. */
export interface CarriedRun {
  readonly text: string;
  /** The Debian packages that it installs. */
  readonly packages: readonly string[];
  /** It does more than to install packages. */
  readonly makes: boolean;
  /** It reads the package lists anew. */
  readonly updates: boolean;
  /** Puts more packages into its install; undefined where it has none. */
  readonly withMore: ((names: readonly string[]) => string) | undefined;
}

/** Why a Debian package does not come along: what it leaves behind for the final stage. */
export function droppedFor(name: string, isCalled: (name: string) => boolean): readonly string[] | undefined {
  if (buildPackages.test(name)) return [];
  if (Object.hasOwn(headerLibraries, name)) return headerLibraries[name];
  return programPackages.has(name) && !isCalled(name) ? [] : undefined;
}

/**
 * What of a RUN the final stage needs as well: `nothing`, or a RUN; undefined where that cannot be told apart from what the
 * build alone needs.
 */
export function carryRun(
  facts: FileFacts,
  it: Instruction,
  isDropped: (name: string) => boolean,
): CarriedRun | 'nothing' | undefined {
  const { node } = it;
  const shell = facts.shellText(it);
  if (shell?.form !== 'shell' || shell.script.hasErrors || facts.file.escape === '`') return undefined;
  const commands = facts.commands(it);
  const kinds = commands.map((command) => kindOf(command, node.plain));
  if (kinds.includes(undefined)) return undefined;
  const words = systemPackages(facts, it);
  // A name that the shell makes, or a file.
  if (words.some(({ name }) => /[$`*?{]|^\.|^$/.test(name))) return undefined;
  const kept = words.filter(({ name }) => !isDropped(name));
  const makes = kinds.includes('makes');
  const hasPython = kinds.includes('python');
  const writes = hasPython && redirects(node.plain);
  if (writes) return undefined;
  const updates = commands.some(isAptUpdate);
  if (!makes && kept.length === 0 && (words.length > 0 || hasPython || !updates)) return 'nothing';
  const wanted = new Set(kept.map(({ word }) => word));
  const gone = words.map(({ word }) => word).filter((word) => !wanted.has(word));
  const emptied = commands.filter(
    (command) => isInstall(command) && command.args.every((word) => !wanted.has(word)),
  );
  // What is installed on some platforms only may be all that the second stage is made for.
  if (gone.length > 0 && hasControl.test(node.plain.replace(/\bexport\s/g, ''))) return undefined;
  const isWhole = !hasPython && emptied.length === 0;
  if (
    !isWhole &&
    (shell.script.joints.some((joint) => !/^(?:&&|;|\n)$/.test(joint)) || hasControl.test(node.plain))
  )
    return undefined;
  if (!isWhole && (shell.script.pipes.length > 0 || redirects(node.plain))) return undefined;
  const parts = commands.filter((command, i) =>
    /^(?:system|makes)$/.test(kinds[i] ?? '') ? !emptied.includes(command) : removesAptLists(command),
  );
  const last = kept.at(-1)?.word;
  const write = (more: readonly string[]) =>
    isWhole
      ? edited(node.text, { from: 0, to: node.text.length }, gone, last, more)
      : `${node.keywordWord.raw} ${parts.map((part) => edited(node.text, part, gone, last, more)).join(' && ')}`;
  return {
    text: write([]),
    packages: kept.map(({ name }) => name),
    makes,
    updates,
    withMore: last && write,
  };
}

const isInstall = ({ name, args }: ShellCommand) =>
  /^apt(?:-get)?$/.test(name) && args.some(({ value }) => value === 'install');
const hasControl = /(?:^|[\s;&|({])(?:if|for|while|until|case|export|cd)\s/;

/** A part of a text without some words, and with more of them behind one. */
function edited(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  gone: readonly ShellWord[],
  last: ShellWord | undefined,
  more: readonly string[],
): string {
  const inside = (word: ShellWord) => word.from >= from && word.to <= to;
  const removals = gone
    .filter(inside)
    .map((word) => removeWord(text.slice(0, to), { start: word.from, end: word.to }));
  const added =
    last && inside(last) && more.length > 0
      ? [{ span: { start: last.to, end: last.to }, text: ` ${more.join(' ')}` }]
      : [];
  const shifted = [...removals, ...added].map(({ span, text: inserted }) => ({
    span: { start: span.start - from, end: span.end - from },
    text: inserted,
  }));
  const part = text.slice(from, to);
  // A line of which all words are gone.
  const whole = applyEdits(part, shifted);
  return trimEnd(part.search(emptyLine) < 0 ? whole.replace(emptyLine, '') : whole, /[\s\\]/);
}

const emptyLine = /\n[ \t]{0,200}\\(?=\r?\n)/g;

/** Whether a shell text writes to a file, but for what nobody reads. */
const redirects = (text: string) =>
  /[^<>=!~&]>{1,2}\s*(?!\/dev\/null|[&>=\s])/.test(text.replace(/"[^"]*"|'[^']*'/g, '""'));
