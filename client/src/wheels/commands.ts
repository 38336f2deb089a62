import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed } from '../runtime/failures.ts';
import type { Project } from '../runtime/pyproject.ts';
import { buildWheel, updateLock } from '../runtime/uv-commands.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import type { JobHost } from '../ui/jobs.ts';
import { ask } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { confirm } from '../ui/say.ts';
import { isNode } from '../ui/tree.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { dockerfilePattern, nearestProject } from '../ui/workspace.ts';
import { type WheelAction, wheelActions } from './actions.ts';
import { createProject } from './create.ts';
import { noPyproject, wheelNotMade, wheelPatterns } from './failures.ts';
import { findProjects, loadPackage } from './projects.ts';
import { wheelTask } from './tasks.ts';
import { loadWheelNodes } from './tree.ts';

export type BuildWheelOptions = {
  /** The package's folder or its pyproject.toml. */ readonly project?: string;
};
export type BuiltWheel = { readonly path: string; readonly bytes: number };

export function registerWheels(workbench: Workbench): void {
  const tree = workbench.tree('wheelhouse.wheels', ['wheel'], loadWheelNodes);
  workbench.command('wheelhouse.wheels.refresh', () => workbench.changed('wheel'), { untrusted: true });
  const handlers: Readonly<Record<WheelAction, (...given: Given) => Promise<unknown>>> = {
    async build(argument) {
      const chosen = await chooseProject(argument);
      return chosen && build(workbench, chosen.folder, chosen.project);
    },
    removeOld: (argument) => removeOld(workbench, argument),
  };
  registerHandlers(workbench, wheelActions, tree, handlers, { folder: true });
  workbench.command(
    'wheelhouse.wheels.lock',
    async (argument) => {
      const chosen = await chooseProject(argument);
      return chosen && lock(workbench, chosen.folder, chosen.project);
    },
    { folder: true },
  );
  workbench.command('wheelhouse.wheels.create', (argument) => createProject(workbench, argument), {
    folder: true,
  });
  workbench.task(wheelTask((folder, project, host) => build(workbench, folder, project, host)));
  watchFiles(workbench);
}

function build(
  workbench: Workbench,
  folder: vscode.Uri,
  project: Project,
  host?: JobHost,
): Promise<BuiltWheel | undefined> {
  return workbench.job<BuiltWheel>(
    {
      kind: 'wheels.build',
      repeats: true,
      title: l10n.t('Build wheel of {0}', project.name),
      tab: l10n.t('{0}: wheel', project.name),
      async work(job) {
        const printed = await job.run(buildWheel(workbench.uv()), {
          step: l10n.t('The build of the wheel'),
          tool: 'uv',
          cwd: folder.fsPath,
          patterns: wheelPatterns,
          progress: (line) => line.trim() || undefined,
        });
        const file = printed && path.resolve(folder.fsPath, printed);
        const bytes = file ? await sizeOf(file) : undefined;
        workbench.changed('wheel');
        if (!file || !bytes) throw failed(wheelNotMade(file ?? l10n.t('uv named no file')));
        const name = path.basename(file);
        return {
          value: { path: file, bytes },
          message: project.backend
            ? l10n.t('{0} was built, {1}.', name, formatBytes(bytes))
            : l10n.t(
                '{0} was built, {1}; without a [build-system] table it may be empty.',
                name,
                formatBytes(bytes),
              ),
          next: [{ label: l10n.t('Build Image'), command: 'wheelhouse.images.build', arguments: [folder] }],
        };
      },
    },
    host,
  );
}

/** The lock file of a workspace lies in its root, wherever the package is. @returns the folder of the package */
function lock(workbench: Workbench, folder: vscode.Uri, project: Project): Promise<string | undefined> {
  return workbench.job<string>({
    kind: 'wheels.lock',
    repeats: true,
    title: l10n.t('Update uv.lock of {0}', project.name),
    tab: l10n.t('{0}: uv.lock', project.name),
    async work(job) {
      await job.run(updateLock(workbench.uv()), {
        step: l10n.t('The update of uv.lock'),
        tool: 'uv',
        cwd: folder.fsPath,
        patterns: wheelPatterns,
        progress: (line) => line.trim() || undefined,
      });
      return {
        value: folder.fsPath,
        message: l10n.t('uv.lock of {0} fits its pyproject.toml.', project.name),
      };
    },
  });
}

/** Keeps the newest wheel of the package; the others go once the person has seen their names. */
async function removeOld(workbench: Workbench, argument: unknown): Promise<readonly string[] | undefined> {
  const chosen = await chooseProject(argument);
  const [newest, ...old] = chosen ? (await loadPackage(chosen)).wheels : [];
  if (!newest || !old.length) return [];
  const label = l10n.t('Remove');
  const detail = [
    l10n.t('{0} stays. Removed from the disk:', newest.file),
    ...old.map(({ file }) => asText(file)),
  ].join('\n');
  const question = l10n.t('Remove {0} old wheels?', old.length);
  if (!(await confirm(question, detail, label))) return undefined;
  for (const { uri } of old) await vscode.workspace.fs.delete(uri);
  workbench.changed('wheel');
  return old.map(({ file }) => file);
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(vscode.Uri.file(file))).size;
  } catch {
    return undefined;
  }
}

/** The package of the argument, else of the file in the editor, else the only one, else the one chosen. */
async function chooseProject(
  argument: unknown,
): Promise<{ folder: vscode.Uri; project: Project } | undefined> {
  const given = subject(argument);
  if (given) {
    const found = await nearestProject(given);
    if (!found) throw failed(noPyproject());
    return found;
  }
  const editor = vscode.window.activeTextEditor?.document.uri;
  const nearest = editor && vscode.workspace.getWorkspaceFolder(editor) && (await nearestProject(editor));
  if (nearest) return nearest;
  const projects = await findProjects();
  if (!projects.length) throw failed(noPyproject());
  if (projects.length === 1) return projects[0];
  const answers = await ask(l10n.t('Build Wheel'), [
    () => ({
      key: 'project',
      kind: 'pick',
      title: l10n.t('Package'),
      choices: projects.map(({ folder, project }) => ({
        label: project.name,
        description: vscode.workspace.asRelativePath(folder),
        value: folder.toString(),
      })),
    }),
  ]);
  return projects.find(({ folder }) => folder.toString() === answers?.project);
}

function subject(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (isNode(argument)) return argument.uri;
  const project = (argument as BuildWheelOptions | undefined)?.project;
  return project ? vscode.Uri.file(project) : undefined;
}

/** The view follows the files that decide a wheel's state. Wheels lie where git ignores, watchers see them still. */
function watchFiles(workbench: Workbench): void {
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => workbench.changed('wheel'), 500);
  };
  for (const pattern of ['**/pyproject.toml', '**/dist/*.whl', '**/*.py', dockerfilePattern]) {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidCreate(changed);
    watcher.onDidChange(changed);
    watcher.onDidDelete(changed);
    workbench.own(watcher);
  }
}
