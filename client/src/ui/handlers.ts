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
      (...given) => {
        const [node, ...selection] = tree.meant(...given);
        const meant = actions[name]?.one ? [node] : [node, ...selection];
        const other = isNode(node) ? node.keys?.[name] : undefined;
        return other ? vscode.commands.executeCommand(other, ...meant) : handler(...meant);
      },
      needs,
    );
}
