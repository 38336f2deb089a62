// The commands of a table of actions.
import * as vscode from 'vscode';
import { isNode, type Tree } from './tree.ts';
import type { CommandNeeds, Workbench } from './workbench.ts';

export type Given = readonly [argument?: unknown, selection?: unknown];

/** Registers a command for each; a key that comes to a node of another room does what it does there. */
export function registerHandlers<Id extends string>(
  workbench: Pick<Workbench, 'command'>,
  room: string,
  tree: Tree,
  handlers: Readonly<Record<Id, (...given: Given) => Promise<unknown>>>,
  needs?: CommandNeeds,
): void {
  for (const [name, handler] of Object.entries<(...given: Given) => Promise<unknown>>(handlers))
    workbench.command(
      `wheelhouse.${room}.${name}`,
      (...given) => {
        const meant = tree.meant(...given);
        const [node] = meant;
        const other = isNode(node) ? node.keys?.[name] : undefined;
        return other ? vscode.commands.executeCommand(other, ...meant) : handler(...meant);
      },
      needs,
    );
}
