import { readFile, writeFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { readSettings } from '../config/settings.ts';
import { byPlace } from '../lint/finding.ts';
import { type FileReport, reportJson } from '../lint/report/json.ts';
import { reportTty } from '../lint/report/tty.ts';
import type { Service } from '../service.ts';
import { createLineIndex } from '../text/line-index.ts';

export interface LintOptions {
  /** Paths of Dockerfiles; `-` reads standard input. */
  readonly paths: readonly string[];
  readonly format: 'tty' | 'json';
  /** Writes the safe fixes back, and reports what is left. */
  readonly fix: boolean;
}

export interface LintResult {
  readonly output: string;
  /** Something at level info or above was found. */
  readonly failed: boolean;
  /** Why files could not be read or written; the others are in the output all the same. */
  readonly errors: readonly string[];
}

/** Lints files one after the other. */
export async function lintFiles(service: Service, options: LintOptions): Promise<LintResult> {
  const reports: FileReport[] = [];
  const errors: string[] = [];
  for (const path of options.paths) {
    try {
      reports.push(await lintFile(service, path, options.fix));
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    output: options.format === 'json' ? `${reportJson(reports)}\n` : reportTty(reports),
    // A style finding alone does not fail a run, as with hadolint's default threshold.
    failed: reports.some(({ findings }) => findings.some(({ severity }) => severity !== 'style')),
    errors,
  };
}

async function lintFile(service: Service, path: string, fix: boolean): Promise<FileReport> {
  const stdin = path === '-';
  let text = stdin ? await readAll(process.stdin) : await readFile(path, 'utf8');
  const uri = pathToFileURL(stdin ? 'Dockerfile' : path).href;
  const configuration = await service.configurationFor(uri, readSettings(undefined));
  if (fix && !stdin) {
    const fixed = service.fixAll(text, configuration);
    if (fixed !== text) await writeFile(path, fixed);
    text = fixed;
  }
  const findings = [...service.lint(text, configuration), ...service.validate(text, configuration)];
  findings.sort(byPlace);
  return { file: path, lines: createLineIndex(text), findings };
}
