import { type ImageReference, parseImageReference } from '../syntax/image-reference.ts';
import type { Dockerfile, From, Instruction, InstructionNode, Keyword, NodeOf } from '../syntax/tree.ts';
import type { FactOptions } from './options.ts';
import { type Expansion, expandVariables, type Variables } from './variables.ts';

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
  readonly isFinal: boolean;
}

/** ARGs before the first FROM, with their defaults; platform ARGs have none. */
export function globalVariables(file: Dockerfile): Variables {
  const variables = new Map<string, string | undefined>();
  for (const { node } of file.instructions) {
    if (node.keyword === 'FROM') break;
    if (node.keyword !== 'ARG') continue;
    for (const { key, value } of node.pairs) {
      variables.set(key.value, value && expandVariables(value.value, variables).text);
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
  const isFrom = (instruction: Instruction): instruction is Instruction<From> =>
    instruction.node.keyword === 'FROM';
  const starts = file.instructions.filter(isFrom);
  const variables: Variables = options.argDefaults ? globalVariables(file) : new Map();
  starts.forEach((from, index) => {
    const { imageWord, alias } = from.node;
    const expanded = expandVariables(imageWord?.value ?? '', variables);
    const expansion = options.argDefaults ? expanded : { ...expanded, text: imageWord?.raw ?? '' };
    const image = parseImageReference(expansion.text, options.undottedHosts);
    const next = starts[index + 1]?.index ?? file.instructions.length;
    stages.push({
      index,
      from,
      name: alias && foldName(alias.value, options),
      base: { ...expansion, image },
      parent: findStage(stages, options.wholeStageNames ? expansion.text : image.repository, options),
      instructions: file.instructions.slice(from.index + 1, next),
      isFinal: index === starts.length - 1,
    });
  });
  return stages;
}

/** A stage's name in the form in which names are compared. */
export function foldName(name: string, { foldStageNames }: Pick<FactOptions, 'foldStageNames'>): string {
  return foldStageNames ? name.toLowerCase() : name;
}

/** The latest of the stages with this name. */
export function findStage(
  stages: readonly Stage[],
  name: string,
  options: Pick<FactOptions, 'foldStageNames'>,
): Stage | undefined {
  const wanted = foldName(name, options);
  return stages.findLast((stage) => stage.name === wanted);
}

/** A stage and those that it builds on, nearest first. */
export function lineage(stage: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at; at = at.parent) chain.push(at);
  return chain;
}

/** The last instruction of a kind in a stage, before `until` where given. */
export function lastOf<K extends Keyword>(
  stage: Stage,
  keyword: K,
  until?: Instruction,
): Instruction<NodeOf<K>> | undefined {
  const isWanted = (it: Instruction): it is Instruction<NodeOf<K> & InstructionNode> =>
    it.node.keyword === keyword && (!until || it.index < until.index);
  return stage.instructions.filter(isWanted).at(-1) as Instruction<NodeOf<K>> | undefined;
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

/** The stages that build on this one, directly or through others. */
export function descendants(stages: readonly Stage[], stage: Stage): Stage[] {
  return stages.filter((other) => other !== stage && lineage(other).includes(stage));
}

/** The stage whose image from outside this one rests on in the end. */
export function rootStage(stage: Stage): Stage {
  return lineage(stage).at(-1) ?? stage;
}
