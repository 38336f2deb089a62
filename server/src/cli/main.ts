#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import manifest from '../../../package.json' with { type: 'json' };
import { usage } from './usage.ts';

/** Each command is loaded when it is asked for, so that none waits for what another one needs. */
async function main([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case 'lint':
      return (await import('./lint-command.ts')).lintCommand(args);
    case 'rules':
      return (await import('./rules-command.ts')).rulesCommand(args);
    case 'explain':
      return (await import('./explain-command.ts')).explainCommand(args);
    case '--version':
    case '-v':
      process.stdout.write(`wheelhouse ${manifest.version}\n`);
      return 0;
    case '--help':
    case '-h':
      process.stdout.write(usage);
      return 0;
    default:
      process.stderr.write(usage);
      return 1;
  }
}

// A reader such as `head` may go away early; that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

if (isMainThread) {
  // The process ends by itself, so that a pipe gets all of the output.
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${message.split('\n')[0]}\n`);
      process.exitCode = 1;
    },
  );
} else void import('./threads.ts').then(({ serveThread }) => serveThread());
