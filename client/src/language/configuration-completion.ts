// Completes a `.hadolint.yaml` and no other file of its language. It goes by a question of ours: were these documents the
// language client's, it would format and outline them as Dockerfiles.
import * as vscode from 'vscode';
import {
  type CompleteConfigurationParams,
  type CompleteConfigurationResult,
  completeConfigurationRequest,
} from '../../../server/src/protocol/requests.ts';
import type { AskServer } from '../ui/ask-server.ts';

const selector: vscode.DocumentSelector = { pattern: '**/.hadolint.{yaml,yml}' };

export function registerConfigurationCompletion(askServer: AskServer): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const completed = await askServer<CompleteConfigurationResult | null>(completeConfigurationRequest, {
        text: document.getText(),
        offset: document.offsetAt(position),
      } satisfies CompleteConfigurationParams);
      if (!completed) return undefined;
      const { start, end } = completed.typed;
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return completed.offers.map((offer, i) => toItem(offer, range, i));
    },
  };
  // Within YAML an editor asks for little by itself.
  return vscode.languages.registerCompletionItemProvider(selector, provider, ' ', '[', ',');
}

function toItem(
  { label, detail, documentation, text = label }: CompleteConfigurationResult['offers'][number],
  range: vscode.Range,
  i: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Value);
  item.detail = detail;
  if (documentation !== undefined) item.documentation = documentation;
  item.insertText = text;
  item.range = range;
  item.sortText = String(i).padStart(4, '0');
  return item;
}
