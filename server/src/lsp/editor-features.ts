import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { format, formatRange } from 'dockerfile-utils';
import type {
  ClientCapabilities,
  Connection,
  Range,
  SemanticTokensLegend,
  ServerCapabilities,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { completionsAt } from './completions.ts';
import type { Judged } from './diagnostics.ts';
import { hoverOf, hoverProviders } from './hovers.ts';

/** Token types in the order of dockerfile-language-service's own legend (0.16), which it does not export. */
const legend: SemanticTokensLegend = {
  tokenTypes: [
    ...['keyword', 'comment', 'parameter', 'property', 'namespace', 'class', 'macro', 'string', 'variable'],
    ...['operator', 'modifier'],
  ],
  tokenModifiers: ['declaration', 'definition', 'deprecated'],
};

export const editorCapabilities: ServerCapabilities = {
  hoverProvider: true,
  completionProvider: { resolveProvider: true, triggerCharacters: ['=', ' ', '$', '-', ',', '/', ':'] },
  signatureHelpProvider: { triggerCharacters: ['-', '[', ',', '"', ' ', '='] },
  documentSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  documentHighlightProvider: true,
  definitionProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: { resolveProvider: true },
  semanticTokensProvider: { legend, full: true },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
};

/** Longest wait for a feature; completion behind `FROM image:` asks Docker Hub, which a firewall may swallow. */
const patience = 2000;

/** Undefined when a promise takes too long. */
async function soon<T>(promise: T | PromiseLike<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Wires hover, completion, signatures, symbols, rename, highlights, definition, folding, links, semantic tokens and
 * formatting to dockerfile-language-service and dockerfile-utils.
 * What we know ourselves of a place stands above it.
 * @param open gives the open document at a URI
 * @param begin hears on which document work begins
 */
export function provideEditorFeatures(
  connection: Connection,
  capabilities: ClientCapabilities['textDocument'],
  open: (uri: string) => TextDocument | undefined,
  judge: (document: TextDocument) => Promise<Judged>,
  begin: (uri: string) => void,
): void {
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  service.setCapabilities({
    completion: capabilities?.completion as never,
    foldingRange: capabilities?.foldingRange,
    hover: capabilities?.hover,
  });
  const warn = (error: unknown) => connection.console.warn(`An editor feature failed: ${error}`);
  type Params = { textDocument: { uri: string } };
  /** A handler that answers with nothing for a document that is not open, or when the library fails on its text. */
  const on =
    <P extends Params, R>(handle: (text: string, params: P, document: TextDocument) => R) =>
    async (params: P) => {
      const document = open(params.textDocument.uri);
      if (!document) return null;
      begin(document.uri);
      try {
        return (await soon(handle(document.getText(), params, document))) ?? null;
      } catch (error) {
        warn(error);
        return null;
      }
    };
  connection.onHover(
    on(async (text, { position }, document) => {
      const language = () => service.computeHover(text, position);
      return hoverOf([...hoverProviders, language], [await judge(document), document, position], warn);
    }),
  );
  connection.onCompletion(
    on(async (text, { position, context }, document) => {
      const language = () => service.computeCompletionItems(text, position);
      const judged = await judge(document);
      return completionsAt(judged, document, position, context?.triggerCharacter, language);
    }),
  );
  connection.onCompletionResolve((item) => service.resolveCompletionItem(item));
  connection.onSignatureHelp(on((text, { position }) => service.computeSignatureHelp(text, position)));
  connection.onDocumentSymbol(on((text, { textDocument }) => service.computeSymbols(textDocument, text)));
  connection.onPrepareRename(on((text, { position }) => service.prepareRename(text, position)));
  connection.onRenameRequest(
    on((text, { textDocument, position, newName }) => ({
      changes: { [textDocument.uri]: service.computeRename(textDocument, text, position, newName) },
    })),
  );
  connection.onDocumentHighlight(on((text, { position }) => service.computeHighlightRanges(text, position)));
  connection.onDefinition(
    on((text, { textDocument, position }) => service.computeDefinition(textDocument, text, position)),
  );
  connection.onFoldingRanges(on((text) => service.computeFoldingRanges(text)));
  connection.onDocumentLinks(on((text) => service.computeLinks(text)));
  connection.onDocumentLinkResolve((link) => service.resolveLink(link));
  const tokens = on((text) => service.computeSemanticTokens(text));
  connection.languages.semanticTokens.on(async (params) => (await tokens(params)) ?? { data: [] });
  connection.onDocumentFormatting(
    on((text, { options }) => format(text, { ...options, ignoreMultilineInstructions: true })),
  );
  connection.onDocumentRangeFormatting(
    on(
      (
        text,
        { range, options }: Params & { range: Range; options: { tabSize: number; insertSpaces: boolean } },
      ) => formatRange(text, range, { ...options, ignoreMultilineInstructions: true }),
    ),
  );
}
