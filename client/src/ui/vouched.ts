// Where the argument of a command comes from. Links, keybindings and files can give a command any data; only code that runs
// here can give the very object that we made.
import { confirm } from './say.ts';

const vouched = new WeakSet<object>();

/** Marks what we made ourselves: nodes of views, arguments of buttons. Other extensions may vouch for what they give. */
export function vouch<T>(argument: T): T {
  if (typeof argument === 'object' && argument !== null) vouched.add(argument);
  return argument;
}

/** Whether it was made here. Without an argument the person is asked for everything anyway. */
export function isVouched(argument: unknown): boolean {
  return (
    argument === undefined || argument === null || (typeof argument === 'object' && vouched.has(argument))
  );
}

/** Whether it has the shape of a node of a view: a request may have a context as well, which is that of its build. */
export const isNodeShaped = (argument: object): boolean => 'context' in argument && 'label' in argument;

/** Whether it is an object with answers that was made here, and no node: with them the person has agreed. */
export function isAgreed(argument: unknown): boolean {
  return (
    argument !== undefined && argument !== null && isVouched(argument) && !isNodeShaped(argument as object)
  );
}

/** Goes on at once with an argument of ours, and asks the person about any other. */
export async function agreed(
  argument: unknown,
  question: string,
  detail: string,
  yes: string,
): Promise<boolean> {
  return isVouched(argument) || confirm(question, detail, yes);
}
