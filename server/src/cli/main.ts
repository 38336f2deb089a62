#!/usr/bin/env node
import { parseArgs } from 'node:util';
import manifest from '../../../package.json' with { type: 'json' };
import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { readFileUri } from '../adapters/node-files.ts';
import { createService } from '../service.ts';
import { lintFiles } from './lint.ts';

const usage = `Usage: wheelhouse lint [--format tty|json] [--fix] PATH…

PATH is a Dockerfile, or - for standard input. The exit code is 0 without findings,
1 with findings at level info or above, and 2 when a file or an option cannot be read.
`;

/** Runs the command line and gives the exit code; the process ends by itself, so that a pipe gets all of the output. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', short: 'f', default: 'tty' },
      fix: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
    },
  });
  const [command, ...paths] = positionals;
  if (values.version) process.stdout.write(`wheelhouse ${manifest.version}\n`);
  else if (values.help) process.stdout.write(usage);
  else if (command !== 'lint' || paths.length === 0) {
    process.stderr.write(usage);
    return 2;
  } else if (values.format !== 'tty' && values.format !== 'json') {
    process.stderr.write(`There is no format ${values.format}. Choose tty or json.\n`);
    return 2;
  } else {
    const service = createService({
      ports: { readFile: readFileUri, log: (_level, message) => process.stderr.write(`${message}\n`) },
      parseShell: await loadBundledShellParser(),
    });
    const { fix, format } = values;
    const { output, failed, errors } = await lintFiles(service, { paths, format, fix });
    if (errors.length < paths.length) process.stdout.write(output);
    for (const error of errors) process.stderr.write(`${error}\n`);
    if (errors.length > 0) return 2;
    return failed ? 1 : 0;
  }
  return 0;
}

// A reader such as `head` may go away early; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
