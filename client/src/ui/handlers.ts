// The commands of a table of actions.
import * as vscode from 'vscode';
import type { ActionTable } from './actions.ts';
import { isNode, type Tree } from './tree.ts';
import type { CommandNeeds, Workbench } from './workbench.ts';

export type Given = readonly [argument?: unknown, selection?: unknown];

/**
 * Registers a command for each; a key that comes to a node of another room does what it does there. What does something with
 * one thing alone is for the row that was clicked, also where that is one of several that are selected.
 */
export function registerHandlers<Id extends string>(
  workbench: Pick<Workbench, 'command'>,
  { room, actions }: ActionTable,
  tree: Tree,
  handlers: Readonly<Record<Id, (...given: Given) => Promise<unknown>>>,
  needs?: CommandNeeds,
): void {
  for (const [name, handler] of Object.entries<(...given: Given) => Promise<unknown>>(handlers))
    workbench.command(
      `wheelhouse.${room}.${name}`,
      async (...given) => {
        await tree.settled(given[0]);
        const [node, selection] = tree.meant(...given);
        const meant = actions[name]?.one ? alone(node, selection, given) : [node, selection];
        const other = isNode(node) ? node.keys?.[name] : undefined;
        return other ? vscode.commands.executeCommand(other, ...meant) : handler(...meant);
      },
      needs,
    );
}

/** Named as all that is selected, so that nobody who looks further takes the others with it. */
function alone(node: unknown, selection: unknown, given: Given): Given {
  if (!isNode(node)) return [node];
  // Where VS Code told no row of several, which one has the focus is not known, and is asked for.
  const isGuess = !given.flat().some(isNode) && Array.isArray(selection) && selection.length > 1;
  return isGuess ? [] : [node, [node]];
}
