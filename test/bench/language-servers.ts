import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type Position,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { pulling } from '../server/client.ts';

export interface LanguageServer {
  readonly name: string;
  readonly command: readonly [file: string, ...args: string[]];
}

export interface ServerFigures {
  /** Milliseconds from the start of the process to the findings of the first file. */
  readonly start: number;
  /** Milliseconds from opening a file to its findings, one for each file but the first. */
  readonly opening: readonly number[];
  /** Milliseconds from a change to the findings, while a key is typed and taken back in the middle of a file. */
  readonly changing: readonly number[];
  readonly findings: number;
  /** Megabytes, after the last file and ten seconds later. */
  readonly working: number;
  readonly rest: number;
}

/** Keys typed in each file. */
const keys = 6;
/** A server that says nothing of a file does not hold up the rest, in milliseconds. */
const patience = 5_000;

/** Opens, edits and closes files one after the other as an editor does: it pulls from a server that lets it, and listens to another. */
export async function measureServer(
  { command: [file, ...args] }: LanguageServer,
  files: readonly string[],
): Promise<ServerFigures> {
  const begin = performance.now();
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const heard = new Map<string, (params: PublishDiagnosticsParams) => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
    heard.get(params.uri)?.(params),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  for (const method of [
    'client/registerCapability',
    'workspace/diagnostic/refresh',
    'workspace/workspaceFolders',
  ])
    connection.onRequest(method, () => null);
  connection.listen();
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: pulling,
  });
  await connection.sendNotification('initialized', {});

  /** Milliseconds until the findings are there after `send`, and how many. */
  const answerTo = async (uri: string, version: number, send: () => Promise<void>) => {
    const begin = performance.now();
    if (capabilities.diagnosticProvider) {
      void send();
      const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      return { time: performance.now() - begin, count: report.kind === 'full' ? report.items.length : 0 };
    }
    const answer = new Promise<PublishDiagnosticsParams>((resolve) =>
      heard.set(uri, (params) => {
        if (params.version === undefined || params.version >= version) resolve(params);
      }),
    );
    void send();
    const params = await Promise.race([answer, setTimeout(patience, undefined)]);
    heard.delete(uri);
    return { time: performance.now() - begin, count: params?.diagnostics.length ?? 0 };
  };

  let start = Number.NaN;
  let findings = 0;
  const opening: number[] = [];
  const changing: number[] = [];
  for (const [i, path] of files.entries()) {
    const uri = pathToFileURL(path).href;
    const text = readFileSync(path, 'utf8');
    const opened = await answerTo(uri, 1, () =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      }),
    );
    if (i === 0) start = performance.now() - begin;
    else opening.push(opened.time);
    findings += opened.count;
    const place = middleOfInstruction(text);
    for (let version = 2; version < 2 + keys; version++) {
      const insert = version % 2 === 0 ? 'x' : '';
      const end = { ...place, character: place.character + (insert ? 0 : 1) };
      const { time } = await answerTo(uri, version, () =>
        connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [{ range: { start: place, end }, text: insert }],
        }),
      );
      changing.push(time);
    }
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  const working = memoryOf(child);
  await setTimeout(10_000);
  const rest = memoryOf(child);
  child.kill();
  connection.dispose();
  return { start, opening, changing, findings, working, rest };
}

/** The end of the first word behind the keyword of the instruction in the middle of the file. */
export function middleOfInstruction(text: string): Position {
  const lines = text.split(/\r?\n/);
  const middle = lines.length >> 1;
  const isInstruction = (line: string) => /^[A-Za-z]+ +\S/.test(line);
  const found = lines.findIndex((line, i) => i >= middle && isInstruction(line));
  const line = found >= 0 ? found : Math.max(0, lines.findLastIndex(isInstruction));
  return { line, character: /^[A-Za-z]+ +\S+/.exec(lines[line] ?? '')?.[0].length ?? 0 };
}

/** Resident memory of a process and those that it started, in megabytes, from /proc; NaN elsewhere. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    const own = (pid: number): number => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
      );
      return children.reduce(
        (sum, child) => sum + own(child),
        Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
      );
    };
    return Math.round(own(pid as number));
  } catch {
    return Number.NaN;
  }
}
