import type { FileFacts } from '../facts/file-facts.ts';
import { readImageUses } from '../facts/image-uses.ts';
import { findStage, lastWhere } from '../facts/stages.ts';
import { parseImageReference } from '../syntax/image-reference.ts';
import type { Span } from '../text/span.ts';

/** An image from outside that a file names by a tag, which may mean another image tomorrow. */
export interface UnpinnedImage {
  /** As the file names it. */
  readonly text: string;
  readonly registry: string;
  /** As a registry knows it: with `library/` for the official images of Docker Hub. */
  readonly repository: string;
  readonly tag: string;
  /** Offset behind the name, where `@sha256:…` belongs. */
  readonly end: number;
}

/** The images in FROM, `COPY --from` and mounts that have no digest; those whose name holds a variable are left out. */
export function unpinnedImages(facts: FileFacts): UnpinnedImage[] {
  const { file, stages, options } = facts;
  return file.instructions.flatMap((it) => {
    const { node } = it;
    const before = lastWhere(stages, ({ from }) => from.index < it.index) + 1;
    const isStage = (name: string) =>
      /^\d+$/.test(name) || findStage(stages, name, options, before) !== undefined;
    const words =
      node.keyword === 'FROM'
        ? node.imageWord
          ? [{ ...node.imageWord, text: node.imageWord.value }]
          : []
        : readImageUses(node);
    return words.flatMap(({ text, from, to }) => (isStage(text) ? [] : read(text, it.at({ from, to }))));
  });
}

function read(text: string, { end }: Span): UnpinnedImage[] {
  const { registry = 'docker.io', repository, tag = 'latest', digest } = parseImageReference(text);
  if (text.includes('$') || /["']/.test(text) || text === 'scratch' || digest !== undefined) return [];
  const isOfficial = registry === 'docker.io' && !repository.includes('/');
  return [{ text, registry, repository: isOfficial ? `library/${repository}` : repository, tag, end }];
}
