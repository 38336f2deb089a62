#!/usr/bin/env node
import {
  createConnection,
  PortMessageReader,
  PortMessageWriter,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { createDockerHub } from '../adapters/docker-hub.ts';
import { collectWhenIdle } from '../adapters/idle-memory.ts';
import { existsUri, isOwnFile, listFolderUri, readFileUri } from '../adapters/node-files.ts';
import { findShellcheck } from '../adapters/shellcheck.ts';
import { ownEnd, startThread } from '../adapters/thread.ts';
import { createService } from '../service.ts';
import { serveInThreads } from './front.ts';
import { createMark, markSize } from './mark.ts';
import { serve } from './server.ts';

const usage = `Usage: wheelhouse-language-server --stdio

Serves the Language Server Protocol to an editor: findings in Dockerfiles with fixes, completion, hover, formatting.
The other ways to connect are --node-ipc, --socket=PORT and --pipe=NAME.

  -h, --help     show this
  -v, --version  show the version
`;
const transport = /^--(?:stdio|node-ipc|socket=.+|pipe=.+|socket|pipe)$/;

const args = process.argv.slice(2);
const front = ownEnd();
if (front) serveFront(front);
else if (args.some((arg) => arg === '--version' || arg === '-v')) {
  process.stdout.write(`wheelhouse-language-server ${manifest.version}\n`);
} else if (args.some((arg) => arg === '--help' || arg === '-h')) process.stdout.write(usage);
else if (args.some((arg) => transport.test(arg)))
  serveInThreads(createConnection(ProposedFeatures.all), () => startThread(import.meta.url, markSize));
else {
  process.stderr.write(usage);
  process.exitCode = 1;
}

/** A server in this thread, for the front that started it. */
function serveFront({ port, memory }: NonNullable<ReturnType<typeof ownEnd>>): void {
  collectWhenIdle();
  serve(createConnection(ProposedFeatures.all, new PortMessageReader(port), new PortMessageWriter(port)), {
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
