import { inOrder } from '../text/in-order.ts';

/** A test that a shell makes: `if`, `case`, `[ … ]`, `test`. */
const tests = /\b(?:if|elif|case|test)\b|\[\[? /;

/** Whether what stands at a place of a RUN comes behind a test of a variable, by which whoever builds can choose. */
export function isBehindTest(text: string, at: number): boolean {
  return inOrder(text.slice(0, at), /[;\n]/, tests, /\$(?!\()/);
}
