#!/usr/bin/env node
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { collectWhenIdle } from '../adapters/idle-memory.ts';
import { existsUri, isOwnFile, listFolderUri, readFileUri } from '../adapters/node-files.ts';
import { findShellcheck } from '../adapters/shellcheck.ts';
import { createService } from '../service.ts';
import { serve } from './server.ts';

const usage = `Usage: wheelhouse-language-server --stdio

Serves the Language Server Protocol to an editor: findings in Dockerfiles with fixes, completion, hover, formatting.
The other ways to connect are --node-ipc, --socket=PORT and --pipe=NAME.

  -h, --help     show this
  -v, --version  show the version
`;
const transport = /^--(?:stdio|node-ipc|socket=.+|pipe=.+|socket|pipe)$/;

const args = process.argv.slice(2);
if (args.some((arg) => arg === '--version' || arg === '-v')) {
  process.stdout.write(`wheelhouse-language-server ${manifest.version}\n`);
} else if (args.some((arg) => arg === '--help' || arg === '-h')) process.stdout.write(usage);
else if (args.some((arg) => transport.test(arg))) start();
else {
  process.stderr.write(usage);
  process.exitCode = 1;
}

function start(): void {
  collectWhenIdle();
  serve(createConnection(ProposedFeatures.all), {
    version: manifest.version,
    disk: { readFileUri, listFolderUri, isOwnFile, existsUri },
    findShellcheck,
    start: async (ports) => createService({ ports, parseShell: await loadBundledShellParser() }),
  });
}
