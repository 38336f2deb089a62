import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import manifest from '../../../package.json' with { type: 'json' };
import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { createDockerHub } from '../adapters/docker-hub.ts';
import { collectWhenIdle } from '../adapters/idle-memory.ts';
import { existsUri, isOwnFile, listFolderUri, readFileUri, readUnpackedUri } from '../adapters/node-files.ts';
import { findShellcheck } from '../adapters/shellcheck.ts';
import type { ownEnd, Thread } from '../adapters/thread.ts';
import { createService } from '../service.ts';
import { writeAnswersAsText } from './json-answers.ts';
import { createMark } from './mark.ts';
import { serve } from './server.ts';

/** A server in this thread, for the front that started it. */
export function serveThread({ port, memory }: NonNullable<ReturnType<typeof ownEnd>>): void {
  collectWhenIdle();
  // What speaks over ports alone needs neither sockets nor cryptography, which take a tenth of the start.
  const own = asWebPort(port);
  const reader = new BrowserMessageReader(own);
  const writer = writeAnswersAsText(new BrowserMessageWriter(own));
  serve(createConnection(ProposedFeatures.all, reader, writer), {
    version: manifest.version,
    mark: createMark(memory),
    readFileUri,
    readUnpackedUri,
    listFolderUri,
    isOwnFile,
    existsUri,
    findShellcheck,
    createDockerHub,
    start: async (ports) => createService({ ports, parseShell: await loadBundledShellParser() }),
  });
}

/** The port as the web has it, but for the events: Node loads its whole web client for the first one. */
function asWebPort(port: Thread['port']): ConstructorParameters<typeof BrowserMessageReader>[0] {
  const own = {
    postMessage: (message: unknown) => port.postMessage(message),
    addEventListener: (type: 'error', listen: (event: unknown) => void) =>
      port.on(type as 'messageerror', listen),
    set onmessage(listen: (event: { data: unknown }) => void) {
      port.on('message', (data) => listen({ data }));
    },
  };
  return own as never;
}
