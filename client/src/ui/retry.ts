// Loading anew what could not be loaded, from the row that says so.
import * as vscode from 'vscode';
import { type FailedPlace, retryCommand } from './failed-node.ts';
import { isNode, type Tree } from './tree.ts';

export function registerRetry(trees: ReadonlyMap<string, Tree>): vscode.Disposable {
  return vscode.commands.registerCommand(retryCommand, (argument?: unknown) => {
    // A click gives the place, a button of the row its node, a key nothing but the selection.
    const given = isNode(argument) ? argument.value : argument;
    const selected = [...trees].flatMap(([view, tree]) => {
      const [node] = tree.meant({ selection: true });
      const place = isNode(node) ? (node.value as Partial<FailedPlace> | undefined) : undefined;
      return place?.view === view ? [place as FailedPlace] : [];
    });
    const isPlace = typeof (given as Partial<FailedPlace> | undefined)?.view === 'string';
    for (const { view, below } of isPlace ? [given as FailedPlace] : selected) {
      if (below === undefined) trees.get(view)?.refresh();
      else trees.get(view)?.redraw([below]);
    }
  });
}
