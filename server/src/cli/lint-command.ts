import type { Worker } from 'node:worker_threads';
import manifest from '../../../package.json' with { type: 'json' };
import { neverFailing } from '../lint/report/formats.ts';
import { type ReportedFinding, syntaxError } from '../lint/report/report.ts';
import { severities } from '../lint/rule.ts';
import { createJudgements, type Judgement } from './configurations.ts';
import { findFiles } from './find-files.ts';
import { readLintFlags } from './flags.ts';
import { lintAll } from './lint-all.ts';
import type { Job } from './lint-file.ts';
import { lintUsage } from './lint-usage.ts';
import { pairOutputs, terminalHasColor, writeReport } from './output.ts';
import { readEnvironment, type Threshold } from './source.ts';
import { print, say } from './terminal.ts';
import { describeFileError, readInput } from './text-files.ts';
import { describeJudgement } from './verbose.ts';

/** `wheelhouse lint`: gives the exit code, which is hadolint's: 1 for findings, and for whatever cannot be done. */
export async function lintCommand(args: readonly string[], loading?: Worker): Promise<number> {
  const flags = readLintFlags(args);
  for (const file of flags.mistakable)
    say(
      `${file} is read as a file, as there is one. Where it is meant as an option, put -- before the files.`,
    );
  if (flags.help) print(lintUsage);
  if (flags.version) print(`wheelhouse ${manifest.version}\n`);
  if (flags.help || flags.version) return 0;
  if (flags.paths.length === 0) {
    say('Name a Dockerfile, a folder or a pattern; - is standard input. See wheelhouse lint --help.');
    return 1;
  }
  const judgementOf = await createJudgements(flags, readEnvironment(process.env), say);
  const found = await findFiles(flags.paths);
  const problems = [...found.problems];
  const { homes } = found;
  let files = found.files;
  const input = files.includes('-')
    ? await readInput().catch((error) => describeFileError('Standard input', 'read', error))
    : undefined;
  if (typeof input === 'string') {
    problems.push(input);
    files = files.filter((file) => file !== '-');
  }
  const judgements = await Promise.all(files.map((file) => judgementOf(file === '-' ? undefined : file)));
  // What concerns the whole run is taken from the first file's configuration.
  const run = judgements[0] ?? (await judgementOf(undefined));
  if (run.verbose) for (const judgement of new Set(judgements)) describeJudgement(judgement).forEach(say);

  const jobs = files.map((file, i): Job => {
    const { configuration } = judgements[i] as Judgement;
    return {
      file,
      home: homes.get(file) ?? '.',
      configuration,
      ...(file === '-' && input instanceof Uint8Array && { input }),
    };
  });
  const linted = await lintAll({ jobs, fix: flags.fix, shellcheck: flags.shellcheck }, loading);
  const results = linted.map(({ findings, ...rest }, i) => {
    const hasHints = flags.hints || judgements[i]?.threshold === 'hint';
    return { ...rest, findings: findings?.filter(({ severity }) => hasHints || severity !== 'hint') };
  });
  const allProblems = [...problems, ...results.flatMap(({ problem }) => problem ?? [])];
  const reports = results.flatMap(({ findings }, i) =>
    findings ? [{ file: files[i] as string, findings }] : [],
  );
  const destinations = pairOutputs(run.formats, flags.outputs);
  if (reports.length > 0) {
    const likeHadolint = run.configuration.preset === 'hadolint';
    const report = {
      files: reports,
      likeHadolint,
      version: manifest.version,
      rules: destinations.some(({ format }) => format === 'sarif') ? (await import('./judge.ts')).rules : [],
      pathInReport: flags.pathInReport,
      color: !run.noColor && (likeHadolint || terminalHasColor()),
    };
    allProblems.push(...writeReport(report, destinations));
  }
  for (const problem of allProblems) say(problem);
  if (allProblems.length > 0) return 1;
  if (destinations.some(({ format }) => neverFailing.has(format))) return 0;
  return results.some(({ findings }, i) => fails(findings ?? [], judgements[i] as Judgement)) ? 1 : 0;
}

/** As in hadolint, a syntax error fails at every threshold. */
function fails(findings: readonly ReportedFinding[], { noFail, threshold }: Judgement): boolean {
  if (noFail) return false;
  return findings.some(({ code, severity }) => code === syntaxError || rank(severity) <= rank(threshold));
}

/** `ignore` and `none` are weaker than every severity, so that every finding fails. */
function rank(level: Threshold): number {
  const known = (severities as readonly string[]).indexOf(level);
  return known < 0 ? severities.length : known;
}
