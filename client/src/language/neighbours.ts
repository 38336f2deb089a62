// Keeps quiet about what Container Tools, Docker DX, vscode-hadolint or tally show already, where the user wants it so.
import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions } from 'vscode-languageclient/node';
import { hidesShownFindings, onNeighbourSetting } from '../settings/settings.ts';
import { neighbourId, withoutShown } from './neighbour-findings.ts';

type Middleware = NonNullable<LanguageClientOptions['middleware']>;
type Publish = Parameters<NonNullable<Middleware['handleDiagnostics']>>[2];

export interface Neighbours extends vscode.Disposable {
  readonly middleware: Pick<Middleware, 'handleDiagnostics' | 'provideDiagnostics'>;
  /** Call once the client has started: it is asked again when a neighbour shows something else. */
  watch(client: LanguageClient): void;
}

/** Of one client: one that is started again has neighbours of its own. */
export function createNeighbours(): Neighbours {
  /** What the server found, all of it, by document. */
  const pulled = new Map<string, vscode.Diagnostic[]>();
  const published = new Map<string, { diagnostics: vscode.Diagnostic[]; publish: Publish }>();
  /** What the neighbours showed when last looked at. */
  const seen = new Map<string, string>();
  const subscriptions: vscode.Disposable[] = [];

  const filter = (uri: vscode.Uri, ours: vscode.Diagnostic[]) => {
    const others = shownAt(uri);
    seen.set(uri.toString(), signature(others));
    return hidesShownFindings(uri) ? withoutShown(ours, others) : ours;
  };
  const again = (uris: readonly vscode.Uri[], client: LanguageClient) => {
    for (const uri of uris) {
      const known = published.get(uri.toString());
      if (known) known.publish(uri, filter(uri, known.diagnostics));
    }
    if (uris.some((uri) => pulled.has(uri.toString())))
      client.getFeature('textDocument/diagnostic').refresh();
  };

  return {
    middleware: {
      handleDiagnostics(uri, diagnostics, publish) {
        published.set(uri.toString(), { diagnostics, publish });
        publish(uri, filter(uri, diagnostics));
      },
      async provideDiagnostics(document, previousResultId, token, next) {
        const uri = document instanceof vscode.Uri ? document : document.uri;
        const key = uri.toString();
        const report = await next(document, previousResultId, token);
        if (!report) return report;
        if ('items' in report) pulled.set(key, report.items);
        const known = pulled.get(key);
        if (!known) return report;
        // An unchanged report is told in full: what is left out of it may have changed.
        return { ...report, kind: 'full' as never, items: filter(uri, known) };
      },
    },
    watch(client) {
      subscriptions.push(
        vscode.languages.onDidChangeDiagnostics(({ uris }) => {
          // Of every file of the window, ours too: those that were never looked at cost nothing.
          const changed = uris.filter((uri) => {
            const before = seen.get(uri.toString());
            return before !== undefined && before !== signature(shownAt(uri));
          });
          if (changed.length > 0) again(changed, client);
        }),
        onNeighbourSetting(() => {
          const uris = new Set([...published.keys(), ...pulled.keys()]);
          again(
            [...uris].map((uri) => vscode.Uri.parse(uri, true)),
            client,
          );
        }),
        vscode.workspace.onDidCloseTextDocument(({ uri }) => {
          for (const map of [pulled, published, seen]) map.delete(uri.toString());
        }),
      );
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** What the neighbours show in a document. */
function shownAt(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((other) => neighbourId(other) !== undefined);
}

/** Tells apart what neighbours show: the ids and the lines. */
function signature(others: readonly vscode.Diagnostic[]): string {
  return others
    .map((other) => `${neighbourId(other)} ${other.range.start.line}-${other.range.end.line}`)
    .join();
}
