// Files of an image are tried before they are written: from a folder of our own, with the project as the context of the build.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  type Action,
  actionsOfFailure,
  cancelledId,
  explainFailure,
  type Failure,
  failed,
  failureOf,
} from '../runtime/failures.ts';
import { takesIgnoreFile } from '../runtime/image-commands.ts';
import type { Made } from '../ui/jobs.ts';
import type { FilesToTry } from '../ui/try-files.ts';
import type { Builder } from './build-work.ts';
import { failedLines } from './failed-lines.ts';
import { agreedToStart, tryOnce } from './try.ts';
import { isOfImage, type Tried } from './try-outcome.ts';

/** Writes them where they work, and where the program begins and lacks what no image holds. */
export async function tryFirst(builder: Builder, files: FilesToTry): Promise<void> {
  const { what, write, writeAnyway, again } = files;
  if (!files.isAgreed && !(await agreedToStart(what))) return;
  await builder.workbench.job<Tried>({
    kind: 'images.try',
    title: l10n.t('Try {0}', what),
    tab: l10n.t('{0}: try', what),
    async work(job) {
      if (!takesIgnoreFile(await builder.workbench.engine.get()))
        throw failed({ ...classicBuilder(), action: writeAnyway });
      const tried = await withFiles(files, (dockerfile, ignoreFile) =>
        tryOnce({ ...builder, findings: findingsIn(files.dockerfile) }, job, {
          what,
          dockerfile,
          ignoreFile,
          context: files.context,
          again,
          variables: files.variables,
          mend: files.mend,
        }),
      ).catch((error: unknown) => {
        const failure = failureOf(error);
        if (!failure) throw error;
        if (failure.id !== cancelledId && !isOfImage(failure)) return begun(failure);
        throw failed(offering(failure, failure.id === cancelledId ? [writeAnyway] : [writeAnyway, again]));
      });
      if (job.signal.aborted) throw failed({ ...cancelled(what), also: [writeAnyway] });
      return { ...tried, message: `${tried.message} ${await write()}`, next: files.next };
    },
  });
}

const classicBuilder = (): Failure => ({
  id: 'try-needs-buildx',
  message: l10n.t('Files that are not in the project yet are built by buildx, which this engine lacks.'),
  remedy: l10n.t('Install the buildx plugin, or write the files and try them then.'),
});

/** What mends it comes first, where there is such a thing. */
const offering = (failure: Failure, ways: readonly Action[]): Failure => {
  const others = actionsOfFailure(failure).filter((one) => !ways.includes(one));
  return { ...failure, action: undefined, also: [...others, ...ways] };
};

const begun = ({ message, remedy }: Failure): Made<Tried> => ({
  value: { state: 'ended', ports: [] },
  message: `${message} ${remedy}`,
  withLog: true,
});

const cancelled = (what: string) =>
  explainFailure(
    { kind: 'cancelled', file: '', stdout: '', stderr: '' },
    { step: l10n.t('The try of {0}', what), tool: 'engine' },
  );

/** Calls with the files in a folder that is gone afterwards. */
async function withFiles<T>(
  { dockerfile, ignoreFile }: FilesToTry,
  use: (dockerfile: vscode.Uri, ignoreFile: string | undefined) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-try-'));
  try {
    const file = path.join(folder, 'Dockerfile');
    const ignored = `${file}.dockerignore`;
    await writeFile(file, dockerfile);
    if (ignoreFile !== undefined) await writeFile(ignored, ignoreFile);
    return await use(vscode.Uri.file(file), ignoreFile === undefined ? undefined : ignored);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where a build failed is told; there is no file to show it in, nor one to open. */
const findingsIn = (text: string): Builder['findings'] => ({
  forget() {},
  async note(_dockerfile, output, { action, ...failure }) {
    const lines = failedLines(output, text);
    const kept = action?.command === 'wheelhouse.images.openFile' ? undefined : action;
    const message = lines ? l10n.t('Line {0} failed. {1}', lines.first, failure.message) : failure.message;
    return { ...failure, message, action: kept };
  },
});
