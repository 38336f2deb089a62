// What goes wrong when disk space is freed. Wordings: Docker 20.10 to 29, Podman 4.
import { t } from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import { inLine } from '../runtime/sign.ts';

const again = () => ({ label: t('Disk Space'), command: 'wheelhouse.disk.show' });

export function nothingToRemove(): Failure {
  return {
    id: 'nothing-to-remove',
    message: t('There is nothing of this kind to remove.'),
    remedy: t('Choose something else that takes space.'),
    action: again(),
  };
}

/** The engine reported success, and shows otherwise. */
export function stillThere(count: number, of: number): Failure {
  return {
    id: 'not-freed',
    message: t('The engine kept {0} of {1}.', count, of),
    remedy: t('Something uses them, or was made meanwhile; look again what takes space.'),
    action: again(),
  };
}

export const diskPatterns: readonly Pattern[] = [
  {
    id: 'in-use',
    when: [
      inLine(/(?:volume|container)/i, /(?:is in use|being used|is using|is running|running container)/i),
      /cannot remove (?:a running )?container/i,
      /image has dependent child images/i,
    ],
    say: () => ({
      message: t('Something that was to go is in use now, and stayed.'),
      remedy: t('Look again what takes space.'),
      action: again(),
    }),
  },
  {
    id: 'disk-usage-under-way',
    when: [/a disk usage operation is already running/i],
    say: () => ({
      message: t('The engine is counting already what takes disk space.'),
      remedy: t('Look again in a moment.'),
      action: again(),
    }),
  },
  {
    id: 'prune-under-way',
    when: [/a prune operation is already running/i],
    say: () => ({
      message: t('The engine frees space already.'),
      remedy: t('Look again when it is done.'),
      action: again(),
    }),
  },
];
