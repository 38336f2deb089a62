import type { InstructionNode } from './tree.ts';

/** Parsed instructions by their text: an edit parses one instruction anew and finds the others here. */
export interface InstructionCache {
  /** @param parse gets the text to keep: a copy that does not hold on to the document it was cut from */
  instruction(text: string, escape: string, parse: (own: string) => InstructionNode): InstructionNode;
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
      // V8 makes a slice point into its parent: `text` would keep a whole document alive for each key that was typed.
      node = old.get(key) ?? parse(key.slice(escape.length));
      young.set(key, node);
      if (young.size >= size) {
        old = young;
        young = new Map();
      }
      return node;
    },
  };
}
