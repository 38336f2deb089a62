#!/usr/bin/env node
import manifest from '../../../package.json' with { type: 'json' };
import { keepCompiledCode } from '../adapters/compiled-code.ts';
import { ownEnd, startThread } from '../adapters/thread.ts';
import { markSize } from './mark.ts';

const usage = `Usage: wheelhouse-language-server --stdio

Serves the Language Server Protocol to an editor: findings in Dockerfiles with fixes, completion, hover, formatting.
The other ways to connect are --node-ipc, --socket=PORT and --pipe=NAME.

  -h, --help     show this
  -v, --version  show the version
`;
const transport = /^--(?:stdio|node-ipc|socket=.+|pipe=.+|socket|pipe)$/;

/** By then what a day's work needs is compiled, in milliseconds. */
const untilWarm = 10_000;

const args = process.argv.slice(2);
const front = ownEnd();
// What judges is loaded in the threads alone, and what speaks with the client in the first one alone.
if (front) {
  void import('./serve-thread.ts').then(({ serveThread }) => serveThread(front));
  setTimeout(keepCompiledCode, untilWarm).unref();
} else if (args.some((arg) => arg === '--version' || arg === '-v')) {
  process.stdout.write(`wheelhouse-language-server ${manifest.version}\n`);
} else if (args.some((arg) => arg === '--help' || arg === '-h')) process.stdout.write(usage);
else if (args.some((arg) => transport.test(arg))) {
  const start = () => startThread(import.meta.url, markSize);
  const loading = start();
  void import('./serve-client.ts').then(({ serveClient }) => serveClient(loading, start));
  setTimeout(keepCompiledCode, untilWarm).unref();
} else {
  process.stderr.write(usage);
  process.exitCode = 1;
}
