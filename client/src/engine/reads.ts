// What the engine has, asked over its API. Answers are read at the edge, by the same readers as those of the command line.
import * as z from 'zod';
import { type ContainerDetails, containerDetails } from '../runtime/container-details.ts';
import { type ImageDetails, imageDetails } from '../runtime/image-commands.ts';
import { connections, type EngineHttp } from './http.ts';

const listedContainers = z.array(z.object({ Id: z.string() }));
const listedImages = z.array(
  z.object({
    Id: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    RepoDigests: z.array(z.string()).nullish(),
  }),
);
/** What older engines list where an image has no name, or no digest. */
const isNamed = (ref: string) => !ref.includes('<none>');

const few = 8;

type Asked = Pick<EngineHttp, 'get'>;

/** All containers, or of these ids those that are there; what goes meanwhile is left out. */
export async function readContainers(
  http: Asked,
  ids?: readonly string[],
): Promise<readonly ContainerDetails[]> {
  const wanted = ids ?? listedContainers.parse(await http.get('/containers/json?all=1')).map(({ Id }) => Id);
  const found = await someAtATime(wanted, (id) => http.get(`/containers/${encodeURIComponent(id)}/json`));
  return found.filter((raw) => raw !== undefined).map(containerDetails);
}

/**
 * All images. An image never changes but for its names, which the list tells: those in `known` are not asked
 * for again.
 */
export async function readImages(
  http: Asked,
  known: ReadonlyMap<string, ImageDetails> = new Map(),
): Promise<readonly ImageDetails[]> {
  const listed = listedImages.parse(await http.get('/images/json'));
  const found = await someAtATime(listed, async ({ Id, RepoTags, RepoDigests }) => {
    const before = known.get(Id);
    if (!before) {
      const raw = await http.get(`/images/${encodeURIComponent(Id)}/json`);
      return raw === undefined ? [] : [imageDetails(raw)];
    }
    const names = { tags: (RepoTags ?? []).filter(isNamed), digests: (RepoDigests ?? []).filter(isNamed) };
    return [{ ...before, ...names }];
  });
  return found.flat();
}

/** What is at a path for each of these that is there; nothing where one question for all costs less. */
export async function readFew<T>(
  http: Asked,
  ids: readonly string[],
  path: (id: string) => string,
  read: (raw: unknown) => T,
): Promise<readonly T[] | undefined> {
  if (ids.length > few) return undefined;
  const found = await someAtATime(ids, (id) => http.get(path(encodeURIComponent(id))));
  return found.filter((raw) => raw !== undefined).map(read);
}

/** As many as there are connections, so that none waits for its turn while its time runs; none after one that failed. */
async function someAtATime<T, R>(things: readonly T[], ask: (thing: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  const rest = things.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, thing] of rest) {
      if (failed) return;
      try {
        answers[index] = await ask(thing);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return answers;
}
