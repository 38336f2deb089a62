// The number at a view of what failed there since a person last looked.
import * as vscode from 'vscode';
import { asText } from './plain-text.ts';

const mostTold = 10;

export function createBadge(view: vscode.TreeView<unknown>) {
  const unseen = new Map<string, string>();
  const looks = () => view.visible && vscode.window.state.focused;
  const draw = () => {
    const told = [...unseen.values()].slice(-mostTold).map((words) => asText(words, 200));
    view.badge = unseen.size ? { value: unseen.size, tooltip: told.join('\n') } : undefined;
  };
  const look = () => {
    if (!unseen.size || !looks()) return;
    unseen.clear();
    draw();
  };
  const listening = [view.onDidChangeVisibility(look), vscode.window.onDidChangeWindowState(look)];
  return {
    flag(id: string, words: string) {
      if (looks()) return;
      unseen.set(id, words);
      draw();
    },
    dispose: () => listening.forEach((one) => void one.dispose()),
  };
}
