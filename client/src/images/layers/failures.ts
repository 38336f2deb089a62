// What goes wrong when the archive of an image is read.
import { t } from '@vscode/l10n';
import type { Failure } from '../../runtime/failures.ts';
import type { ArchiveError } from './archive.ts';

export function archiveFailure(why: ArchiveError['why'], image: string): Failure {
  switch (why) {
    case 'cut':
      return {
        id: 'archive-cut',
        message: t('What the engine sent of {0} ends in the middle, or is broken.', image),
        remedy: t('See that the disk of the engine has space, then try again.'),
        action: { label: t('Disk Space'), command: 'wheelhouse.disk.show' },
      };
    case 'zstd':
      return {
        id: 'archive-zstd',
        message: t('A layer of {0} is packed with zstd, which this version of VS Code cannot read.', image),
        remedy: t('Update VS Code, or build the image with the compression gzip.'),
      };
    case 'too-many':
      return {
        id: 'archive-too-large',
        message: t('{0} has more files than can be looked at.', image),
        remedy: t('Run a container from it and look with "du".'),
      };
    case 'unknown':
      return {
        id: 'archive-unknown',
        message: t('The engine sent {0} in a form that is not known.', image),
        remedy: t('Pull or build the image again, for the platform of this engine.'),
      };
  }
}

export function layerReadOnly(): Failure {
  return {
    id: 'layer-read-only',
    message: t('The files of a layer cannot be changed.'),
    remedy: t('Change what makes it in the Dockerfile and build the image anew.'),
  };
}

export function notInLayer(path: string): Failure {
  return {
    id: 'file-gone',
    message: t('There is no {0} in this layer.', path),
    remedy: t('It may be in an earlier one.'),
  };
}

export function twoImages(count: number): Failure {
  return {
    id: 'two-images',
    message: t('{0} images are selected, and two are compared.', count),
    remedy: t('Select two of them.'),
  };
}

export function noOtherImage(): Failure {
  return {
    id: 'no-other-image',
    message: t('There is no other image to compare with.'),
    remedy: t('Build or pull one first.'),
  };
}
