import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-languageserver/node';
import type { Thread } from '../adapters/thread.ts';
import { readAnswersAsText } from './json-answers.ts';
import { createMark, turnRequest } from './mark.ts';

/** A server in a thread, as the front sees it. */
export interface Lane {
  readonly connection: MessageConnection;
  /** Documents that are open in it. */
  readonly open: Set<string>;
  /** Sends what came from the client, and looks from then on whether the server comes to its next turn. */
  notify(method: string, params: unknown, uri?: string): void;
  expectTurn(uri?: string): void;
  end(): void;
}

export interface LaneEvents {
  /**
   * The server has been at one piece of work for a while.
   * @param uri the document that it is about
   * @param stuck for so long, in milliseconds
   * @param isWaitedFor something came since that is about other documents
   */
  busy(lane: Lane, uri: string | undefined, stuck: number, isWaitedFor: boolean): void;
  /** Whether the server has yet to answer something. */
  isOwed(lane: Lane): boolean;
  ended(lane: Lane, uri: string | undefined, reason: string): void;
}

/** Between two looks at a server that owes its turn, in milliseconds. */
const look = 50;
/** So long after it was told something a server may begin work by itself, in milliseconds. */
const aftermath = 3_000;

export function createLane({ port, memory, ended, end }: Thread, events: LaneEvents): Lane {
  const connection = createMessageConnection(
    readAnswersAsText(new PortMessageReader(port)),
    new PortMessageWriter(port),
  );
  const mark = createMark(memory);
  /** What was sent since the server had its last turn. */
  let waiting = new Set<string | undefined>();
  let told = 0;
  let isAsked = false;
  let isPlanned = false;
  let isOver = false;

  /** @param since when the server was told what it may be at */
  const askForTurn = (since: number) => {
    isAsked = true;
    const asked = waiting;
    waiting = new Set();
    let count = mark.count();
    let changed = since;
    let looked = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      // A machine that slept, or had no time for us, had none for the server either.
      if (now - looked > 4 * look || mark.count() !== count) changed = now;
      looked = now;
      count = mark.count();
      if (now - changed < look || isOver) return;
      const uri = mark.last();
      const isWaitedFor = [...asked, ...waiting].some((other) => other !== uri);
      events.busy(lane, uri, now - changed, isWaitedFor);
    }, look);
    const done = () => {
      clearInterval(timer);
      isAsked = false;
      if (isOver) return;
      if (waiting.size > 0 || events.isOwed(lane) || performance.now() - told < aftermath) askSoon();
    };
    connection.sendRequest(turnRequest).then(done, done);
  };
  /** A while later, as most of what is asked is answered by then. */
  const askSoon = () => {
    if (isAsked || isPlanned || isOver) return;
    isPlanned = true;
    const since = performance.now();
    setTimeout(() => {
      isPlanned = false;
      if (!isOver) askForTurn(since);
    }, look).unref();
  };
  const lane: Lane = {
    connection,
    open: new Set(),
    notify(method, params, uri) {
      void connection.sendNotification(method, params as object);
      lane.expectTurn(uri);
    },
    expectTurn(uri) {
      if (isOver) return;
      waiting.add(uri);
      told = performance.now();
      askSoon();
    },
    end() {
      isOver = true;
      end();
      connection.dispose();
    },
  };
  void ended.then((reason) => {
    if (isOver) return;
    isOver = true;
    connection.dispose();
    events.ended(lane, mark.last(), reason);
  });
  return lane;
}
