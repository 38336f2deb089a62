import { ignoresFlags, instructionFlags } from '../data/instruction-flags.ts';
import type { Flag, InstructionNode } from '../syntax/tree.ts';

/**
 * The flags that BuildKit looks at. It takes every leading `--word` for one, also behind instructions that have none
 * (`extractBuilderFlags`), and looks at none behind HEALTHCHECK NONE.
 */
export function writtenFlags(node: InstructionNode): readonly Flag[] {
  if (node.flags.length > 0) {
    return node.keyword === 'HEALTHCHECK' && /^none$/i.test(node.args[0]?.raw ?? '') ? [] : node.flags;
  }
  const first = node.args[0];
  // What ONBUILD wraps is looked at by itself.
  if (!first?.raw.startsWith('--') || node.keyword === 'ONBUILD' || node.keyword === 'UNKNOWN') return [];
  if (ignoresFlags.has(node.keyword) || node.keyword in instructionFlags) return [];
  const end = node.args.findIndex(({ raw }) => !raw.startsWith('--') || raw === '--');
  return node.args.slice(0, end < 0 ? undefined : end).map(({ from, to, raw }) => {
    const name = raw.slice(2).replace(/=.*$/s, '');
    return { from, to, name, value: undefined };
  });
}
