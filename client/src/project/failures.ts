// What goes wrong with adding files to a project.
import * as l10n from '@vscode/l10n';
import type { Failure } from '../runtime/failures.ts';

export function noProject(): Failure {
  return {
    id: 'no-project',
    message: l10n.t(
      'There is no Python project in this folder: neither pyproject.toml nor requirements.txt.',
    ),
    remedy: l10n.t('Open the folder of a Python project, or make one with "uv init --package".'),
    action: { label: l10n.t('Open Folder'), command: 'vscode.openFolder' },
  };
}

export function unfitKind(): Failure {
  return {
    id: 'unfit-kind',
    message: l10n.t('This image cannot be made of the project: no single wheel can be built of it.'),
    remedy: l10n.t('Add a [build-system] table to pyproject.toml, or choose another kind of image.'),
  };
}

export function unreadableTasks(): Failure {
  return {
    id: 'unreadable-tasks',
    message: l10n.t('.vscode/tasks.json cannot be read, so no file was written.'),
    remedy: l10n.t('Correct it, or leave the tasks out.'),
  };
}

export function notWritten(): Failure {
  return {
    id: 'not-written',
    message: l10n.t('VS Code could not write the files.'),
    remedy: l10n.t('See that the folder can be written to, then add them again.'),
  };
}
