#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import manifest from '../../../package.json' with { type: 'json' };
import { keepCompiledCode } from '../adapters/compiled-code.ts';
import { print, say } from './terminal.ts';
import { startThread } from './threads.ts';
import { usage } from './usage.ts';

/** Each command is loaded when it is asked for, so that none waits for what another one needs. */
async function main([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case 'lint': {
      const loading = startThread();
      return (await import('./lint-command.ts')).lintCommand(args, loading);
    }
    case 'rules':
      return (await import('./judge.ts')).rulesCommand(args);
    case 'explain':
      return (await import('./judge.ts')).explainCommand(args);
    case '--version':
    case '-v':
      print(`wheelhouse ${manifest.version}\n`);
      return 0;
    case '--help':
    case '-h':
      print(usage);
      return 0;
    default:
      for (const line of usage.trimEnd().split('\n')) say(line);
      return 1;
  }
}

// A reader such as `head` may go away early; that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Node and libraries print what they warn of as it is, and some quote a file: the YAML reader does so of odd keys.
process.removeAllListeners('warning').on('warning', ({ message }) => say(message));

if (isMainThread) {
  process.on('uncaughtException', (error) => {
    say(error.message);
    process.exit(1);
  });
  // The process ends by itself, so that a pipe gets all of the output.
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
      // What reads configuration files is loaded in this thread.
      keepCompiledCode();
    },
    (error: unknown) => {
      say(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    },
  );
} else void import('./judge.ts').then(({ serveThread }) => serveThread(keepCompiledCode));
