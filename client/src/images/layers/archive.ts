// Reads the archive of an image as it comes: what `docker save` wrote up to version 24, the OCI layout that it and others
// write since, and Podman's. No file of the image is ever held.
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import * as z from 'zod';
import { shownName } from '../../engine/path-bytes.ts';
import { block, isHeader, isZero, partsOf, readTar, type TarEntry, TarError } from '../../engine/tar.ts';
import { type OwnedNames, readRecord } from './record.ts';

export type Change = {
  readonly path: string;
  /** `gone` was deleted, of a folder that was `emptied` all that lower layers have in it. */
  readonly kind: 'file' | 'folder' | 'hardlink' | 'gone' | 'emptied';
  readonly bytes: number;
  /** Of a hard link. */
  readonly target?: string;
  /** Of the content: with the size it tells whether two files are the same. Of a link it is about where it leads. */
  readonly sum?: number;
  /** Of what is no file in the proper sense. */
  readonly special?: 'link' | 'other';
  /** Of a symbolic link. */
  readonly leadsTo?: string;
};

export type Layer = {
  /** Its name in the archive. */
  readonly at: string;
  readonly changes: readonly Change[];
  /** What each RECORD of a Python package in it names. */
  readonly records: ReadonlyMap<string, OwnedNames>;
};

export type ArchivedImage = {
  readonly layers: readonly Layer[];
  /** What made each layer, as far as the image tells. */
  readonly steps: readonly (string | undefined)[];
};

export class ArchiveError extends Error {
  readonly why: 'cut' | 'zstd' | 'unknown' | 'too-many';
  constructor(why: ArchiveError['why']) {
    super(why);
    this.why = why;
  }
}

/** Paths of so many files are held at most. */
const mostChanges = 2_000_000;
const longestText = 8_000_000;
/** No system has longer ones. */
const longestPath = 4_096;

export async function readArchive(source: AsyncIterable<Buffer>): Promise<ArchivedImage> {
  const texts = new Map<string, string>();
  const layers = new Map<string, Layer>();
  const links = new Map<string, string>();
  const count = { left: mostChanges };
  try {
    for await (const entry of readTar(source)) {
      const path = pathOf(entry.name);
      if (entry.kind === 'link' || entry.kind === 'hardlink') {
        const base = entry.kind === 'hardlink' ? '' : posix.dirname(path);
        links.set(path, posix.join(base, entry.target));
        continue;
      }
      if (entry.kind !== 'file') continue;
      const head = await entry.peek(block);
      if (isHeader(head) || isZero(head) || decoderOf(head))
        layers.set(path, await readLayer(path, unpacked(entry.content(), head), count));
      else if (/^\s*[{[]/.test(head.toString('latin1', 0, 8)) && entry.size <= longestText)
        texts.set(path, await textOf(entry.content()));
    }
  } catch (error) {
    if (error instanceof TarError || isBadPacking(error)) throw new ArchiveError('cut');
    throw error;
  }
  const find = (name: string) => layers.get(name) ?? layers.get(links.get(name) ?? '');
  for (const { config, names } of manifests(texts)) {
    const found = names.map(find);
    if (found.every((layer) => layer !== undefined))
      return { layers: found, steps: stepsOf(config, found.length) };
  }
  throw new ArchiveError('unknown');
}

/** What is in one layer of an archive, by the paths that `Change` has; the rest is not read. */
export async function* layerEntries(
  source: AsyncIterable<Buffer>,
  at: string,
): AsyncGenerator<{ readonly path: string; readonly entry: TarEntry }> {
  for await (const blob of readTar(source)) {
    if (blob.kind !== 'file' || pathOf(blob.name) !== at) continue;
    const head = await blob.peek(block);
    for await (const entry of readTar(unpacked(blob.content(), head))) {
      const path = pathOf(entry.name);
      if (path && !path.slice(path.lastIndexOf('/') + 1).startsWith('.wh.')) yield { path, entry };
    }
    return;
  }
}

async function readLayer(at: string, source: AsyncIterable<Buffer>, count: { left: number }): Promise<Layer> {
  const changes: Change[] = [];
  const records = new Map<string, OwnedNames>();
  for await (const { name: written, kind, size, target, content } of readTar(source)) {
    const path = pathOf(written);
    if (!path || path.length > longestPath) continue;
    if (count.left-- === 0) throw new ArchiveError('too-many');
    const slash = path.lastIndexOf('/') + 1;
    const name = path.slice(slash);
    // The marks of deleted things: github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
    if (name === '.wh..wh..opq')
      changes.push({ path: path.slice(0, Math.max(0, slash - 1)), kind: 'emptied', bytes: 0 });
    else if (name.startsWith('.wh..wh.')) continue;
    else if (name.startsWith('.wh.'))
      changes.push({ path: path.slice(0, slash) + name.slice(4), kind: 'gone', bytes: 0 });
    else if (kind === 'hardlink')
      changes.push({ path, kind, bytes: 0, target: posix.join('/', shownName(target)).slice(1) });
    else if (kind === 'folder') changes.push({ path, kind, bytes: 0 });
    else if (kind !== 'file')
      changes.push({
        path,
        kind: 'file',
        bytes: 0,
        special: kind,
        sum: zlib.crc32(target),
        leadsTo: kind === 'link' ? shownName(target) : undefined,
      });
    else {
      const summed = { sum: 0 };
      const summing = async function* () {
        for await (const portion of content()) {
          summed.sum = zlib.crc32(portion, summed.sum);
          yield portion;
        }
      };
      if (path.endsWith('.dist-info/RECORD')) records.set(path, await readRecord(summing()));
      else if (size) for await (const _ of summing());
      changes.push({ path, kind, bytes: size, ...summed });
    }
  }
  return { at, changes, records };
}

const pathOf = (name: string) => shownName(partsOf(name).join('/'));

function decoderOf(head: Buffer): 'gzip' | 'zstd' | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : undefined;
}

function unpacked(content: AsyncIterable<Buffer>, head: Buffer): AsyncIterable<Buffer> {
  const packing = isHeader(head) ? undefined : decoderOf(head);
  if (!packing) return content;
  // Node has it since 22.15.
  if (packing === 'zstd' && !zlib.createZstdDecompress) throw new ArchiveError('zstd');
  return through(content, packing === 'gzip' ? zlib.createGunzip() : zlib.createZstdDecompress());
}

/** Ends once nothing reads the content any more, as whoever gave it goes on with what follows. */
async function* through(content: AsyncIterable<Buffer>, decoder: zlib.Gunzip | zlib.ZstdDecompress) {
  const done = pipeline(Readable.from(content), decoder).catch((error) => {
    decoder.destroy(error);
  });
  try {
    yield* decoder as AsyncIterable<Buffer>;
  } finally {
    decoder.destroy();
    await done;
  }
}

function isBadPacking(error: unknown): boolean {
  return (
    error instanceof Error && /^(?:Z_|ZSTD_|ERR_ZSTD)/.test(String((error as NodeJS.ErrnoException).code))
  );
}

async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const portions: Buffer[] = [];
  for await (const portion of content) portions.push(portion);
  return Buffer.concat(portions).toString('utf8');
}

const dockerManifest = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()).nullish() }));
const descriptor = z.object({ digest: z.string() });
const ociIndex = z.object({ manifests: z.array(descriptor) });
const ociManifest = z.object({ config: descriptor, layers: z.array(descriptor) });
const imageConfig = z.object({
  history: z
    .array(
      z.object({
        created_by: z.string().nullish(),
        comment: z.string().nullish(),
        empty_layer: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

type Manifest = { readonly config: string | undefined; readonly names: readonly string[] };

/** The images that the archive describes; of one with several platforms there are several, not all of them complete. */
function* manifests(texts: ReadonlyMap<string, string>): Generator<Manifest> {
  for (const { Config, Layers } of read(texts.get('manifest.json'), dockerManifest) ?? [])
    yield { config: texts.get(Config), names: Layers ?? [] };
  const blob = (digest: string) => `blobs/${digest.replace(':', '/')}`;
  const waiting = [texts.get('index.json')];
  // An index may name another one; none is long enough to go on for ever.
  for (let looked = 0; looked < 1_000 && waiting.length; looked++) {
    const text = waiting.shift();
    const manifest = read(text, ociManifest);
    if (manifest)
      yield {
        config: texts.get(blob(manifest.config.digest)),
        names: manifest.layers.map(({ digest }) => blob(digest)),
      };
    else
      for (const { digest } of read(text, ociIndex)?.manifests ?? []) waiting.push(texts.get(blob(digest)));
  }
}

function stepsOf(config: string | undefined, layers: number): readonly (string | undefined)[] {
  const made = (read(config, imageConfig)?.history ?? []).filter(({ empty_layer }) => !empty_layer);
  // Where layers were merged afterwards nothing tells which is whose.
  if (made.length !== layers) return Array.from({ length: layers }, () => undefined);
  return made.map(({ created_by, comment }) => created_by || comment || undefined);
}

function read<T>(text: string | undefined, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
