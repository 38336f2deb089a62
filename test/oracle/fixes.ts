import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { type Finding, spansOf } from '../../server/src/lint/finding.ts';
import { collectSafeEdits, fixAll, safeFix } from '../../server/src/lint/fix.ts';
import type { Fix } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import type { CorpusFile } from '../corpus/files.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { reaching } from './fix-exceptions.ts';

/** A file before and after something was fixed in it. */
export interface Repair {
  /** By which a complaint names it. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Codes whose fixes were applied, one for each fix. */
  readonly codes: readonly string[];
  /** The findings that are to be gone in hadolint's terms, where hadolint has them too: `line code`. */
  readonly gone: readonly string[];
  /** What is wrong with the edits themselves. */
  readonly complaints: readonly string[];
}

/** Makes repairs of files, judged by the default configuration and without a build context. */
export interface Repairs {
  /** Whether a file has safe fixes that change it, which takes a tenth of the time of making them. */
  hasSafe(file: CorpusFile): boolean;
  /** All safe fixes of a file; undefined where it has none. */
  all(file: CorpusFile): Repair | undefined;
  /** Each unsafe fix of a file, alone. */
  single(file: CorpusFile): Repair[];
  /** Findings of a text by code. */
  count(text: string): ReadonlyMap<string, number>;
}

/** @param only codes of the rules whose fixes are asked for; all where none is named */
export async function createRepairs(only: readonly string[] = []): Promise<Repairs> {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => console.error(message) },
    parseShell: await loadTestShellParser(),
    ...(only.length > 0 && { rules: rules.filter(({ code }) => only.includes(code)) }),
  });
  const lint = (text: string) => service.lint(text, defaultConfiguration);
  return {
    hasSafe: ({ text }) => applyEdits(text, collectSafeEdits(lint(text))) !== text,
    all({ name, text }) {
      const codes: string[] = [];
      const complaints: string[] = [];
      const after = fixAll(text, (current) => {
        const findings = lint(current);
        for (const finding of findings) {
          const fix = safeFix(finding);
          if (fix) complaints.push(...strayEdits(current, finding, fix));
          if (fix && current === text) codes.push(finding.code);
        }
        return findings;
      });
      if (after === text) return undefined;
      if (service.fixAll(after, defaultConfiguration) !== after) complaints.push('a second run changes more');
      const gone = [...new Set(lint(text).flatMap(mended(text)).flatMap(inTermsOfHadolint(text)))];
      return { name, before: text, after, codes, gone, complaints };
    },
    single({ name, text }) {
      const findings = lint(text);
      return findings.flatMap((finding, place) =>
        finding.fixes().flatMap((fix, choice) => {
          if (fix.safety === 'safe') return [];
          return {
            name: `${name} ${finding.code} ${place}.${choice}`,
            before: text,
            after: applyEdits(text, fix.edits),
            codes: [finding.code],
            gone: isAlone(finding, findings) ? inTermsOfHadolint(text)(finding) : [],
            complaints: strayEdits(text, finding, fix),
          };
        }),
      );
    },
    count: (text) => countBy(lint(text).flatMap((finding) => spansOf(finding).map(() => finding.code))),
  };
}

/** A finding with those of its places alone that its safe fix edits; none where it has no such fix. */
function mended(text: string): (finding: Finding) => Finding[] {
  const { instructions } = parseDockerfile(text);
  return (finding) => {
    const fix = safeFix(finding);
    if (!fix || !finding.also) return fix ? [finding] : [];
    const [span, ...also] = spansOf(finding).filter((at) => {
      const around = instructions.find((one) => one.span.start <= at.start && at.start <= one.span.end)?.span;
      return fix.edits.some(
        (edit) => around && edit.span.start >= around.start && edit.span.end <= around.end,
      );
    });
    return span ? [{ ...finding, span, also }] : [];
  };
}

/** Edits outside of the instructions that the finding is about, save for a line put above it or below it. */
function strayEdits(text: string, finding: Finding, fix: Fix): string[] {
  if (finding.instruction === undefined || reaching[finding.code]) return [];
  const { instructions } = parseDockerfile(text);
  const rooms = spansOf(finding).map((at) => {
    const span =
      instructions.find((one) => one.span.start <= at.start && at.start <= one.span.end)?.span ?? at;
    const newline = text.indexOf('\n', span.end);
    const start = text.lastIndexOf('\n', span.start - 1) + 1;
    return { start, end: newline < 0 ? text.length : newline + 1 };
  });
  return fix.edits
    .filter(({ span }) => !rooms.some(({ start, end }) => span.start >= start && span.end <= end))
    .map((edit) => `${finding.code} edits ${JSON.stringify(text.slice(edit.span.start, edit.span.end))}`);
}

/** Whether no other finding of the same rule is in the same instruction: hadolint keeps one for both. */
function isAlone({ code, instruction }: Finding, findings: readonly Finding[]): boolean {
  return findings.filter((other) => other.code === code && other.instruction === instruction).length === 1;
}

/** A finding as hadolint would tell it; none where it has no such rule. */
function inTermsOfHadolint(text: string): (finding: Finding) => string[] {
  const { instructions } = parseDockerfile(text);
  const lines = createLineIndex(text);
  return (finding) => {
    if (!/^DL(?!1000)\d{4}$/.test(finding.code)) return [];
    return spansOf(finding).map((at) => {
      const around = instructions.find(({ span }) => span.start <= at.start && at.start <= span.end);
      return `${lines.position((around?.span ?? at).start).line + 1} ${finding.code}`;
    });
  };
}

export function countBy(codes: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** Up to so many unsafe fixes of each rule, spread over the files. */
export function sampleByRule(repairs: readonly Repair[], limit: number): Repair[] {
  const rules = new Map<string, Repair[]>();
  for (const repair of repairs) {
    const code = repair.codes[0] ?? '';
    const known = rules.get(code);
    if (known) known.push(repair);
    else rules.set(code, [repair]);
  }
  return [...rules.values()].flatMap((all) => sample(all, limit));
}

/** Up to so many of a list, at even distances, always the same. */
export function sample<T>(all: readonly T[], limit: number): T[] {
  const step = Math.max(1, all.length / limit);
  return Array.from({ length: Math.min(limit, all.length) }, (_, i) => all[Math.floor(i * step)] as T);
}
