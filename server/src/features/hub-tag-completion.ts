import type { FileFacts } from '../facts/file-facts.ts';
import type { ListTags } from '../ports/ports.ts';
import { isImageName, parseImageReference } from '../syntax/image-reference.ts';
import type { Span } from '../text/span.ts';
import type { Completion } from './completion.ts';

/** An editor gets no more of them. */
const mostOffers = 10_000;
/** A name of more characters is no name of a repository (distribution/reference, `NameTotalLengthMax`). */
const longestName = 255;

/** Where a tag of an image of Docker Hub is typed. */
export interface HubTagPlace {
  /** As the registry knows it: with `library/` for the official images. */
  readonly repository: string;
  readonly tag: Span;
}

/**
 * The tag behind FROM at an offset. None for the image of another registry, whose name is nobody else's business, and for
 * one with a variable in its name, which is not known.
 */
export function hubTagAt({ stages, file }: FileFacts, offset: number): HubTagPlace | undefined {
  const from = stages.find(({ from: { span } }) => span.start <= offset && offset <= span.end)?.from;
  const word = from?.node.imageWord;
  if (!from || !word) return undefined;
  const { start, end } = from.at(word);
  const [name = ''] = file.text.slice(start, end).split('@', 1);
  const { registry = 'docker.io', repository, tag } = parseImageReference(name);
  if (tag === undefined || !/^[\w.-]*$/.test(tag)) return undefined;
  if (!/^(?:index\.)?docker\.io$/.test(registry)) return undefined;
  if (repository.length > longestName || !isImageName(repository)) return undefined;
  const span = { start: start + name.length - tag.length, end: start + name.length };
  if (offset < span.start || offset > span.end) return undefined;
  return { repository: repository.includes('/') ? repository : `library/${repository}`, tag: span };
}

/** The tags that Docker Hub has for the image at an offset and that begin as what is typed; undefined elsewhere. */
export async function completeHubTag(
  facts: FileFacts,
  offset: number,
  listTags: ListTags,
  signal?: AbortSignal,
): Promise<Completion | undefined> {
  const place = hubTagAt(facts, offset);
  if (!place) return undefined;
  const typed = facts.file.text.slice(place.tag.start, offset);
  const tags = (await listTags(place.repository, signal)) ?? [];
  const fitting = tags.filter((tag) => tag.startsWith(typed)).slice(0, mostOffers);
  return { typed: place.tag, offers: fitting.map((label) => ({ label, detail: 'Docker Hub' })) };
}
