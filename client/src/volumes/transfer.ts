// Volumes as a whole: copied to a new one, written to an archive, and made from one. What was begun and did not come to its
// end is taken away again.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { t } from '@vscode/l10n';
import { partsOf, readTar, type TarEntry } from '../engine/tar.ts';
import { type TarSource, writeTar } from '../engine/tar-write.ts';
import { type Counted, countTar, readVolume, volumeName, writeVolume } from '../engine/volume-content.ts';
import { loadVolumes } from '../engine/volumes.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { createVolume, removeVolumes } from '../runtime/volume-commands.ts';
import type { Job } from '../ui/jobs.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { volumeExists, volumeGone, volumePatterns } from './failures.ts';
import { emptyArchive, explainTransfer, leavesFolder, notWhole } from './transfer-failures.ts';

export type Transferred = { readonly volume: string } & Counted;
const reportMs = 300;

export function clone(workbench: Workbench, from: string, to: string): Promise<Transferred | undefined> {
  const step = t('Copying the volume {0} to {1}', from, to);
  return workbench.job<Transferred>({
    kind: 'volumes.clone',
    title: step,
    tab: t('{0}: clone', from),
    work: (job) =>
      explained(job, step, async () => {
        const counted = await making(workbench, to, step, async () => {
          const { counted } = await readVolume(workbench, from, false, job.signal, async (tar) => {
            const told = telling(tar, job);
            await writeVolume(workbench, to, told.out, job.signal);
            return told;
          });
          return assertWhole(workbench, job, to, await counted);
        });
        const message = t('{0} is a copy of {1} now: {2}.', to, from, amount(counted));
        return { value: { volume: to, ...counted }, message };
      }),
  });
}

/** @param file is replaced only once all of it is there; packed where its name says so */
export function exportTo(
  workbench: Workbench,
  volume: string,
  file: string,
): Promise<(Transferred & { readonly file: string }) | undefined> {
  const step = t('Exporting the volume {0}', volume);
  return workbench.job({
    kind: 'volumes.export',
    title: step,
    tab: t('{0}: export', volume),
    work: (job) =>
      explained(job, step, async () => {
        const begun = path.join(
          path.dirname(file),
          `.${path.basename(file)}.${randomBytes(4).toString('hex')}.part`,
        );
        try {
          const { counted } = await readVolume(workbench, volume, true, job.signal, async (tar) => {
            const told = telling(tar, job);
            const packing = /\.(?:gz|tgz)$/i.test(file) ? [zlib.createGzip()] : [];
            const written = createWriteStream(begun, { flags: 'wx' });
            await pipeline([told.out, ...packing, written], { signal: job.signal });
            return told;
          });
          const all = await counted;
          await fs.rename(begun, file);
          const { size } = await fs.stat(file);
          const message = t(
            '{0} holds {1} now: {2}; the file has {3}.',
            file,
            volume,
            amount(all),
            formatBytes(size),
          );
          return { value: { volume, file, ...all }, message };
        } finally {
          await fs.rm(begun, { force: true });
        }
      }),
  });
}

export function importFrom(
  workbench: Workbench,
  file: string,
  volume: string,
  /** What is there stays, but for files of the same name. */
  isThere = false,
): Promise<(Transferred & { readonly leftOut: readonly string[] }) | undefined> {
  const step = t('Importing {0} into the volume {1}', path.basename(file), volume);
  return workbench.job({
    kind: 'volumes.import',
    title: step,
    tab: t('{0}: import', volume),
    work: (job) =>
      explained(job, step, async () => {
        // Before anything is made: that it is an archive, whole, and stays in its folder.
        job.report(t('Looking through the archive'));
        let entries = 0;
        await countTar(until(await opened(file), job.signal), ({ name, kind, target }) => {
          entries++;
          if ([name, kind === 'hardlink' ? target : ''].some((each) => partsOf(each).includes('..')))
            throw failed(leavesFolder(file, name));
        });
        if (!entries) throw failed(emptyArchive(file));
        const leftOut: string[] = [];
        const fill = async () => {
          const tar = writeTar(below(readTar(until(await opened(file), job.signal)), leftOut));
          const { out, counted } = telling(tar, job);
          await writeVolume(workbench, volume, out, job.signal);
          // What was in it before is counted with it.
          return isThere ? counted : assertWhole(workbench, job, volume, await counted);
        };
        const counted = await (isThere
          ? filling(workbench, volume, job, step, fill)
          : making(workbench, volume, step, fill));
        const done = isThere
          ? t('{0} was imported into the volume {1}: {2}.', file, volume, amount(counted))
          : t('The volume {0} was made from {1}: {2}.', volume, file, amount(counted));
        const rest = leftOut.length
          ? t('Left out, as they are devices, pipes or sockets: {0}.', leftOut.slice(0, 3).join(', '))
          : '';
        return { value: { volume, ...counted, leftOut }, message: [done, rest].filter(Boolean).join(' ') };
      }),
  });
}

async function explained<T>(job: Job, step: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainTransfer(step, error, job.signal.aborted);
  }
}

/** A new volume, which goes again where it does not get what it is for. */
async function making<T>(
  workbench: Workbench,
  name: string,
  step: string,
  fill: () => Promise<T>,
): Promise<T> {
  const facts = { step, tool: 'engine', patterns: volumePatterns } as const;
  const there = async () => (await loadVolumes(workbench)).some((volume) => volume.name === name);
  if (await there()) throw failed(volumeExists(name));
  const engine = await workbench.engine.get();
  await workbench.run(createVolume(engine, name), facts);
  try {
    const filled = await fill();
    if (!(await there())) throw failed(volumeGone(name));
    return filled;
  } catch (error) {
    await workbench.run(removeVolumes(engine, [name]), facts).catch(() => {});
    throw error;
  } finally {
    workbench.changed('volume');
  }
}

/** One that is there, which stays as far as it got. */
async function filling<T>(
  workbench: Workbench,
  name: string,
  job: Job,
  step: string,
  fill: () => Promise<T>,
): Promise<T> {
  try {
    return await fill();
  } catch (error) {
    const failure = failureOf(explainTransfer(step, error, job.signal.aborted));
    if (!failure) throw error;
    const remedy = t(
      'A part of the archive may be in the volume {0} now; import it again to have all of it.',
      name,
    );
    throw failed({ ...failure, remedy });
  } finally {
    workbench.changed('volume');
  }
}

/** That the volume has what was put into it, as the engine tells when it is asked for it again. */
async function assertWhole(workbench: Workbench, job: Job, volume: string, put: Counted): Promise<Counted> {
  job.report(t('Looking whether all is there'));
  const has = await readVolume(workbench, volume, true, job.signal, (tar) =>
    countTar(tar as AsyncIterable<Buffer>),
  );
  if (has.files !== put.files || has.bytes !== put.bytes)
    throw failed(notWhole(volume, amount(put), amount(has)));
  return put;
}

/** Passes an archive on, and counts what is in it meanwhile. */
function telling(
  source: AsyncIterable<Buffer>,
  job: Job,
): { readonly out: Readable; readonly counted: Promise<Counted> } {
  const copy = new PassThrough();
  const counted = countTar(copy as AsyncIterable<Buffer>);
  const ended = counted.catch(() => {});
  let bytes = 0;
  let last = 0;
  const pass = async function* () {
    try {
      for await (const portion of source) {
        if (!copy.destroyed && !copy.write(portion))
          await Promise.race([once(copy, 'drain').catch(() => {}), ended]);
        bytes += portion.length;
        if (Date.now() - last > reportMs) {
          last = Date.now();
          job.report(formatBytes(bytes));
        }
        yield portion;
      }
      copy.end();
    } finally {
      // Where it is not taken to its end there is nothing to count.
      if (!copy.writableEnded) copy.destroy(new Error('The archive was not read to its end.'));
    }
  };
  return { out: Readable.from(pass(), { objectMode: false }), counted };
}

async function* below(entries: AsyncIterable<TarEntry>, leftOut: string[]): AsyncGenerator<TarSource> {
  const within = (name: string) => [volumeName, ...partsOf(name)].join('/');
  for await (const entry of entries) {
    const name = within(entry.name);
    if (entry.kind === 'other') leftOut.push(entry.name);
    else if (entry.kind === 'hardlink') yield { ...entry, name, target: within(entry.target) };
    else yield { ...entry, name };
  }
}

async function opened(file: string): Promise<AsyncIterable<Buffer>> {
  const head = Buffer.alloc(2);
  const handle = await fs.open(file);
  try {
    await handle.read(head, 0, 2, 0);
  } finally {
    await handle.close();
  }
  const source = createReadStream(file);
  if (head.readUInt16BE(0) !== 0x1f8b) return source as AsyncIterable<Buffer>;
  const packed = zlib.createGunzip();
  source.on('error', (error) => packed.destroy(error)).pipe(packed);
  packed.on('close', () => source.destroy());
  return packed as AsyncIterable<Buffer>;
}

async function* until(source: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const portion of source) {
    signal.throwIfAborted();
    yield portion;
  }
}

function amount({ files, bytes }: Counted): string {
  return files === 1 ? t('1 file, {0}', formatBytes(bytes)) : t('{0} files, {1}', files, formatBytes(bytes));
}
