// Makes a Python project where there is none, as uv makes one.
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed, noWorkspace } from '../runtime/failures.ts';
import { initProject, type ProjectKind } from '../runtime/uv-commands.ts';
import { ask, type Step } from '../ui/pickers.ts';
import { isVouched } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { readProject } from '../ui/workspace.ts';
import { initPatterns, projectNotMade, wheelPatterns } from './failures.ts';
import { checkProjectName, offeredProjectName } from './model.ts';

export type CreateProjectOptions = {
  /** A folder of the workspace. */ readonly folder?: string;
  readonly name?: string;
  readonly kind?: ProjectKind;
};

export async function createProject(workbench: Workbench, argument: unknown): Promise<unknown> {
  // Of nobody else than who can run things here anyway.
  const given = (isVouched(argument) ? (argument ?? {}) : {}) as CreateProjectOptions;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const answers = await ask(l10n.t('Create Python Project'), questions(folders, given));
  if (!answers) return undefined;
  const { folder = answers.folder ?? folders[0]?.uri.fsPath, name = answers.name } = given;
  const { kind = answers.kind } = given;
  const place = folders.find(({ uri }) => uri.fsPath === folder)?.uri;
  if (!place) throw failed(noWorkspace());
  return make(workbench, place, String(name), kind === 'application' ? kind : 'package');
}

function questions(folders: readonly vscode.WorkspaceFolder[], given: CreateProjectOptions): readonly Step[] {
  return [
    () =>
      given.folder !== undefined || folders.length < 2
        ? undefined
        : {
            key: 'folder',
            kind: 'pick',
            title: l10n.t('Folder'),
            choices: folders.map(({ name, uri }) => ({
              label: name,
              description: uri.fsPath,
              value: uri.fsPath,
            })),
          },
    ({ folder = given.folder ?? folders[0]?.uri.fsPath }) =>
      given.name !== undefined && checkProjectName(given.name) === undefined
        ? undefined
        : {
            key: 'name',
            kind: 'input',
            title: l10n.t('Name'),
            prompt: l10n.t('Letters, digits, and . _ - between them.'),
            value: offeredProjectName(path.basename(String(folder))),
            check: checkProjectName,
          },
    () =>
      given.kind !== undefined
        ? undefined
        : {
            key: 'kind',
            kind: 'pick',
            title: l10n.t('Kind'),
            choices: [
              {
                label: l10n.t('Package'),
                description: 'uv init --package',
                detail: l10n.t('Code in src that is built into a wheel, installed and imported.'),
                value: 'package',
              },
              {
                label: l10n.t('Application'),
                description: 'uv init --app --no-package',
                detail: l10n.t('A program that is run where it lies, such as main.py.'),
                value: 'application',
              },
            ],
          },
  ];
}

function make(workbench: Workbench, folder: vscode.Uri, name: string, kind: ProjectKind): Promise<unknown> {
  return workbench.job({
    kind: 'wheels.create',
    title: l10n.t('Create project {0}', name),
    tab: l10n.t('{0}: create', name),
    async work(job) {
      await job.run(initProject(workbench.uv(), name, kind), {
        step: l10n.t('The creation of the project'),
        tool: 'uv',
        cwd: folder.fsPath,
        patterns: [...initPatterns, ...wheelPatterns],
      });
      workbench.changed('wheel');
      const made = await readProject(folder);
      if (!made) throw failed(projectNotMade());
      const build = { label: l10n.t('Build Wheel'), command: 'wheelhouse.wheels.build' };
      const add = {
        label: l10n.t('Add Container Files…'),
        command: 'wheelhouse.project.addContainerFiles',
      };
      return {
        value: { folder: folder.fsPath, name: made.project.name, kind },
        message: l10n.t('The project {0} was created.', made.project.name),
        next: [{ ...(kind === 'package' ? build : add), arguments: [folder] }],
      };
    },
  });
}
