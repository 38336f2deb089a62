// A group of a view stands for what is in it.
import { isNode } from './tree.ts';
import { vouch } from './vouched.ts';

/** What a command is for: of a node with the whole selection that it is in, and of groups what is in them. */
export function meantOnes(argument: unknown, selection?: unknown): readonly unknown[] {
  const given: readonly unknown[] =
    Array.isArray(selection) && selection.includes(argument) ? selection : [argument];
  return [...new Set(given.flatMap(membersOf))];
}

function membersOf(node: unknown): readonly unknown[] {
  if (!isNode(node) || !node.context.includes(';group;') || !Array.isArray(node.children)) return [node];
  return node.children.map(vouch).flatMap(membersOf);
}
