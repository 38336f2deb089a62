import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Thread } from '../adapters/thread.ts';
import { serveInThreads } from './front.ts';

/**
 * Serves the client that this process was started by.
 * @param loading a thread that was started before, and is the first to be used
 */
export function serveClient(loading: Thread, startThread: () => Thread): void {
  const started = [loading];
  serveInThreads(createConnection(ProposedFeatures.all), () => started.pop() ?? startThread());
}
