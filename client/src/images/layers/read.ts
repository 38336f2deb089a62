// The archive of an image as it comes from the engine, read once for all that is asked of it.
import { t } from '@vscode/l10n';
import { openImageArchive } from '../../engine/archive.ts';
import { argv } from '../../runtime/exec.ts';
import { engineStopped, explainFailure, failed, failureOf, unreadable } from '../../runtime/failures.ts';
import { inspectImages, saveImage } from '../../runtime/image-commands.ts';
import { readExit } from '../../runtime/read-exit.ts';
import type { Job, RunFacts } from '../../ui/jobs.ts';
import { formatBytes } from '../../ui/words.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { imagePatterns, runPatterns } from '../failures.ts';
import { type ArchivedImage, ArchiveError, readArchive } from './archive.ts';
import { archiveFailure } from './failures.ts';

/** Told not more often than one can read. */
const toldMs = 250;
/** What is kept of all images together; the one that was read last is kept however much it is. */
const mostKept = 400_000;

export type ReadImage = {
  readonly id: string;
  readonly created?: Date;
  /** What `inspect` says of it. */
  readonly raw: unknown;
  readonly archived: ArchivedImage;
};

/** By id, the one asked for last at the end: what an id means never changes. */
const kept = new Map<string, ArchivedImage>();

export function keptImage(id: string): ArchivedImage | undefined {
  const found = kept.get(id);
  if (found) keep(id, found);
  return found;
}

function keep(id: string, archived: ArchivedImage): void {
  kept.delete(id);
  kept.set(id, archived);
  const size = ({ layers }: ArchivedImage) => layers.reduce((sum, { changes }) => sum + changes.length, 0);
  let left = [...kept.values()].reduce((sum, one) => sum + size(one), 0) - mostKept;
  for (const [old, one] of kept) {
    if (left <= 0 || old === id) return;
    kept.delete(old);
    left -= size(one);
  }
}

export async function imageContents(
  workbench: Workbench,
  job: Pick<Job, 'signal' | 'report'>,
  ref: string,
  step: string,
): Promise<ReadImage> {
  const patterns = [...imagePatterns, ...runPatterns];
  const facts: RunFacts = { step, tool: 'engine', image: ref, patterns };
  const engine = await workbench.engine.get();
  const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
  if (!image) throw failed(unreadable(facts));
  const { id, created, raw } = image;
  const known = keptImage(id);
  if (known) return { id, created, raw, archived: known };
  const archived = await readImage(workbench, job, ref, image, facts);
  keep(id, archived);
  return { id, created, raw, archived };
}

async function readImage(
  workbench: Workbench,
  job: Pick<Job, 'signal' | 'report'>,
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
async function* told(
  source: AsyncIterable<Buffer>,
  job: Pick<Job, 'signal' | 'report'>,
  of: number,
): AsyncGenerator<Buffer> {
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
