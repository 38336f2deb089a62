import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { createDockerHub } from '../adapters/docker-hub.ts';
import type { findShellcheck } from '../adapters/shellcheck.ts';
import { completeConfiguration } from '../features/configuration-completion.ts';
import { copiedFiles } from '../features/copied-files.ts';
import { byPlace } from '../lint/finding.ts';
import type { Ports } from '../ports/ports.ts';
import {
  type CompleteConfigurationParams,
  type CompleteConfigurationResult,
  type CopiedFilesParams,
  comingFiles,
  completeConfigurationRequest,
  copiedFilesRequest,
  type FoundParams,
  type FoundResult,
  foundRequest,
  type ImagesParams,
  type InitializationOptions,
  imagesRequest,
  type NamedImage,
  type OptimizeParams,
  type OptimizeResult,
  optimizeRequest,
  type Scaffold,
  type ScaffoldKindsParams,
  type ScaffoldOffer,
  type ScaffoldParams,
  scaffoldKindsRequest,
  scaffoldRequest,
  settingsSection,
  type TurnOffParams,
  trustNotification,
  turnOffRequest,
  watchedFiles,
} from '../protocol/requests.ts';
import { rules } from '../rules/index.ts';
import type { Service } from '../service.ts';
import { createClientSettings } from './client-settings.ts';
import { type ActionAbilities, codeActions } from './code-actions.ts';
import { createConfigurationTeller } from './configuration-file.ts';
import { createDiagnostics, type Diagnostics } from './diagnostics.ts';
import { editorCapabilities, provideEditorFeatures } from './editor-features.ts';
import { createFileProblems } from './file-problems.ts';
import { createFiles, type Disk } from './files.ts';
import { fixAllKind } from './fix-all.ts';
import { type Mark, noting, turnRequest } from './mark.ts';
import { createShellcheckDoor } from './shellcheck.ts';

/** So long diagnostics wait for what is read of the build context, in milliseconds. */
const contextPatience = 100;

/** So long documents wait for others whose folders were read late as well, in milliseconds. */
const latePause = 50;

const unknown = Symbol('unknown');
/** Files that decide how a Dockerfile is judged by what they say, not only by being there. */
function isDecisive(uri: string): boolean {
  const [folder, name = ''] = uri.split('/').slice(-2);
  if (name.endsWith('.txt') && (folder === 'requirements' || name.includes('requirements'))) return true;
  return /\.dockerignore$|\.whl$|^(?:\.hadolint|environment|conda|(?:docker-)?compose)\.ya?ml$|^(?:pyproject\.toml|uv\.lock|\.python-version)$/.test(
    name,
  );
}
/** Files that come and go all the time, and that nobody copies one by one. */
const restless = /\/(?:\.git|\.venv|node_modules|__pycache__)\//;
/** So long the server waits for more files to come or go, in milliseconds. */
const flockPause = 400;

export interface ServerParts extends Disk {
  readonly version: string;
  readonly findShellcheck: typeof findShellcheck;
  /** Hears on which document work begins; left out where nobody looks. */
  readonly mark?: Pick<Mark, 'on'>;
  readonly createDockerHub: typeof createDockerHub;
  /** Loads what the rules need; called once, while the client still initialises. */
  start(ports: Ports): Promise<Service>;
}

/** Serves one client over a connection; returns after it began to listen. */
export function serve(connection: Connection, parts: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  const open = (uri: string) => documents.get(uri);
  const settings = createClientSettings(connection);
  let client: InitializeParams['capabilities'] = {};
  let abilities: ActionAbilities = {
    versionedEdits: false,
    previews: false,
    openCommand: undefined,
    fixedCommand: undefined,
    taskCommands: {},
  };
  let turnOffCommand: string | undefined;
  let folders: readonly string[] = [];
  let diagnostics: Diagnostics | undefined;

  const shellcheck = createShellcheckDoor({
    connection,
    find: parts.findShellcheck,
    settings: async () => (await settings.of(undefined)).shellcheck,
  });
  const fileProblems = createFileProblems(connection);
  const files = createFiles({ connection, disk: parts, open: () => documents.keys() });
  const configurationFile = createConfigurationTeller(connection);
  const service = parts.start({
    readFile: files.readFile,
    readUnpacked: files.readUnpacked,
    isPassedOver: files.isPassedOver,
    listFolder: files.listFolder,
    isLive: true,
    log: (level, message) => connection.console[level](message),
    reportProblems: (uri, text, problems) => fileProblems.report(uri, text, problems, uri),
    runShellcheck: shellcheck.run,
    listTags: parts.createDockerHub({ onFailure: (reason) => connection.console.warn(reason) }),
  });
  service.catch((error) => connection.console.error(`Wheelhouse cannot lint: ${error}`));

  // The same object for the same sources, so that the rules' plan is made once and not on every key.
  let configurations = new Map<string, ReturnType<Service['configurationFor']>>();
  const { mark } = parts;
  const marked = new Map<string, Service>();
  /** The service, of which each call notes the document that it is for. */
  async function serviceFor(uri: string): Promise<Service> {
    const ready = await service;
    if (mark && !marked.has(uri))
      marked.set(
        uri,
        noting(ready, () => mark.on(uri)),
      );
    return marked.get(uri) ?? ready;
  }
  async function judge(document: TextDocument) {
    const ready = await serviceFor(document.uri);
    const own = await settings.of(document.uri);
    const context = await knownContext(ready, document.uri);
    const around = {
      service: ready,
      context,
      shellcheck: own.shellcheck.enable,
      asksDockerHub: own.completion?.dockerHub ?? true,
    };
    if (!own.lint.enable) return { ...around, configuration: undefined };
    let known = configurations.get(document.uri);
    if (!known) {
      known = ready.configurationFor(document.uri, own);
      configurations.set(document.uri, known);
      configurationFile.tell(document.uri, await ready.configurationFile(document.uri));
    }
    return { ...around, configuration: await known };
  }

  /** A large folder takes a while to read; until then its files are not known, and then the editor asks again. */
  async function knownContext(ready: Service, uri: string) {
    const reading = ready.contextOf(uri);
    if (isRead.get(reading)) return reading;
    const first = await Promise.race([reading, after(contextPatience, unknown)]);
    if (first !== unknown) {
      isRead.set(reading, true);
      return first;
    }
    if (isRead.get(reading) === undefined) {
      isRead.set(reading, false);
      void reading.then(() => {
        isRead.set(reading, true);
        readLate(uri);
      });
    }
    return undefined;
  }
  const isRead = new WeakMap<Promise<unknown>, boolean>();

  /** Many folders may come to be known one after the other; only their documents are judged anew, and all at once. */
  const late = new Set<string>();
  function readLate(uri: string): void {
    late.add(uri);
    if (late.size > 1) return;
    setTimeout(() => {
      const uris = [...late];
      late.clear();
      reconsider(uris.flatMap((one) => open(one) ?? [])).catch((error) =>
        connection.console.warn(`Diagnostics may be stale: ${error}`),
      );
    }, latePause);
  }

  async function reconsider(stale: readonly TextDocument[]): Promise<void> {
    diagnostics?.invalidate();
    for (const document of stale) diagnostics?.changed(document);
    if (client.workspace?.diagnostics?.refreshSupport) await connection.languages.diagnostics.refresh();
  }

  const watchesFiles = () => client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;

  async function refresh(): Promise<void> {
    settings.forget();
    configurations = new Map();
    shellcheck.forget();
    (await service).forgetFiles();
    fileProblems.clear();
    await reconsider(documents.all());
  }

  connection.onInitialize(({ capabilities, initializationOptions, workspaceFolders, rootUri }) => {
    client = capabilities;
    const options: InitializationOptions = initializationOptions ?? {};
    settings.begin(capabilities, options.settings);
    shellcheck.trust(options.trusted ?? true);
    folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    files.begin(options.trusted ?? true, folders);
    abilities = {
      versionedEdits: capabilities.workspace?.workspaceEdit?.documentChanges === true,
      previews: capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
      openCommand: options.openCommand,
      fixedCommand: options.fixedCommand,
      taskCommands: options.taskCommands ?? {},
    };
    turnOffCommand = options.turnOffCommand;
    // A client that cannot be told to pull again, such as Neovim 0.11, would keep what a changed configuration made stale.
    const pulls =
      capabilities.textDocument?.diagnostic !== undefined &&
      capabilities.workspace?.diagnostics?.refreshSupport === true;
    diagnostics = createDiagnostics({ connection, pulls, judge, open, fileProblems });
    const begin = (uri: string) => parts.mark?.on(uri);
    provideEditorFeatures(connection, capabilities.textDocument, open, judge, begin);
    return {
      serverInfo: { name: 'wheelhouse', version: parts.version },
      capabilities: {
        ...editorCapabilities,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: { codeActionKinds: ['quickfix', CodeActionKind.RefactorRewrite, fixAllKind] },
        // Which file configures a Dockerfile depends on others, so an editor asks again when they change.
        diagnosticProvider: pulls
          ? { identifier: 'wheelhouse', interFileDependencies: true, workspaceDiagnostics: false }
          : undefined,
      },
    };
  });
  connection.onInitialized(() => {
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders((change) => {
        files.workspaceChanged(change);
        const gone = change.removed.map(({ uri }) => uri);
        folders = [...folders.filter((uri) => !gone.includes(uri)), ...change.added.map(({ uri }) => uri)];
        onRefresh();
      });
    }
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection });
    }
    if (watchesFiles()) {
      const watchers = [
        ...watchedFiles.map((globPattern) => ({ globPattern })),
        { globPattern: comingFiles, kind: WatchKind.Create | WatchKind.Delete },
      ];
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  });
  const onRefresh = () =>
    void refresh().catch((error) => connection.console.warn(`Diagnostics may be stale: ${error}`));
  connection.onDidChangeConfiguration((change) => {
    settings.changed(change.settings);
    onRefresh();
  });
  let soon: NodeJS.Timeout | undefined;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => uri).filter((uri) => !restless.test(uri));
    clearTimeout(soon);
    if (uris.some((uri) => isDecisive(uri))) return onRefresh();
    // Files come and go in flocks.
    if (uris.length > 0) soon = setTimeout(onRefresh, flockPause);
  });
  connection.onNotification(trustNotification, () => {
    shellcheck.trust(true);
    files.trust();
    onRefresh();
  });

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const document = open(textDocument.uri);
    if (!document || !diagnostics) return { kind: 'full', items: [] };
    const report = await diagnostics.pull(document, previousResultId);
    // The answer would be for a text that is gone; the client asks again by itself.
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    return report;
  });
  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const document = open(textDocument.uri);
    if (!document) return [];
    const judged = await judge(document);
    const { uri } = document;
    const [{ rules: levels }, file] = await Promise.all([
      settings.of(uri),
      judged.service.configurationFile(uri),
    ]);
    const isOurs = !file.used || folders.some((folder) => file.used?.startsWith(`${folder}/`));
    const deciding = { command: turnOffCommand, uri, rules: levels, file, isOurs };
    // One that takes no part says nothing.
    const checked = judged.shellcheck ? diagnostics?.checked(document) : 0;
    return codeActions(judged, document, { range, context }, abilities, deciding, checked);
  });
  connection.onRequest(turnOffRequest, async ({ text, code }: TurnOffParams): Promise<string | null> => {
    const { withIgnored } = await import('../config/turn-off.ts');
    return withIgnored(text, code) ?? null;
  });
  connection.onRequest(
    completeConfigurationRequest,
    ({ text, offset }: CompleteConfigurationParams): CompleteConfigurationResult | null =>
      completeConfiguration(text, offset, rules) ?? null,
  );

  connection.onRequest(foundRequest, async ({ uri }: FoundParams): Promise<FoundResult | null> => {
    const document = open(uri);
    if (!document) return null;
    const { service: ready, configuration, context, shellcheck: isChecked } = await judge(document);
    if (!configuration) return null;
    const text = document.getText();
    const checked = isChecked ? await ready.shellcheck(text, configuration) : [];
    const all = [...ready.lint(text, configuration, context), ...checked].sort(byPlace);
    return all.map(({ code, span }) => ({ code, line: document.positionAt(span.start).line }));
  });

  connection.onRequest(
    optimizeRequest,
    async ({ uri, ids }: OptimizeParams): Promise<OptimizeResult | null> => {
      const document = open(uri);
      if (!document) return null;
      const { service: ready, configuration } = await judge(document);
      // Unlike diagnostics, this one waits for what is read of the folder, and does not trust a watcher, which may be late.
      ready.forgetFiles();
      const [context, sources] = await Promise.all([ready.contextOf(uri), ready.sourcesOf(uri)]);
      if (!configuration) return null;
      const optimized = ready.optimize(document.getText(), configuration, context, { sources, ids });
      const { text, ignoreLines, applied } = optimized;
      const isChanged = context !== undefined && ignoreLines.length > 0;
      return {
        text,
        applied,
        ignoreFile: isChanged ? { uri: context.ignoreFileUri, lines: ignoreLines } : null,
      };
    },
  );
  connection.onRequest(imagesRequest, async ({ uri }: ImagesParams): Promise<NamedImage[]> => {
    const document = open(uri);
    if (!document) return [];
    const images = (await service).unpinnedImages(document.getText());
    return images.map(({ end, ...image }) => ({ ...image, ...document.positionAt(end) }));
  });

  connection.onRequest(copiedFilesRequest, (params: CopiedFilesParams) => copiedFiles(params));
  connection.onRequest(
    scaffoldKindsRequest,
    async ({ folder }: ScaffoldKindsParams): Promise<ScaffoldOffer[]> =>
      (await service).scaffoldKinds(folder),
  );
  connection.onRequest(
    scaffoldRequest,
    async (params: ScaffoldParams): Promise<Scaffold | null> =>
      (await (await service).scaffold(params)) ?? null,
  );

  connection.onRequest(turnRequest, () => null);
  documents.onDidChangeContent(({ document }) => diagnostics?.changed(document));
  // Where no file is watched, saving a Dockerfile looks for its configuration file anew.
  documents.onDidSave(() => {
    if (!watchesFiles()) onRefresh();
  });
  documents.onDidClose(({ document }) => {
    settings.closed(document.uri);
    configurations.delete(document.uri);
    configurationFile.closed(document.uri);
    marked.delete(document.uri);
    diagnostics?.closed(document.uri);
  });
  documents.listen(connection);
  connection.listen();
}

function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value).unref());
}
