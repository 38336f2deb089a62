// First step of `npm start` and `npm test`: plain JavaScript, for any Node from 20 on, before anything is installed.
// It brings the dependencies, among them the Node that runs TypeScript as it stands, builds, and hands over.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const node = path.join(repository, 'node_modules/.bin/node');
const programs = { start: 'test/start.ts', test: 'test/run.ts' };

if (Number.parseInt(process.versions.node, 10) < 20) {
  fail(`Node ${process.versions.node} is too old. Install Node 20 or newer, then run this again.`);
}
const [name, ...args] = process.argv.slice(2);
const program = programs[name];
if (!program) fail(`\`${name}\` is no program here. Say one of: ${Object.keys(programs).join(', ')}.`);

if (!installed()) {
  say('installing dependencies with npm');
  // Just what the lock file names, and no other bytes than those whose hashes it has.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await must('npm', ['ci', ...quiet], 'Look at npm’s message above, and run it again.');
  if (!installed()) fail('npm ended well, but packages are missing. Delete node_modules, and run it again.');
}
say('building');
await must(node, ['esbuild.mjs'], 'Correct what the bundler names above, and run it again.');
process.exitCode = await run(node, [program, ...args]);

/** Whether node_modules holds just what the lock file asks for, by npm's own record of it. */
function installed() {
  const lock = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!lock || !present || !existsSync(node)) return false;
  return Object.entries(lock).every(([folder, wanted]) => {
    if (folder === '') return true;
    // Optional packages are for other machines.
    return present[folder]
      ? present[folder].version === wanted.version
      : wanted.optional || wanted.devOptional;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(repository, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs a program in the foreground, passes signals on, and answers with its exit code. */
function run(file, fileArgs) {
  return new Promise((resolve) => {
    const child = spawn(file, fileArgs, { cwd: repository, stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    // A terminal sends Ctrl+C to the whole group: the child has it already, we only wait for its end.
    const ignore = () => {};
    process.on('SIGINT', ignore).on('SIGTERM', forward).on('SIGHUP', forward);
    child.once('error', (error) => {
      process.stderr.write(`${file} did not start: ${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', forward).off('SIGHUP', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

async function must(file, fileArgs, advice) {
  const code = await run(file, fileArgs);
  if (code !== 0)
    fail(`\`${[path.basename(file), ...fileArgs].join(' ')}\` failed with code ${code}. ${advice}`);
}

function say(message) {
  process.stdout.write(`[${process.uptime().toFixed(1).padStart(6)}s] wheelhouse: ${message}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
