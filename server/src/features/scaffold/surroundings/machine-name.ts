import { leavesIn } from '../packages/wheels-for-pythons.ts';
import type { ImageFacts } from '../project.ts';
import { isLater } from '../releases/ages.ts';

/** The first release that asks nothing of the machine. */
const first = '1.2';

/**
 * Whether Streamlit calls sudo at its first visitor, where no file names the machine: before 1.2 (its wheels, `metrics_util.py`, of 0.60
 * to 1.1), and the slim images have no such file.
 */
export function needsMachineName({ dependencies, context, limit }: ImageFacts): boolean {
  const name = 'streamlit';
  const { source, locked = [], asked } = dependencies;
  const held =
    source === 'lock'
      ? context.lock?.packages.find((one) => one.name === name)?.version
      : (locked.find((one) => one.name === name) ?? asked.find((one) => one.name === name))?.exact;
  if (held !== undefined) return held.localeCompare(first, 'en', { numeric: true }) < 0;
  return asked.some(
    (one) =>
      one.name === name &&
      (!leavesIn(first, one) ||
        (limit !== null && !limit.later.includes(name) && isLater(name, first, limit.date))),
  );
}
