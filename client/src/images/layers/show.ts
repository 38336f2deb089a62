// The command: reads the archive of an image as it comes from the engine, and shows what makes it large.
import { t } from '@vscode/l10n';
import { openImageArchive } from '../../engine/archive.ts';
import { argv } from '../../runtime/exec.ts';
import { engineStopped, explainFailure, failed, failureOf, unreadable } from '../../runtime/failures.ts';
import { inspectImages, saveImage } from '../../runtime/image-commands.ts';
import { readExit } from '../../runtime/read-exit.ts';
import type { Job, RunFacts } from '../../ui/jobs.ts';
import { showPage } from '../../ui/static-page.ts';
import { formatBytes } from '../../ui/words.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { imagePatterns, runPatterns } from '../failures.ts';
import { type ArchivedImage, ArchiveError, readArchive } from './archive.ts';
import { archiveFailure } from './failures.ts';
import { pageOf, summary } from './page.ts';
import { type LayersReport, reportOf } from './report.ts';

/** Told not more often than one can read. */
const toldMs = 250;

export function showLayers(workbench: Workbench, ref: string): Promise<LayersReport | undefined> {
  const step = t('Reading the layers of {0}', ref);
  return workbench.job<LayersReport>({
    kind: 'images.layers',
    title: step,
    async work(job) {
      const facts: RunFacts = {
        step,
        tool: 'engine',
        image: ref,
        patterns: [...imagePatterns, ...runPatterns],
      };
      const engine = await workbench.engine.get();
      const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
      if (!image) throw failed(unreadable(facts));
      const archived = await readImage(workbench, job, ref, image, facts);
      const report = await reportOf(ref, archived);
      showPage('wheelhouse.layers', pageOf(report));
      return { value: report, message: `${ref}: ${summary(report)}` };
    },
  });
}

async function readImage(
  workbench: Workbench,
  job: Job,
  ref: string,
  { id, bytes }: { readonly id: string; readonly bytes: number },
  facts: RunFacts,
): Promise<ArchivedImage> {
  try {
    // By its id, as a name may get another image meanwhile.
    return await readArchive(told(await openImageArchive(workbench, id, job.signal), job, bytes));
  } catch (error) {
    const exit = { file: '', stdout: '', stderr: error instanceof Error ? error.message : '' };
    if (job.signal.aborted) throw failed(explainFailure({ ...exit, kind: 'cancelled' }, facts));
    const isCut = error instanceof ArchiveError ? error.why === 'cut' : isReset(error);
    if (isCut && !(await workbench.engine.stillAnswers())) throw failed(engineStopped(facts));
    if (isCut || error instanceof ArchiveError)
      throw failed(archiveFailure(error instanceof ArchiveError ? error.why : 'cut', ref));
    if (failureOf(error)) throw error;
    // What the command line said before it ended.
    const command = saveImage(await workbench.engine.get(), id);
    await readExit(
      { ...exit, file: argv(command).path, kind: 'exited', code: 1 },
      command,
      facts,
      workbench.engine,
    );
    throw error;
  }
}

const isReset = (error: unknown) =>
  error instanceof Error && ['ECONNRESET', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code));

/** Says how much was read; the archive is about as large as the image. */
async function* told(source: AsyncIterable<Buffer>, job: Job, of: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  let last = 0;
  for await (const portion of source) {
    yield portion;
    bytes += portion.length;
    if (Date.now() - last < toldMs) continue;
    last = Date.now();
    job.report(t('{0} of about {1}', formatBytes(bytes), formatBytes(Math.max(of, bytes))));
    job.signal.throwIfAborted();
  }
}
