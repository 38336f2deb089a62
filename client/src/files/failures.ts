// What goes wrong with files in containers. Wordings: Docker 20.10 to 28, Podman 4 and 5, GNU and BusyBox.
import { t } from '@vscode/l10n';
import { shownName } from '../engine/path-bytes.ts';
import {
  cancelledId,
  explainFailure,
  type Failure,
  failed,
  failureOf,
  type Pattern,
} from '../runtime/failures.ts';
import { messageOf } from '../runtime/log-line.ts';
import { inLine } from '../runtime/sign.ts';
import { formatBytes } from '../ui/words.ts';
import { withoutMark } from './scripts.ts';
import type { Place } from './uri.ts';

const refresh = () => ({ label: t('Refresh'), command: 'wheelhouse.containers.refresh' });

export function fileGone(path: string): Failure {
  return {
    id: 'file-gone',
    message: t('There is no {0} in the container.', shownName(path)),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: refresh(),
  };
}

export function fileTooLarge(file: Place, size: number): Failure {
  const { path } = file;
  return {
    id: 'file-too-large',
    message: t('{0} has {1}, more than an editor can show.', shownName(path), formatBytes(size)),
    remedy: t('Download it instead.'),
    action: { label: t('Download'), command: 'wheelhouse.files.download', arguments: [{ file }] },
  };
}

export function noFile(path: string): Failure {
  return {
    id: 'not-a-file',
    message: t('{0} is no file whose content can be read.', shownName(path)),
    remedy: t('Choose a file.'),
  };
}

export function isOfFolder(file: Place): Failure {
  return {
    id: 'not-a-file',
    message: t('{0} is a folder.', shownName(file.path)),
    remedy: t('Download it to see what is in it.'),
    action: { label: t('Download'), command: 'wheelhouse.files.download', arguments: [{ file }] },
  };
}

export function fileExists(path: string): Failure {
  return {
    id: 'file-exists',
    message: t('{0} exists already.', shownName(path)),
    remedy: t('Choose another name.'),
  };
}

export function notSaved(path: string, size: number): Failure {
  return {
    id: 'file-not-saved',
    message: t('The engine wrote {0}, but {1} are there.', shownName(path), formatBytes(size)),
    remedy: t('See that there is room, and that nothing else writes to it, then save again.'),
  };
}

/** Engines take nothing away from a container that does not run. */
export function mustRun(name: string, status: string): Failure {
  return status === 'paused'
    ? {
        id: 'container-paused',
        message: t('{0} is paused, and files are deleted and renamed by a program in it.', name),
        remedy: t('Unpause it first.'),
        action: {
          label: t('Unpause'),
          command: 'wheelhouse.containers.unpause',
          arguments: [{ container: name }],
        },
      }
    : {
        id: 'container-not-running',
        message: t('{0} is not running, and files are deleted and renamed by a program in it.', name),
        remedy: t('Start it first.'),
        action: {
          label: t('Start'),
          command: 'wheelhouse.containers.start',
          arguments: [{ container: name }],
        },
      };
}

export function noOwner(path: string): Failure {
  return {
    id: 'file-without-owner',
    message: t(
      '{0} was not written: while the container is stopped, Podman does not tell whose it is.',
      shownName(path),
    ),
    remedy: t('Start the container first.'),
  };
}

export function badName(name: string, complaint: string): Failure {
  return {
    id: 'file-name',
    message: t('{0} is no name for a file.', name),
    remedy: complaint,
  };
}

export function notAll(): Failure {
  return {
    id: 'files-all',
    message: t('All files of a container are not deleted or renamed.'),
    remedy: t('Remove the container instead.'),
  };
}

export function notAllOfVolume(volume: string): Failure {
  return {
    id: 'files-all',
    message: t('All files of the volume {0} are not deleted or renamed.', volume),
    remedy: t('Remove the volume instead.'),
  };
}

export function notFolder(path: string): Failure {
  return {
    id: 'not-a-folder',
    message: t('{0} is no folder.', shownName(path)),
    remedy: t('Choose a folder.'),
  };
}

export function notUploaded(path: string): Failure {
  return {
    id: 'file-not-uploaded',
    message: t('The engine took it, but {0} is not there as it is here.', shownName(path)),
    remedy: t('See that there is room, and that nothing else writes to it, then upload it again.'),
  };
}

/** Of an upload that did not come to its end: a container that does not run keeps what was begun. */
export function partLeft(failure: Failure, names: readonly string[], folder: string): Failure {
  const some = names.slice(0, 3).map(shownName).join(', ');
  const left = t(
    'A part of it may be in {0} now: {1}.',
    folder,
    names.length > 3 ? t('{0} and {1} more', some, names.length - 3) : some,
  );
  const again = t('Upload it again to have all of it.');
  return { ...failure, remedy: `${left} ${failure.id === cancelledId ? again : failure.remedy}` };
}

/** Of a download that did not come to its end, and could not be taken away again. */
export function partOnDisk(file: string, isCancelled: boolean): Failure {
  return {
    id: isCancelled ? cancelledId : 'file-not-written',
    message: isCancelled ? t('The download was cancelled.') : t('The download did not come to its end.'),
    remedy: t('A part of it is in {0} and could not be removed; delete it yourself.', file),
  };
}

export function notDownloaded(path: string, reason: string): Failure {
  return {
    id: 'file-not-written',
    message: t('{0} could not be written: {1}.', path, reason),
    remedy: t('See that there is room and that the folder can be written to; nothing of it was left there.'),
  };
}

export function imageReadOnly(): Failure {
  return {
    id: 'image-read-only',
    message: t('The files of an image cannot be changed.'),
    remedy: t('Change what makes it in the Dockerfile and build the image anew.'),
  };
}

export function imageNotTold(container: string): Failure {
  return {
    id: 'image-not-told',
    message: t('The engine does not tell which image {0} was made of.', container),
    remedy: t('Open the file by itself instead.'),
  };
}

export function noDifference(path: string): Failure {
  return {
    id: 'no-file-to-compare',
    message: t('{0} is a file on neither side.', shownName(path)),
    remedy: t('Choose a file.'),
  };
}

/** Of the container that is made to reach the files of an image. */
export const imagePatterns: readonly Pattern[] = [
  {
    id: 'image-gone',
    when: [/no such image/i, /image not known/i],
    say: () => ({
      message: t('The image is not there any more, so nothing tells what the file was.'),
      remedy: t('Pull or build it again; what is in the container can be opened by itself.'),
    }),
  },
];

export const filePatterns: readonly Pattern[] = [
  {
    id: 'container-gone',
    when: [/no such container/i, inLine(/no container with (?:name or )?ID/i, /found/i)],
    say: () => ({
      message: t('The container is not there any more.'),
      remedy: t('It may have been removed meanwhile; refresh the view.'),
      action: refresh(),
    }),
  },
  {
    id: 'file-exists',
    when: [/file exists$/im],
    say: (_, { step }) => ({
      message: t('{0} failed: something has that name already.', step),
      remedy: t('Choose another name.'),
    }),
  },
  {
    id: 'no-program',
    when: [
      inLine(/executable file /i, /not found/i),
      inLine(/exec failed|OCI runtime/i, /no such file/i),
      /not found$/im,
      // Docker 20 says why on the other stream.
      /ended with 12[67]\.$/m,
    ],
    say: (_, { step }) => ({
      message: t('{0} failed because the image has no program for it.', step),
      remedy: t(
        'Images such as distroless ones have no shell; files can be read, uploaded and saved in them all the same.',
      ),
    }),
  },
  {
    id: 'file-gone',
    when: [
      /could not find the file/i,
      // nerdctl.
      /unable to copy: source does not exist/i,
      /no such file or directory/i,
      inLine(/could not be found/i, /path|container/i),
    ],
    say: (_, { step }) => ({
      message: t('{0} failed: it is not there.', step),
      remedy: t('It may have been removed meanwhile; refresh the view.'),
      action: refresh(),
    }),
  },
  {
    id: 'read-only',
    when: [/read-only file system/i, /marked read-only/i],
    say: (_, { step }) => ({
      message: t('{0} failed: the container may not write there.', step),
      remedy: t('It is mounted read-only; write to a folder that is not, or run the image with one.'),
    }),
  },
  {
    id: 'file-mounted',
    when: [/device or resource busy/i],
    say: (_, { step }) => ({
      message: t('{0} failed: it is mounted by itself.', step),
      remedy: t('Change it where it is mounted from; the mounts are in the tooltip of the container.'),
    }),
  },
  {
    id: 'permission-denied',
    when: [/permission denied/i, /operation not permitted/i],
    say: (_, { step }) => ({
      message: t('{0} failed: the container does not allow it.', step),
      remedy: t('Its root user may not do this either; look at how the folder is mounted.'),
    }),
  },
];

/** The failure that explains why a step on files did not succeed. */
export function explain(step: string, error: unknown, aborted = false): Error {
  if (failureOf(error)) return error as Error;
  const facts = { step, tool: 'engine' } as const;
  const exit = {
    file: '',
    stdout: '',
    stderr: withoutMark(error instanceof Error ? error.message : String(error)),
  };
  if (aborted) return failed(explainFailure({ ...exit, kind: 'cancelled' }, facts));
  const failure = explainFailure({ ...exit, kind: 'exited', code: 1 }, facts, filePatterns);
  if (failure.id !== 'unknown') return failed(failure);
  const reason = messageOf(exit.stderr.trim())
    .replace(/^Error response from daemon: /, '')
    .slice(0, 300);
  return failed({
    id: 'files-unknown',
    message: t('{0} failed: {1}', step, reason),
    remedy: t('See that the engine answers, then try again.'),
  });
}

export function sameNames(name: string): Failure {
  return {
    id: 'same-names',
    message: t('Two of the selected files are named {0}, and one folder takes only one of them.', name),
    remedy: t('Download them one after the other, or the folders that they are in.'),
  };
}
