// `npm test`: checks, sets up the real parts, runs every suite, and ends with one line `N passed, N failed`.
// `npm test -- unit`, `hostile`, `engine`, `e2e` or `checks` runs only those.
import { globSync } from 'node:fs';
import path from 'node:path';
import { ensureReaders } from './oracle/buildkit-program.ts';
import { everything, setUpParts } from './parts/all.ts';
import { baseImages } from './parts/base-image.ts';
import { repository } from './parts/cache.ts';
import { ensureCallers } from './parts/callers.ts';
import { emptyEngine } from './parts/engine.ts';
import { type Parts, partsToEnvironment } from './parts/environment.ts';
import { addUp, failure, type Outcome } from './parts/outcome.ts';
import { run, stopEverything, stopOnSignals } from './parts/processes.ts';
import { createLog, describeMissing, isMissing } from './parts/progress.ts';
import { ensurePython } from './parts/python.ts';
import { runFiles, runLanes } from './parts/suites.ts';

/** The one test beside those of the engine that asks a part which has to be started. */
const withBuilder = 'test/oracle/buildkit.test.ts';
const ofEngine = ['engine', 'registry', 'protectedRegistry', 'uv'] as const;
const groups = ['checks', 'unit', 'hostile', 'engine', 'e2e'] as const;
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !groups.some((group) => group === name));
const wanted = (group: (typeof groups)[number]) => asked.length === 0 || asked.includes(group);
const underCi = process.env.CI === 'true';

stopOnSignals();
const log = createLog();
const outcomes: Outcome[] = [];
/** How long each group took, and its slowest files. */
const times: string[] = [];
try {
  if (unknown) throw new Error(`There is no group \`${unknown}\`. Name some of: ${groups.join(', ')}.`);
  await runAll();
} catch (error) {
  outcomes.push(failure('npm test', error instanceof Error ? (error.stack ?? error.message) : String(error)));
}
await stopEverything();
report();

async function runAll(): Promise<void> {
  const needsParts = wanted('engine') || wanted('e2e');
  const [checks, parts] = await Promise.all([
    wanted('checks') ? runChecks() : [],
    needsParts
      ? setUpParts(log, {
          ...everything,
          codeServer: wanted('e2e'),
          chromium: wanted('e2e'),
          besides: wanted('unit') ? ensureReaders : undefined,
        })
      : undefined,
  ]);
  outcomes.push(...checks);
  times.push(`checks and parts: ${seconds()} s`);
  // The unit tests compare with hadolint and run shellcheck; alone they need no other part.
  const python = wanted('unit') && !needsParts ? await ensurePython(log) : undefined;
  if (python && !isMissing(python)) {
    process.env.WHEELHOUSE_TEST_HADOLINT = python.hadolint;
    process.env.WHEELHOUSE_TEST_SHELLCHECK = python.shellcheck;
  }
  const callers = wanted('unit') ? await ensureCallers(log) : undefined;
  if (callers && !isMissing(callers)) {
    process.env.WHEELHOUSE_TEST_PRE_COMMIT = callers.preCommit;
    process.env.WHEELHOUSE_TEST_NEOVIM = callers.neovim;
  } else if (callers && underCi) outcomes.push(failure(callers.missing, describeMissing(callers)));
  if (parts) {
    Object.assign(process.env, partsToEnvironment(parts));
    if (underCi) outcomes.push(...parts.missing.map((part) => failure(part.missing, describeMissing(part))));
  }
  if (wanted('unit')) {
    const files = find('test/*.test.ts', 'test/{server,client,corpus,oracle,parts,bench}/**/*.test.ts');
    const withoutParts = files.filter((file) => !file.endsWith(withBuilder));
    outcomes.push(await timed('unit', () => runFiles('unit', withoutParts, 2, log)));
  }
  if (wanted('hostile')) {
    const files = find('test/{hostile,fuzz}/**/*.test.ts');
    outcomes.push(await timed('hostile', () => runFiles('hostile', files, 2, log)));
  }
  if (parts && wanted('engine')) {
    const files = find('test/engine/**/*.test.ts', withBuilder);
    const lacking = whatLacks(parts, ofEngine);
    outcomes.push(await timed('engine', async () => lacking ?? runWithEngines(parts, files)));
  }
  if (parts && wanted('e2e')) {
    if (parts.engine?.own) await emptyEngine(parts.engine.host, baseImages);
    const lacking = whatLacks(parts, ['browser', 'engine', 'protectedRegistry', 'uv']);
    outcomes.push(await timed('e2e', async () => lacking ?? runEndToEnd(parts)));
  }
}

/** One file at a time with each engine; beside one that was started here there can be another. */
async function runWithEngines(parts: Parts, files: readonly string[]): Promise<Outcome> {
  if (!parts.engine?.own) return runFiles('engine', files, 1, log);
  // What is started for the second may hold no password of the first: a test looks for it in all processes.
  const own = partsToEnvironment(parts);
  for (const key of Object.keys(own)) delete process.env[key];
  const second = await setUpParts(log, { ...everything, codeServer: false, chromium: false });
  Object.assign(process.env, own);
  const lanes = whatLacks(second, ofEngine) ? [] : [{ ...process.env, ...partsToEnvironment(second) }];
  return runLanes('engine', files, [process.env, ...lanes], log);
}

/** A suite that cannot run is skipped by name; under CI it has failed already by the part that is missing. */
function whatLacks(parts: Parts, needed: readonly (keyof Parts)[]): Outcome | undefined {
  const lacking = needed.filter((part) => parts[part] === undefined);
  if (lacking.length === 0) return undefined;
  const why = parts.missing.map(describeMissing).join(' ');
  return {
    passed: 0,
    failed: 0,
    failures: [],
    skipped: [`the whole suite, for want of ${lacking.join(', ')}. ${why}`],
  };
}

async function runEndToEnd(parts: Parts): Promise<Outcome> {
  // Only when it is wanted: it brings playwright.
  const { runE2e } = await import('./e2e/run.ts');
  return runE2e(parts);
}

async function runChecks(): Promise<Outcome[]> {
  const node = process.execPath;
  const check = async (name: string, args: readonly string[]) => {
    const { code, stdout, stderr } = await run(node, args, { cwd: repository });
    log('checks', `${name} ${code === 0 ? 'passed' : 'FAILED'}`);
    const empty: Outcome = { passed: 0, failed: 0, failures: [] };
    return code === 0 ? empty : failure(name, `${stdout}${stderr}`.trim().slice(0, 8_000));
  };
  return [
    await check('types (tsc)', ['node_modules/typescript/bin/tsc', '-p', '.']),
    await check('types of pages (tsc)', ['node_modules/typescript/bin/tsc', '-p', 'client/pages']),
    await check('format and lint (biome)', ['node_modules/@biomejs/biome/bin/biome', 'check']),
  ];
}

/** Since the program started. */
function seconds(): number {
  return Math.round(performance.now() / 1_000);
}

async function timed(name: string, work: () => Promise<Outcome>): Promise<Outcome> {
  log(name, 'running');
  const before = seconds();
  const outcome = await work().catch((error: Error) => failure(name, error.stack ?? error.message));
  log(name, `${outcome.passed} passed, ${outcome.failed} failed`);
  times.push([`${name}: ${seconds() - before} s`, ...(outcome.slowest ?? [])].join(', '));
  const skipped = outcome.skipped?.map((what) => `${name}: ${what}`);
  return { ...outcome, skipped };
}

function find(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: repository })
    .map((file) => path.join(repository, file))
    .sort();
}

function report(): void {
  let total = addUp(outcomes);
  if (underCi) {
    // A clone may stand alone, without the corpus; everything else must run.
    const forbidden = total.skipped.filter((what) => !/corpus/i.test(what));
    const failures = forbidden.map((what) => ({
      title: what,
      message: 'It was skipped, which CI does not allow.',
    }));
    const skipped = total.skipped.filter((what) => !forbidden.includes(what));
    total = addUp([
      { ...total, skipped },
      { passed: 0, failed: failures.length, failures },
    ]);
  }
  const onlyChecks = asked.length > 0 && asked.every((name) => name === 'checks');
  if (total.passed === 0 && total.failed === 0 && !onlyChecks) {
    total = addUp([total, failure('npm test', 'No test ran. Look for suites under test/.')]);
  }
  const lines = [
    ...total.failures.map(({ title, message }, i) => `\n${i + 1}) ${title}\n${indent(message)}`),
    ...total.skipped.map((what) => `skipped: ${what}`),
    ...times,
    `${total.passed} passed, ${total.failed} failed${total.skipped.length ? `, ${total.skipped.length} skipped` : ''}`,
  ];
  // Exit only when it is written: the rest of a pipe would be lost.
  process.stdout.write(`${lines.join('\n')}\n`, () => process.exit(total.failed > 0 ? 1 : 0));
}

/** Whatever a suite hands over as its message: the summary must not be what breaks. */
function indent(text: unknown): string {
  return String(text ?? 'It gave no reason.').replace(/^/gm, '   ');
}
