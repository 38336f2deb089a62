import type { FileFacts } from '../../../facts/file-facts.ts';
import { pathAt } from '../../../facts/paths.ts';
import type { Stage } from '../../../facts/stages.ts';
import { hasUvFlag, readUv, uvCommands } from '../../../facts/uv.ts';
import type { CommandLine, Instruction } from '../../../syntax/tree.ts';
import type { Edit } from '../../../text/edit.ts';

/** Flags of `uv run` that are of no use to a program started without it, and take no value (uv 0.9 `uv run --help`). */
const idle =
  /^(?:--(?:no-sync|frozen|locked|no-dev|no-progress|offline|no-cache|quiet|no-editable|inexact|exact|no-group=\S+|no-default-groups|isolated=)|-q|-n)$/;

/**
 * Starts by `uv run X` without uv, whose environment is on PATH: `X`, a script by `python`. Undefined where uv has a say in
 * what is run, or brings something into the environment first.
 */
export function startWithoutUv(
  facts: FileFacts,
  stage: Stage,
  it: Instruction<CommandLine>,
  names: ReadonlySet<string>,
): Edit[] | undefined {
  const commands = facts.startText(it)?.script.commands ?? [];
  const [command] = commands;
  const uv = command && readUv(command);
  if (!uv || commands.length !== 1 || command.wrappers.some((name) => name !== 'exec')) return undefined;
  const first = uv.args.findIndex(({ value }) => !idle.test(value));
  const program = uv.args[first];
  if (uv.verb !== 'run' || !program || command.nameWord === undefined) return undefined;
  if (uv.verbWord !== command.args[0]) return undefined;
  const isModule = /^(?:-m|--module)$/.test(program.value);
  if (program.value.startsWith('-') && !isModule) return undefined;
  const isScript = /\.py$/.test(program.value);
  const name = isModule ? (uv.args[first + 1]?.value.split('.', 1)[0] ?? '') : program.value;
  if (!isScript && !isModule && !names.has(name) && !/^python[\d.]*$/.test(name)) return undefined;
  if (!hasUvFlag(uv, ['no-sync']) && bringsProject(facts, stage)) return undefined;
  const span = it.at({ from: command.nameWord.from, to: program.from });
  const python = it.node.json ? '"python", ' : 'python ';
  return [{ span, text: isScript || isModule ? python : '' }];
}

/** Whether `uv run` installs the project into an environment that is without it. */
function bringsProject(facts: FileFacts, stage: Stage): boolean {
  const { project } = facts.context ?? {};
  if (!project || project.uv.isWorkspace) return true;
  if (!project.uv.isPackage) return false;
  const syncs = (stage.byKeyword.get('RUN') ?? []).flatMap((run) => uvCommands(facts, run));
  const last = syncs.findLast(({ verb }) => verb === 'sync');
  return !last || hasUvFlag(last, ['no-install-project', 'no-install-workspace', 'no-install-local']);
}

/** Where uv lies in the build stage: in its own images (their Dockerfile), or where a COPY puts it. */
export function uvPath(
  facts: FileFacts,
  stage: Stage,
  above: readonly Instruction[],
  isUvImage: boolean,
): string | undefined {
  if (isUvImage) return '/usr/local/bin/uv';
  for (const it of above) {
    const { node } = it;
    if (node.keyword !== 'COPY' || !node.sources.some(({ value }) => /\/uv$/.test(value))) continue;
    const path = node.destination && pathAt(facts.file, stage, it, node.destination);
    if (!path?.startsWith('/')) continue;
    const isFolder =
      /\/$/.test(node.destination?.value ?? '') || node.sources.length > 1 || /\/bin$/.test(path);
    return isFolder ? `${path}/uv`.replace('//', '/') : path;
  }
  return undefined;
}
