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

/** What the server found, all of it, and the signature of what the neighbours showed when it was last told. */
interface Told {
  readonly found: vscode.Diagnostic[];
  readonly beside: string;
}

/** Of one client: one that is started again has neighbours of its own. */
export function createNeighbours(): Neighbours {
  // By document, and apart: what is told of one way says nothing of what is still shown by the other.
  const pulled = new Map<string, Told>();
  const published = new Map<string, Told & { publish: Publish }>();
  const subscriptions: vscode.Disposable[] = [];

  const filter = (uri: vscode.Uri, found: vscode.Diagnostic[]) => {
    const others = shownAt(uri);
    const left = hidesShownFindings(uri) ? withoutShown(found, others) : found;
    return { left, told: { found, beside: signature(others) } };
  };
  const publishAgain = (uri: vscode.Uri, found: vscode.Diagnostic[], publish: Publish) => {
    const { left, told } = filter(uri, found);
    published.set(uri.toString(), { ...told, publish });
    publish(uri, left);
  };
  const again = (client: LanguageClient, stale: (key: string, told: Told) => boolean) => {
    for (const [key, known] of published)
      if (stale(key, known)) publishAgain(vscode.Uri.parse(key, true), known.found, known.publish);
    if ([...pulled].some(([key, known]) => stale(key, known)))
      client.getFeature('textDocument/diagnostic').refresh();
  };

  return {
    middleware: {
      handleDiagnostics: publishAgain,
      async provideDiagnostics(document, previousResultId, token, next) {
        const uri = document instanceof vscode.Uri ? document : document.uri;
        const key = uri.toString();
        const report = await next(document, previousResultId, token);
        if (!report) return report;
        const found = 'items' in report ? report.items : pulled.get(key)?.found;
        if (!found) return report;
        const { left, told } = filter(uri, found);
        pulled.set(key, told);
        // An unchanged report is told in full: what is left out of it may have changed.
        return { ...report, kind: 'full' as never, items: left };
      },
    },
    watch(client) {
      // Of every file of the window, ours too: those that were never told cost nothing.
      const look = (keys: ReadonlySet<string>) =>
        again(
          client,
          (key, told) => keys.has(key) && told.beside !== signature(shownAt(vscode.Uri.parse(key, true))),
        );
      subscriptions.push(
        vscode.languages.onDidChangeDiagnostics(({ uris }) => look(new Set(uris.map(String)))),
        onNeighbourSetting(() => again(client, () => true)),
        vscode.workspace.onDidCloseTextDocument(({ uri }) => {
          for (const map of [pulled, published]) map.delete(uri.toString());
        }),
      );
      // What was shown while the client started.
      look(new Set([...published.keys(), ...pulled.keys()]));
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
