import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import { type CopiedFolder, contextPathOf } from './copied-folder.ts';
import type { RouteStop } from './copy-route.ts';
import { filesForPip } from './manifest-files.ts';
import { hasOwnMeaning, installOfManifest, type ManifestInstall } from './manifest-requirements.ts';
import { kindOfTarget } from './passing-pip.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import { follow } from './project-commands.ts';
import { readUv } from './uv.ts';

/** An install of what a project depends on, and the files that it needs beside the manifest. */
interface Dependencies extends ManifestInstall {
  readonly files: readonly string[];
}

/**
 * The command by which pip or uv installs a project, without the project: its other packages and requirement files, and the
 * dependencies that `pyproject.toml` names. Undefined where it installs none, or where one of them is not known.
 */
export function projectDependencies(folder: CopiedFolder, stop: RouteStop): Dependencies | undefined {
  const { context, texts } = folder;
  const { run, command, start, cwd } = stop;
  // Without the COPY there are no folders but its own; what is relative to one that is not known stays so.
  const isThere = cwd === start || cwd === folder.at || contextPathOf(folder, cwd) === undefined;
  const isRelative = !folder.at.startsWith('/') && (cwd !== folder.at || start !== folder.at);
  if (!isThere || isRelative) return undefined;
  const uv = readUv(command);
  const args = uv ? (uv.verb === 'pip install' ? uv.args : undefined) : pipArgs(command);
  if (!args || /^pipx/.test(command.name) || !context?.files || hasOwnMeaning(command)) return undefined;
  const { packages, editables, requirementFiles, constraintFiles } = readPipTargets(args);
  const targets = [...packages.map(({ value }) => value), ...editables].filter(
    (value) => kindOfTarget(value) === 'path',
  );
  const [target] = targets;
  const project = target === undefined || targets.length > 1 ? undefined : readTarget(folder, target, cwd);
  if (!project) return undefined;
  const inContext = contextPathOf(folder, cwd);
  const given = [...requirementFiles, ...constraintFiles].map((file) => {
    const place = follow(cwd, file);
    return place === undefined ? undefined : contextPathOf(folder, place);
  });
  if (given.some((path) => path === undefined)) return undefined;
  const files = filesForPip(context, texts, given as string[], inContext);
  if (!files || (files.length > 0 && cwd !== folder.at)) return undefined;
  const kept = withoutTarget(
    run.node.heredocs.length > 0 ? run.node.text : run.node.plain,
    command,
    args,
    target ?? '',
  );
  const install = kept === undefined ? undefined : installOfManifest(folder, stop, kept, project.extras);
  return install && { ...install, files };
}

/** The extras that are asked of the context's own project; undefined where a target is another one. */
export function readTarget(
  folder: CopiedFolder,
  target: string,
  cwd: string,
): { extras: readonly string[] } | undefined {
  const match = /^([^[\]]*)(?:\[([\w.,\s-]+)\])?$/.exec(target);
  const place = follow(cwd, match?.[1] ?? '');
  if (!match || place === undefined || contextPathOf(folder, place) !== '') return undefined;
  const extras = (match[2] ?? '').split(',').map((extra) => extra.trim());
  return { extras: extras.filter((extra) => extra !== '') };
}

/** The command as it is written, without the word for the project. */
export function withoutTarget(
  plain: string,
  command: ShellCommand,
  args: readonly ShellWord[],
  target: string,
): string | undefined {
  const at = args.findIndex(
    ({ value }) => value === target || (/^(?:-e|--editable=)/.test(value) && value.endsWith(target)),
  );
  const word = args[at];
  if (!word) return undefined;
  const flag = args[at - 1];
  const from = /^(?:-e|--editable)$/.test(flag?.value ?? '') ? (flag ?? word).from : word.from;
  const kept = `${plain.slice(command.from, from)} ${plain.slice(word.to, command.to)}`;
  return kept.replace(/\s+/g, ' ').trim();
}
