import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import type { CorpusFile } from '../corpus/files.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { sampleOf } from './sample.ts';

/** A finding of a rule of our own in a public Dockerfile. */
export interface OwnFinding {
  /** `os-eol-base ml/0012/Dockerfile:3`, by which a judgement names it. */
  readonly key: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** So many findings of a rule are judged at most; the seed is anything, and chooses the same sample again. */
const sample = { perRule: 6, seed: 15 };
/** Of another sample, which nobody had seen while rules were mended. */
export const control = { perRule: 3, seed: 26 };

/** Whether no other program decides over what a rule says: hadolint, BuildKit's checks and its parser do so of the rest. */
export const isOwn = ({ code, aliases, family }: Rule) =>
  !/^DL\d/.test(code) && family !== 'syntax' && !aliases.some((alias) => alias.startsWith('buildkit/'));

/** What our own rules find without a look at a project. */
export async function ownFindings(files: readonly CorpusFile[]): Promise<OwnFinding[]> {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => console.error(message) },
    parseShell: await loadTestShellParser(),
  });
  const own = new Set(rules.filter(isOwn).map(({ code }) => code));
  return files.flatMap(({ name, text }) => {
    const lines = createLineIndex(text);
    return service.lint(text, defaultConfiguration).flatMap(({ code, severity, span, message }) => {
      if (!own.has(code)) return [];
      const key = `${code} ${name}:${lines.position(span.start).line + 1}`;
      return [{ key, code, severity, message }];
    });
  });
}

/** At most so many findings of each rule, at random and always the same. */
export function sampleToJudge(findings: readonly OwnFinding[], { perRule, seed } = sample): OwnFinding[] {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return codes.flatMap((code) =>
    sampleOf(
      findings.filter((finding) => finding.code === code),
      perRule,
      seed,
    ),
  );
}
