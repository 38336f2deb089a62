// Images as tar files of this machine: written beside their place until all of it is there, and read back.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ProcessSocket } from '../runtime/exec.ts';
import { cancelledId, type Failure, failed, failureOf, leaving, type Pattern } from '../runtime/failures.ts';
import { inspectImages, loadImages, saveImages } from '../runtime/image-commands.ts';
import { localPlace, wentTo } from '../ui/local-place.ts';
import { confirm } from '../ui/say.ts';
import { lastOfReference } from '../ui/short.ts';
import { isAgreed } from '../ui/vouched.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { imagePatterns, requireImage } from './failures.ts';
import { parseReference } from './model.ts';

export type SavedImages = { readonly file: string; readonly bytes: number; readonly refs: readonly string[] };
export type LoadedImages = { readonly refs: readonly string[] };

const reportMs = 300;

/** @param argument may have the file beforehand */
export async function save(
  workbench: Workbench,
  refs: readonly string[],
  argument: unknown,
): Promise<SavedImages | undefined> {
  refs.forEach(requireImage);
  const { file: given } = (argument ?? {}) as { file?: unknown };
  const to = typeof given === 'string' ? given : await askPlace(refs);
  if (to === undefined) return undefined;
  // The dialogue of the system asks by itself.
  if (typeof given === 'string' && !(isAgreed(argument) && !(await isThere(to))) && !(await mayWrite(to)))
    return undefined;
  const engine = await workbench.engine.get();
  const names = refs.join(', ');
  const step = l10n.t('Saving {0}', names);
  const facts = { step, tool: 'engine', image: names, patterns: imagePatterns } as const;
  // What is not there is told before anything is written.
  const images = await workbench.run(await inspectImages(engine, refs), facts);
  const whole = images.reduce((sum, { bytes }) => sum + bytes, 0);
  return workbench.job<SavedImages>({
    kind: 'images.save',
    title: step,
    tab: l10n.t('{0}: save', lastOfReference(refs[0] ?? names)),
    async work({ signal, report }) {
      const begun = path.join(
        path.dirname(to),
        `.${path.basename(to)}.${randomBytes(4).toString('hex')}.part`,
      );
      let bytes = 0;
      let last = 0;
      const count = async function* (source: AsyncIterable<Buffer>) {
        for await (const portion of source) {
          bytes += portion.length;
          if (Date.now() - last > reportMs) {
            last = Date.now();
            report(l10n.t('{0} of about {1}', formatBytes(bytes), formatBytes(whole)));
          }
          yield portion;
        }
      };
      try {
        const archive = new ProcessSocket(saveImages(engine, refs));
        archive.end();
        await pipeline(archive, count, createWriteStream(begun, { flags: 'wx', mode: 0o600 }), { signal });
        signal.throwIfAborted();
        await fs.rename(begun, to);
      } catch (error) {
        await fs.rm(begun, { force: true });
        throw failed(signal.aborted ? cancelled(step) : notSaved(to, error));
      }
      const { size } = await fs.stat(to);
      return {
        value: { file: to, bytes: size, refs },
        message: l10n.t('{0}: saved to {1}, {2}.', names, to, formatBytes(size)),
      };
    },
  });
}

export async function load(workbench: Workbench, argument: unknown): Promise<LoadedImages | undefined> {
  const { file: given } = (argument ?? {}) as { file?: unknown };
  const file = typeof given === 'string' ? given : await askFile();
  if (file === undefined) return undefined;
  if (typeof given === 'string' && !isAgreed(argument)) {
    const detail = l10n.t('An image in it takes its name from one that is here.');
    if (!(await confirm(l10n.t('Load the images of {0}?', file), detail, l10n.t('Load')))) return undefined;
  }
  const engine = await workbench.engine.get();
  const step = l10n.t('Loading {0}', path.basename(file));
  const facts = { step, tool: 'engine', patterns: [noArchive, ...imagePatterns] } as const;
  const found = await fs.stat(file).catch(() => undefined);
  if (!found?.isFile()) throw failed(noFile(file));
  return workbench.job<LoadedImages>({
    kind: 'images.load',
    title: step,
    tab: l10n.t('{0}: load', path.basename(file)),
    async work(job) {
      try {
        const refs = await job.run(loadImages(engine, file), {
          ...facts,
          progress: (line) => line.trim() || undefined,
        });
        const loaded = await workbench.run(await inspectImages(engine, refs), facts);
        if (!refs.length || !loaded.length) throw failed(notLoaded(file));
        return {
          value: { refs },
          message: l10n.t('Loaded: {0}.', refs.join(', ')),
          next:
            refs.length === 1
              ? [{ label: l10n.t('Run'), command: 'wheelhouse.images.run', arguments: [{ ref: refs[0] }] }]
              : [],
        };
      } catch (error) {
        // The engine takes one after the other.
        throw leaving(
          error,
          l10n.t('Images that come first in it may be here now; the view of images shows them.'),
        );
      } finally {
        workbench.changed('image');
      }
    },
  });
}

async function askPlace(refs: readonly string[]): Promise<string | undefined> {
  const [first = ''] = refs;
  const { repository, tag } = parseReference(first.replace(/^sha256:/, ''));
  const base = refs.length === 1 ? [repository.split('/').at(-1), tag].filter(Boolean).join('-') : 'images';
  const name = `${base.replace(/[^\w.-]/g, '-').slice(0, 100)}.tar`;
  const chosen = await vscode.window.showSaveDialog({
    title: refs.length === 1 ? l10n.t('Save Image') : l10n.t('Save {0} Images', refs.length),
    defaultUri: await localPlace(name),
    filters: { [l10n.t('Archive')]: ['tar'] },
  });
  return wentTo(chosen)?.fsPath;
}

async function askFile(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Load Images'),
      openLabel: l10n.t('Load'),
      defaultUri: await localPlace(),
      filters: {
        [l10n.t('Archive')]: ['tar', 'tar.gz', 'tgz', 'gz', 'xz', 'bz2', 'zst'],
        [l10n.t('All')]: ['*'],
      },
    })) ?? [];
  return wentTo(file)?.fsPath;
}

const isThere = (file: string) =>
  fs.lstat(file).then(
    () => true,
    () => false,
  );

/** A path that was given beforehand may hold something already, or be anybody's wish. */
async function mayWrite(to: string): Promise<boolean> {
  const there = await isThere(to);
  const question = there ? l10n.t('{0} exists already. Replace it?', to) : l10n.t('Write {0}?', to);
  const detail = there ? l10n.t('What is in this file is lost.') : '';
  return confirm(question, detail, there ? l10n.t('Replace') : l10n.t('Save'));
}

const noArchive: Pattern = {
  id: 'no-image-archive',
  when: [
    /invalid tar header|unexpected EOF|archive\/tar|gzip: invalid header|invalid archive/i,
    /open \S{0,500}(?:manifest\.json|repositories): no such file/i,
    /payload does not match any of the supported image formats|unrecognized image format|invalid image|no such file or directory/i,
    /file contains no images|tarfile is not|unsupported (?:archive|image)/i,
    /cannot unmarshal|invalid manifest|invalid character|invalid diffID/i,
  ],
  say: (_, { step }) => ({
    message: l10n.t('{0} failed: the file is no archive of images, or not all of one.', step),
    remedy: l10n.t(
      'Choose one that "docker save" or "podman save" wrote; the archive of a container goes by "import".',
    ),
  }),
};

function noFile(file: string): Failure {
  return {
    id: 'no-file',
    message: l10n.t('There is no file {0}.', file),
    remedy: l10n.t('Choose another one.'),
  };
}

function notLoaded(file: string): Failure {
  return {
    id: 'no-image-archive',
    message: l10n.t('The engine found no image in {0}.', file),
    remedy: l10n.t('Choose a file that "docker save" or "podman save" wrote.'),
  };
}

function notSaved(to: string, error: unknown): Failure {
  const known = failureOf(error);
  if (known) return known;
  const { code } = error as NodeJS.ErrnoException;
  const isDisk = code === 'ENOSPC' || code === 'EDQUOT';
  return {
    id: isDisk ? 'disk-full' : 'not-saved',
    message: isDisk
      ? l10n.t('The disk is full, so nothing was saved to {0}.', to)
      : l10n.t('Nothing was saved to {0}: {1}', to, error instanceof Error ? error.message : String(error)),
    remedy: isDisk
      ? l10n.t('Free some space, or choose another disk.')
      : l10n.t('Choose another place, or look whether the engine answers.'),
  };
}

function cancelled(step: string): Failure {
  return {
    id: cancelledId,
    message: l10n.t('{0} was cancelled.', step),
    remedy: l10n.t('No file was left; what was there before is as it was.'),
  };
}
