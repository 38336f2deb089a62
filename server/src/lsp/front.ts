import {
  type CancellationToken,
  type Connection,
  DiagnosticSeverity,
  type InitializeParams,
  type InitializeResult,
  type TextDocumentItem,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Thread } from '../adapters/thread.ts';
import { trustNotification } from '../protocol/requests.ts';
import { createLane, type Lane, type LaneEvents } from './lane.ts';
import { large } from './large.ts';

/** How long a server may be at one document, in milliseconds. */
export interface Patience {
  /** Then documents that wait for it go to another server. */
  readonly beforeOthersMove: number;
  /** The same in the first seconds of a server, in which everything takes longer. */
  readonly beforeOthersMoveAtStart: number;
  /** Then it is given up. */
  readonly beforeGivenUp: number;
}
const usual: Patience = { beforeOthersMove: 150, beforeOthersMoveAtStart: 300, beforeGivenUp: 5_000 };
/** So long a server is new, in milliseconds. */
const childhood = 3_000;
/** A server that cannot even start is started again so often, and by then something else is wrong. */
const manyStarts = 5;

interface Question {
  readonly method: string;
  readonly params: unknown;
  readonly uri: string | undefined;
  readonly token: CancellationToken;
  lane: Lane;
  settle(answer: unknown): void;
  fail(error: unknown): void;
}

/** So many messages of the log are kept. */
const mostSaid = 1_000;

/** State that a server has to hear of when it starts late, in the order in which it came. */
const lasting = new Set([
  'initialized',
  'workspace/didChangeConfiguration',
  'workspace/didChangeWorkspaceFolders',
  trustNotification,
]);

/**
 * Stands between a client and the server, which runs in a thread, so that no document can take the server away from the
 * others. A document that takes long stays alone in its thread, and the others go to a new one; one that takes too long,
 * or more memory than there is, is given up until it changes, and says so.
 */
export function serveInThreads(
  client: Connection,
  startThread: () => Thread,
  patience: Patience = usual,
): void {
  const documents = new Map<string, TextDocument>();
  /** Documents that took long, or are so large that they will; they are judged aside. */
  const slow = new Set<string>();
  /** Documents that are not judged until they change. */
  const givenUp = new Set<string>();
  const questions = new Set<Question>();
  const state: { method: string; params: unknown }[] = [];
  const born = new WeakMap<Lane, number>();
  /** Who said what first, of what went to the log. */
  const said = new Map<string, Lane>();
  let initialize: InitializeParams | undefined;
  let starts = 0;
  let isOver = false;

  const events: LaneEvents = {
    busy(lane, uri, stuck, isWaitedFor) {
      if (uri === undefined || !documents.has(uri)) {
        // Nothing is known of what it does; it has the patience of a start on a slow machine.
        if (stuck <= 6 * patience.beforeGivenUp) return;
        lane.end();
        events.ended(lane, undefined, 'it hangs');
        return;
      }
      if (stuck > patience.beforeGivenUp) {
        lane.end();
        giveUp(uri, lane, `took more than ${patience.beforeGivenUp / 1000} seconds`);
        return;
      }
      const isYoung = performance.now() - (born.get(lane) ?? 0) < childhood;
      const limit = isYoung ? patience.beforeOthersMoveAtStart : patience.beforeOthersMove;
      const waits = isWaitedFor || questionsTo(lane).some((question) => question.uri !== uri);
      if (lane === common && waits && stuck > limit) leaveAlone(uri, lane);
    },
    isOwed: (lane) => questionsTo(lane).length > 0,
    ended(lane, uri, reason) {
      if (isOver) return;
      client.console.error(`The server's thread ended: ${reason}`);
      if (uri !== undefined && documents.has(uri))
        giveUp(uri, lane, /memory/.test(reason) ? 'took more memory than there is' : 'ended what checks it');
      else if (++starts < manyStarts) replace(lane);
      else process.exit(1);
    },
  };

  const questionsTo = (lane: Lane) => [...questions].filter((question) => question.lane === lane);
  const startLane = (): Lane => {
    const lane = createLane(startThread(), events);
    born.set(lane, performance.now());
    listenTo(lane);
    lane.connection.listen();
    if (!initialize) return lane;
    lane.connection.sendRequest('initialize', initialize).catch(() => {});
    for (const { method, params } of state) lane.notify(method, params);
    return lane;
  };
  let first: Lane | undefined;
  let common = startLane();
  first = common;
  let aside: Lane | undefined;

  const laneOf = (uri: string | undefined): Lane => {
    if (uri === undefined || !slow.has(uri)) return common;
    aside ??= startLane();
    return aside;
  };
  /** Opens a document where it belongs, with its text as it is now. */
  const openIn = (lane: Lane, document: TextDocument) => {
    lane.open.add(document.uri);
    const { uri, languageId, version } = document;
    const item: TextDocumentItem = { uri, languageId, version, text: document.getText() };
    lane.notify('textDocument/didOpen', { textDocument: item }, uri);
  };
  const openAll = () => {
    for (const document of documents.values()) {
      const lane = givenUp.has(document.uri) ? undefined : laneOf(document.uri);
      if (lane && !lane.open.has(document.uri)) openIn(lane, document);
    }
  };
  /** Asks again what was asked of a server that does not answer it. */
  const askAgain = (lane: Lane) => {
    for (const question of questionsTo(lane)) {
      const isAnswered = question.uri !== undefined && givenUp.has(question.uri);
      if (!isAnswered && laneOf(question.uri) === lane) continue;
      questions.delete(question);
      ask(question);
    }
  };

  function leaveAlone(uri: string, lane: Lane): void {
    slow.add(uri);
    if (aside) lane.end();
    else {
      aside = lane;
      // When it wakes, it is to do no more for the others.
      for (const other of lane.open) {
        if (other === uri) continue;
        lane.open.delete(other);
        lane.notify('textDocument/didClose', { textDocument: { uri: other } });
      }
    }
    common = startLane();
    openAll();
    askAgain(lane);
  }

  /** A document that has grown large goes to the server aside, as it is now. */
  function moveAside(uri: string): void {
    slow.add(uri);
    if (common.open.delete(uri)) common.notify('textDocument/didClose', { textDocument: { uri } });
    openAll();
    askAgain(common);
  }

  function giveUp(uri: string, lane: Lane, why: string): void {
    slow.add(uri);
    givenUp.add(uri);
    if (lane === common) common = startLane();
    else if (lane === aside) aside = undefined;
    const message = `This file ${why}, so it was not checked. Shorten or split what is unusual in it; each change is tried anew.`;
    const start = { line: 0, character: 0 };
    const range = { start, end: { line: 0, character: 1 } };
    const diagnostics = [{ range, severity: DiagnosticSeverity.Warning, source: 'wheelhouse', message }];
    void client.sendDiagnostics({ uri, version: documents.get(uri)?.version, diagnostics });
    openAll();
    askAgain(lane);
  }

  function replace(lane: Lane): void {
    if (lane === common) common = startLane();
    else if (lane === aside) aside = undefined;
    openAll();
    askAgain(lane);
  }

  function ask(question: Question): void {
    const { method, params, uri, token, settle, fail } = question;
    if (uri !== undefined && givenUp.has(uri)) {
      settle(method === 'textDocument/diagnostic' ? { kind: 'full', items: [] } : null);
      return;
    }
    const lane = laneOf(uri);
    question.lane = lane;
    questions.add(question);
    const isHere = () => questions.has(question) && question.lane === lane;
    lane.connection.sendRequest(method, params as object, token).then(
      (answer) => {
        if (!isHere()) return;
        questions.delete(question);
        settle(answer);
      },
      (error) => {
        if (!isHere()) return;
        questions.delete(question);
        fail(error);
      },
    );
    lane.expectTurn(uri);
  }

  function listenTo(lane: Lane): void {
    lane.connection.onRequest((method: string, params: unknown, token: CancellationToken) => {
      // What the first server asked for holds for all.
      if (method === 'client/registerCapability' && lane !== first) return null;
      return client.sendRequest(method, params, token);
    });
    lane.connection.onNotification((method: string, params: unknown) => {
      if (method === 'textDocument/publishDiagnostics' && !speaksFor(lane, uriOf(params))) return;
      if (method === 'window/logMessage' && wasSaid(lane, (params as { message: string }).message)) return;
      void client.sendNotification(method, params as object);
    });
  }
  /** Each server says a reason once, and all of them together do. */
  function wasSaid(lane: Lane, message: string): boolean {
    const first = said.get(message) ?? lane;
    if (said.size < mostSaid) said.set(message, first);
    return first !== lane;
  }
  /** The server aside speaks for its documents alone, the other one for files that are not open too. */
  function speaksFor(lane: Lane, uri: string | undefined): boolean {
    if (uri !== undefined && documents.has(uri)) return lane.open.has(uri);
    return lane === common;
  }

  client.onInitialize(async (params) => {
    initialize = params;
    const result = await common.connection.sendRequest<InitializeResult>('initialize', params);
    common.expectTurn();
    return result;
  });
  client.onShutdown(() => {
    isOver = true;
    common.end();
    aside?.end();
  });
  client.onNotification((method: string, params: unknown) => {
    if (lasting.has(method)) {
      const known = state.findIndex((other) => other.method === method);
      if (known >= 0 && method !== 'workspace/didChangeWorkspaceFolders') state.splice(known, 1);
      state.push({ method, params });
    }
    const uri = uriOf(params);
    if (uri === undefined || !method.startsWith('textDocument/')) {
      for (const lane of [common, aside]) lane?.notify(method, params);
      return;
    }
    takeDocument(method, params as never, uri);
  });
  client.onRequest((method: string, params: unknown, token: CancellationToken) => {
    const uri = uriOf(params);
    return new Promise((settle, fail) => {
      ask({
        method,
        params,
        uri: uri && documents.has(uri) ? uri : undefined,
        token,
        lane: common,
        settle,
        fail,
      });
    });
  });
  client.listen();

  function takeDocument(
    method: string,
    params: { textDocument: TextDocumentItem; contentChanges: { text: string }[] },
    uri: string,
  ): void {
    const known = documents.get(uri);
    if (method === 'textDocument/didOpen') {
      const { languageId, version, text } = params.textDocument;
      documents.set(uri, TextDocument.create(uri, languageId, version, text));
      if (text.length >= large) slow.add(uri);
      openAll();
    } else if (method === 'textDocument/didClose') {
      documents.delete(uri);
      const lane = laneOf(uri);
      if (lane.open.delete(uri)) lane.notify(method, params, uri);
      if (slow.delete(uri)) void client.sendDiagnostics({ uri, diagnostics: [] });
      givenUp.delete(uri);
      if (slow.size === 0) {
        aside?.end();
        aside = undefined;
      }
    } else {
      if (known && method === 'textDocument/didChange') {
        TextDocument.update(known, params.contentChanges, params.textDocument.version);
        givenUp.delete(uri);
        if (known.getText().length >= large && !slow.has(uri)) {
          moveAside(uri);
          return;
        }
      }
      const lane = laneOf(uri);
      if (lane.open.has(uri)) lane.notify(method, params, uri);
      else if (known && !givenUp.has(uri)) openIn(lane, known);
    }
  }
}

function uriOf(params: unknown): string | undefined {
  const { textDocument, uri } = (params ?? {}) as { textDocument?: { uri?: unknown }; uri?: unknown };
  const found = textDocument?.uri ?? uri;
  return typeof found === 'string' ? found : undefined;
}
