import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  type InitializationOptions,
  readFileRequest,
  settingsSection,
} from '../../server/src/protocol/requests.ts';
import { ensureBundles } from './bundles.ts';

export interface ClientOptions {
  /** Laid over those of a client that pulls diagnostics and answers for settings. */
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** Asked for the settings below `wheelhouse`. */
  readonly settings?: () => unknown;
  /** Files of file systems that only the editor reaches, by URI. */
  readonly files?: Readonly<Record<string, string>>;
  /** URIs of the folders that the editor has open. */
  readonly workspaceFolders?: readonly string[];
  /** Arguments for Node itself. */
  readonly execArgv?: readonly string[];
  /** Another program in the place of the bundled server. */
  readonly program?: string;
  /** Arguments of it. */
  readonly args?: readonly string[];
}

/** The real server, started from its bundle, and an editor's end of its pipe. */
export interface TestServer {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly pid: number;
  /** What was published, oldest first. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** How often the server asked to pull again. */
  readonly refreshes: () => number;
  /** The server's log messages and its stderr. */
  readonly log: readonly string[];
  open(uri: string, text: string, version?: number): Promise<void>;
  change(uri: string, version: number, ...changes: { range?: Range; text: string }[]): Promise<void>;
  close(uri: string): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** The next publish that fits, among those to come and those that came. */
  publish(fits: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams>;
  /** Ends the server at once, if it still runs. */
  kill(): void;
  /** Ends the server as an editor does, and gives its exit code. */
  stop(): Promise<number | null>;
}

export const pulling: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: false } },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
};

export async function startServer(options: ClientOptions = {}): Promise<TestServer> {
  const server = options.program ?? (await ensureBundles()).server;
  const { execArgv = [], args = [] } = options;
  const child = spawn(process.execPath, [...execArgv, server, '--stdio', ...args], { stdio: 'pipe' });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const log: string[] = [];
  child.stderr.on('data', (data) => log.push(String(data)));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  let refreshes = 0;
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const wake of waiting) wake(params);
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    log.push(message);
  });
  connection.onRequest('workspace/diagnostic/refresh', () => {
    refreshes++;
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => (section === settingsSection ? (options.settings?.() ?? null) : null)),
  );
  connection.onRequest(readFileRequest, ({ uri }: { uri: string }) => ({
    text: options.files?.[uri] ?? null,
  }));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();

  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: options.workspaceFolders?.map((uri) => ({ uri, name: uri })) ?? null,
    capabilities: options.capabilities ?? pulling,
    initializationOptions: { openCommand: 'vscode.open', ...options.initializationOptions },
  });
  await connection.sendNotification('initialized', {});

  return {
    connection,
    initialized,
    pid: child.pid as number,
    published,
    refreshes: () => refreshes,
    log,
    open: (uri, text, version = 1) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version, text },
      }),
    change: (uri, version, ...contentChanges) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges,
      }),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId }),
    publish(fits) {
      const known = published.find(fits);
      if (known) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(wake);
          reject(new Error(`Nothing fitting was published: ${JSON.stringify(published).slice(0, 2000)}`));
        }, 10_000);
        const wake = (params: PublishDiagnosticsParams) => {
          if (!fits(params)) return;
          clearTimeout(timer);
          waiting.delete(wake);
          resolve(params);
        };
        waiting.add(wake);
      });
    },
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const [code] = await exited;
      connection.dispose();
      return code;
    },
  };
}
