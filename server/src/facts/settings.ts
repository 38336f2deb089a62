import type { Instruction, KeyValue } from '../syntax/tree.ts';
import { groupBy } from '../text/group-by.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
import { resolveWord } from './scope.ts';
import { lastWhere, lineage, type Stage } from './stages.ts';

/** A pair of an ENV or ARG. */
interface Setter {
  readonly instruction: Instruction;
  readonly pair: KeyValue;
}

/** The pairs of a stage's ENVs and ARGs by keyword and name. */
const settersOf = remember(({ byKeyword }: Stage): ReadonlyMap<string, readonly Setter[]> => {
  const all = [...(byKeyword.get('ENV') ?? []), ...(byKeyword.get('ARG') ?? [])];
  const pairs = all.flatMap((instruction) => {
    const { node } = instruction;
    return node.keyword === 'ENV' || node.keyword === 'ARG'
      ? node.pairs.map((pair) => ({ instruction, pair }))
      : [];
  });
  return groupBy(pairs, ({ instruction, pair }) => `${instruction.node.keyword} ${pair.key.value}`);
});

/**
 * The value that an environment variable has for a RUN: by its own text, or by an ENV or ARG above it.
 * `unset` where nothing in the file sets it, `unknown` where the file does not tell what it is set to.
 */
export function settingAt(facts: FileFacts, at: Instruction, name: string): string {
  const own =
    at.node.keyword === 'RUN' && at.node.text.includes(`${name}=`)
      ? new RegExp(`(?<![\\w$])${name}=["']?([^\\s"';&|]*)`).exec(at.node.text)?.[1]
      : undefined;
  if (own !== undefined) return own.includes('$') ? 'unknown' : own;
  const stage = facts.stageOf(at);
  for (const ancestor of stage ? lineage(stage) : []) {
    // ENV wins over ARG.
    for (const keyword of ['ENV', 'ARG'] as const) {
      if (!ancestor.byKeyword.has(keyword)) continue;
      const all = settersOf(ancestor).get(`${keyword} ${name}`) ?? [];
      const last = all[lastWhere(all, ({ instruction }) => instruction.index < at.index)];
      if (!last) continue;
      const { instruction, pair } = last;
      return (pair.value && resolveWord(facts.file, ancestor, instruction, pair.value)) ?? 'unknown';
    }
  }
  return 'unset';
}

/** Whether a variable that is a switch of uv or pipenv is on; one whose value is not known counts as on. */
export function isSwitchedOn(facts: FileFacts, at: Instruction, name: string): boolean {
  return !/^(?:unset|0|false|f|no|n|off|)$/i.test(settingAt(facts, at, name));
}
