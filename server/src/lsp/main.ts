#!/usr/bin/env node
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { keepCompiledCode } from '../adapters/compiled-code.ts';
import { ownEnd, startThread } from '../adapters/thread.ts';
import { serveInThreads } from './front.ts';
import { markSize } from './mark.ts';

const usage = `Usage: wheelhouse-language-server --stdio

Serves the Language Server Protocol to an editor: findings in Dockerfiles with fixes, completion, hover, formatting.
The other ways to connect are --node-ipc, --socket=PORT and --pipe=NAME.

  -h, --help     show this
  -v, --version  show the version
`;
const transport = /^--(?:stdio|node-ipc|socket=.+|pipe=.+|socket|pipe)$/;

const args = process.argv.slice(2);
const front = ownEnd();
// What judges is loaded in the threads alone.
if (front) void import('./serve-front.ts').then(({ serveFront }) => serveFront(front, keepCompiledCode));
else if (args.some((arg) => arg === '--version' || arg === '-v')) {
  process.stdout.write(`wheelhouse-language-server ${manifest.version}\n`);
} else if (args.some((arg) => arg === '--help' || arg === '-h')) process.stdout.write(usage);
else if (args.some((arg) => transport.test(arg)))
  serveInThreads(createConnection(ProposedFeatures.all), () => startThread(import.meta.url, markSize));
else {
  process.stderr.write(usage);
  process.exitCode = 1;
}
