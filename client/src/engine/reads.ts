// What the engine has, asked over its API. Answers are read at the edge, by the same readers as those of the command line.
import * as z from 'zod';
import { type ContainerDetails, containerDetails } from '../runtime/container-details.ts';
import { type ImageDetails, imageDetails, listedImage } from '../runtime/image-commands.ts';
import { askedFirst, listedContainer } from '../runtime/listed-container.ts';
import { connections, type EngineHttp } from './http.ts';

const listed = z.array(z.looseObject({ Id: z.string() }));

const few = 8;
/** So many are asked for faster than the command line begins: what a view shows of them first is all there is to say. */
const mostBeforeRows = 100;

type Asked = Pick<EngineHttp, 'get'>;
type Soon<T> = (listed: readonly T[]) => void;

/**
 * All containers, or of these ids those that are there; what goes meanwhile is left out. `soon` gets them as the list tells
 * them, those that it tells little of asked for before, as far as they stand high in a view.
 */
export async function readContainers(
  http: Asked,
  ids?: readonly string[],
  soon?: Soon<ContainerDetails>,
): Promise<readonly ContainerDetails[]> {
  const ask = async (id: string) => {
    const raw = await http.get(`/containers/${encodeURIComponent(id)}/json`);
    return raw === undefined ? [] : [containerDetails(raw)];
  };
  const all = ids ? undefined : listed.parse(await http.get('/containers/json?all=1'));
  const wanted = ids ?? all?.map(({ Id }) => Id) ?? [];
  if (!all || !soon || all.length <= mostBeforeRows) return (await someAtATime(wanted, ask)).flat();
  const told = all.map((raw) => listedContainer(raw));
  const first = askedFirst(told, mostBeforeRows);
  const asked = await someAtATime(first, ask);
  const known = new Map(first.map((id, index) => [id, asked[index] ?? []]));
  soon(told.flatMap((one) => known.get(one.id) ?? [one]));
  return (await someAtATime(wanted, async (id) => known.get(id) ?? ask(id))).flat();
}

/**
 * All images. An image never changes but for its names, which the list tells: those in `known` are not asked
 * for again. `soon` gets them as the list tells them.
 */
export async function readImages(
  http: Asked,
  known: ReadonlyMap<string, ImageDetails> = new Map(),
  soon?: Soon<ImageDetails>,
): Promise<readonly ImageDetails[]> {
  const all = listed.parse(await http.get('/images/json')).map(listedImage);
  if (!known.size && all.length > mostBeforeRows) soon?.(all);
  const found = await someAtATime(all, async ({ id, tags, digests }) => {
    const before = known.get(id);
    if (before) return [{ ...before, tags, digests }];
    const raw = await http.get(`/images/${encodeURIComponent(id)}/json`);
    return raw === undefined ? [] : [imageDetails(raw)];
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
