import { triggerOf } from '../syntax/parse.ts';
import type { Edit } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import { remember } from '../text/remember.ts';
import type { Span } from '../text/span.ts';
import type { FileFacts } from './file-facts.ts';
import { readImageUses } from './image-uses.ts';
import type { Stage } from './stages.ts';

/**
 * Edits that give a stage another name wherever the file names it; upper and lower case count as one, as for Docker.
 * Only places that differ from the new name are touched.
 */
export function renameStage(facts: FileFacts, stage: Stage, newName: string): Edit[] | undefined {
  const { alias } = stage.from.node;
  if (!alias) return [];
  const { file } = facts;
  const others = placesOf(facts).get(alias.value.toLowerCase()) ?? [];
  if (others.length > mostPlaces) return undefined;
  const below = others.filter(({ above }) => above > stage.index);
  return [quotedAt(file.text, stage.from.at(alias)), ...below].flatMap(({ span, quote, name }): Edit[] =>
    name === newName ? [] : [{ span, text: quote + newName + quote }],
  );
}

/** Where as many stages have one name, what is to be renamed is not known, and each would come with all places. */
const mostPlaces = 1000;

interface Place {
  readonly span: Span;
  readonly quote: string;
  readonly name: string;
  /** A stage above this one may be meant. */
  readonly above: number;
}

/** The places that may name a stage, by the name in lower case. */
const placesOf = remember(({ file, stages }: FileFacts): ReadonlyMap<string, readonly Place[]> => {
  const images = stages.flatMap(({ from, index }) =>
    from.node.imageWord ? [{ ...quotedAt(file.text, from.at(from.node.imageWord)), above: index }] : [],
  );
  const uses = file.instructions.flatMap((outer) => {
    const instruction = triggerOf(outer) ?? outer;
    return readImageUses(instruction.node).map((use) => ({
      ...quotedAt(file.text, instruction.at(use)),
      above: Number.POSITIVE_INFINITY,
    }));
  });
  return groupBy([...images, ...uses], ({ name }) => name.toLowerCase());
});

function quotedAt(text: string, span: Span) {
  const [, quote = '', name = ''] = /^(["']?)(.*)\1$/s.exec(text.slice(span.start, span.end)) ?? [];
  return { span, quote, name };
}
