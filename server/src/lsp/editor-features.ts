import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { format, formatRange } from 'dockerfile-utils';
import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  Position,
  Range,
  RenameParams,
  SemanticTokensLegend,
  ServerCapabilities,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Name, nameAt } from '../features/names.ts';
import { completionsAt } from './completions.ts';
import { toSpan } from './convert.ts';
import type { Judged } from './diagnostics.ts';
import { hoverOf, hoverProviders, withValueAsCode } from './hovers.ts';
import { createLanguageTexts, type LanguageText } from './language-text.ts';
import { definitionOf, highlightsOf, isOneName, prepareRenameOf, renameOf } from './names.ts';
import { createSemanticTokens } from './semantic-tokens.ts';

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

/** Longest wait for a feature. */
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
    <P extends Params, R>(
      handle: (text: string, params: P, document: TextDocument, token: CancellationToken) => R,
    ) =>
    async (params: P, token: CancellationToken) => {
      const document = open(params.textDocument.uri);
      if (!document) return null;
      begin(document.uri);
      try {
        return (await soon(handle(document.getText(), params, document, token))) ?? null;
      } catch (error) {
        warn(error);
        return null;
      }
    };
  const texts = createLanguageTexts();
  /** The same for a handler that asks the libraries, which get a text that does not keep them long. */
  const onLanguage = <P extends Params, R>(
    handle: (text: string, params: P, known: LanguageText, document: TextDocument) => R,
  ) =>
    on((text, params: P, document) => {
      const known = texts.of(text);
      return known && handle(known.text, params, known, document);
    });
  /** What we know ourselves of a name goes before what the libraries know. */
  const onNames = <P extends Params & { position: Position }, R>(
    ours: (document: TextDocument, name: Name, params: P) => R,
    theirs: (text: string, params: P, known: LanguageText, document: TextDocument) => R,
  ) =>
    on((text, params: P, document) => {
      const name = nameAt(texts.parse(text), document.offsetAt(params.position));
      if (name) return ours(document, name, params);
      const known = texts.of(text);
      return known && theirs(known.text, params, known, document);
    });
  const outsideBlanks = (
    { isBlank }: LanguageText,
    document: TextDocument,
    edits: TextEdit[] | null | undefined,
  ) => edits?.filter(({ range }) => !isBlank(toSpan(document, range)));
  connection.onHover(
    on(async (text, { position }, document) => {
      const formats = capabilities?.hover?.contentFormat;
      const known = texts.of(text);
      const language = () => known && withValueAsCode(service.computeHover(known.text, position), formats);
      return hoverOf([...hoverProviders, language], [await judge(document), document, position], warn);
    }),
  );
  let completing = new AbortController();
  connection.onCompletion(
    on(async (text, { position, context }, document, token) => {
      // Who types on wants to know what stands there now, whether or not the editor says so.
      completing.abort();
      const own = new AbortController();
      completing = own;
      token.onCancellationRequested(() => own.abort());
      const known = texts.of(text);
      const language = () => (known ? service.computeCompletionItems(known.text, position) : []);
      const judged = await judge(document);
      return completionsAt(judged, document, position, context?.triggerCharacter, language, own.signal);
    }),
  );
  connection.onCompletionResolve((item) => service.resolveCompletionItem(item));
  connection.onSignatureHelp(
    onLanguage((text, { position }) => service.computeSignatureHelp(text, position)),
  );
  connection.onDocumentSymbol(
    onLanguage((text, { textDocument }) => service.computeSymbols(textDocument, text)),
  );
  // A name that is used where the libraries do not look would keep its old spelling there.
  connection.onPrepareRename(
    onNames(prepareRenameOf, (text, { position }, { isWhole }) =>
      isWhole ? service.prepareRename(text, position) : null,
    ),
  );
  connection.onRenameRequest(
    onNames<RenameParams, WorkspaceEdit | null>(
      renameOf,
      (text, { textDocument, position, newName }, { isWhole }, document) => {
        const edits = isWhole ? service.computeRename(textDocument, text, position, newName) : [];
        return isOneName(document, edits) ? { changes: { [textDocument.uri]: edits } } : null;
      },
    ),
  );
  connection.onDocumentHighlight(
    onNames(highlightsOf, (text, { position }) => service.computeHighlightRanges(text, position)),
  );
  connection.onDefinition(
    onNames(definitionOf, (text, { textDocument, position }) =>
      service.computeDefinition(textDocument, text, position),
    ),
  );
  connection.onFoldingRanges(onLanguage((text) => service.computeFoldingRanges(text)));
  connection.onDocumentLinks(onLanguage((text) => service.computeLinks(text)));
  connection.onDocumentLinkResolve((link) => service.resolveLink(link));
  const tokensOf = createSemanticTokens(service, texts);
  const tokens = on((_, __, document) => tokensOf(document));
  connection.languages.semanticTokens.on(
    async (params, token) => (await tokens(params, token)) ?? { data: [] },
  );
  connection.onDocumentFormatting(
    onLanguage((text, { options }, known, document) =>
      outsideBlanks(known, document, format(text, { ...options, ignoreMultilineInstructions: true })),
    ),
  );
  connection.onDocumentRangeFormatting(
    onLanguage(
      (
        text,
        { range, options }: Params & { range: Range; options: { tabSize: number; insertSpaces: boolean } },
        known,
        document,
      ) =>
        outsideBlanks(
          known,
          document,
          formatRange(text, range, { ...options, ignoreMultilineInstructions: true }),
        ),
    ),
  );
}
