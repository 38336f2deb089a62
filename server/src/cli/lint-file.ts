import { pathToFileURL } from 'node:url';
import type { Configuration } from '../config/configuration.ts';
import type { BuildContext } from '../facts/build-context.ts';
import type { Finding } from '../lint/finding.ts';
import { byPlace } from '../lint/finding.ts';
import { type ReportedFinding, toReported } from '../lint/report/report.ts';
import type { Service } from '../service.ts';
import { createLineIndex } from '../text/line-index.ts';
import { replaceFile } from './replace-file.ts';
import { NotWritten } from './saved-meanwhile.ts';
import { decode, describeFileError, readTextFile, type TextFile } from './text-files.ts';

export interface Job {
  readonly file: string;
  /** The folder that was named, or that of the file that was; a fix writes nothing outside of it. */
  readonly home: string;
  /** Content of standard input. */
  readonly input?: Uint8Array;
  readonly configuration: Configuration;
}

export interface JobResult {
  /** Undefined where the file could not be read. */
  readonly findings: readonly ReportedFinding[] | undefined;
  /** Why the file could not be read or fixed. */
  readonly problem?: string;
}

/**
 * Lints one file, and writes its safe fixes back before when asked to. It does not throw.
 * @param begin called when work on it begins or goes on
 * @returns when the rules are through; `checked` comes when ShellCheck is as well
 */
export async function lintFile(
  service: Service,
  job: Job,
  fix: boolean,
  begin: () => void,
): Promise<{ checked: Promise<JobResult> }> {
  const { file, input, configuration } = job;
  const failed = (error: unknown): JobResult => ({
    findings: undefined,
    problem: describeFileError(file, 'read', error),
  });
  try {
    begin();
    // The file is read last, so that a fix waits for nothing between reading and writing.
    const context = input ? undefined : await service.contextOf(pathToFileURL(file).href);
    begin();
    const read = input ? decode(Buffer.from(input)) : readTextFile(file);
    const { text, problem } =
      fix && !input ? fixFile(service, job, read, context) : { text: read.text, problem: undefined };
    const findings: Finding[] = [...service.lint(text, configuration, context)];
    const places = {
      lines: createLineIndex(text),
      instructions: service.instructionStarts(text, configuration),
      likeHadolint: configuration.preset === 'hadolint',
    };
    // Begun at once, as the service keeps what it knows of one text only.
    const shellcheck = service.shellcheck(text, configuration);
    const checked = shellcheck.then((more) => {
      begin();
      return { findings: toReported([...findings, ...more].sort(byPlace), places), problem };
    });
    return { checked: checked.catch(failed) };
  } catch (error) {
    return { checked: Promise.resolve(failed(error)) };
  }
}

/** The text that the file has afterwards. */
function fixFile(
  service: Service,
  { file, home, configuration }: Job,
  { text, isUtf8 }: TextFile,
  context: BuildContext | undefined,
): { text: string; problem?: string } {
  const fixed = service.fixAll(text, configuration, context);
  if (fixed === text) return { text };
  if (!isUtf8) return { text, problem: `${file} was not fixed, as it is not in UTF-8.` };
  if (!service.hasFrom(text, configuration))
    return {
      text,
      problem: `${file} was not fixed, as it does not begin with FROM and so is no Dockerfile.`,
    };
  try {
    replaceFile(file, { home, before: Buffer.from(text), after: Buffer.from(fixed) });
    return { text: fixed };
  } catch (error) {
    const problem = error instanceof NotWritten ? error.message : describeFileError(file, 'written', error);
    return { text, problem };
  }
}
