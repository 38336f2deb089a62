// Commands on images, as values. The library words them for Docker and Podman; what it lacks is added here.
import * as z from 'zod';
import { type Engine, plain } from './engine.ts';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';

export type BuildOptions = {
  readonly context: string;
  readonly dockerfile: string;
  /** Of a Dockerfile outside of the context. BuildKit finds it by its name beside that: `Dockerfile.dockerignore`. */
  readonly ignoreFile?: string;
  readonly tag: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platforms?: readonly string[];
  /** Sends the result to the registry instead of the engine; what several platforms need. */
  readonly push?: boolean;
  readonly iidFile?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Of buildx, if not the one that it takes by itself. */
  readonly builder?: string;
};

export async function buildImage(engine: Engine, options: BuildOptions): Promise<Command> {
  const { args } = plain(
    await engine.client.buildImage({
      path: options.context,
      file: options.dockerfile,
      stage: options.target,
      tags: options.tag,
      args: { ...options.buildArgs },
      labels: { ...options.labels },
      imageIdFile: options.iidFile,
    }),
  );
  const platform = options.platforms?.length ? ['--platform', options.platforms.join(',')] : [];
  // With buildx the builder may not be the engine's own: `--load` brings the image back to the engine.
  const buildx = engine.buildx !== undefined;
  const chosen = options.builder ? ['--builder', options.builder] : [];
  const verb = buildx ? ['buildx', 'build', ...chosen, '--progress=plain'] : args.slice(0, 2);
  const output = !buildx ? [] : options.push ? ['--push'] : ['--load'];
  const ignored = engine.kind === 'podman' && options.ignoreFile ? ['--ignorefile', options.ignoreFile] : [];
  return { file: engine.file, args: [...verb, ...output, ...platform, ...ignored, ...args.slice(2)] };
}

/** Whether it builds with an ignore file outside of the context. The classic builder does not, and Finch sees no temporary folder. */
export const takesIgnoreFile = ({ kind, buildx, nerdctl }: Engine): boolean =>
  kind === 'podman' || buildx !== undefined || nerdctl === 'nerdctl';

export async function listImageIds(engine: Engine): Promise<Command<readonly string[]>> {
  const list = plain(await engine.client.listImages({}));
  return {
    ...list,
    parse: async (stdout) => [...new Set((await list.parse?.(stdout, ''))?.map(({ id }) => id))],
  };
}

const inspected = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Created: z.string().nullish(),
  Size: z.number().nullish(),
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }).nullish(),
  Config: z
    .object({
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Entrypoint: z.union([z.array(z.string()), z.string()]).nullish(),
      Cmd: z.union([z.array(z.string()), z.string()]).nullish(),
    })
    .nullish(),
});

export type ImageDetails = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly created?: Date;
  readonly bytes: number;
  readonly platform: string;
  /** By what is in each, from the lowest on. */
  readonly layers: readonly string[];
  readonly ports: readonly number[];
  /** Has an entry point or a command, so that it can run without one being typed. */
  readonly runnable: boolean;
  readonly raw: unknown;
};

const listed = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Created: z.number().nullish(),
  Size: z.number().nullish(),
});
/** What older engines list where an image has no name, or no digest. */
const isNamed = (ref: string) => !ref.includes('<none>');

/** What the list of the API says of an image: neither its platform nor its layers, nor how it runs. */
export function listedImage(raw: unknown): ImageDetails {
  const { Id, RepoTags, RepoDigests, Created, Size } = listed.parse(raw);
  return {
    id: Id,
    tags: (RepoTags ?? []).filter(isNamed),
    digests: (RepoDigests ?? []).filter(isNamed),
    created: Created ? new Date(Created * 1000) : undefined,
    bytes: Size ?? 0,
    platform: '',
    layers: [],
    ports: [],
    runnable: false,
    raw,
  };
}

/**
 * The library's own reading of `inspect` leaves out the size, and drops images whose lists are null;
 * its arguments are used, and the answer read here.
 */
export async function inspectImages(
  engine: Engine,
  refs: readonly string[],
): Promise<Command<readonly ImageDetails[]>> {
  const { file, args } = plain(await engine.client.inspectImages({ imageRefs: [...refs] }));
  const read = engine.nerdctl ? nerdctlImage : imageDetails;
  return { file, args, parse: async (stdout) => (await parseRecords(stdout)).map(read) };
}

/** The id that it tells is that of the configuration, by which none of its commands know the image; they do by its digest. */
function nerdctlImage(raw: unknown): ImageDetails {
  const image = imageDetails(raw);
  return { ...image, id: image.digests[0]?.split('@')[1] ?? image.id };
}

/** Reads what `inspect` says of an image. */
export function imageDetails(raw: unknown): ImageDetails {
  const image = inspected.parse(raw);
  const ports = Object.keys(image.Config?.ExposedPorts ?? {}).flatMap(
    (port) => Number.parseInt(port, 10) || [],
  );
  return {
    id: image.Id,
    tags: image.RepoTags ?? [],
    digests: image.RepoDigests ?? [],
    created: dateOf(image.Created),
    bytes: image.Size ?? 0,
    platform: `${image.Os ?? 'linux'}/${image.Architecture ?? 'unknown'}`,
    layers: image.RootFS?.Layers ?? [],
    ports,
    runnable: Boolean(image.Config?.Entrypoint?.length || image.Config?.Cmd?.length),
    raw,
  };
}

/** None for what is no date. */
function dateOf(text: string | null | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export async function tagImage(engine: Engine, from: string, to: string): Promise<Command> {
  return plain(await engine.client.tagImage({ fromImageRef: from, toImageRef: to }));
}

export async function pushImage(engine: Engine, ref: string): Promise<Command<string | undefined>> {
  const push = plain(await engine.client.pushImage({ imageRef: ref }));
  return { ...push, parse: (stdout) => /digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1] };
}

export async function pullImage(engine: Engine, ref: string): Promise<Command> {
  const { file, args } = plain(await engine.client.pullImage({ imageRef: ref }));
  return { file, args };
}

export async function removeImages(
  engine: Engine,
  refs: readonly string[],
  force: boolean,
): Promise<Command> {
  const { file, args } = plain(await engine.client.removeImages({ imageRefs: [...refs], force }));
  return { file, args };
}

/** Writes the archive of an image to its output. */
export function saveImage({ file }: Engine, ref: string): Command {
  return { file, args: ['image', 'save', ref] };
}

/** The same of several; Podman puts them into one archive only where it is told so. */
export function saveImages({ file, kind }: Engine, refs: readonly string[]): Command {
  const several = kind === 'podman' && refs.length > 1 ? ['--multi-image-archive'] : [];
  return { file, args: ['image', 'save', ...several, ...refs] };
}

/** Answers with the names that came, or the ids of those without a name. */
export function loadImages({ file }: Engine, archive: string): Command<readonly string[]> {
  return {
    file,
    args: ['image', 'load', '--input', archive],
    // nerdctl tells each name twice.
    parse: (stdout) => [
      ...new Set(
        [...stdout.matchAll(/^Loaded images?(?: ID)?(?:\(s\))?:[ \t]*(\S[^\n]{0,2000})$/gim)].flatMap(
          ([, names = '']) => names.trim().split(/,\s*/),
        ),
      ),
    ],
  };
}
