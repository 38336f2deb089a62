import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { effective, lineage, type Stage } from './stages.ts';
import { runsAsRoot } from './users.ts';

/** Verbs of programs that end with an error for anybody but root; `undefined` where each use does. By their manuals, 2026-11. */
const forRoot: Readonly<Record<string, RegExp | undefined>> = {
  'apt-get': /^(?:install|update|upgrade|dist-upgrade)$/,
  apt: /^(?:install|update|upgrade)$/,
  apk: /^(?:add|update|upgrade)$/,
  yum: /^(?:install|update)$/,
  dnf: /^(?:install|update|upgrade)$/,
  microdnf: /^(?:install|update|upgrade)$/,
  zypper: /^(?:install|in|refresh)$/,
  useradd: undefined,
  adduser: undefined,
  groupadd: undefined,
  'update-ca-certificates': undefined,
};

/**
 * Whether an instruction is run by root: the file says so, the base is known for it, or nothing switches to another user
 * and something in the same image can be done by root alone, so that the build would end else.
 */
export function isRunByRoot(facts: FileFacts, stage: Stage, at: Instruction): boolean {
  if (runsAsRoot(facts.file, stage, at)) return true;
  if (effective(stage, 'USER', at)) return false;
  return lineage(stage)
    .flatMap((one) => one.byKeyword.get('RUN') ?? [])
    .filter((run) => !effective(facts.stageOf(run) ?? stage, 'USER', run) && !mayFail.test(run.node.text))
    .some((run) => facts.commands(run).some(needsRoot));
}

/** What may be left out or fail without an end of the build. */
const mayFail = /\|\||\bif\b|\bcase\b|;/;

function needsRoot({ name, args, wrappers }: ShellCommand): boolean {
  if (wrappers.length > 0 || !Object.hasOwn(forRoot, name)) return false;
  const verb = forRoot[name];
  return verb === undefined || args.some(({ value }) => verb.test(value));
}
