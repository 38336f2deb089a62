// Which containers a person stopped here: that is no failure, whatever they ended with.
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Workbench } from '../ui/workbench.ts';

const key = 'containers.stopped';
/** Those stopped before are most likely gone. */
const mostKept = 200;

type Memory = Pick<Workbench, 'memory'>;

/** Remembers the very end that they came to, as they may start again and fail. */
export async function rememberStops(
  { memory }: Memory,
  containers: readonly ContainerDetails[],
): Promise<void> {
  const ends = containers.map(endOf);
  await memory.update(key, [...kept(memory).filter((end) => !ends.includes(end)), ...ends].slice(-mostKept));
}

/** Says of each that was stopped here that it was. */
export function markStops(
  { memory }: Memory,
  containers: readonly ContainerDetails[],
): readonly ContainerDetails[] {
  const ends = new Set(kept(memory));
  return ends.size
    ? containers.map((one) => (ends.has(endOf(one)) ? { ...one, stoppedHere: true } : one))
    : containers;
}

function kept(memory: Memory['memory']): readonly string[] {
  const value = memory.get<unknown>(key);
  return Array.isArray(value) ? value.filter((end) => typeof end === 'string') : [];
}

const endOf = ({ id, finished }: ContainerDetails) => `${id} ${finished?.getTime()}`;
