import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed } from '../runtime/failures.ts';
import type { Project } from '../runtime/pyproject.ts';
import type { JobHost } from '../ui/jobs.ts';
import { type TaskKind, taskType } from '../ui/tasks.ts';
import { readProject } from '../ui/workspace.ts';
import { noPyproject } from './failures.ts';
import { findProjects } from './projects.ts';

type Build = (folder: vscode.Uri, project: Project, host: JobHost) => Promise<unknown>;

/** `{ "type": "wheelhouse", "command": "buildWheel", "project": "packages/bikes" }` */
export function wheelTask(build: Build): TaskKind {
  return {
    command: 'buildWheel',
    group: vscode.TaskGroup.Build,
    async detect() {
      const projects = await findProjects();
      return projects.flatMap(({ folder, project }) => {
        const workspace = vscode.workspace.getWorkspaceFolder(folder);
        if (!workspace) return [];
        const relative = path.posix.relative(workspace.uri.path, folder.path) || '.';
        const definition = { type: taskType, command: 'buildWheel', project: relative };
        return [{ name: l10n.t('Build Wheel of {0}', project.name), definition, folder: workspace }];
      });
    },
    async run(definition, host, workspace) {
      const folder = workspace && vscode.Uri.joinPath(workspace.uri, String(definition.project ?? '.'));
      const found = folder && (await readProject(folder));
      if (!found) throw failed(noPyproject());
      return build(found.folder, found.project, host);
    },
  };
}
