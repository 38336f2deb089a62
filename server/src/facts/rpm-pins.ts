import type { ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { firstUnpinned, type PackageInstall } from './package-installs.ts';
import { lineage } from './stages.ts';

/**
 * The first word of an install by yum or dnf that has no version: `name-version`, or `name:stream` for a module.
 * @param withGroups `group install` installs groups, which have no version
 */
export function firstUnpinnedRpm(
  facts: FileFacts,
  run: Instruction,
  { command, packages }: PackageInstall,
  options: { readonly resolveVariables: boolean; readonly withGroups: boolean },
): ShellWord | undefined {
  const has = (word: string) => command.args.some(({ value }) => value === word);
  if (has('module')) {
    const modules = packages.filter(({ value }) => value !== 'module');
    return firstUnpinned(facts, run, modules, (name) => name.includes(':'), options);
  }
  if (options.withGroups && has('group')) return undefined;
  const isPinned = (name: string) =>
    name.includes('$') && !name.endsWith('.rpm') ? hasKnownVariable(facts, run, name) : isPinnedRpm(name);
  return firstUnpinned(facts, run, packages, isPinned, options);
}

/** A file with a dash in its name, or a part behind a dash that begins with a digit, as in `gcc-c++-11.4.1-2.el9`. */
export function isPinnedRpm(name: string): boolean {
  const [, ...parts] = name.split('-');
  if (parts.length === 0) return false;
  if (name.endsWith('.rpm')) return true;
  return parts.every((part) => /^[A-Za-z0-9.~_+^:]*$/.test(part)) && parts.some((part) => /^\d/.test(part));
}

/** Whether `name-$VERSION` names an ARG or ENV that is declared above: so far hadolint 2.15 looks into variables. */
function hasKnownVariable(facts: FileFacts, run: Instruction, name: string): boolean {
  const names = [...name.matchAll(/\$(?:(\w+)|\{(\w+)\})/g)].map(([, bare, braced]) => bare ?? braced);
  if (!name.includes('-') || names.length === 0) return false;
  const stage = facts.stageOf(run);
  const inherited = new Set(stage && lineage(stage).flatMap(({ instructions }) => instructions));
  return facts.file.instructions.some((it) => {
    if (it.index >= run.index) return false;
    // Of an ARG with several variables it knows the first.
    if (it.node.keyword === 'ARG') return names.includes(it.node.pairs[0]?.key.value);
    return (
      it.node.keyword === 'ENV' &&
      inherited.has(it) &&
      it.node.pairs.some(({ key }) => names.includes(key.value))
    );
  });
}
