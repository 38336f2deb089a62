// Starts the language server on the first document that it serves. Linting needs no trust, engine or folder.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions } from 'vscode-languageclient/node';
import {
  type ConfigurationParams,
  configurationNotification,
  type InitializationOptions,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
  type ShellcheckParams,
  shellcheckNotification,
  trustNotification,
} from '../../../server/src/protocol/requests.ts';
import { asText } from '../ui/plain-text.ts';
import type { Workbench } from '../ui/workbench.ts';
import { dockerfileSelector, readText } from '../ui/workspace.ts';
import { fixedCommand } from './fixed.ts';
import { createNeighbours, type Neighbours } from './neighbours.ts';
import { serverFlags } from './server-flags.ts';
import { turnOffCommand } from './turn-off.ts';

/** Shown to people, not to be linted: what an editor shows beside a diff, or inside chat and output. */
const unserved = new Set([
  'git',
  'output',
  'vscode-chat-code-block',
  'comment',
  'wheelhouse-inspect',
  'wheelhouse-preview',
]);

export interface Language {
  /** Asks the server, which is started where it does not run yet. */
  ask<Result>(method: string, params: unknown): Promise<Result>;
  stop(): Promise<void>;
}

export function createLanguage(context: vscode.ExtensionContext, workbench: Workbench): Language {
  let starting: Promise<LanguageClient> | undefined;
  const status = vscode.languages.createLanguageStatusItem('wheelhouse.language', dockerfileSelector);
  status.name = 'Wheelhouse';
  status.text = 'Wheelhouse';
  status.command = { title: l10n.t('Restart'), command: 'wheelhouse.language.restart' };

  const say = (detail: string, severity = vscode.LanguageStatusSeverity.Information, busy = false) => {
    status.detail = asText(detail, 300);
    status.severity = severity;
    status.busy = busy;
  };
  let neighbours: Neighbours | undefined;
  let looking: vscode.Disposable | undefined;
  const start = async (): Promise<LanguageClient> => {
    say(l10n.t('Starting'), undefined, true);
    const node = await import('vscode-languageclient/node');
    const besides = createNeighbours();
    neighbours = besides;
    const module = context.asAbsolutePath('dist/server.cjs');
    const transport = node.TransportKind.ipc;
    const options: LanguageClientOptions = {
      documentSelector: dockerfileSelector as never,
      outputChannel: workbench.log,
      middleware: besides.middleware,
      initializationOptions: {
        trusted: vscode.workspace.isTrusted,
        openCommand: 'vscode.open',
        turnOffCommand,
        fixedCommand,
        taskCommands: { buildWheel: 'wheelhouse.wheels.build', lock: 'wheelhouse.wheels.lock' },
      } satisfies InitializationOptions,
    };
    const client = new node.LanguageClient(
      'wheelhouse',
      'Wheelhouse',
      {
        run: { module, transport, options: { execArgv: serverFlags } },
        debug: { module, transport, options: { execArgv: [...serverFlags, '--nolazy', '--inspect=6019'] } },
      },
      options,
    );
    client.onRequest(readFileRequest, readFile);
    let shellcheck: string | undefined;
    const configurations = new Map<string, ConfigurationParams>();
    const sayRunning = () => {
      const version = client.initializeResult?.serverInfo?.version ?? '';
      const shown = vscode.window.activeTextEditor?.document.uri;
      const known = shown && configurations.get(client.code2ProtocolConverter.asUri(shown));
      const parts = [
        l10n.t('Linting {0}', version).trim(),
        shellcheck,
        known && describeConfiguration(known),
      ];
      say(parts.filter((part) => part).join(' · '));
    };
    const sayIfRunning = () => {
      if (client.state === node.State.Running) sayRunning();
    };
    client.onNotification(shellcheckNotification, (params: ShellcheckParams) => {
      shellcheck = describeShellcheck(params);
      sayIfRunning();
    });
    client.onNotification(configurationNotification, (params: ConfigurationParams) => {
      configurations.set(params.uri, params);
      sayIfRunning();
    });
    looking?.dispose();
    looking = vscode.window.onDidChangeActiveTextEditor(sayIfRunning);
    client.onDidChangeState(({ newState }) => {
      if (newState === node.State.Running) sayRunning();
      if (newState === node.State.Stopped)
        say(l10n.t('The language server is not running'), vscode.LanguageStatusSeverity.Error);
    });
    await client.start();
    besides.watch(client);
    return client;
  };
  const startOnce = () => {
    starting ??= start().catch((error) => {
      workbench.log.error(error);
      say(l10n.t('The language server did not start'), vscode.LanguageStatusSeverity.Error);
      throw error;
    });
    return starting;
  };
  const stop = async () => {
    neighbours?.dispose();
    looking?.dispose();
    const running = starting;
    starting = undefined;
    await running?.then(
      (client) => client.dispose(),
      () => {},
    );
  };
  const consider = (document: vscode.TextDocument) => {
    if (starting || unserved.has(document.uri.scheme)) return;
    if (vscode.languages.match(dockerfileSelector, document)) void startOnce().catch(() => {});
  };
  workbench.command(
    'wheelhouse.language.restart',
    async () => {
      await stop();
      await startOnce();
    },
    { untrusted: true },
  );
  const tellTrust = () =>
    void starting?.then((client) => client.sendNotification(trustNotification)).catch(() => {});
  workbench.own(
    status,
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidGrantWorkspaceTrust(tellTrust),
  );
  for (const document of vscode.workspace.textDocuments) consider(document);
  return {
    ask: async (method, params) => (await startOnce()).sendRequest(method, params),
    stop,
  };
}

function describeShellcheck({ version, trusted }: ShellcheckParams): string {
  if (version) return `ShellCheck ${version}`;
  return trusted ? l10n.t('ShellCheck was not found') : l10n.t('ShellCheck does not run in Restricted Mode');
}

/** The `.hadolint.yaml` that a Dockerfile is judged by, and what is to be known of one that is not read. */
function describeConfiguration({ file, passedOver }: ConfigurationParams): string {
  const nameOf = (uri: string) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true));
  return [
    file && nameOf(file),
    passedOver && l10n.t('{0} is not read in Restricted Mode', nameOf(passedOver)),
  ]
    .filter((part) => part)
    .join(' · ');
}

/** What the server cannot read itself: files of file systems that only the editor reaches. */
async function readFile({ uri, limit }: ReadFileParams): Promise<ReadFileResult> {
  return { text: (await readText(vscode.Uri.parse(uri, true), limit)) ?? null };
}
