// What every room says that asks for a container. Wordings: Docker 20.10 to 28, Podman 4.
import { t } from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import { inLine } from '../runtime/sign.ts';
import { shortId } from './words.ts';

export function noContainer(): Failure {
  return {
    id: 'no-container',
    message: t('There is no container for this.'),
    remedy: t('Run one from an image first.'),
    action: { label: t('Run Container'), command: 'wheelhouse.images.run' },
  };
}

export function containerGone(name: string): Failure {
  return {
    id: 'container-gone',
    message: t('There is no container {0}.', shortId(name)),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: { label: t('Refresh'), command: 'wheelhouse.containers.refresh' },
  };
}

export const containerGonePattern: Pattern = {
  id: 'container-gone',
  when: [
    /no such container:? "?([^\s"]+)?/i,
    inLine(/no container with (?:name or )?ID "?([^\s"]+)/i, /found/i),
  ],
  say: (match) => containerGone(match[1] ?? ''),
};
