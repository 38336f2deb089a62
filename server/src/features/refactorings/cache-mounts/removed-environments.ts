import { hasFlag } from '../../../facts/command-flags.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { joinPath, workdirAt } from '../../../facts/paths.ts';
import { settingAt } from '../../../facts/settings.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { trimEnd } from '../../../text/trim.ts';

/** What makes an environment in the project's folder, unless it is told of another. */
const projectTools = /^(?:uv|poetry|pdm|pipenv)$/;

/**
 * Whether the environment that a RUN fills is removed behind it, in it or in a later one: what is left of the install is the
 * cache, from which something makes it anew, and which a mount would keep out of the image.
 */
export function isEnvironmentRemoved(
  facts: FileFacts,
  stage: Stage,
  run: Instruction,
  installs: readonly ShellCommand[],
): boolean {
  const folders = installs.flatMap((command) => environmentsOf(facts, stage, run, command));
  if (folders.length === 0) return false;
  const last = Math.max(...installs.map(({ to }) => to));
  return facts.stages
    .filter((one) => lineage(one).includes(stage))
    .flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? [])
    .filter(({ index }) => index >= run.index)
    .some((later) =>
      facts
        .commands(later)
        .filter(({ from }) => later !== run || from > last)
        .some((command) => removes(facts, later, command, folders)),
    );
}

/** The environments that a command fills, as far as it is told of one or makes one in the project's folder. */
export function environmentsOf(
  facts: FileFacts,
  stage: Stage,
  run: Instruction,
  command: ShellCommand,
): string[] {
  const at = workdirAt(facts.file, stage, run) ?? '';
  if (projectTools.test(command.name) && command.args[0]?.value !== 'pip') {
    const given = settingAt(facts, run, 'UV_PROJECT_ENVIRONMENT');
    return [joinPath(at, command.name === 'uv' && given !== 'unset' ? given : '.venv')];
  }
  const own = /^(.*[^/])\/+bin\/[^/]+$/.exec(command.nameWord?.value ?? '')?.[1];
  const active = settingAt(facts, run, 'VIRTUAL_ENV');
  const folders = own === undefined ? [active] : [own];
  return folders
    .filter((folder) => /[^/]/.test(folder) && !/^(?:unset|unknown)$/.test(folder))
    .map((folder) => joinPath(at, folder));
}

function removes(
  facts: FileFacts,
  run: Instruction,
  command: ShellCommand,
  folders: readonly string[],
): boolean {
  if (command.name !== 'rm' || !hasFlag(command, ['r', 'R', 'recursive'])) return false;
  const stage = facts.stageOf(run);
  const at = (stage && workdirAt(facts.file, stage, run)) ?? '';
  return command.args.some(({ value }) => {
    const place = trimEnd(joinPath(at, value), /\//);
    return folders.includes(place) || folders.includes(place.replace(/\/\*$/, ''));
  });
}
