// VS Code without a window, for running the client's commands against real engines and registries: it
// remembers what was shown and answers what is asked. Import it first; `vscode` then means this module.
// It judges nothing: that VS Code takes what it is given is seen in the end-to-end suite only.
import { registerHooks } from 'node:module';
import { type Asked, agree, createBox, enter, pressing, typing } from './fake-boxes.ts';
import { EventEmitter } from './fake-events.ts';
import { createStatusItem, type StatusItem } from './fake-items.ts';
import { createFakePanel, registerSerializer, type WebPage } from './fake-page.ts';
import { Uri } from './fake-uri.ts';

export * from './fake-items.ts';
export { FileChangeType, FileSystemError } from './fake-uri.ts';
export { agree, enter, pressing, typing, Uri };

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

type Shown = {
  readonly kind: string;
  readonly text: string;
  readonly detail?: string;
  readonly buttons: string[];
};
type Terminal = {
  readonly name: string;
  text: string;
  shown: boolean;
  disposed: boolean;
  close(): void;
  readonly options: Options;
};
type Options = { name: string; pty?: Pty; shellPath?: string; shellArgs?: string[]; iconPath?: unknown };
type Pty = { onDidWrite: (listener: (text: string) => void) => void; open(): void; close(): void };
type Provider = {
  onDidChangeTreeData?(listener: (nodes: unknown) => void): unknown;
  getChildren(node?: unknown): Promise<unknown[]>;
  getTreeItem(node: unknown): unknown;
  resolveTreeItem(item: unknown, node: unknown): Promise<unknown>;
};

type SaveDialogue = {
  readonly title: string;
  readonly defaultUri?: Uri;
  readonly filters?: Readonly<Record<string, readonly string[]>>;
};

/** A text at a line and a character of it. */
type Inserted = readonly [number, number, string];

/** What a person would see, and how they answer: a text for input, a label to pick, undefined to leave. */
export const screen = {
  shown: [] as Shown[],
  statusBar: [] as string[],
  statusItems: new Map<string, StatusItem>(),
  terminals: [] as Terminal[],
  documents: [] as string[],
  pages: [] as WebPage[],
  written: new Map<string, string>(),
  copied: [] as string[],
  opened: [] as string[],
  inserted: [] as Inserted[],
  log: [] as string[],
  asked: [] as Asked[],
  context: new Map<string, unknown>(),
  settings: new Map<string, unknown>(),
  trees: new Map<
    string,
    {
      provider: Provider;
      view: { message?: string; selection: unknown[]; visible: boolean };
      /** What was asked to be drawn anew; undefined is all. */
      redrawn: unknown[];
      /** Brings the view to the front, or hides it. */
      see(visible: boolean): void;
      /** Tells that these rows are selected. */
      choose(...nodes: readonly unknown[]): void;
      options: { canSelectMany?: boolean };
    }
  >(),
  commands: new Map<string, (...args: unknown[]) => Promise<unknown>>(),
  /** The button pressed in a message; undefined leaves it. */
  press: (_message: Shown): string | undefined => undefined,
  answer: (_question: Asked): string | undefined => undefined,
  /** The path chosen in a dialogue of the system. */
  choose: (_dialogue: 'save' | 'open'): string | undefined => undefined,
  /** What dialogues to save were opened with. */
  saveDialogues: [] as SaveDialogue[],
  openDialogues: [] as SaveDialogue[],
  revealed: [] as unknown[],
  fileSystems: new Map<string, unknown>(),
  /** Cancels the next notification as soon as it shows. */
  cancelAfterMs: undefined as number | undefined,
  /** What runs next is cancelled as it reports such a message. */
  cancelAtReport: undefined as RegExp | undefined,
  /** Cancels the notification that was shown last. */
  cancel: () => {},
  /** What a notification with progress said. */
  reported: [] as unknown[],
};

export const execute = async <T>(id: string, ...args: unknown[]): Promise<T> => {
  const command = screen.commands.get(id);
  if (!command) throw new Error(`no command ${id}`);
  // As a button of ours would; `executeFromElsewhere` does as a keybinding.
  const { vouch } = await import('../../client/src/ui/vouched.ts');
  return (await command(...args.map(vouch))) as T;
};

export const executeFromElsewhere = async <T>(id: string, ...args: unknown[]): Promise<T> => {
  const data = args.map((arg) => (arg === undefined ? undefined : JSON.parse(JSON.stringify(arg))));
  return (await screen.commands.get(id)?.(...data)) as T;
};

export { EventEmitter };

const nothing = () => ({ dispose() {} });
const show =
  (kind: string) =>
  async (text: string, ...rest: unknown[]) => {
    const [first] = rest;
    const options = typeof first === 'object' ? (first as { detail?: string }) : undefined;
    const message = {
      kind: options ? 'modal' : kind,
      text,
      detail: options?.detail,
      buttons: rest.filter((item) => typeof item === 'string'),
    };
    screen.shown.push(message);
    return screen.press(message);
  };
const logLine = (...parts: unknown[]) => void screen.log.push(parts.map(String).join(' '));

const windowState = new EventEmitter<{ focused: boolean }>();

export const window = {
  state: { focused: true },
  onDidChangeWindowState: windowState.event,
  focus(focused: boolean) {
    window.state.focused = focused;
    windowState.fire(window.state);
  },
  createOutputChannel: () => ({
    debug: logLine,
    info: logLine,
    warn: logLine,
    error: logLine,
    trace: logLine,
    dispose() {},
  }),
  showInformationMessage: show('info'),
  showWarningMessage: show('warning'),
  showErrorMessage: show('error'),
  createStatusBarItem(id: string) {
    const item = createStatusItem();
    screen.statusItems.set(id, item);
    return item;
  },
  setStatusBarMessage: (text: string) => void screen.statusBar.push(text),
  showTextDocument: nothing,
  async withProgress<T>(
    _options: unknown,
    work: (progress: unknown, token: unknown) => Promise<T>,
  ): Promise<T> {
    const cancelled = new EventEmitter<void>();
    screen.cancel = () => cancelled.fire();
    const delay = screen.cancelAfterMs;
    screen.cancelAfterMs = undefined;
    if (delay !== undefined) setTimeout(() => cancelled.fire(), delay);
    const stopAt = screen.cancelAtReport;
    screen.cancelAtReport = undefined;
    const progress = {
      report: (step: { message?: string }) => {
        screen.reported.push(step);
        if (stopAt?.test(step.message ?? '')) cancelled.fire();
      },
    };
    return work(progress, { onCancellationRequested: cancelled.event });
  },
  createTerminal(options: Options) {
    const terminal: Terminal & { dispose(): void } = {
      name: options.name,
      text: '',
      shown: false,
      disposed: false,
      options,
      close: () => options.pty?.close(),
      dispose() {
        terminal.disposed = true;
        options.pty?.close();
      },
    };
    options.pty?.onDidWrite((text) => {
      terminal.text += text;
    });
    screen.terminals.push(terminal);
    // VS Code opens it a moment later, and what was written before must not be lost.
    setTimeout(() => options.pty?.open(), 20);
    return Object.assign(terminal, {
      show() {
        terminal.shown = true;
      },
    });
  },
  createWebviewPanel(_type: string, title: string, _column: unknown, options: unknown) {
    const { page, panel } = createFakePanel(title, options);
    screen.pages.push(page);
    return panel;
  },
  registerWebviewPanelSerializer: registerSerializer,
  createTreeView(id: string, options: { treeDataProvider: Provider; canSelectMany?: boolean }) {
    const seen = new EventEmitter<{ visible: boolean }>();
    const chosen = new EventEmitter<{ selection: readonly unknown[] }>();
    const view = {
      visible: false,
      message: undefined,
      selection: [],
      onDidChangeVisibility: seen.event,
      onDidChangeSelection: chosen.event,
      async reveal(node: unknown) {
        screen.revealed.push(node);
      },
      dispose() {},
    };
    const redrawn: unknown[] = [];
    options.treeDataProvider.onDidChangeTreeData?.((nodes) => redrawn.push(nodes));
    const see = (visible: boolean) => {
      view.visible = visible;
      seen.fire({ visible });
    };
    const choose = (...selection: readonly unknown[]) => chosen.fire({ selection });
    screen.trees.set(id, { provider: options.treeDataProvider, view, options, redrawn, see, choose });
    return view;
  },
  /** The path that a person chooses in a dialogue of the system. */
  showSaveDialog: async (options: SaveDialogue) => dialogue('save', options),
  showOpenDialog: async (options: SaveDialogue) => {
    const uri = dialogue('open', options);
    return uri && [uri];
  },
  createInputBox: () => createBox(screen, 'input'),
  createQuickPick: () => createBox(screen, 'pick'),
};

function dialogue(kind: 'save' | 'open', options: SaveDialogue): Uri | undefined {
  screen[`${kind}Dialogues`].push(options);
  const chosen = screen.choose(kind);
  return chosen === undefined ? undefined : new Uri(`file://${chosen}`);
}

type Configuration = {
  get<T>(key: string, fallback: T): T;
  update?(key: string, value: unknown): Promise<void>;
};

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined,
  textDocuments: [],
  getConfiguration: (): Configuration => ({
    get: <T>(key: string, fallback: T) =>
      key === 'engine' ? ('docker' as T) : ((screen.settings.get(key) as T | undefined) ?? fallback),
    update: async (key: string, value: unknown) => void screen.settings.set(key, value),
  }),
  onDidChangeConfiguration: nothing,
  onDidCloseTextDocument: nothing,
  getWorkspaceFolder: () => undefined,
  findFiles: async () => [],
  onDidGrantWorkspaceTrust: nothing,
  registerFileSystemProvider(scheme: string, provider: unknown) {
    screen.fileSystems.set(scheme, provider);
    return nothing();
  },
  registerTextDocumentContentProvider: (
    _scheme: string,
    provider: { provideTextDocumentContent(uri: Uri): string },
  ) => {
    contents = provider;
    return nothing();
  },
  fs: {
    writeFile: async (uri: Uri, bytes: Uint8Array) =>
      void screen.written.set(uri.toString(), Buffer.from(bytes).toString()),
  },
  openTextDocument: async (uri: Uri) => {
    const text = contents?.provideTextDocumentContent(uri) ?? '';
    screen.documents.push(text);
    return { uri, version: 1, getText: () => text };
  },
  async applyEdit({ inserted, created }: WorkspaceEdit) {
    screen.inserted.push(...inserted);
    for (const [uri, contents] of created) await workspace.fs.writeFile(uri, contents);
    return true;
  },
};
export const extensions = { getExtension: (_id: string): unknown => undefined };
export const languages = {
  registerCodeLensProvider: nothing,
  createDiagnosticCollection: () => ({ set() {}, delete() {}, dispose() {} }),
};
export class Disposable {
  static from = nothing;
  dispose(): void {}
}
let contents: { provideTextDocumentContent(uri: Uri): string } | undefined;

export const commands = {
  registerCommand(id: string, handler: (...args: unknown[]) => Promise<unknown>) {
    screen.commands.set(id, handler);
    return nothing();
  },
  getCommands: async () => [...screen.commands.keys()],
  async executeCommand(id: string, ...args: unknown[]) {
    if (id === 'setContext') return void screen.context.set(String(args[0]), args[1]);
    return screen.commands.get(id)?.(...args);
  },
};

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}
export class Range {}
export class Diagnostic {}
export class WorkspaceEdit {
  readonly inserted: Inserted[] = [];
  readonly created: (readonly [Uri, Uint8Array])[] = [];
  createFile(uri: Uri, { contents }: { contents: Uint8Array }): void {
    this.created.push([uri, contents]);
  }
  insert(_uri: Uri, { line, character }: Position, text: string): void {
    this.inserted.push([line, character, text]);
  }
}
export class MarkdownString {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export const env = {
  language: 'en',
  clipboard: { writeText: async (text: string) => void screen.copied.push(text) },
  openExternal: async (uri: Uri) => void screen.opened.push(uri.toString()),
};

const memento = () => {
  const values = new Map<string, unknown>();
  return {
    values,
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.get(key) as T) ?? fallback,
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
};

/** What VS Code hands to an extension. */
export function createContext() {
  const secrets = new Map<string, string>();
  const changed = new EventEmitter<{ key: string }>();
  return {
    subscriptions: [],
    extensionUri: new Uri('extension:'),
    workspaceState: memento(),
    globalState: memento(),
    kept: secrets,
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => {
        secrets.set(key, value);
        changed.fire({ key });
      },
      delete: async (key: string) => {
        secrets.delete(key);
        changed.fire({ key });
      },
      onDidChange: changed.event,
    },
  };
}

/** The last message, for those that wait until it is shown. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 15_000,
): Promise<T> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come');
}
