import { createConnection, PortMessageReader, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { createDockerHub } from '../adapters/docker-hub.ts';
import { collectWhenIdle } from '../adapters/idle-memory.ts';
import { existsUri, isOwnFile, listFolderUri, readFileUri } from '../adapters/node-files.ts';
import { findShellcheck } from '../adapters/shellcheck.ts';
import type { ownEnd } from '../adapters/thread.ts';
import { createService } from '../service.ts';
import { writeAnswersAsText } from './json-answers.ts';
import { createMark } from './mark.ts';
import { serve } from './server.ts';

/** A server in this thread, for the front that started it. */
export function serveFront(
  { port, memory }: NonNullable<ReturnType<typeof ownEnd>>,
  keepCompiledCode: () => void,
): void {
  collectWhenIdle();
  // By then what a day's work needs is compiled.
  setTimeout(keepCompiledCode, 20_000).unref();
  serve(createConnection(ProposedFeatures.all, new PortMessageReader(port), writeAnswersAsText(port)), {
    version: manifest.version,
    mark: createMark(memory),
    readFileUri,
    listFolderUri,
    isOwnFile,
    existsUri,
    findShellcheck,
    createDockerHub,
    start: async (ports) => createService({ ports, parseShell: await loadBundledShellParser() }),
  });
}
