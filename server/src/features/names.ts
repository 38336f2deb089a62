import { readImageUses } from '../facts/image-uses.ts';
import { readOptions } from '../facts/option-table.ts';
import { factOptions } from '../facts/options.ts';
import { usedStage } from '../facts/stage-graph.ts';
import { buildStages, type Stage } from '../facts/stages.ts';
import { placeIn } from '../facts/word-places.ts';
import { triggerOf } from '../syntax/parse.ts';
import type { Dockerfile, Instruction, Word } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { Span } from '../text/span.ts';

/** A place where a name stands. */
export interface NamePlace {
  readonly span: Span;
  /** It gives the name; all others use it. */
  readonly isDeclaration: boolean;
  /** A number stands for a stage here, which stays when the stage gets another name. */
  readonly isNumber: boolean;
}

/** A stage or a global ARG with all places that mean it. */
export interface Name {
  readonly places: readonly NamePlace[];
  /** Where the one that was asked for is declared. */
  readonly definition: Span;
  /** The place that was asked for. */
  readonly asked: NamePlace;
}

interface Meaning extends NamePlace {
  /** What is meant: equal for places that mean the same. */
  readonly of: Stage | string;
  readonly definition: Span;
}

/** What the name at a place means: a stage, or an ARG in front of the first FROM; undefined for all else. */
export function nameAt(file: Dockerfile, offset: number): Name | undefined {
  const all = meaningsIn(file);
  const asked = all.find(({ span }) => span.start <= offset && offset <= span.end);
  if (!asked) return undefined;
  return { asked, definition: asked.definition, places: all.filter((place) => place.of === asked.of) };
}

const options = readOptions(factOptions, {});

const meaningsIn = remember((file: Dockerfile): readonly Meaning[] => {
  const stages = buildStages(file, options);
  return [...stageNames(file, stages), ...globalNames(file, stages)].sort(
    (a, b) => a.span.start - b.span.start,
  );
});

function stageNames(file: Dockerfile, stages: readonly Stage[]): Meaning[] {
  const found: Meaning[] = [];
  const add = (stage: Stage, span: Span, text: string, isDeclaration: boolean) => {
    const { alias, imageWord } = stage.from.node;
    const named = alias ?? imageWord ?? stage.from.node.keywordWord;
    const isNumber = text.toLowerCase() !== alias?.value.toLowerCase();
    found.push({ of: stage, span, isDeclaration, isNumber, definition: inside(stage.from, named) });
  };
  for (const stage of stages) {
    const { alias, imageWord } = stage.from.node;
    if (alias) add(stage, inside(stage.from, alias), alias.value, true);
    const isWritten = imageWord?.value.toLowerCase() === stage.parent?.name;
    if (imageWord && stage.parent && isWritten)
      add(stage.parent, inside(stage.from, imageWord), imageWord.value, false);
  }
  for (const outer of file.instructions) {
    const instruction = triggerOf(outer) ?? outer;
    const isCopy = instruction.node.keyword === 'COPY';
    for (const use of readImageUses(instruction.node)) {
      const stage = usedStage({ stages, options }, use.text, isCopy);
      const { from, to } = use;
      const raw = instruction.node.text.slice(from, to);
      if (stage) add(stage, inside(instruction, { from, to, raw, value: use.text }), use.text, false);
    }
  }
  return found;
}

/** The global ARGs: where FROM and other ARGs use them, where stages declare them again, and what is used there. */
function globalNames(file: Dockerfile, stages: readonly Stage[]): Meaning[] {
  const declared = new Map<string, Span>();
  const found: Meaning[] = [];
  const add = (name: string, span: Span, definition: Span, isDeclaration: boolean) =>
    found.push({ of: name, span, definition, isDeclaration, isNumber: false });
  const addUses = (instruction: Instruction, definitions: ReadonlyMap<string, Span>) => {
    if (definitions.size === 0) return;
    for (const { name, span } of usesIn(instruction)) {
      const definition = definitions.get(name);
      if (definition) add(name, span, definition, false);
    }
  };
  for (const instruction of file.instructions.slice(0, stages[0]?.from.index)) {
    const { node } = instruction;
    if (node.keyword !== 'ARG') continue;
    addUses(instruction, declared);
    for (const { key } of node.pairs) {
      const span = inside(instruction, key);
      declared.set(key.value, span);
      add(key.value, span, span, true);
    }
  }
  if (declared.size === 0) return [];
  const endings = new Map<Stage, Reached>();
  for (const stage of stages) {
    addUses(stage.from, declared);
    const before = stage.parent && endings.get(stage.parent);
    const reached: Reached = { args: new Map(before?.args), envs: new Set(before?.envs) };
    endings.set(stage, reached);
    for (const outer of stage.instructions) {
      const instruction = triggerOf(outer) ?? outer;
      addUses(instruction, reached.args);
      const { node } = instruction;
      if (node.keyword !== 'ARG' && node.keyword !== 'ENV') continue;
      for (const { key } of node.pairs) {
        const global = declared.get(key.value);
        if (!global) continue;
        if (node.keyword === 'ENV') {
          // From here on it is this value that is meant, whatever an ARG says.
          reached.envs.add(key.value);
          reached.args.delete(key.value);
          continue;
        }
        const span = inside(instruction, key);
        add(key.value, span, global, true);
        if (!reached.envs.has(key.value)) reached.args.set(key.value, span);
      }
    }
  }
  return found;
}

/** The global ARGs that a stage has declared again so far, and the variables of the same name that hide one. */
interface Reached {
  readonly args: Map<string, Span>;
  readonly envs: Set<string>;
}

/** `$NAME` and `${NAME…}` in an instruction and its heredocs: a shell puts its variables in as well. */
function usesIn({ node, at }: Instruction): { name: string; span: Span }[] {
  const text = node.plain + node.text.slice(node.plain.length);
  return [...text.matchAll(/(?<![\\`])\$\{?([A-Za-z_]\w*)/g)].map(({ 0: whole, 1: name = '', index }) => {
    const to = index + whole.length;
    return { name, span: at({ from: to - name.length, to }) };
  });
}

const inside = (instruction: Instruction, word: Word): Span => instruction.at(placeIn(word));
