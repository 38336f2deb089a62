// Sets up the real parts and runs one command with them: node test/parts/with.ts COMMAND ARGUMENTS…
// For trying a suite, or the parts, by hand. Without a command it starts a shell.
import { spawn } from 'node:child_process';
import { everything, setUpParts } from './all.ts';
import { partsToEnvironment, toolEnvironment } from './environment.ts';
import { stopEverything, stopOnSignals } from './processes.ts';
import { createLog } from './progress.ts';

stopOnSignals();
const log = createLog((line) => process.stderr.write(`${line}\n`));
const parts = await setUpParts(log, everything);
const [file = process.env.SHELL ?? 'sh', ...args] = process.argv.slice(2);
const env = { ...toolEnvironment(parts), ...partsToEnvironment(parts) };
const child = spawn(file, args, { stdio: 'inherit', env });
child.once('error', (error) => {
  log('with', `${file} did not start: ${error.message}`);
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
  void stopEverything();
});
