// Where a build is, by what its builder prints.
import type { Step } from '../runtime/read-exit.ts';

/**
 * Takes each line in turn and gives the step that it tells of: `#7 [builder 3/7] RUN …` of BuildKit, which builds stages beside
 * each other, or `Step 3/7 : RUN …` of the older builder. What is done of a build never becomes less, though a stage is
 * counted from its first line on only.
 */
export function buildSteps(): (line: string) => Step | undefined {
  const stages = new Map<string, { readonly at: number; readonly of: number }>();
  let share = 0;
  return (line) => {
    const [, stage = '', at, of, text] =
      /^#\d+ \[(?:([^\]]*) )?(\d+)\/(\d+)\] (.+)/.exec(line) ??
      /^Step() (\d+)\/(\d+) : (.+)/i.exec(line) ??
      [];
    if (!text) return undefined;
    const before = stages.get(stage)?.at ?? 0;
    stages.set(stage, { at: Math.max(before, Number(at) - 1), of: Number(of) });
    const all = [...stages.values()];
    const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
    share = Math.max(share, sum(all.map((one) => one.at)) / sum(all.map((one) => one.of)));
    return { text: `${at}/${of} ${text}`, share };
  };
}
