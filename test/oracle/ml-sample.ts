import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { spansOf } from '../../server/src/lint/finding.ts';
import { createService } from '../../server/src/service.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import type { CorpusFile } from '../corpus/files.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { proposedRules } from './ml-rules.ts';
import { sampleOf } from './sample.ts';

/** A finding of a rule on machine learning in a public Dockerfile. */
export interface MlFinding {
  /** `os-eol-base ml/0012/Dockerfile:3`, by which a judgement names it. */
  readonly key: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** So many findings are judged one by one. */
const judged = 200;
/** Anything; it chooses the same sample again. */
const seed = 5;

/** What the rules that were proposed find without a look at a project; those of hadolint are held against hadolint. */
export async function mlFindings(files: readonly CorpusFile[]): Promise<MlFinding[]> {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => console.error(message) },
    parseShell: await loadTestShellParser(),
  });
  return files.flatMap(({ name, text }) => {
    const lines = createLineIndex(text);
    return service.lint(text, defaultConfiguration).flatMap((finding) => {
      const { code, severity, message } = finding;
      if (!proposedRules.includes(code)) return [];
      return spansOf(finding).map(({ start }) => {
        const key = `${code} ${name}:${lines.position(start).line + 1}`;
        return { key, code, severity, message };
      });
    });
  });
}

/** The findings of level warning and error that are to be judged, at random and always the same. */
export function sampleToJudge(findings: readonly MlFinding[]): MlFinding[] {
  return sampleOf(
    findings.filter(({ severity }) => severity === 'error' || severity === 'warning'),
    judged,
    seed,
  );
}
