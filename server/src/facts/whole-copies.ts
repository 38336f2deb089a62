import type { Copy, Instruction } from '../syntax/tree.ts';

/** Whether an instruction copies all of the build context. */
export function isWholeCopy(it: Instruction): it is Instruction<Copy> {
  const { node } = it;
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  return !node.flags.some(({ name }) => name === 'from') && node.sources.some(isWhole);
}

/** Whether a source of a COPY means all of the build context. */
export function isWhole({ value }: { value: string }): boolean {
  return /^(?:\.\/?|(?:\.\/)?\*|\/)$/.test(value);
}
