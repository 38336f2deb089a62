// What goes wrong with volumes. Wordings: Docker 20.10 to 28, Podman 4.
import { t } from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import type { Volume } from './model.ts';

const showContainers = () => ({ label: t('Show Containers'), command: 'wheelhouse.containers.focus' });
const refresh = () => ({ label: t('Refresh'), command: 'wheelhouse.volumes.refresh' });

export function noVolume(): Failure {
  return {
    id: 'no-volume',
    message: t('There is no volume for this.'),
    remedy: t('Create one first.'),
    action: { label: t('Create Volume'), command: 'wheelhouse.volumes.create' },
  };
}

export function noneUnused(): Failure {
  return {
    id: 'no-unused-volume',
    message: t('No volume is unused.'),
    remedy: t('There is nothing to remove.'),
  };
}

export function volumeGone(name: string): Failure {
  return {
    id: 'volume-gone',
    message: t('There is no volume {0}.', name),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: refresh(),
  };
}

export function volumeExists(name: string): Failure {
  return {
    id: 'volume-exists',
    message: t('A volume named {0} exists already.', name),
    remedy: t('Choose another name, or use that volume.'),
  };
}

export function volumeInUse({ name, users }: Volume): Failure {
  return {
    id: 'volume-in-use',
    message: t('{0} is used by {1}.', name, users.map((user) => user.name).join(', ')),
    remedy: t('Remove these containers first; those that are stopped hold their volumes as well.'),
    action: showContainers(),
  };
}

export function badVolumeName(why: string): Failure {
  return { id: 'volume-name', message: why, remedy: t('Choose another name.') };
}

export const volumePatterns: readonly Pattern[] = [
  {
    id: 'volume-in-use',
    when: [
      /remove (\S+): volume is in use/i,
      /volume (\S+) is being used by/i,
      /volume is (?:being used|in use)/i,
    ],
    say: (match) => ({
      message: t('A container uses the volume {0}.', match[1] ?? ''),
      remedy: t('Remove that container first, then try again.'),
      action: showContainers(),
    }),
  },
  {
    id: 'volume-gone',
    when: [/get (\S+): no such volume/i, /no volume with name "([^"]+)" found/i, /no such volume:? ?(\S+)?/i],
    say: (match) => volumeGone(match[1] ?? ''),
  },
  {
    id: 'volume-exists',
    when: [/volume with name (\S+) already exists/i],
    say: (match) => volumeExists(match[1] ?? ''),
  },
  {
    id: 'volume-driver-missing',
    when: [
      /volume plugin "([^"]+)"/i,
      /no volume plugin with name (\S+) available/i,
      /plugin "([^"]+)" not found/i,
    ],
    say: (match) => ({
      message: t('The engine has no volume driver {0}.', match[1] ?? ''),
      remedy: t('Install its plugin, or use the driver "local".'),
    }),
  },
  {
    // Engines before 23 measure once at a time, and go on for one that waits no more.
    id: 'measuring-already',
    when: [/a disk usage operation is already running/i],
    say: () => ({
      message: t('The engine is measuring already.'),
      remedy: t('Try again once it is done.'),
    }),
  },
];
