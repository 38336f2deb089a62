import type { InstructionNode } from '../syntax/tree.ts';
import { behindInOrder } from '../text/in-order.ts';
import { remember } from '../text/remember.ts';

/** A test that a shell makes: `if`, `case`, `[ … ]`, `test`. */
const tests = /\b(?:if|elif|case|test)\b|\[\[? /;

/** Where the first test of a variable in an instruction stands. */
const firstTest = remember(({ text }: InstructionNode) => behindInOrder(text, /[;\n]/, tests, /\$(?!\()/));

/** Whether what stands at a place of a RUN comes behind a test of a variable, by which whoever builds can choose. */
export function isBehindTest(node: InstructionNode, at: number): boolean {
  return at >= (firstTest(node) ?? Infinity);
}
