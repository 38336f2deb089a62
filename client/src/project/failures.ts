// What goes wrong with adding files to a project.
import * as l10n from '@vscode/l10n';
import type { ScaffoldQuestion } from '../../../server/src/protocol/requests.ts';
import type { Failure } from '../runtime/failures.ts';

export function noProject(): Failure {
  return {
    id: 'no-project',
    message: l10n.t(
      'There is no Python project in this folder: neither pyproject.toml nor requirements.txt nor Pipfile.',
    ),
    remedy: l10n.t('Open the folder of a Python project, or make one with "uv init --package".'),
    action: { label: l10n.t('Open Folder'), command: 'vscode.openFolder' },
  };
}

export function refused(why: string): Failure {
  return {
    id: 'unfit-project',
    message: l10n.t('These files cannot be made for the project: {0}', why),
    remedy: l10n.t('Change the project as it says, or choose another kind of image.'),
  };
}

/** The Dockerfile that is there is kept, as was chosen. */
export function stays(why: string): Failure {
  return {
    id: 'dockerfile-stays',
    message: why,
    remedy: l10n.t('To write new files all the same, choose that instead.'),
    action: { label: l10n.t('Optimize Dockerfile'), command: 'wheelhouse.dockerfiles.optimize' },
  };
}

/** Where a keybinding, a task or a test runs the command, nobody is there to be asked. */
export function unanswered({ id, choices }: ScaffoldQuestion): Failure {
  return {
    id: 'unanswered',
    message: l10n.t('The project does not tell what the files need to know: {0}.', id),
    remedy: l10n.t(
      'Run the command without "kind" and answer its questions, or give "answers" with one of: {0}.',
      choices.map(({ value }) => value).join(', ') || l10n.t('a command line'),
    ),
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
