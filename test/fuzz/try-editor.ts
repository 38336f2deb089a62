import { CancellationToken, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions } from '../../server/src/lsp/code-actions.ts';
import type { Judged } from '../../server/src/lsp/diagnostics.ts';
import { provideEditorFeatures } from '../../server/src/lsp/editor-features.ts';
import { createDice, numberOf } from './dice.ts';
import { isWithin, type Probe } from './probe.ts';
import { folder } from './workbench.ts';

type Handler = (params: unknown, token: CancellationToken) => Promise<unknown>;

const uri = `${folder}/Dockerfile`;
/** What is wired to the connection, with the document that is open now. */
const handlers = new Map<string, Handler>();
let open: { document: TextDocument; judged: Judged } | undefined;
provideEditorFeatures(
  recorder() as unknown as Connection,
  undefined,
  () => open?.document,
  async () => open?.judged as Judged,
  () => {},
);

/** Keeps each handler by the method that it was registered with. */
function recorder(): unknown {
  // What the library throws is caught and logged where it is wired.
  const console = { warn() {} };
  return new Proxy(
    {},
    {
      get: (_, name: string) => {
        if (name === 'console') return console;
        if (name === 'languages')
          return { semanticTokens: { on: (handler: Handler) => handlers.set('tokens', handler) } };
        return (handler: Handler) => handlers.set(name, handler);
      },
    },
  );
}

const ofDocument = [
  'onDocumentSymbol',
  'onFoldingRanges',
  'onDocumentLinks',
  'tokens',
  'onDocumentFormatting',
];
const atPlace = [
  ...[
    'onHover',
    'onCompletion',
    'onSignatureHelp',
    'onPrepareRename',
    'onRenameRequest',
    'onDocumentHighlight',
  ],
  'onDefinition',
];

/** What an editor asks about a document as a whole and at some places, as the server answers it. */
export async function tryEditor(text: string, probe: Probe, judged: Judged): Promise<void> {
  const { service, configuration, context } = judged;
  const document = TextDocument.create(uri, 'dockerfile', 1, text);
  open = { document, judged };
  const dice = createDice(numberOf(text));
  const ask = async (method: string, rest: object = {}) => {
    const params = {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
      newName: 'x',
      ...rest,
    };
    await probe.step(method, () => handlers.get(method)?.(params, CancellationToken.None));
  };
  for (const method of ofDocument) await ask(method);
  const places =
    text.length < 40
      ? [...text, ''].map((_, i) => i)
      : Array.from({ length: text.length > 4_000 ? 3 : 8 }, () => dice.below(text.length + 1));
  for (const offset of places) {
    await probe.step('known at a place', () => {
      const place = [text, offset, context, configuration] as const;
      const told = [
        configuration && service.explainFindings(text, offset, configuration, context)?.span,
        ...[service.explainSource(...place)?.span, service.explainBaseImage(...place)?.span],
        ...[service.explainTorch(...place)?.span, service.completeSource(...place)?.typed],
        ...[service.completeCudaTag(text, offset)?.typed, service.completeUvFlag(...place)?.typed],
        service.completeMount(...place)?.typed,
      ];
      told.forEach((span, kind) => {
        if (span) probe.shows(`told ${kind}`);
        probe.holds(
          !span || isWithin(text, span),
          `What is told at ${offset} (${kind}) lies outside of the text.`,
        );
      });
    });
    const position = document.positionAt(offset);
    for (const method of atPlace)
      await ask(method, { position, context: { triggerCharacter: dice.pick([undefined, ' ', ':', '=']) } });
    const range = { start: position, end: document.positionAt(offset + dice.below(20)) };
    await ask('onDocumentRangeFormatting', { range });
    await probe.step('code actions', () =>
      codeActions(
        judged,
        document,
        { range, context: { diagnostics: [{ range, message: '', code: 'SC2086' }] } },
        abilities,
        deciding,
        dice.pick([undefined, 2]),
      ),
    );
  }
}

const deciding = {
  command: 'turn off',
  uri: 'file:///Dockerfile',
  rules: {},
  file: { used: undefined, passedOver: undefined },
  isOurs: true,
};
const abilities = {
  versionedEdits: true,
  previews: true,
  openCommand: 'open',
  fixedCommand: 'fixed',
  taskCommands: { lock: 'lock', buildWheel: 'build' },
};
