import type { InstructionNode } from './tree.ts';

/** Parsed instructions by their text: an edit parses one instruction anew and finds the others here. */
export interface InstructionCache {
  instruction(text: string, escape: string, parse: () => InstructionNode): InstructionNode;
}

/**
 * Keeps the instructions of the last two generations of `size` entries each, which bounds memory without the
 * bookkeeping of an exact least-recently-used list.
 */
export function createInstructionCache(size = 1024): InstructionCache {
  let young = new Map<string, InstructionNode>();
  let old = new Map<string, InstructionNode>();
  return {
    instruction(text, escape, parse) {
      const key = escape + text;
      let node = young.get(key);
      if (node) return node;
      node = old.get(key) ?? parse();
      young.set(key, node);
      if (young.size >= size) {
        old = young;
        young = new Map();
      }
      return node;
    },
  };
}
