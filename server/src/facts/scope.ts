import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import { globalVariables, lastWhere, lineage, type Stage } from './stages.ts';
import type { Variables } from './variables.ts';
import { expandKnown } from './word-expansion.ts';

/** The variables that hold at a place; asking for one does not read the stage again. */
export interface Scope extends Variables, Iterable<[name: string, value: string | undefined]> {
  has(name: string): boolean;
}

interface Setting {
  readonly index: number;
  readonly value: string | undefined;
}
type Settings = Map<string, Setting[]>;
/** What a stage itself sets, each in the order of the file. */
interface Settled {
  readonly args: Settings;
  readonly envs: Settings;
}

/** So many characters of values are put together for a file; what comes behind has no known value. */
const mostOfFile = 16_000_000;
const roomOf = remember((_: Dockerfile) => ({ left: mostOfFile }));
const globalsOf = remember(globalVariables);
const settled = new WeakMap<Stage, Settled>();

/**
 * The ARG and ENV values that hold in a stage, before `until` where given. Both are inherited from the stages that it
 * builds on; ENV wins over ARG; `ARG NAME` alone takes the default of the global ARG (Dockerfile reference, "ARG").
 */
export function variablesAt(file: Dockerfile, stage: Stage, until?: Instruction): Scope {
  const unsettled: Stage[] = [];
  for (let at: Stage | undefined = stage; at && !settled.has(at); at = at.parent) unsettled.push(at);
  for (const one of unsettled.reverse()) settle(file, one);
  return scopeAt(lineage(stage), until?.index);
}

/** @param stages a stage and those that it builds on */
function scopeAt(stages: readonly Stage[], until = Number.POSITIVE_INFINITY): Scope {
  const last = (settings: readonly Setting[]) => settings[lastWhere(settings, ({ index }) => index < until)];
  const find = (name: string): Setting | undefined => {
    for (const kind of ['envs', 'args'] as const) {
      for (const stage of stages) {
        const settings = settled.get(stage)?.[kind].get(name);
        const setting = settings && last(settings);
        if (setting) return setting;
      }
    }
    return undefined;
  };
  return {
    get: (name) => find(name)?.value,
    has: (name) => find(name) !== undefined,
    *[Symbol.iterator]() {
      const names = new Set<string>();
      for (const kind of ['args', 'envs'] as const)
        for (const stage of stages.toReversed())
          for (const [name, all] of settled.get(stage)?.[kind] ?? []) if (last(all)) names.add(name);
      for (const name of names) yield [name, find(name)?.value];
    },
  };
}

function settle(file: Dockerfile, stage: Stage): void {
  const own: Settled = { args: new Map(), envs: new Map() };
  settled.set(stage, own);
  const stages = lineage(stage);
  const room = roomOf(file);
  const globals = globalsOf(file);
  for (const { node, index } of stage.instructions) {
    if (node.keyword !== 'ARG' && node.keyword !== 'ENV') continue;
    const isEnv = node.keyword === 'ENV';
    // All pairs of one ENV see the values from before it.
    const before = scopeAt(stages, index);
    for (const { key, value } of node.pairs) {
      let text = value?.value;
      if (value && text?.includes('$')) {
        text = expandKnown(value, before, file.escape).text;
        room.left -= text.length;
        if (room.left < 0) text = undefined;
      }
      const settings = isEnv ? own.envs : own.args;
      const setting = { index, value: isEnv ? text : (text ?? globals.get(key.value)) };
      const known = settings.get(key.value);
      if (known) known.push(setting);
      else settings.set(key.value, [setting]);
    }
  }
}

/** A word of an instruction with its variables put in; undefined where one of them has no value in the file. */
export function resolveWord(
  file: Dockerfile,
  stage: Stage,
  instruction: Instruction,
  word: { readonly raw?: string; readonly value: string },
): string | undefined {
  if (!word.value.includes('$')) return word.value;
  const { text } = expandKnown(word, variablesAt(file, stage, instruction), file.escape);
  return text.includes('$') ? undefined : text;
}
