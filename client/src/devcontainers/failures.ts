import { t } from '@vscode/l10n';
import type { Failure } from '../runtime/failures.ts';

export function nothingToStartFrom(): Failure {
  return {
    id: 'no-dev-base',
    message: t('There is neither a Dockerfile in this workspace nor an image with a name in the engine.'),
    remedy: t('Add container files to the project first.'),
    action: { label: t('Add Container Files'), command: 'wheelhouse.project.addContainerFiles' },
  };
}

export function imageGone(image: string): Failure {
  return {
    id: 'image-gone',
    message: t('There is no image {0}.', image),
    remedy: t('Build or pull it first.'),
  };
}

export function notWritten(): Failure {
  return {
    id: 'not-written',
    message: t('VS Code could not write .devcontainer/devcontainer.json.'),
    remedy: t('See that the folder can be written to, then try again.'),
  };
}
