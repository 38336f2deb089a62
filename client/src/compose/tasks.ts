import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed } from '../runtime/failures.ts';
import { type TaskKind, taskType } from '../ui/tasks.ts';
import type { Workbench } from '../ui/workbench.ts';
import { noComposeFile } from './failures.ts';
import { chooseTargets, findComposeFiles } from './locate.ts';
import { usualNames } from './model.ts';
import { planOfFiles } from './plans.ts';
import { up } from './work.ts';

/** `composeUp` {files, services, profiles}: brings services up; all of them where none is named. */
export function composeTasks(workbench: Workbench): readonly TaskKind[] {
  return [
    {
      command: 'composeUp',
      async detect() {
        return (await findComposeFiles()).flatMap((file) => {
          const folder = vscode.workspace.getWorkspaceFolder(file);
          if (!folder || !usualNames.includes(path.posix.basename(file.path))) return [];
          const relative = path.posix.relative(folder.uri.path, file.path);
          const definition = { type: taskType, command: 'composeUp', files: [relative] };
          return [{ name: t('Compose Up of {0}', relative), definition, folder }];
        });
      },
      async run({ files = [], services = [], profiles = [] }, host, folder) {
        const paths = folder ? [files].flat().filter((file) => typeof file === 'string') : [];
        if (!folder || !paths.length) throw failed(noComposeFile());
        const request = {
          files: paths.map((file) => path.resolve(folder.uri.fsPath, file)),
          services: names(services),
          profiles: names(profiles),
        };
        const [target] = (await chooseTargets(workbench, '', 'files', request, undefined)) ?? [];
        const plan = target && (await planOfFiles(workbench, '', target, request));
        return plan && up(workbench, plan, host);
      },
    },
  ];
}

const names = (given: unknown) => [given].flat().filter((name) => typeof name === 'string');
