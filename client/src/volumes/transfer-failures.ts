// What goes wrong when a volume is copied, exported or imported.
import { t } from '@vscode/l10n';
import { TarError } from '../engine/tar.ts';
import { explainFailure, type Failure, failed, failureOf, type Pattern } from '../runtime/failures.ts';
import { volumePatterns } from './failures.ts';

export function notWhole(volume: string, put: string, has: string): Failure {
  return {
    id: 'volume-not-whole',
    message: t('{0} were put into the volume {1}, and {2} are in it.', put, volume, has),
    remedy: t('Stop what writes to the volume it comes from, then try again; the new volume was removed.'),
  };
}

export function emptyArchive(file: string): Failure {
  return {
    id: 'archive-empty',
    message: t('{0} is an archive with nothing in it.', file),
    remedy: t('Choose another one, or create an empty volume.'),
  };
}

export function leavesFolder(file: string, name: string): Failure {
  return {
    id: 'archive-leaves',
    message: t('{0} names a file outside of its folder: {1}.', file, name),
    remedy: t('Nothing of it was imported. Make the archive anew from within the folder.'),
  };
}

const badArchive = (why: string): Failure => ({
  id: 'archive-broken',
  message: t('What was read is no whole archive: {0}', why),
  remedy: t('Choose a .tar or .tar.gz that was written to its end.'),
});

const patterns: readonly Pattern[] = [
  {
    id: 'disk-full',
    when: [/no space left on device/i, /disk quota exceeded/i],
    say: (_, { step }) => ({
      message: t('{0} failed: there is no space left.', step),
      remedy: t('See what takes disk space; nothing of it was left there.'),
      action: { label: t('Disk Space'), command: 'wheelhouse.disk.show' },
    }),
  },
  ...volumePatterns,
];

/** The failure that explains why a step did not succeed. */
export function explainTransfer(step: string, error: unknown, aborted: boolean): Error {
  if (failureOf(error)) return error as Error;
  const facts = { step, tool: 'engine' } as const;
  const stderr = error instanceof Error ? error.message : String(error);
  const exit = { file: '', stdout: '', stderr };
  if (aborted) return failed(explainFailure({ ...exit, kind: 'cancelled' }, facts));
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof TarError || code?.startsWith('Z_')) return failed(badArchive(stderr));
  const failure = explainFailure({ ...exit, kind: 'exited', code: 1 }, facts, patterns);
  if (failure.id !== 'unknown') return failed(failure);
  return failed({
    id: path ? 'file-not-usable' : 'volume-transfer',
    message: t('{0} failed: {1}', step, stderr.slice(0, 300)),
    remedy: path
      ? t('See that the file and its folder can be read and written.')
      : t('See that the engine answers, then try again; nothing of it was left there.'),
  });
}
