import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { lineEnding } from '../text/edit.ts';
import { hasFlag } from './command-flags.ts';
import type { CopiedFolder } from './copied-folder.ts';
import type { CopyRoute } from './copy-route.ts';
import { readDependencyInstall } from './dependency-installs.ts';
import { manifestsOf } from './manifest-installs.ts';
import { aboutManifest } from './manifest-requirements.ts';
import { readMounts } from './mounts.ts';
import { kindOfTarget } from './passing-pip.ts';
import { workdirAt } from './paths.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import { follow } from './project-commands.ts';
import { projectDependencies } from './project-dependencies.ts';
import { lineage } from './stages.ts';
import { readUv } from './uv.ts';
import { syncOfDependencies, wholeSync } from './uv-split.ts';

/** A RUN that installs the dependencies of a project without its code, and the files that it needs beside it. */
export interface DependencyRun {
  readonly run: string;
  readonly files: readonly string[];
}

/**
 * The RUN for the dependencies of what a command installs together with the project.
 * @param state what sets up the shell for it
 */
export function dependencyRun(
  folder: CopiedFolder,
  { stop, installs }: CopyRoute,
  state: string,
): DependencyRun | undefined {
  if (!stop || [...installs, ...stop.headInstalls].some((it) => readDependencyInstall(it))) return undefined;
  const { facts, stage, copy, at } = folder;
  const { run, command, cwd } = stop;
  const { node } = run;
  if (node.json || run.onbuild || isInstalledBefore(folder)) return undefined;
  const flags = node.flags.map(({ from, to }) => `${node.text.slice(from, to)} `).join('');
  const sync = wholeSync(facts, run);
  if (sync?.command === command) {
    if (cwd !== at || state !== '' || command.wrappers.length > 0) return undefined;
    const line = syncOfDependencies(facts, stage, copy, run, sync);
    return line === undefined ? undefined : { run: line, files: [] };
  }
  const written = (node.heredocs.length > 0 ? node.text : node.plain)
    .slice(command.from, command.to)
    .trimEnd();
  const without = { poetry: 'no-root', pdm: 'no-self' }[command.name];
  if (without && /^(?:install|sync)$/.test(command.args[0]?.value ?? '')) {
    const files = hasFlag(command, [without]) ? undefined : manifestsOf(folder, command, cwd);
    return files && { run: `${node.keywordWord.raw} ${flags}${state}${written} --${without}`, files };
  }
  if (readMounts(node).some(({ type }) => type === 'bind')) return undefined;
  const found = projectDependencies(folder, stop);
  if (!found) return undefined;
  const newline = lineEnding(facts.file.text);
  const lines = [
    aboutManifest,
    [`${node.keywordWord.raw} ${flags}${found.mounts.join(' ')}`, `${state}${found.script}`].join(
      ` \\${newline}    `,
    ),
  ];
  return { run: lines.join(newline), files: found.files };
}

/**
 * Whether what a manifest lists is installed above the COPY already, in full or for the most part: from the manifest, or with
 * the project, of which nothing but the manifest may be there.
 */
const isInstalledBefore = ({ facts, stage, copy, at }: CopiedFolder) =>
  lineage(stage).some((one) =>
    one.instructions.some(
      (it) =>
        it.index < copy.index &&
        (bringsEnvironment(it) ||
          facts
            .commands(it)
            .some(
              (command) =>
                readDependencyInstall(command) !== undefined ||
                pathTargets(command).some(
                  (path) => follow(workdirAt(facts.file, one, it) ?? at, path) === at,
                ),
            )),
    ),
  );

/** Whether an environment that another stage filled comes in. */
const bringsEnvironment = ({ node }: Instruction) =>
  node.keyword === 'COPY' &&
  node.flags.some(({ name }) => name === 'from') &&
  node.sources.some(({ value }) => /(?:^|\/)(?:\.?venv|site-packages)\/?$/.test(value));

/** The folders that pip or uv installs by a command, without their extras. */
function pathTargets(command: ShellCommand): string[] {
  const uv = readUv(command);
  const { packages, editables } = readPipTargets(
    (uv?.verb === 'pip install' ? uv.args : pipArgs(command)) ?? [],
  );
  return [...packages.map(({ value }) => value), ...editables]
    .filter((value) => kindOfTarget(value) === 'path')
    .map((value) => value.split('[', 1)[0] ?? '');
}
