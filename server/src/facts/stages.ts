import { type ImageReference, parseImageReference } from '../syntax/image-reference.ts';
import type { Dockerfile, From, Instruction, Keyword, NodeOf } from '../syntax/tree.ts';
import { groupBy } from '../text/group-by.ts';
import { remember } from '../text/remember.ts';
import type { FactOptions } from './options.ts';
import type { Expansion, Variables } from './variables.ts';
import { expandKnown } from './word-expansion.ts';

/** A FROM and the instructions up to the next one. */
export interface Stage {
  readonly index: number;
  readonly from: Instruction<From>;
  /** Name behind AS, lower-cased as BuildKit compares it; as written where the options say so. */
  readonly name: string | undefined;
  /** Image reference with the defaults of global ARGs put in; `unknown` lists variables without a default. */
  readonly base: Expansion & { readonly image: ImageReference };
  /** The earlier stage that this one builds on. */
  readonly parent: Stage | undefined;
  readonly instructions: readonly Instruction[];
  /** The same by their keyword, so that asking for one of each instruction does not read the stage as often. */
  readonly byKeyword: ReadonlyMap<Keyword, readonly Instruction[]>;
  readonly isFinal: boolean;
}

const nothing: Expansion = { text: '', unknown: [] };

/** ARGs before the first FROM, with their defaults; platform ARGs have none. */
export function globalVariables(file: Dockerfile): Variables {
  const variables = new Map<string, string | undefined>();
  for (const { node } of file.instructions) {
    if (node.keyword === 'FROM') break;
    if (node.keyword !== 'ARG') continue;
    for (const { key, value } of node.pairs) {
      variables.set(key.value, value && expandKnown(value, variables, file.escape).text);
    }
  }
  return variables;
}

/** The options that change how stages are read. */
export type StageOptions = Pick<
  FactOptions,
  'argDefaults' | 'foldStageNames' | 'undottedHosts' | 'wholeStageNames'
>;

export function buildStages(file: Dockerfile, options: StageOptions): Stage[] {
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  const isFrom = (instruction: Instruction): instruction is Instruction<From> =>
    instruction.node.keyword === 'FROM';
  const starts = file.instructions.filter(isFrom);
  const variables: Variables = options.argDefaults ? globalVariables(file) : new Map();
  starts.forEach((from, index) => {
    const { imageWord, alias } = from.node;
    const expanded = imageWord ? expandKnown(imageWord, variables, file.escape) : nothing;
    const expansion = options.argDefaults ? expanded : { ...expanded, text: imageWord?.raw ?? '' };
    const image = parseImageReference(expansion.text, options.undottedHosts);
    const next = starts[index + 1]?.index ?? file.instructions.length;
    const instructions = file.instructions.slice(from.index + 1, next);
    const parent = foldName(options.wholeStageNames ? expansion.text : image.repository, options);
    const stage: Stage = {
      index,
      from,
      name: alias && foldName(alias.value, options),
      base: { ...expansion, image },
      parent: named.get(parent),
      instructions,
      byKeyword: groupBy(instructions, ({ node }) => node.keyword),
      isFinal: index === starts.length - 1,
    };
    stages.push(stage);
    if (stage.name !== undefined) named.set(stage.name, stage);
  });
  return stages;
}

/** A stage's name in the form in which names are compared. */
export function foldName(name: string, { foldStageNames }: Pick<FactOptions, 'foldStageNames'>): string {
  return foldStageNames ? name.toLowerCase() : name;
}

/**
 * The latest of the stages with this name.
 * @param before of those before this place in the list, all where left out
 */
export function findStage(
  stages: readonly Stage[],
  name: string,
  options: Pick<FactOptions, 'foldStageNames'>,
  before = stages.length,
): Stage | undefined {
  const named = namedStages(stages).get(foldName(name, options)) ?? [];
  return named[lastWhere(named, ({ index }) => index < before)];
}

const namedStages = remember(
  (stages: readonly Stage[]): ReadonlyMap<string | undefined, readonly Stage[]> =>
    groupBy(stages, ({ name }) => name),
);

/**
 * Longest chain of stages that is followed, as many questions are asked of each instruction. An image has no more layers
 * (`maxDepth` in moby/daemon/internal/layer/layer_store.go is 125).
 */
const longestLineage = 128;

/** A stage and those that it builds on, nearest first. */
export function lineage(stage: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at && chain.length < longestLineage; at = at.parent) chain.push(at);
  return chain;
}

/** The last instruction of a kind in a stage, before `until` where given. */
export function lastOf<K extends Keyword>(
  stage: Stage,
  keyword: K,
  until?: Instruction,
): Instruction<NodeOf<K>> | undefined {
  const all = stage.byKeyword.get(keyword) ?? [];
  const last = until ? all[lastWhere(all, ({ index }) => index < until.index)] : all.at(-1);
  return last as Instruction<NodeOf<K>> | undefined;
}

/** Place of the last item that holds, by halving, where those that hold come first; -1 where none does. */
export function lastWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Like `lastOf`, and through the stages that this one builds on, as SHELL, USER, WORKDIR and CMD are inherited. */
export function effective<K extends Keyword>(
  stage: Stage,
  keyword: K,
  until?: Instruction,
): Instruction<NodeOf<K>> | undefined {
  for (const ancestor of lineage(stage)) {
    const found = lastOf(ancestor, keyword, ancestor === stage ? until : undefined);
    if (found) return found;
  }
  return undefined;
}

/** The stage whose image from outside this one rests on in the end. */
export const rootStage = remember((stage: Stage): Stage => lineage(stage).at(-1) ?? stage);
